"""The buttons under an answer, and the names by which their clicks come back."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextActionsBlock,
    FeedbackButtonObject,
    FeedbackButtonsElement,
    IconButtonElement,
)

from aspire_bot.messages import SlackPhrases, phrases
from aspire_bot.slack.render.cut import cut

VOTE = "aspire:vote"
DELETE = "aspire:delete"
SHARE = "aspire:share"
ESCALATE = "aspire:escalate"
ASK_AGAIN = "aspire:ask_again"
ASK_SUGGESTED = "aspire:ask"
CHOOSE = "aspire:choose"
SET_RIGHT = "aspire:set_right"
WITHDRAW = "aspire:withdraw"
PUBLISH_DRAFT = "aspire:publish_draft"
CHOOSE_REACH = "aspire:choose_reach"
TOUR = "aspire:tour"
TELL_ME = "aspire:tell_me"
TAKE = "aspire:take"
SEND_OFFER = "aspire:send_offer"
DECLINE_OFFER = "aspire:decline_offer"
ACCEPT_DRAFT = "aspire:accept_draft"
EDIT_DRAFT = "aspire:edit_draft"
DECLINE_DRAFT = "aspire:decline_draft"
FEEDBACK_VIEW = "aspire:feedback"
SET_RIGHT_VIEW = "aspire:set_right_view"
REACH_VIEW = "aspire:reach_view"
CHANNEL_VIEW = "aspire:channel_view"
EDIT_DRAFT_VIEW = "aspire:edit_draft_view"
DECLINE_DRAFT_VIEW = "aspire:decline_draft_view"
ANSWER_SHORTCUT = "answer_this"
SET_RIGHT_SHORTCUT = "set_right"
_MOST_VISIBLE = 20
MAX_LABEL = 75
_MAX_CHOICE = 500
_BETWEEN = "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Controls:
    """What may be done with an answer.

    `may_delete` are the people to whom the button is shown; who may is checked at the click.
    `office` is named where a question can be brought to people; `may_wait` where one can be told
    when it is answered.
    """

    answer_id: str
    office: str | None = None
    may_wait: bool = False
    may_share: bool = False
    may_delete: tuple[str, ...] = ()


def control_blocks(controls: Controls, wording: SlackPhrases, *, is_settled: bool) -> list[Block]:
    """Give the buttons for an answer: feedback always, the others where they make sense."""
    buttons: list[ButtonElement] = []
    if controls.office and not is_settled:
        label = wording.ask_office.format(controls.office)
        buttons.append(_button(ESCALATE, label, controls.answer_id, style="primary"))
    if controls.may_wait and not is_settled:
        label = phrases(wording.language).office_work.tell_me.button
        buttons.append(_button(TELL_ME, label, controls.answer_id))
    if controls.may_share:
        buttons.append(_button(SHARE, wording.share, controls.answer_id))
    blocks: list[Block] = [ActionsBlock(elements=buttons)] if buttons else []
    return [*blocks, _feedback(controls, wording)]


def choice_blocks(controls: Controls, choices: Sequence[str]) -> list[Block]:
    """Give a button for each thing that a question may be about; none where nobody may click."""
    if controls.may_share or not choices:  # to one person alone; the answer would go to all
        return []
    buttons = [
        # Slack wants the buttons of one row to differ in their action.
        _button(f"{CHOOSE}:{at}", choice, f"{controls.answer_id}{_BETWEEN}{choice[:_MAX_CHOICE]}")
        for at, choice in enumerate(choices, start=1)
    ]
    return [ActionsBlock(elements=buttons)]


def read_choice(value: str) -> tuple[str, str]:
    """Read what a button of `choice_blocks` brings: the answer's id, and the choice."""
    answer_id, _, choice = value.partition(_BETWEEN)
    return answer_id, choice


def button_row(action: str, label: str, value: str) -> ActionsBlock:
    """Give one button on a line of its own."""
    return ActionsBlock(elements=[_button(action, label, value)])


def buttons_row(value: str, *labelled: tuple[str, str]) -> ActionsBlock:
    """Give buttons on one line that bring the same value: the action and the label of each."""
    return ActionsBlock(elements=[_button(action, label, value) for action, label in labelled])


def button_label(label: str) -> str:
    """Give a button's label in the length that Slack takes, cut after a word where it must be."""
    return cut(" ".join(label.split()), MAX_LABEL)


def _button(action: str, label: str, value: str, *, style: str | None = None) -> ButtonElement:
    return ButtonElement(text=button_label(label), action_id=action, value=value, style=style)


def _feedback(controls: Controls, wording: SlackPhrases) -> Block:
    votes = FeedbackButtonsElement(
        action_id=VOTE,
        positive_button=_vote("up", wording.good, controls.answer_id),
        negative_button=_vote("down", wording.bad, controls.answer_id),
    )
    if not controls.may_delete:
        return ContextActionsBlock(elements=[votes])
    delete = IconButtonElement(
        action_id=DELETE,
        icon="trash",
        text=wording.delete,
        value=controls.answer_id,
        visible_to_user_ids=list(controls.may_delete[:_MOST_VISIBLE]),
        confirm=ConfirmObject(
            title=wording.delete,
            text=wording.delete_confirm,
            confirm=wording.delete,
            deny=wording.cancel,
        ),
    )
    return ContextActionsBlock(elements=[votes, delete])


def _vote(value: str, label: str, answer_id: str) -> FeedbackButtonObject:
    return FeedbackButtonObject(text=label, accessibility_label=label, value=f"{value}:{answer_id}")
