"""An answer as a Slack message: Block Kit blocks and the text that notifications show.

Pure: no client and no store. Slack's limits are kept by construction: each part is cut to its share
of the message, and the shares add up to less than the whole.
"""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urldefrag

from slack_sdk.models.blocks import (
    Block,
    ContainerBlock,
    ContextBlock,
    MarkdownTextObject,
    SectionBlock,
)

from aspire_bot.answering.approved.say import approval_note
from aspire_bot.answering.clock import Clock
from aspire_bot.answering.types import Answer, Citation
from aspire_bot.messages import SlackPhrases, phrases
from aspire_bot.office.staleness import stale_note, stale_of
from aspire_bot.slack.render.buttons import Controls, choice_blocks, control_blocks
from aspire_bot.slack.render.message import JsonObject, SlackMessage, written
from aspire_bot.slack.render.mrkdwn import escape, link, pack, safe_url, shorten, with_bold_apart
from aspire_ingest.index.types import DocumentInfo

# Slack refuses a section over 3000 characters, and a message of 12,000 or more is at risk.
MAX_SECTION = 3000
MAX_CONTEXT_ELEMENT = 2000
# The shares of the parts, in characters as written; with the contact and the footer, which are
# short, they stay below 12,000.
MAX_TEXT = 5000
MAX_FALLBACK = 1200
MAX_SOURCES = 2800
MAX_NEAREST = 1400
MAX_QUESTION = 300
MAX_UNFOLDED = 600
"""Characters of a text that was asked for at more length, up to which it stands open."""
_MAX_TITLE, _MAX_NAME, _MAX_HEADING, _MAX_CONTACT = 150, 60, 120, 100
_MAX_NOTE = 120
_MAX_NEAREST_DOCUMENTS = 5
_MOST_PLACES = 3
_SEPARATOR = " · "


def render_answer(
    answer: Answer, *, contact: str | None = None, controls: Controls | None = None
) -> SlackMessage:
    """Render an answer in its own language; see the module for what is promised.

    Only URLs of the answer's own documents become links. Where the documents do not answer, or the
    answer is not sure, the way to the office is shown; `contact` only if the text has not named it.
    """
    wording = phrases(answer.language).slack
    if answer.outcome == "conversation":
        return _conversation(answer, wording, controls)
    now = Clock().moment_of(answer.question) if answer.question.asked_at else None
    lines = [_source_line(group, wording, now) for group in _by_document(answer.citations)]
    said = _said(answer, wording)
    blocks: list[Block] = [*said, *_contexts(lines, wording, MAX_SOURCES)]
    is_settled = answer.outcome != "abstained" and answer.certainty != "hedged"
    if answer.outcome == "abstained":
        blocks += _nearest(answer.nearest, wording)
    if contact and not is_settled and contact not in answer.text:
        blocks.append(context(wording.contact.format(escape(shorten(contact, _MAX_CONTACT)))))
    if controls and answer.outcome == "clarify":
        titles = [name_of(info) for info in answer.nearest]
        blocks += choice_blocks(controls, titles)
    blocks.append(context(_footer(answer, wording)))
    if controls:
        blocks += control_blocks(controls, wording, is_settled=is_settled)
    return SlackMessage.of(_fallback(answer.text), blocks, text_blocks=len(said))


def _said(answer: Answer, wording: SlackPhrases) -> list[Block]:
    """The text; what was asked for at more length goes into a box that can be folded."""
    sections = _sections(_text_parts(answer))
    if answer.act != "request-more" or len(answer.text) <= MAX_UNFOLDED:
        return sections
    box = ContainerBlock(
        title=wording.in_full, child_blocks=sections, is_collapsible=True, default_collapsed=False
    )
    return [box]


def _conversation(answer: Answer, wording: SlackPhrases, controls: Controls | None) -> SlackMessage:
    """A word of the bot's own: nothing is cited, so there is nothing to check or to vote on.

    Below one on a complaint stands the way to say what was wrong, and to people.
    """
    said = _sections(pack(answer.text, {}, max_part=MAX_SECTION, max_total=MAX_TEXT))
    blocks = list(said)
    if controls and answer.act == "complaint":
        blocks += control_blocks(controls, wording, is_settled=False)
    return SlackMessage.of(_fallback(answer.text), blocks, text_blocks=len(said))


