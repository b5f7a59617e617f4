"""Questions to ask, and what became of them."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from tests.local_slack.handmade import admit, direct_message, mention
from tests.local_slack.scene import texts_of
from tests.local_slack.server import LocalSlack
from tests.soak.bot import answer_text

from aspire_bot.local_slack.events import event_body
from aspire_bot.local_slack.model import Message, User
from aspire_bot.local_slack.wire import Json
from aspire_bot.local_slack.workspace import BOT_USER

CHANNELS = ("C1", "C2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question: a message that is there, and the event that tells the bot of it."""

    name: str
    channel: str
    thread_ts: str
    body: Json


def direct_channels(slack: LocalSlack, count: int) -> list[str]:
    """Let there be so many people, each with a direct conversation with the bot."""
    with slack.held():
        people = [User(user_id=f"U9{n:03d}", name=f"person{n}") for n in range(count)]
        return [
            slack.workspace.direct(slack.workspace.add_user(person).user_id).channel_id
            for person in people
        ]


def ask(slack: LocalSlack, channel: str, number: int, *, thread_ts: str = "") -> Asked:
    """Post a question, without telling the bot yet."""
    name = f"question-{number:04d}-of-all"
    place = {"channel": channel, **({"thread_ts": thread_ts} if thread_ts else {})}
    if channel in CHANNELS:
        event = mention(name, **place)
    else:
        members = slack.workspace.channels[channel].members - {BOT_USER}
        event = {**direct_message(name), **place, "user": next(iter(members))}
    admit(slack, event)
    root = thread_ts or str(event["ts"])
    return Asked(name=name, channel=channel, thread_ts=root, body=event_body(event))


def ask_all(slack: LocalSlack, count: int, chance: random.Random) -> list[Asked]:
    """Post questions in channels, direct conversations, and threads of earlier ones."""
    places = [*CHANNELS, *direct_channels(slack, max(4, count // 3))]
    asked: list[Asked] = []
    for number in range(count):
        if asked and chance.random() < 0.25:
            earlier = chance.choice(asked)
            again = ask(slack, earlier.channel, number, thread_ts=earlier.thread_ts)
            asked.append(again)
        else:
            asked.append(ask(slack, chance.choice(places), number))
    return asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How it ended: questions by what went wrong, and placeholders that stayed."""

    unanswered: tuple[str, ...]
    doubled: tuple[str, ...]
    astray: tuple[str, ...]
    """Answered in another thread than their own."""
    apologies: int
    """Messages that say that something went wrong."""
    orphans: tuple[str, ...]
    """Placeholders beside the answers: where they stand and what they say."""

    @property
    def is_good(self) -> bool:
        """Whether every question has exactly one answer, in its thread."""
        return not (self.unanswered or self.doubled or self.astray or self.apologies)


def judge(slack: LocalSlack, asked: Sequence[Asked]) -> Verdict:
    """Look at all that the bot has said."""
    with slack.held():
        said = [m for m in slack.workspace.all_messages() if m.user == BOT_USER]
    places = {name: [m for m in said if says(m, name)] for name in (a.name for a in asked)}
    at_home = {
        a.name: [m for m in places[a.name] if (m.channel, m.thread) == (a.channel, a.thread_ts)]
        for a in asked
    }
    finals = {m.ts for found in places.values() for m in found}
    rest = [m for m in said if m.ts not in finals]
    apologies = [m for m in rest if "went wrong" in f"{m.blocks}"]
    return Verdict(
        unanswered=tuple(name for name, found in at_home.items() if not found),
        doubled=tuple(
            name for name, found in at_home.items() if len(found) > 1 or _is_twice(found, name)
        ),
        astray=tuple(name for name in places if len(places[name]) > len(at_home[name])),
        apologies=len(apologies),
        orphans=tuple(
            f"{m.channel} {m.thread} {m.ts} {'stream' if m.is_streaming else texts_of(m)}"
            for m in rest
            if m not in apologies
        ),
    )


def _is_twice(found: Sequence[Message], name: str) -> bool:
    """Whether one message holds the answer twice: told piece by piece, and whole."""
    return any("".join(texts_of(m)).count(answer_text(name)) > 1 for m in found)


def says(message: Message, name: str) -> bool:
    """Whether a message is the final answer to a question."""
    is_final = not message.is_streaming
    return is_final and any(answer_text(name) in text for text in texts_of(message))
