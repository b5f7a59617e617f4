"""Whatever people, documents and staff write: nothing of it is live, and Slack takes all of it."""

import itertools
import re
from collections.abc import Callable, Generator, Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.local_slack.answers import answer, cite
from tests.local_slack.indoors import Indoors, run_indoors
from tests.local_slack.scene import ScriptedCore
from tests.local_slack.second_opinion import message_doubts

from aspire_bot.answering.ports import OnPiece, Piece
from aspire_bot.answering.types import Answer, Question, StepName
from aspire_bot.local_slack.inputs import placed_elements
from aspire_bot.local_slack.model import Message
from aspire_bot.local_slack.people import Person
from aspire_bot.local_slack.wire import as_object, objects
from aspire_bot.local_slack.workspace import BOT_USER
from aspire_bot.slack.render import buttons
from aspire_ingest.index.types import Audience, DocumentInfo

HOSTILE = (
    "<!channel> <!here|here> <!everyone> <!subteam^S1|staff> <!date^0^{date}^https://evil.example|x>",
    "<@U666> <@U666|alice> <#C666|general> <https://evil.example|click here> <mailto:a@e.example>",
    "&lt;!channel&gt; &amp;lt;!channel&amp;gt; &#60;!channel&#62; &lt;https://evil.example|x&gt;",
    "*bold* _italic_ ~gone~ `code` ```block``` > quote\n> quote\n&gt; quote",
    "[click](https://evil.example) ![x](https://evil.example/x.png) **b** # head\n- list\n1. list",
    "https://evil.example www.evil.example evil@evil.example #general @channel :smile:",
    "\u202eright to left\u202c \u200bzero\u200d width\ufeff \u2066iso\u2069 \u00adsoft \u061c mark",
    "\x00nul \x07bell \x1b[31mred\x1b[0m \ud800 lone \udfff surrogates \U000e0041 tag \ufffe",
    "「<!channel>」。｜＜＠Ｕ６６６＞ ＊太字＊ 目的は何ですか?<https://evil.example|リンク>",
    '{"type": "section"} \\ "quotes" \' \r\n\r\n\t\v\f\u2028\u2029 end',
    "[1] [2] [99] [0] [-1] [¹] <[1]> [1](https://evil.example)",
    "A" * 12_000,
    "<" * 12_000,
    "&lt;" * 3_000,
    "😀" * 4_000,
    "い" * 12_000,
    "> \n" * 2_000,
    "*_~`" * 1_500,
    "e\u0301" + "\u0301" * 500,
    " " * 100 + "?" + " " * 100,
)
_HIDDEN = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff\u00ad\x00-\x09\x0b-\x1f\ud800-\udfff]"
)
_LIVE = re.compile(r"<([^<>]*)>")
_ALLOWED = re.compile(
    r"@U[123]|https://www\.example\.org/[^|<>]*\|[^<>]*|https://local-t1\.slack\.com/[^|<>]*\|[^<>]*"
)
_numbers = itertools.count(1)


class Parrot(ScriptedCore):
    """Says again what it was asked, as answer, title, publisher, edition and heading."""

    outcome = "answered"
    word = ""

    def answer(
        self,
        question: Question,
        on_step: Callable[[StepName], None] | None = None,
        on_piece: OnPiece | None = None,
    ) -> Answer:
        del question, on_step
        document = self._document()
        cited = [cite(1, document, quote=self.word, heading=(self.word, self.word), page=3)]
        text = f"{self.word} [1]"
        if on_piece and self.outcome == "answered":
            on_piece(Piece(text=text, citations=tuple(cited)))
        return answer(
            text,
            *(cited if self.outcome == "answered" else ()),
            outcome=self.outcome,
            nearest=(document, document),
            brief=self.word,
            as_of=self.word,
        )

    def documents(self, audience: Audience) -> Sequence[DocumentInfo]:
        del audience
        return [self._document()] * 20

    def _document(self) -> DocumentInfo:
        return DocumentInfo(
            document_id="d",
            source="d.md",
            title=self.word,
            url=f"https://www.example.org/{next(_numbers)}",
            publisher=self.word,
            published=self.word,
            edition=self.word,
        )


@pytest.fixture(scope="module")
def parrot() -> Parrot:
    return Parrot(())


