"""What a person sees in Slack, and waiting for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from aspire_bot.local_slack.model import Message, View
from aspire_bot.local_slack.server import LocalSlack
from aspire_bot.local_slack.workspace import Workspace

Wanted = Callable[[Message], bool]
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Watcher:
    """One person's eyes on a workspace."""

    slack: LocalSlack
    workspace: Workspace
    user_id: str

    def sees(self, channel: str, thread_ts: str | None = None) -> list[Message]:
        """The messages this person sees, ephemerals too: of a channel, or of one thread."""
        messages = self.workspace.messages(channel, seen_by=self.user_id)
        return [m for m in messages if thread_ts is None or m.thread == thread_ts]

    def replies(self, message: Message) -> list[Message]:
        """What the bot said in a message's thread, as this person sees it now."""
        return [
            seen
            for seen in self.sees(message.channel, message.thread)
            if seen.user == self.workspace.bot_user and seen.ts != message.ts
        ]

    def waits_for_reply(
        self, message: Message, is_wanted: Wanted | None = None, timeout_s: float = 30
    ) -> Message:
        """Wait for a reply of the bot's in a message's thread that is no open stream.

        A placeholder is a reply too: say with `is_wanted` what the answer is known by.
        """

        def last() -> Message | None:
            done = [m for m in self.replies(message) if not m.is_streaming]
            wanted = [m for m in done if is_wanted is None or is_wanted(m)]
            return wanted[-1] if wanted else None

        return self._wait(last, timeout_s, f"a reply to {message.text!r}")

    def waits_for_answer(self, message: Message, timeout_s: float = 30) -> Message:
        """Wait for the answer in a message's thread: until then the bot shows one block at most."""
        return self.waits_for_reply(message, lambda reply: len(reply.blocks) > 1, timeout_s)

    def waits_for_message(self, channel: str, is_wanted: Wanted, timeout_s: float = 30) -> Message:
        """Wait for a message in a channel, by whomever, ephemeral or not."""

        def last() -> Message | None:
            wanted = [m for m in self.sees(channel) if is_wanted(m)]
            return wanted[-1] if wanted else None

        return self._wait(last, timeout_s, f"a message in {channel}")

    def waits_for_view(self, timeout_s: float = 30) -> View:
        """Wait until a modal is open, and give the topmost."""
        return self._wait(
            lambda: self.workspace.views.top(self.user_id), timeout_s, f"{self.user_id}'s modal"
        )

    def waits_for_home(self, timeout_s: float = 30) -> View:
        """Wait until the bot has published a Home, and give it."""
        homes = self.workspace.views.homes
        return self._wait(lambda: homes.get(self.user_id), timeout_s, f"{self.user_id}'s Home")

    def _wait(self, find: Callable[[], _Found | None], timeout_s: float, what: str) -> _Found:
        found: list[_Found] = []

        def is_there() -> bool:
            seen = find()
            found.extend([] if seen is None else [seen])
            return bool(found)

        self.slack.wait_until(is_there, timeout_s, what=what)
        return found[0]
