"""The people and channels a workspace has at the start, for tests and the playground alike."""

from aspire_bot.local_slack.model import Channel, User
from aspire_bot.local_slack.workspace import Workspace


def furnish(workspace: Workspace) -> Workspace:
    """Let there be two researchers, one of the staff, a guest, and a channel of each kind.

    Ids begin with a mark of the team where it is not the first, as ids of teams never meet.
    """
    mark = "" if workspace.team == "T1" else workspace.team
    alice, ken, sato, guest = (f"U{mark}{n}" for n in (1, 2, 3, 4))
    bot, everyone = workspace.bot_user, {alice, ken, sato}
    users = (
        User(user_id=alice, name="alice", real_name="Alice Martin", timezone="Europe/Paris"),
        User(user_id=ken, name="ken", real_name="田中 健", locale="ja-JP"),
        User(user_id=sato, name="sato", real_name="佐藤 恵 (office)", locale="ja-JP"),
        User(user_id=guest, name="guest", real_name="Gil Guest", is_guest=True),
    )
    channels = (
        Channel(channel_id=f"C{mark}1", name="general", members=frozenset({bot, *everyone})),
        Channel(channel_id=f"C{mark}2", name="questions", members=frozenset({bot, *everyone})),
        Channel(channel_id=f"C{mark}3", name="elsewhere", members=frozenset(everyone)),
        Channel(
            channel_id=f"G{mark}1",
            name="office",
            kind="private",
            members=frozenset({bot, sato}),
        ),
        Channel(
            channel_id=f"X{mark}1",
            name="with-partners",
            members=frozenset({bot, alice, guest}),
            is_ext_shared=True,
        ),
        Channel(channel_id=f"D{mark}1", kind="direct", members=frozenset({bot, alice})),
        Channel(channel_id=f"D{mark}2", kind="direct", members=frozenset({bot, ken})),
        Channel(channel_id=f"D{mark}3", kind="direct", members=frozenset({bot, sato})),
    )
    workspace.fill(users, channels)
    workspace.usergroups[f"S{mark}1"] = frozenset({sato})
    return workspace
