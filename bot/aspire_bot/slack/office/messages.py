"""What staff see and decide on, and what those who wait get: pure, like `blocks`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from slack_sdk.models.blocks import Block, InputBlock, PlainTextInputElement, SectionBlock

from aspire_bot.messages import phrases
from aspire_bot.messages.office_phrases import FindingPhrases, ReminderPhrases
from aspire_bot.slack.render import buttons
from aspire_bot.slack.render.blocks import MAX_SECTION, context, mrkdwn_text
from aspire_bot.slack.render.message import JsonObject, SlackMessage, written
from aspire_bot.slack.render.modals import COMMENT, modal
from aspire_bot.slack.render.mrkdwn import escape, link, pack, safe_url, shorten
from aspire_bot.slack.staff.office_messages import owner_note
from aspire_bot.state.escalations import Escalation
from aspire_bot.state.office.contradictions import Contradiction, StatedQuote
from aspire_bot.state.office.drafts import Draft
from aspire_bot.state.office.offers import OfferedAnswer
from aspire_bot.state.office.test_questions import TestQuestion, TestRun
from aspire_bot.state.sources import CitedSource
from aspire_ingest.index.text.language import language_of

WORDING = "wording"
MAX_WORDING, MAX_REASON = 2900, 500
_MAX_QUESTION = 600
_MAX_NAME = 60
_MAX_NOTICE = 300
_MOST_SOURCES = 5
_MOST_FINDINGS = 8
_MOST_BLOCKS = 30
"""Blocks of an answer that are shown with others around them; Slack takes 50 in all."""
_DAY = timedelta(days=1)
_CONTROLS = {"actions", "context_actions"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """Words with what supports them, and who of staff stands for them."""

    text: str
    by: str
    sources: tuple[CitedSource, ...] = ()


def quoted(question: str) -> str:
    """Give a question as a quote, not too long."""
    lines = escape(shorten(question, _MAX_QUESTION)).splitlines() or [""]
    return "\n".join(f"> {line}" for line in lines)


def office_answer(answer: Sourced, question: str, office: str, language: str) -> SlackMessage:
    """Bring somebody who waits what the office answered."""
    words, wording = phrases(language).office_work.tell_me, phrases(language).slack
    head = words.told_by_office.format(escape(shorten(office, _MAX_NAME)))
    blocks: list[Block] = [_section(f"{head}\n{quoted(question)}"), *text_blocks(answer.text)]
    if answer.sources:
        blocks.append(context(_named(answer.sources)))
    if answer.by:
        blocks.append(context(wording.office.replied_by.format(f"<@{answer.by}>")))
    return SlackMessage.of(escape(shorten(answer.text, _MAX_NOTICE)) or "…", blocks)


def documents_answer(offer: OfferedAnswer, question: str) -> SlackMessage:
    """Bring somebody who waits what the documents answer by now."""
    words = phrases(offer.language).office_work.tell_me
    message = SlackMessage.from_json(offer.message)
    head = _section(f"{words.told_by_documents}\n{quoted(question)}")
    return SlackMessage(text=message.text, blocks=(*written([head]), *_shown(message)))


def offer_for_staff(offer: OfferedAnswer, question: str, waiting: int) -> SlackMessage:
    """Ask staff whether an answer of the documents shall be sent."""
    words = phrases(offer.language).office_work.tell_me
    head = _section(f"{words.offer}\n{quoted(question)}")
    foot = [context(words.waiting.format(waiting)), offer_buttons(offer)]
    message = SlackMessage.from_json(offer.message)
    blocks = (*written([head]), *_shown(message), *written(foot))
    return SlackMessage(text=_notice(words.new_offer, question), blocks=blocks)


def offer_buttons(offer: OfferedAnswer) -> Block:
    """Give the buttons of an offer."""
    words = phrases(offer.language).office_work.tell_me
    return buttons.buttons_row(
        offer.offer_id, (buttons.SEND_OFFER, words.send), (buttons.DECLINE_OFFER, words.not_this)
    )


def settled_offer(offer: OfferedAnswer, question: str) -> SlackMessage:
    """Say in an offer's place what became of it."""
    words = phrases(offer.language).office_work.tell_me
    said = words.sent if offer.status == "sent" else words.declined
    head = _section(f"{said.format(person(offer.decided_by))}\n{quoted(question)}")
    message = SlackMessage.from_json(offer.message)
    return SlackMessage(text=message.text, blocks=(*written([head]), *_shown(message)))


