"""The messages of the tour: pure, like `blocks`.

The message of a step holds one answer whatever its length, as all that stands around it is limited
to its share; further answers stand beside it as far as Slack's limits leave room.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    DividerBlock,
    HeaderBlock,
    SectionBlock,
)

from aspire_bot.messages import SlackPhrases
from aspire_bot.slack.onboarding.content import Guide, Step
from aspire_bot.slack.render.blocks import MAX_QUESTION, context, mrkdwn_text, render_notice
from aspire_bot.slack.render.buttons import TOUR, button_label
from aspire_bot.slack.render.message import JsonObject, SlackMessage
from aspire_bot.slack.render.mrkdwn import escape, pack, shorten

# What the buttons ask for, beside the ids of steps: those never begin with this sign.
LATER, DECLINE, AGAIN = "!later", "!decline", "!again"
_MAX_TITLE = 150
# The shares of what stands around an answer, in characters as written: with those of the answer
# (see `blocks`) they stay below 12,000.
_MAX_WORDS, _MAX_ASKED, _MAX_MORE, _MAX_CONTACT = 1250, 400, 300, 150
_MAX_CHARS = 10_800
_MAX_BLOCKS = 46
ButtonName = Literal["go", "later", "decline", "again"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepAnswer:
    """What the documents say to one question of a step."""

    question: str
    message: SlackMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around a step: where it is in the tour, and what comes before and after.

    `next_id` is the step after it; None for the last one, which the closing words follow.
    """

    number: int
    total: int
    next_id: str | None
    is_first_word: bool = False
    """Whether nobody has welcomed the person yet."""


def welcome_message(guide: Guide, first_id: str, wording: SlackPhrases) -> SlackMessage:
    """Welcome a person and offer the tour, which begins with the step `first_id`."""
    start = _button("go", wording.tour.start, first_id, style="primary")
    decline = _button("decline", wording.tour.decline, DECLINE)
    buttons = ActionsBlock(elements=[start, decline])
    return SlackMessage.of(_notification(guide.welcome), [*_words(guide.welcome), buttons])


def step_message(
    guide: Guide,
    step: Step,
    answers: Sequence[StepAnswer],
    around: Around,
    *,
    wording: SlackPhrases,
    contact: str | None = None,
) -> SlackMessage:
    """Put the answers to a step's questions together; there is at least one."""
    title = shorten(step.title, _MAX_TITLE)
    top: list[Block] = [*_words(guide.welcome), DividerBlock()] if around.is_first_word else []
    top += [HeaderBlock(text=title), context(f"{around.number}/{around.total}")]
    end = _end(guide, around, wording, contact)
    text = f"{around.number}/{around.total} {escape(title)}"
    head, tail = SlackMessage.of(text, top).blocks, SlackMessage.of(text, end).blocks
    shown, left_out = _fitting(answers, [*head, *tail])
    rest: Sequence[JsonObject] = ()
    if left_out:
        more = wording.tour.more.format(" / ".join(left_out))
        rest = SlackMessage.of(text, [context(_cut(more, _MAX_MORE))]).blocks
    return SlackMessage(text=text, blocks=(*head, *shown, *rest, *tail))


def closing_message(
    guide: Guide, wording: SlackPhrases, *, is_empty: bool, contact: str | None = None
) -> SlackMessage:
    """End the tour where no step is left, or where the documents answer none."""
    words = wording.tour.empty if is_empty else guide.closing
    return SlackMessage.of(_notification(words), [*_words(words), *_whom(wording, contact)])


def paused(next_id: str, wording: SlackPhrases) -> SlackMessage:
    """Say that the tour waits."""
    return _with_button(wording.tour.paused, wording.tour.go_on, next_id)


def elsewhere(next_id: str, wording: SlackPhrases) -> SlackMessage:
    """Say that a button pressed again belongs to a part that is there already."""
    return _with_button(wording.tour.elsewhere, wording.tour.go_on, next_id)


def declined(wording: SlackPhrases) -> SlackMessage:
    """Say that the tour stays away."""
    return render_notice(wording.tour.declined)


def finished(wording: SlackPhrases) -> SlackMessage:
    """Say that the tour is over, and offer it anew."""
    return _with_button(wording.tour.finished, wording.tour.again, AGAIN, name="again")


def _end(guide: Guide, around: Around, wording: SlackPhrases, contact: str | None) -> list[Block]:
    if around.next_id is None:
        return [DividerBlock(), *_words(guide.closing), *_whom(wording, contact)]
    go = _button("go", wording.tour.next, around.next_id, style="primary")
    later = _button("later", wording.tour.later, LATER)
    return [ActionsBlock(elements=[go, later])]


def _whom(wording: SlackPhrases, contact: str | None) -> list[Block]:
    if not contact:
        return []
    return [context(wording.contact.format(_cut(contact, _MAX_CONTACT)))]


def _fitting(
    answers: Sequence[StepAnswer], around: Sequence[JsonObject]
) -> tuple[list[JsonObject], list[str]]:
    """The blocks of as many answers as fit, and the questions of those that do not."""
    shown: list[JsonObject] = []
    left_out: list[str] = []
    for answer in answers:
        question = f"*{_cut(answer.question, _MAX_ASKED)}*"
        asked = SlackMessage.of(question, [SectionBlock(text=mrkdwn_text(question))]).blocks
        more = [*asked, *map(_votes_alone, answer.message.blocks)]
        # What is said again below, such as where all answers come from, is said once.
        kept = [block for block in shown if block not in more or block.get("type") == "section"]
        whole = [*around, *kept, *more]
        if not shown or (_chars(whole) <= _MAX_CHARS and len(whole) <= _MAX_BLOCKS):
            shown = [*kept, *more]
        else:
            left_out.append(shorten(answer.question, MAX_QUESTION))
    return shown, left_out


def _votes_alone(block: JsonObject) -> JsonObject:
    """An answer can be voted on, but not be deleted out of its step."""
    if block.get("type") != "context_actions":
        return block
    elements = cast("Sequence[JsonObject]", block.get("elements") or ())
    return {**block, "elements": [e for e in elements if e.get("type") == "feedback_buttons"]}


def _chars(blocks: Sequence[JsonObject]) -> int:
    return sum(len(text) for block in blocks for text in _texts(block))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in cast("dict[str, object]", value).items():
            if key == "text" and isinstance(inner, str):
                yield inner
            else:
                yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in cast("Sequence[object]", value):
            yield from _texts(inner)


def _words(text: str) -> list[Block]:
    return [SectionBlock(text=mrkdwn_text(_cut(text, _MAX_WORDS)))]


def _cut(text: str, max_chars: int) -> str:
    """Text as inert mrkdwn of at most that many characters as written."""
    return "".join(pack(text, {}, max_part=max_chars, max_total=max_chars)) or "…"


def _notification(text: str) -> str:
    return escape(shorten(text, 300))


def _with_button(text: str, label: str, value: str, *, name: ButtonName = "go") -> SlackMessage:
    button = _button(name, label, value, style="primary")
    return render_notice(text, more=[ActionsBlock(elements=[button])])


def _button(name: ButtonName, label: str, value: str, *, style: str | None = None) -> ButtonElement:
    """A button of the tour; Slack wants the buttons of one row to differ in their action."""
    return ButtonElement(
        text=button_label(label), action_id=f"{TOUR}:{name}", value=value, style=style
    )