def render_piece(text: str, citations: Sequence[Citation]) -> tuple[JsonObject, ...]:
    """Render a verified piece of an answer by itself, its markers linked as in the whole."""
    links = {c.marker: url for c in citations if (url := _deep_url(c))}
    parts = pack(text.strip(), links, max_part=MAX_SECTION, max_total=MAX_SECTION)
    return written(_sections(parts))


def render_notice(
    text: str, *, footnote: str | None = None, more: Sequence[Block] = ()
) -> SlackMessage:
    """Render a short message of the bot itself, such as its help or an error."""
    blocks: list[Block] = [*_sections(pack(text, {}, max_part=MAX_SECTION, max_total=MAX_SECTION))]
    blocks += more
    if footnote:
        blocks.append(context(escape(shorten(footnote, _MAX_CONTACT))))
    fallback = f"{text} ({footnote})" if footnote else text
    return SlackMessage.of(_fallback(fallback), blocks)


def with_question(message: SlackMessage, asker: str, question: str, language: str) -> SlackMessage:
    """Put who asked what above an answer."""
    top = question_line(asker, question, language)
    return SlackMessage(text=message.text, blocks=(*top.blocks, *message.blocks))


def question_line(asker: str, question: str, language: str) -> SlackMessage:
    """Say who asked what, and nothing more."""
    asked = phrases(language).slack.asked.format(f"<@{asker}>")
    said = f"{asked} {escape(shorten(question, MAX_QUESTION))}"
    return SlackMessage.of(said, [context(said)])


def render_documents(
    title: str, documents: Sequence[DocumentInfo], wording: SlackPhrases
) -> SlackMessage:
    """Render a list of documents under a line of the bot's own."""
    lines = ["• " + _SEPARATOR.join([_titled(d), *_facts(d, wording)]) for d in documents]
    return render_lines(title, lines, wording)


def render_lines(title: str, lines: Sequence[str], wording: SlackPhrases) -> SlackMessage:
    """Render lines already written as mrkdwn under one of the bot's own; too many are counted."""
    blocks: list[Block] = [SectionBlock(text=mrkdwn_text(escape(title)))]
    return SlackMessage.of(_fallback(title), [*blocks, *_contexts(lines, wording, MAX_TEXT)])


def _text_parts(answer: Answer) -> Sequence[str]:
    """The text with linked markers; deep links give way to plain ones where they leave no room."""
    limits = {"max_part": MAX_SECTION, "max_total": MAX_TEXT}
    if answer.outcome == "abstained" and answer.brief:
        return pack(answer.brief, {}, **limits)
    deep = {c.marker: url for c in answer.citations if (url := _deep_url(c))}
    parts = pack(answer.text, deep, **limits)
    if deep and sum(map(len, parts)) > MAX_TEXT // 2:
        plain = {
            c.marker: url
            for c in answer.citations
            if (url := _document_url(c.document) or _page_url(c))
        }
        return pack(answer.text, plain, **limits)
    return parts


def _deep_url(citation: Citation) -> str | None:
    """The deep link where it leads into the cited document, else the document's URL."""
    url, deep = citation.document.url, citation.deep_link
    if url and deep and urldefrag(deep).url == urldefrag(url).url and (safe := safe_url(deep)):
        return safe
    return _document_url(citation.document) or _page_url(citation)


def _page_url(citation: Citation) -> str | None:
    """Our own page of a document that has no address."""
    return safe_url(citation.page_link) if citation.page_link else None


def _document_url(document: DocumentInfo) -> str | None:
    return safe_url(document.url) if document.url else None


def _sections(parts: Sequence[str]) -> list[Block]:
    return [SectionBlock(text=mrkdwn_text(part)) for part in parts or ("…",)]


def context(text: str) -> ContextBlock:
    """Give small print, already written as mrkdwn."""
    return ContextBlock(elements=[mrkdwn_text(text)])


def mrkdwn_text(text: str) -> MarkdownTextObject:
    """Give text already written as mrkdwn; only links written out are links."""
    # verbatim: Slack leaves bare URLs and names alone, so that only our own links are links.
    return MarkdownTextObject(text=with_bold_apart(text), verbatim=True)


def _by_document(citations: Sequence[Citation]) -> list[list[Citation]]:
    """Citations of one document together, in the order of their first."""
    groups: dict[str, list[Citation]] = {}
    for citation in citations:
        groups.setdefault(citation.document.document_id, []).append(citation)
    return list(groups.values())


