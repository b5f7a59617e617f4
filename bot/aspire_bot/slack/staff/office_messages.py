"""What goes to the staff channel, and what comes from it: pure, like `blocks`."""

from slack_sdk.models.blocks import Block, ContextBlock, SectionBlock

from aspire_bot.messages import SlackPhrases, phrases
from aspire_bot.messages.office_phrases import ReminderPhrases
from aspire_bot.slack.render.blocks import MAX_SECTION, context, mrkdwn_text, render_notice
from aspire_bot.slack.render.buttons import SET_RIGHT, TAKE, button_row, buttons_row
from aspire_bot.slack.render.message import SlackMessage
from aspire_bot.slack.render.mrkdwn import escape, link, pack, safe_url, shorten
from aspire_bot.state.answers import PostedAnswer
from aspire_bot.state.escalations import Escalation
from aspire_bot.state.sources import CitedSource

_MAX_QUESTION = 1800
_MAX_ANSWER = 1200
_MAX_TITLE = 150
_MOST_SOURCES = 5


def question_for_staff(
    posted: PostedAnswer,
    asker: str,
    permalink: str,
    wording: SlackPhrases,
    *,
    escalation: Escalation | None = None,
) -> SlackMessage:
    """Bring a question to staff: who asks, what, what the bot found, where, who sees to it."""
    lines = [wording.office.staff_question.format(f"<@{asker}>"), _quoted(posted.question)]
    blocks: list[Block] = [SectionBlock(text=mrkdwn_text("\n".join(lines)))]
    blocks += _candidates(posted.sources, wording)
    where = link(permalink_url(permalink), wording.office.to_thread) if permalink else ""
    words = phrases(wording.language).office_work.reminder
    owner = owner_note(escalation.owner, words) if escalation and escalation.owner else ""
    notes = [owner, where, escape(wording.office.staff_hint)]
    blocks.append(context(" · ".join(note for note in notes if note)))
    take = ((f"{TAKE}:{escalation.escalation_id}", words.take),) if escalation else ()
    set_right = (SET_RIGHT, wording.office.set_right)
    blocks.append(buttons_row(posted.answer_id, *take, set_right))
    return SlackMessage.of(
        escape(shorten(f"{wording.office.new_question}: {posted.question}", 300)), blocks
    )


def owner_note(owner: str | None, words: ReminderPhrases) -> str:
    """Say who of staff sees to a question."""
    return words.owner.format(f"<@{owner}>") if owner else words.no_owner


def complaint_for_staff(
    posted: PostedAnswer, *, reason: str, comment: str, permalink: str, wording: SlackPhrases
) -> SlackMessage:
    """Tell staff that an answer was found not helpful, and why."""
    head = wording.office.staff_complaint.format(escape(shorten(reason, 100)))
    said = [head, _quoted(posted.question)]
    blocks: list[Block] = [SectionBlock(text=mrkdwn_text("\n".join(said)))]
    answer = pack(posted.text, {}, max_part=_MAX_ANSWER, max_total=_MAX_ANSWER)
    blocks += [SectionBlock(text=mrkdwn_text(part)) for part in answer]
    if comment.strip():
        blocks.append(SectionBlock(text=mrkdwn_text(_quoted(comment))))
    if permalink:
        blocks.append(context(link(permalink_url(permalink), wording.office.to_thread)))
    blocks.append(button_row(SET_RIGHT, wording.office.set_right, posted.answer_id))
    return SlackMessage.of(escape(shorten(f"{wording.bad}: {posted.question}", 300)), blocks)


def reply_from_office(
    text: str, *, staff: str, asker: str, office: str, wording: SlackPhrases
) -> SlackMessage:
    """Bring staff's reply to the asker, marked as theirs."""
    head = wording.office.from_office.format(
        office=escape(shorten(office, 60)), asker=f"<@{asker}>"
    )
    parts = pack(text, {}, max_part=MAX_SECTION, max_total=MAX_SECTION * 2)
    blocks: list[Block] = [SectionBlock(text=mrkdwn_text(head))]
    blocks += [SectionBlock(text=mrkdwn_text(part)) for part in parts]
    blocks.append(context(wording.office.replied_by.format(f"<@{staff}>")))
    return SlackMessage.of(escape(shorten(text, 300)) or "…", blocks)


def reply_was_delivered(answer_id: str, wording: SlackPhrases) -> SlackMessage:
    """Tell staff that the reply is with the asker, and that it can be kept for others."""
    return render_notice(
        wording.office.reply_delivered,
        more=[button_row(SET_RIGHT, wording.office.keep_answer, answer_id)],
    )


def permalink_url(permalink: str) -> str | None:
    """A permalink as it may stand in a link."""
    return safe_url(permalink)


def _quoted(text: str) -> str:
    lines = escape(text[:_MAX_QUESTION]).splitlines() or [""]
    return "\n".join(f"> {line}" for line in lines)[:2600]


def _candidates(sources: tuple[CitedSource, ...], wording: SlackPhrases) -> list[Block]:
    lines = [
        "• " + link(safe_url(source.url) if source.url else None, shorten(source.title, _MAX_TITLE))
        for source in sources[:_MOST_SOURCES]
    ]
    found: ContextBlock = context("\n".join([escape(wording.nearest), *lines]))
    return [found] if lines else []