def draft_for_staff(draft: Draft, permalink: str) -> SlackMessage:
    """Show staff an answer before it is posted."""
    words = phrases(draft.language).office_work.draft
    where = _to_thread(permalink, draft.language)
    foot = [*([context(where)] if where else []), draft_buttons(draft)]
    blocks = (*_draft_head(draft, ""), *_shown(SlackMessage.from_json(draft.message)))
    return SlackMessage(
        text=_notice(words.new_draft, draft.question), blocks=(*blocks, *written(foot))
    )


def draft_buttons(draft: Draft) -> Block:
    """Give the buttons of a draft."""
    words = phrases(draft.language).office_work.draft
    return buttons.buttons_row(
        draft.answer_id,
        (buttons.ACCEPT_DRAFT, words.accept),
        (buttons.EDIT_DRAFT, words.edit),
        (buttons.DECLINE_DRAFT, words.decline),
    )


def settled_draft(draft: Draft, *, is_posted: bool) -> SlackMessage:
    """Say in a draft's place what became of it; what staff wrote can be kept for others."""
    words, wording = phrases(draft.language).office_work.draft, phrases(draft.language).slack
    by, reason = person(draft.decided_by), escape(shorten(draft.reason, MAX_REASON)) or "–"
    said = {
        "accepted": words.accepted.format(by),
        "edited": words.edited.format(by),
        "declined": words.declined.format(by, reason),
    }.get(draft.status, "")
    head = _draft_head(draft, said if is_posted else words.for_staff)
    if draft.status != "edited":
        shown = _shown(SlackMessage.from_json(draft.message))
        return SlackMessage(text=_notice(words.new_draft, draft.question), blocks=(*head, *shown))
    keep = buttons.button_row(buttons.SET_RIGHT, wording.office.keep_answer, draft.answer_id)
    blocks = (*head, *written([*text_blocks(draft.wording), keep]))
    return SlackMessage(text=_notice(words.new_draft, draft.question), blocks=blocks)


def edit_view(draft: Draft, plain_text: str) -> JsonObject:
    """Ask staff for the words of an answer; `plain_text` is what it says now."""
    words, wording = phrases(draft.language).office_work.draft, phrases(draft.language).slack
    written_text = PlainTextInputElement(
        action_id=WORDING,
        multiline=True,
        max_length=MAX_WORDING,
        initial_value=plain_text[:MAX_WORDING] or None,
    )
    label = phrases(draft.language).approval.text
    return modal(
        buttons.EDIT_DRAFT_VIEW,
        words.edit_title,
        wording,
        submit=wording.send,
        metadata=draft.answer_id,
        blocks=[InputBlock(block_id=WORDING, label=label, element=written_text)],
    )


def decline_view(draft: Draft) -> JsonObject:
    """Ask staff why an answer is not to be given."""
    words, wording = phrases(draft.language).office_work.draft, phrases(draft.language).slack
    reason = PlainTextInputElement(action_id=COMMENT, multiline=True, max_length=MAX_REASON)
    field = InputBlock(block_id=COMMENT, label=words.reason, element=reason, hint=words.reason_hint)
    return modal(
        buttons.DECLINE_DRAFT_VIEW,
        words.decline_title,
        wording,
        submit=words.decline,
        metadata=draft.answer_id,
        blocks=[field],
    )


def reminder(escalation: Escalation, age: timedelta, permalink: str) -> SlackMessage:
    """Remind staff of a question; what is replied in its thread goes to the asker as well."""
    words, wording = phrases(escalation.language).office_work.reminder, phrases(escalation.language)
    head = words.still_open.format(age_text(age, words))
    notes = [owner_note(escalation.owner, words), _to_thread(permalink, escalation.language)]
    notes.append(escape(wording.slack.office.staff_hint))
    blocks: list[Block] = [
        _section(f"{head}\n{quoted(escalation.question)}"),
        context(" · ".join(note for note in notes if note)),
        escalation_buttons(escalation),
    ]
    notice = _notice(words.still_open.replace("*", "").format(age_text(age, words)), "")
    return SlackMessage.of(f"{notice} {escape(shorten(escalation.question, 200))}", blocks)


