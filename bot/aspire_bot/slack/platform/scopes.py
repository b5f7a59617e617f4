"""What the bot may do in Slack, and why: each scope of the manifest, event and call accounted for.

Sources: docs.slack.dev/reference/scopes, /reference/events and /reference/methods.
"""

from collections.abc import Mapping

SCOPES: Mapping[str, str] = {
    "app_mentions:read": "to see messages that mention the bot",
    "assistant:write": "to appear as an agent with suggested questions",
    "channels:history": "to see further questions in threads and channels it was invited to",
    "channels:read": "to see who joins a channel, and whether outsiders read it",
    "chat:write": "to reply, to show that it is at work, to correct and delete its own replies",
    "commands": "for `/aspire` and the message shortcut “Answer this with ASPIRE”",
    "files:read": "to read a file that staff send for the index, or choose “Index this file” on",
    "groups:history": "as `channels:history`, in private channels it was invited to",
    "groups:read": "as `channels:read`, in private channels it was invited to",
    "im:history": "to see messages sent to the bot directly",
    "im:write": "to open a direct conversation for the tour of new PIs",
    "mpim:history": "as `channels:history`, in group conversations it was added to",
    "mpim:read": "as `channels:read`, in group conversations it was added to",
    "reactions:write": "to mark a message as being worked on where it may not post",
    "usergroups:read": "to know who is staff where staff are a user group",
    "users:read": "to know a person's language, and bots and guests from members",
}
"""Each bot scope the manifest asks for, and what for."""

APP_SCOPE = "connections:write"
"""The one scope of the app-level token: Socket Mode."""

_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_READ = ("channels:read", "groups:read", "mpim:read")

METHODS: Mapping[str, tuple[str, ...]] = {
    "apps.connections.open": (),  # the app-level token's own scope
    "assistant.threads.setStatus": ("chat:write",),
    "assistant.threads.setSuggestedPrompts": ("assistant:write",),
    "assistant.threads.setTitle": ("assistant:write",),
    "auth.test": (),
    "bots.info": ("users:read",),
    "chat.appendStream": ("chat:write",),
    "chat.delete": ("chat:write",),
    "chat.getPermalink": (),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.startStream": ("chat:write",),
    "chat.stopStream": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": _HISTORY,
    "conversations.info": _READ,
    "conversations.members": _READ,
    "conversations.open": ("im:write",),
    "conversations.replies": _HISTORY,
    "files.info": ("files:read",),
    "oauth.v2.access": (),  # the app's own credentials
    "openid.connect.token": (),  # for the person who signs in, by the app's client secret
    "openid.connect.userInfo": (),  # with the token that this gives, of the scope `openid`
    "reactions.add": ("reactions:write",),
    "reactions.remove": ("reactions:write",),
    "usergroups.list": ("usergroups:read",),
    "usergroups.users.list": ("usergroups:read",),
    "users.conversations": _READ,
    "users.info": ("users:read",),
    "users.list": ("users:read",),
    "views.open": (),
    "views.publish": (),
    "views.push": (),
    "views.update": (),
}
"""The methods the bot may call and the bot scopes each takes in the conversations we serve."""

EVENTS: Mapping[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "app_uninstalled": (),
    "member_joined_channel": _READ,
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "message.mpim": ("mpim:history",),
    "team_join": ("users:read",),
    "tokens_revoked": (),
}
"""The events the bot may subscribe to and the scopes each takes."""


def methods_of(scope: str) -> tuple[str, ...]:
    """Name the methods and events that a scope is needed for, in alphabetical order."""
    users = {**METHODS, **EVENTS}
    return tuple(sorted(name for name, scopes in users.items() if scope in scopes))
