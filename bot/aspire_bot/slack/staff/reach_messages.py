"""What staff see before an approved answer is published, and the modal to choose in. Pure."""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    CheckboxesElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    SectionBlock,
)

from aspire_bot.messages import phrases
from aspire_bot.slack.render.blocks import MAX_SECTION, mrkdwn_text
from aspire_bot.slack.render.buttons import CHOOSE_REACH, PUBLISH_DRAFT, REACH_VIEW, WITHDRAW
from aspire_bot.slack.render.message import JsonObject, SlackMessage
from aspire_bot.slack.render.modals import modal
from aspire_bot.slack.render.mrkdwn import escape, shorten
from aspire_bot.slack.staff.kept_questions import KeptQuestion, Reach
from aspire_bot.state.approvals import ApprovedAnswer
from aspire_ingest.index.text.language import language_of

ANSWERED, NEAR, ALSO, NOT = "answered", "near", "also", "not"
MAX_LINES = 1000
"""Characters of a field for further questions."""
_MAX_OPTION = 75
_MAX_SHOWN = 200


def reach_message(approved: ApprovedAnswer, reach: Reach) -> SlackMessage:
    """Tell staff which kept questions a new approved answer will answer, and which it will not."""
    words = phrases(language_of(approved.question)).approval
    title = approved.question.splitlines()[0]
    blocks: list[Block] = [
        SectionBlock(text=mrkdwn_text(f"{words.before_publishing}\n> {escape(title)}"))
    ]
    for head, questions in ((words.will_answer, reach.answered), (words.will_not, reach.near)):
        if questions:
            blocks.append(SectionBlock(text=mrkdwn_text(_listed(head, questions))))
    buttons = (
        (PUBLISH_DRAFT, words.publish_now, "primary"),
        (CHOOSE_REACH, words.choose_questions, None),
        (WITHDRAW, words.discard, None),
    )
    row = [
        ButtonElement(action_id=action, text=label, value=approved.approval_id, style=style)
        for action, label, style in buttons
    ]
    return SlackMessage.of(escape(shorten(title, 300)), [*blocks, ActionsBlock(elements=row)])


def reach_view(approved: ApprovedAnswer, reach: Reach) -> JsonObject:
    """Ask staff which questions it shall answer, and which not."""
    language = language_of(approved.question)
    words = phrases(language).approval
    fields = [
        *_choice(ANSWERED, words.will_answer_label, reach.answered, are_chosen=True),
        *_choice(NEAR, words.also_answer_label, reach.near, are_chosen=False),
        _lines(ALSO, words.further_wordings, words.further_hint),
        _lines(NOT, words.not_wordings, words.not_hint),
    ]
    return modal(
        REACH_VIEW,
        words.reach_title,
        phrases(language).slack,
        submit=words.publish,
        metadata=approved.approval_id,
        blocks=fields,
    )


def _listed(head: str, questions: Sequence[KeptQuestion]) -> str:
    shown = [f"• {escape(shorten(' '.join(q.text.split()), _MAX_SHOWN))}" for q in questions]
    return "\n".join((head, *shown))[:MAX_SECTION]


def _choice(
    name: str, label: str, questions: Sequence[KeptQuestion], *, are_chosen: bool
) -> list[InputBlock]:
    """A box for each question; nothing where there are none."""
    if not questions:
        return []
    options = [
        Option(value=one.key, text=shorten(" ".join(one.text.split()), _MAX_OPTION) or "…")
        for one in questions
    ]
    boxes = CheckboxesElement(
        action_id=name, options=options, initial_options=options if are_chosen else None
    )
    return [InputBlock(block_id=name, label=label, element=boxes, optional=True)]


def _lines(name: str, label: str, hint: str) -> InputBlock:
    field = PlainTextInputElement(action_id=name, multiline=True, max_length=MAX_LINES)
    return InputBlock(block_id=name, label=label, element=field, hint=hint, optional=True)