def escalation_buttons(escalation: Escalation) -> Block:
    """Give what staff may do with a question to the office."""
    words = phrases(escalation.language)
    return buttons.buttons_row(
        escalation.answer_id,
        (f"{buttons.TAKE}:{escalation.escalation_id}", words.office_work.reminder.take),
        (buttons.SET_RIGHT, words.slack.office.set_right),
    )


def age_text(age: timedelta, words: ReminderPhrases) -> str:
    """Give an age in whole hours, from two days on in days."""
    if age >= 2 * _DAY:
        return words.days.format(age // _DAY)
    return words.hours.format(max(1, age // timedelta(hours=1)))


def person(user: str | None) -> str:
    """Name a person so that Slack shows their name."""
    return f"<@{user}>" if user else "–"


def text_blocks(text: str) -> list[Block]:
    """Give people's own words as sections."""
    parts = pack(text, {}, max_part=MAX_SECTION, max_total=MAX_SECTION)
    return [_section(part) for part in parts or ("…",)]


def tests_came_out(
    changed: Sequence[tuple[TestQuestion, TestRun]], index_version: str
) -> list[Block]:
    """Tell staff which test questions came out in another way than the last time."""
    words = phrases(_language_of(q.question for q, _ in changed)).office_work.finding
    if not changed:
        return []
    lines = [
        (words.passes if run.has_passed else words.fails).format(escape(shorten(q.question, 200)))
        for q, run in changed[:_MOST_FINDINGS]
    ]
    head = words.tests.format(index_version)
    return [_section("\n".join([head, *(f"• {line}" for line in lines)]))]


def contradictions_found(found: Sequence[Contradiction], index_version: str) -> list[Block]:
    """Tell staff which documents state different values, with both quotes."""
    if not found:
        return []
    words = phrases(_language_of(one.quotes[0].quote for one in found)).office_work.finding
    pairs = ["\n    ".join(_stated(q, words) for q in one.quotes) for one in found[:_MOST_FINDINGS]]
    head = words.contradictions.format(index_version)
    return [_section("\n".join([head, *(f"• {pair}" for pair in pairs)]))]


def findings(blocks: Sequence[Block]) -> SlackMessage:
    """Give one message of what was found."""
    return SlackMessage.of(_notice("…", ""), blocks)


def _stated(quote: StatedQuote, words: FindingPhrases) -> str:
    title = link(safe_url(quote.url) if quote.url else None, shorten(quote.title, 100) or "…")
    return words.states.format(title=title, quote=escape(shorten(quote.quote, 200)))


def _language_of(texts: Iterable[str]) -> str:
    return language_of(next(iter(texts), ""))


def _draft_head(draft: Draft, said: str) -> tuple[JsonObject, ...]:
    words = phrases(draft.language).office_work.draft
    head = said or words.head.format(person(draft.asker))
    return written([_section(f"{head}\n{quoted(draft.question)}")])


def _shown(message: SlackMessage) -> Sequence[JsonObject]:
    """An answer's blocks without its buttons: these are for the place where it was asked."""
    blocks = [block for block in message.blocks if block.get("type") not in _CONTROLS]
    return blocks[:_MOST_BLOCKS]


def _section(text: str) -> Block:
    return SectionBlock(text=mrkdwn_text(text[:MAX_SECTION]))


def _notice(what: str, question: str) -> str:
    return escape(shorten(f"{what}: {question}" if question else what, _MAX_NOTICE))


def _to_thread(permalink: str, language: str) -> str:
    label = phrases(language).slack.office.to_thread
    return link(safe_url(permalink), label) if permalink else ""


def _named(sources: Sequence[CitedSource]) -> str:
    return "\n".join(
        "• " + link(safe_url(one.url) if one.url else None, shorten(one.title, 120) or "…")
        for one in sources[:_MOST_SOURCES]
    )