@pytest.fixture(scope="module")
def indoors(parrot: Parrot, tmp_path_factory: pytest.TempPathFactory) -> Generator[Indoors]:
    with run_indoors(parrot, tmp_path_factory.mktemp("hostile") / "state.db") as running:
        yield running


def _texts(value: object) -> Iterator[str]:
    """All mrkdwn in a message or view."""
    found = as_object(value)
    if found is not None:
        if found.get("type") == "mrkdwn":
            yield str(found.get("text"))
        for each in found.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in objects(value):  # pyright: ignore[reportUnknownArgumentType]  any JSON
            yield from _texts(each)


def check(indoors: Indoors, before: int) -> None:
    """Look at all that the bot has said since: refused by nobody, and inert."""
    workspace = indoors.slack.workspace
    assert indoors.slack.violations == []
    said = [m for m in workspace.all_messages()[before:] if m.user == BOT_USER]
    assert said
    for message in said:
        assert message_doubts(message.blocks) == []
        for text in (message.text, *_texts(list(message.blocks))):
            live = [found for found in _LIVE.findall(text) if not _ALLOWED.fullmatch(found)]
            assert live == [], text[:300]
            assert not _HIDDEN.search(text), ascii(text[:300])
            bare = text.replace("*Answer from the ASPIRE office*", "")
            assert not re.search(r"(?:^|\W)[*_~`]\w", _LIVE.sub("", bare)), text[:300]
        assert "went wrong" not in message.text


def private(who: Person, channel: str, action: str) -> Message:
    """The last message that only this person sees and that has a button for an action."""
    shown = [
        message
        for message in who.sees(channel)
        if message.ephemeral_to and action in {p.action_id for p in placed_elements(message.blocks)}
    ]
    return shown[-1]


def last_reply(indoors: Indoors, who: Person, asked: Message) -> Message:
    indoors.settle()
    return who.replies(asked)[-1]


def go_everywhere(indoors: Indoors, parrot: Parrot, word: str) -> None:
    """Let a text go through everything that takes one."""
    alice, sato = indoors.people["U1"], indoors.people["U3"]
    parrot.word, parrot.outcome = word, "answered"
    alice.says("C1", f"<@{BOT_USER}> {word}", is_raw=True)
    indoors.settle()
    alice.runs("/aspire", f"ask {word}", channel="C1")
    alice.runs("/aspire", f"sources {word}", channel="C1")
    alice.runs("/aspire", "sources", channel="C1")
    indoors.settle()
    if word.strip():
        alice.clicks(private(alice, "C1", buttons.SHARE), buttons.SHARE)
    said = indoors.people["U2"].says("C1", word, is_raw=True)
    alice.uses_shortcut(said, buttons.ANSWER_SHORTCUT)
    indoors.settle()

    parrot.outcome = "abstained"
    asked = alice.says("C1", f"<@{BOT_USER}> What? {word}", is_raw=True)
    reply = last_reply(indoors, alice, asked)
    alice.clicks(reply, buttons.ESCALATE)
    indoors.settle()
    alice.clicks(reply, buttons.VOTE, "negative")
    alice.submits(alice.waits_for_view(), {"reason": "other", "comment": word[:2000] or None})
    indoors.settle()
    brought = [m for m in sato.sees("G1") if m.bot_id][-2]
    sato.says("G1", word, thread_ts=brought.ts, is_raw=True)
    indoors.settle()
    alice.edits(asked, f"@bot Now {word}")
    indoors.settle()
    alice.clicks(private(alice, "C1", buttons.ASK_AGAIN), buttons.ASK_AGAIN)
    indoors.settle()


@pytest.mark.parametrize("word", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_goes_everywhere_and_does_nothing(
    indoors: Indoors, parrot: Parrot, word: str
) -> None:
    before = len(indoors.slack.workspace.all_messages())
    go_everywhere(indoors, parrot, word)
    check(indoors, before)


_PIECES = st.lists(
    st.sampled_from(
        [*"<>&|*_~`@#![]() \n\u200b\u202e", "<!here>", "<@U666>", "https://evil.example"]
    )
    | st.text(max_size=5),
    min_size=1,
    max_size=30,
)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(_PIECES.map("".join))
def test_any_text_does_nothing(indoors: Indoors, parrot: Parrot, word: str) -> None:
    before = len(indoors.slack.workspace.all_messages())
    go_everywhere(indoors, parrot, f"x{word}")
    check(indoors, before)
