"""The modal in which staff set an answer right, and what is said of it: pure, like `blocks`."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    SectionBlock,
    StaticMultiSelectElement,
    UrlInputElement,
)

from aspire_bot.messages import phrases
from aspire_bot.slack.render.blocks import MAX_SECTION, context, mrkdwn_text
from aspire_bot.slack.render.buttons import SET_RIGHT, SET_RIGHT_VIEW, WITHDRAW, button_row
from aspire_bot.slack.render.message import JsonObject, SlackMessage
from aspire_bot.slack.render.modals import AUDIENCE, modal, select
from aspire_bot.slack.render.mrkdwn import escape, link, pack, safe_url, shorten
from aspire_bot.state.answers import PostedAnswer
from aspire_bot.state.approvals import ApprovedAnswer
from aspire_bot.state.sources import CitedSource
from aspire_ingest.index.text.language import language_of

QUESTION, TEXT, SOURCES, URL, VALID_UNTIL = "question", "text", "sources", "url", "valid_until"
MAX_TITLE, MAX_QUESTION, MAX_TEXT = 300, 1000, 2000
_MOST_SOURCES = 10
_MAX_OPTION = 75
_MAX_REASON = 200


def set_right_view(posted: PostedAnswer, *, text: str, valid_until: date) -> JsonObject:
    """Ask staff for the right answer; `text` is what they said already."""
    words, wording = phrases(posted.language).approval, phrases(posted.language).slack
    question = " ".join(posted.question.split())[:MAX_TITLE]
    written = PlainTextInputElement(
        action_id=TEXT,
        multiline=True,
        max_length=MAX_TEXT,
        initial_value=text[:MAX_TEXT] or None,
        placeholder=words.text_hint,
    )
    asked = PlainTextInputElement(
        action_id=QUESTION, multiline=True, max_length=MAX_QUESTION, initial_value=question or None
    )
    until = DatePickerElement(action_id=VALID_UNTIL, initial_date=valid_until.isoformat())
    address = UrlInputElement(action_id=URL, placeholder=words.url_hint)
    blocks = [
        InputBlock(
            block_id=QUESTION, label=words.question, element=asked, hint=words.question_hint
        ),
        InputBlock(block_id=TEXT, label=words.text, element=written),
        *_sources_field(posted.sources, posted.language),
        InputBlock(block_id=URL, label=words.url, element=address, optional=True),
        InputBlock(block_id=VALID_UNTIL, label=words.valid_until, element=until),
        select(AUDIENCE, words.audience, wording.audiences, posted.audience),
    ]
    return modal(
        SET_RIGHT_VIEW,
        words.title,
        wording,
        submit=words.publish,
        metadata=posted.answer_id,
        blocks=blocks,
    )


def published_message(approved: ApprovedAnswer) -> SlackMessage:
    """Tell staff that an approved answer is given from now on."""
    words = phrases(language_of(approved.question)).approval
    wording = phrases(language_of(approved.question)).slack
    until = approved.valid_until
    details = words.details.format(
        by=_person(approved.approved_by),
        until=wording.dates.written(until.isoformat()) if until else "–",
        audience=escape(wording.audiences[approved.audience]),
    )
    withdraw = button_row(WITHDRAW, words.withdraw, approved.approval_id)
    return _about(words.published, approved, [context(details), withdraw])


def failed_message(approved: ApprovedAnswer, reason: str) -> SlackMessage:
    """Tell staff that an approved answer could not be published, and why."""
    head = phrases(language_of(approved.question)).approval.failed
    return _about(head.format(_reason(reason)), approved, _again(approved))


def kept_message(approved: ApprovedAnswer, reason: str) -> SlackMessage:
    """Tell staff that an approved answer could not be withdrawn, and why."""
    words = phrases(language_of(approved.question)).approval
    withdraw = button_row(WITHDRAW, words.withdraw, approved.approval_id)
    return _about(words.not_withdrawn.format(_reason(reason)), approved, [withdraw])


def withdrawn_message(approved: ApprovedAnswer, by: str | None) -> SlackMessage:
    """Tell staff that an approved answer is given no more: `by` whom, or since it has ended."""
    words = phrases(language_of(approved.question)).approval
    head = words.withdrawn.format(_person(by)) if by else words.has_ended
    return _about(head, approved, _again(approved))


def source_message(approved: ApprovedAnswer, source: CitedSource, *, is_gone: bool) -> SlackMessage:
    """Tell staff that a document on which an approved answer rests has changed, or is gone."""
    words = phrases(language_of(approved.question)).approval
    head = (words.source_gone if is_gone else words.source_changed).format(
        escape(shorten(source.title, 120) or source.document_id)
    )
    withdraw = button_row(WITHDRAW, words.withdraw, approved.approval_id)
    return _about(head, approved, [*_again(approved), withdraw])


def answered_message(
    approved: ApprovedAnswer, *, asker: str, office: str, language: str
) -> SlackMessage:
    """Bring the approved answer to who asked, marked as from staff."""
    words = phrases(language).approval
    head = words.answered.format(office=escape(shorten(office, 60)), asker=_person(asker))
    blocks: list[Block] = [SectionBlock(text=mrkdwn_text(head)), *_text(approved.text)]
    if named := _named(approved.sources):
        blocks.append(context(named))
    blocks.append(context(words.approved_by.format(_person(approved.approved_by))))
    return SlackMessage.of(escape(shorten(approved.text, 300)) or "…", blocks)


def _about(head: str, approved: ApprovedAnswer, more: Sequence[Block]) -> SlackMessage:
    asked = "\n".join(f"> {escape(line)}" for line in approved.question[:MAX_QUESTION].splitlines())
    blocks: list[Block] = [SectionBlock(text=mrkdwn_text(head))]
    blocks += [SectionBlock(text=mrkdwn_text(asked[:MAX_SECTION] or "> …")), *_text(approved.text)]
    if named := _named(approved.sources):
        blocks.append(context(named))
    return SlackMessage.of(escape(shorten(approved.question, 300)) or "…", [*blocks, *more])


def _again(approved: ApprovedAnswer) -> list[Block]:
    """The button that opens the modal once more."""
    label = phrases(language_of(approved.question)).slack.office.set_right
    return [button_row(SET_RIGHT, label, approved.answer_id)] if approved.answer_id else []


def _reason(reason: str) -> str:
    return escape(shorten(reason, _MAX_REASON))


def _text(text: str) -> list[Block]:
    parts = pack(text, {}, max_part=MAX_SECTION, max_total=MAX_SECTION * 2)
    return [SectionBlock(text=mrkdwn_text(part)) for part in parts]


def _named(sources: Sequence[CitedSource]) -> str:
    """The sources as links; their addresses are those of documents in the index."""
    return "\n".join(
        "• " + link(safe_url(one.url) if one.url else None, shorten(one.title, 120) or "…")
        for one in sources[:_MOST_SOURCES]
    )


def _person(user: str) -> str:
    return f"<@{user}>" if user else "–"


def _sources_field(sources: Sequence[CitedSource], language: str) -> list[InputBlock]:
    words = phrases(language).approval
    options = [
        Option(
            value=str(number), text=shorten(one.title, _MAX_OPTION) or one.document_id[:_MAX_OPTION]
        )
        for number, one in enumerate(sources[:_MOST_SOURCES])
    ]
    if not options:
        return []
    element = StaticMultiSelectElement(
        action_id=SOURCES, options=options, placeholder=words.sources_hint
    )
    return [InputBlock(block_id=SOURCES, label=words.sources, element=element, optional=True)]