def _source_line(group: Sequence[Citation], wording: SlackPhrases, now: datetime | None) -> str:
    """One document with all the markers that cite it, where in it they do, and if it is stale."""
    document = group[0].document
    markers = "".join(f"[{citation.marker}]" for citation in group)
    places = dict.fromkeys(_place(citation, wording) for citation in group)
    place = "; ".join([one for one in places if one][:_MOST_PLACES])
    notes = (_stale(document, wording, now), place, _read_by_ocr(group, wording))
    more = [part for part in notes if part]
    return _SEPARATOR.join(
        [f"{markers} {_titled(document, _page_url(group[0]))}", *_facts(document, wording), *more]
    )


def _stale(document: DocumentInfo, wording: SlackPhrases, now: datetime | None) -> str:
    """That a call is closed, or a guideline's year over; that a page is gone is a fact already."""
    stale = stale_of(document, now.date(), now=now) if now else None
    if stale is None or stale.rule == "unseen":
        return ""
    return escape(shorten(stale_note(stale, wording.language), _MAX_NOTE))


def _read_by_ocr(group: Sequence[Citation], wording: SlackPhrases) -> str:
    """That the quotes were read from a picture; by their markers where only some were."""
    read = [citation for citation in group if citation.is_ocr]
    if not read:
        return ""
    some = "" if len(read) == len(group) else "".join(f"[{one.marker}]" for one in read) + " "
    return some + phrases(wording.language).answer.ocr


def _place(citation: Citation, wording: SlackPhrases) -> str:
    page = "" if citation.page is None else wording.page.format(citation.page)
    return _SEPARATOR.join(
        filter(None, (_heading(citation.heading) if citation.heading else "", page))
    )


def _titled(document: DocumentInfo, page_url: str | None = None) -> str:
    return link(_document_url(document) or page_url, name_of(document))


def name_of(document: DocumentInfo) -> str:
    """Name a document in one line: its title, else its file, else its id; before entities."""
    file = document.source.replace("\\", "/").rstrip("/").rpartition("/")[2]
    named = (shorten(name, _MAX_TITLE) for name in (document.title, file, document.document_id))
    return next((name for name in named if name.strip()), "…")


def _facts(document: DocumentInfo, wording: SlackPhrases) -> list[str]:
    """Publisher, date, edition, since when it is gone, who approved it: as far as it is known."""
    facts = [document.publisher or ""]
    if document.published:
        facts.append(wording.dates.written(document.published))
    if document.edition:
        facts.append(wording.edition.format(document.edition))
    if document.gone_since:
        facts.append(wording.gone.format(wording.dates.written(document.gone_since)))
    said = [short for fact in facts if (short := shorten(fact, _MAX_NAME))]
    if note := shorten(approval_note(document, wording.language), _MAX_NOTE):
        said.append(note)
    return [escape(fact) for fact in said]


def _heading(path: tuple[str, ...]) -> str:
    """The heading path, its innermost part where the whole would be too long."""
    whole = " › ".join(path)
    return escape(shorten(whole if len(whole) <= _MAX_HEADING else path[-1], _MAX_HEADING))


def _contexts(lines: Sequence[str], wording: SlackPhrases, max_total: int) -> list[Block]:
    """Lines in as few context blocks as they fit; those beyond `max_total` are counted."""
    texts: list[str] = []
    total = 0
    for index, line in enumerate(lines):
        total += len(line) + 1
        if total > max_total:
            texts.append(wording.more.format(len(lines) - index))
            break
        if texts and len(texts[-1]) + 1 + len(line) <= MAX_CONTEXT_ELEMENT:
            texts[-1] += "\n" + line
        else:
            texts.append(line)
    return [context(text) for text in texts]


def _nearest(documents: Sequence[DocumentInfo], wording: SlackPhrases) -> list[Block]:
    lines = [
        "• " + _SEPARATOR.join([_titled(document), *_facts(document, wording)])
        for document in documents[:_MAX_NEAREST_DOCUMENTS]
    ]
    return _contexts([wording.nearest, *lines], wording, MAX_NEAREST) if lines else []


def _footer(answer: Answer, wording: SlackPhrases) -> str:
    day = wording.dates.moment(answer.as_of)
    facts = [wording.as_of.format(day)] if day else []
    if answer.trace is not None and answer.trace.failure:
        facts.append(wording.model_failed)
    return _SEPARATOR.join([*facts, wording.disclaimer])


def _fallback(text: str) -> str:
    return "".join(pack(text, {}, max_part=MAX_FALLBACK, max_total=MAX_FALLBACK)) or "…"
