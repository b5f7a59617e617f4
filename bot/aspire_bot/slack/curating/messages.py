"""An operation as its message shows it, whatever its step. Pure, like `blocks`."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, ConfirmObject

from aspire_bot.curator import Changed, Preview, Shown
from aspire_bot.messages import CuratingPhrases, phrases
from aspire_bot.slack.curating.buttons import button
from aspire_bot.slack.curating.result import OperationResult
from aspire_bot.slack.curating.sections import cut, section
from aspire_bot.slack.curating.sync_messages import sync_blocks, synced_blocks
from aspire_bot.slack.render.blocks import context
from aspire_bot.slack.render.message import SlackMessage
from aspire_bot.slack.render.mrkdwn import escape, link, safe_url, shorten
from aspire_bot.state.operations import Operation

_MAX_TITLE, _MAX_FACT, _MAX_REASON = 150, 80, 400
_ROOM = 2500
_MOST_DIFFERENCE, _MOST_LINES, _MAX_LINE = 2400, 24, 240


def operation_message(operation: Operation) -> SlackMessage:
    """Show where an operation stands, and what may be done next."""
    result = OperationResult.of(operation).in_language(operation.language)
    words = phrases(operation.language).curating
    if operation.status == "cancelled":
        head = words.cancelled.format(person(operation.user))
        blocks = [section(head), *_subject_blocks(operation, result)]
    elif operation.is_at_work:
        blocks = working_blocks(operation)
    elif operation.status == "refused":
        blocks = [*_refusal_blocks(result, words), *_subject_blocks(operation, result)]
    elif operation.kind == "sync":
        blocks = _sync_result_blocks(operation, result, words)
    elif operation.status == "ready":
        blocks = _preview_blocks(operation, result, words)
    else:
        blocks = _done_blocks(operation, result, words)
    return SlackMessage.of(_fallback_text(operation, result), blocks or [section("…")])


def working_message(operation: Operation, note: str = "") -> SlackMessage:
    """Show that a step is being done; `note` says how far it is, or what it waits for."""
    blocks = working_blocks(operation, note)
    return SlackMessage.of(_fallback_text(operation, OperationResult.of(operation)), blocks)


def working_blocks(operation: Operation, note: str = "") -> list[Block]:
    """What stands in the message while a step is being done."""
    words = phrases(operation.language).curating
    head = words.waiting if OperationResult.of(operation).waits and not note else ""
    blocks: list[Block] = [section(escape(words.at_work[operation.status]))]
    blocks += _subject_blocks(operation, OperationResult.of(operation))
    if note or head:
        blocks.append(context(escape(note or head)))
    return blocks


def progress_note(step: str, done: int, total: int, language: str) -> str:
    """Say how far a step of `aspire-ingest` is."""
    words = phrases(language).curating
    name = words.progress.get(step, step)
    return words.of.format(step=name, done=done, total=total) if total else name


def person(user: str) -> str:
    """Name a person so that Slack shows who it is."""
    return f"<@{user}>" if user else "–"


def _subject_blocks(operation: Operation, result: OperationResult) -> list[Block]:
    """What it is about, in a line."""
    if result.preview is not None:
        return [context(_document_link(result.preview.document))]
    request_text = escape(shorten(asked_for(operation), _MAX_TITLE))
    return [context(request_text)] if request_text else []


def asked_for(operation: Operation) -> str:
    """What was asked for, as it was asked."""
    request = operation.request
    target = next(
        (request[key] for key in ("url", "name", "place", "source") if key in request), ""
    )
    if operation.kind == "sync" and not target:
        return phrases(operation.language).curating.sync_all
    return str(target)


def _preview_blocks(
    operation: Operation, result: OperationResult, words: CuratingPhrases
) -> list[Block]:
    preview = result.preview
    if preview is None:
        return [section("…")]
    blocks = [*_refusal_blocks(result, words), section(words.heads[preview.action])]
    blocks.append(section(_document_link(preview.document)))
    blocks.append(context(_facts_line(preview.document, operation.language)))
    blocks += _warning_blocks(preview, words)
    if preview.change is not None and preview.action == "replace":
        blocks += difference_blocks(preview.change, words)
    if preview.action == "keep":
        return [*blocks, ActionsBlock(elements=[_change(operation, words)])]
    label = {"add": words.approve, "replace": words.replace, "remove": words.remove}
    step = (operation.operation_id, operation.turn)
    style = "danger" if preview.action == "remove" else "primary"
    confirm = _mark_confirm(preview, words) if preview.marks else None
    elements = [button("approve", label[preview.action], *step, style=style, confirm=confirm)]
    if preview.action != "remove":
        elements.append(_change(operation, words))
    elements.append(button("cancel", words.cancel, *step))
    return [*blocks, ActionsBlock(elements=elements), context(words.good_for)]


def _mark_confirm(preview: Preview, words: CuratingPhrases) -> ConfirmObject:
    marks = shorten(", ".join(preview.marks), _MAX_FACT)
    return ConfirmObject(
        title=words.marked_title,
        text=words.marked_confirm.format(escape(marks)),
        confirm=words.marked_accept,
        deny=words.cancel,
    )


def _change(operation: Operation, words: CuratingPhrases) -> ButtonElement:
    return button("change", words.change, operation.operation_id, operation.turn)


def _warning_blocks(preview: Preview, words: CuratingPhrases) -> list[Block]:
    lines = [
        "⚠️ " + words.warnings[code].format(escape(shorten(detail, _MAX_FACT)))
        for code, detail in preview.warnings.items()
        if code in words.warnings
    ]
    for near in preview.alike:
        title = link(_url(near.place), shorten(near.title, _MAX_TITLE) or near.document_id)
        same = near.share >= 1
        phrase = words.same if same else words.alike
        lines.append("⚠️ " + phrase.format(share=round(near.share * 100), title=title))
    return [section(cut(lines, _ROOM))] if lines else []


def difference_blocks(change: Changed, words: CuratingPhrases) -> list[Block]:
    """What changed in a document: the facts, how many lines, and the first of these."""
    lines = [
        f"{escape(words.fields.get(name, name))}: {_value(name, old, words)} → "
        f"{_value(name, new, words)}"
        for name, (old, new) in change.fields.items()
    ]
    if not change.inserted and not change.deleted:
        lines.append(words.same_text)
        return [section(cut(lines, _ROOM))]
    head = words.difference.format(inserted=change.inserted, deleted=change.deleted)
    return [section(cut([head, *lines], _ROOM)), section(_difference_text(change, words))]


def _difference_text(change: Changed, words: CuratingPhrases) -> str:
    """The changed lines, so that nothing in them is formatting."""
    code_lines, room = list[str](), _MOST_DIFFERENCE
    lines = [line for line in change.difference if not line.startswith("@@")]
    for line in lines[:_MOST_LINES]:
        code_line = escape(line if len(line) <= _MAX_LINE else line[: _MAX_LINE - 1] + "…")
        room -= len(code_line) + 1
        if room < 0:
            break
        code_lines.append(code_line)
    if len(code_lines) < len(lines):
        code_lines.append(words.more_lines.format(len(lines) - len(code_lines)))
    return "```\n" + "\n".join(code_lines) + "\n```"


def _value(name: str, value: str | None, words: CuratingPhrases) -> str:
    if value is None:
        return words.nothing
    names_by_field = {"audience": words.audiences, "kind": words.kinds, "language": words.languages}
    return escape(shorten(names_by_field.get(name, {}).get(value, value), _MAX_FACT))


def _done_blocks(
    operation: Operation, result: OperationResult, words: CuratingPhrases
) -> list[Block]:
    done = result.done
    if done is None:
        return [section("…")]
    heads = words.undone if operation.status == "undone" else words.did
    facts = [words.by.format(person(operation.user))]
    if done.passages:
        facts.append(words.passages.format(done.passages))
    if done.index_version:
        facts.append(words.in_index.format(escape(shorten(done.index_version, _MAX_FACT))))
    blocks = [
        *_refusal_blocks(result, words),
        section(heads[done.did]),
        *_subject_blocks(operation, result),
    ]
    blocks.append(context(" · ".join(facts)))
    if _may_undo(operation, result, can_undo=done.can_undo):
        blocks.append(ActionsBlock(elements=[_undo_button(operation, words)]))
    return blocks


def _undo_button(operation: Operation, words: CuratingPhrases) -> ButtonElement:
    return button("undo", words.undo, operation.operation_id, operation.turn)


def _may_undo(operation: Operation, result: OperationResult, *, can_undo: bool) -> bool:
    is_lost = result.refused is not None and result.refused.code not in {"failed"}
    return operation.status == "done" and can_undo and not is_lost


def _sync_result_blocks(
    operation: Operation, result: OperationResult, words: CuratingPhrases
) -> list[Block]:
    about = escape(shorten(asked_for(operation), _MAX_TITLE))
    blocks = _refusal_blocks(result, words)
    if result.synced is None:
        return [*blocks, section("…")]
    if operation.status == "ready":
        step = (operation.operation_id, operation.turn)
        return [*blocks, *sync_blocks(result.synced, about, step, words)]
    head = words.sync_undone if operation.status == "undone" else words.synced
    blocks += synced_blocks(result.synced, head.format(about), words)
    blocks.append(context(words.by.format(person(operation.user))))
    if _may_undo(operation, result, can_undo=result.synced.undo is not None):
        blocks.append(ActionsBlock(elements=[_undo_button(operation, words)]))
    return blocks


def _refusal_blocks(result: OperationResult, words: CuratingPhrases) -> list[Block]:
    """Why something is not done, where it is not."""
    if result.refused is None:
        return []
    code, reason = result.refused.code, escape(shorten(result.refused.reason, _MAX_REASON))
    head = words.refused.get(code, words.refused["failed"])
    if "{}" in head:
        return [section(head.format(reason))]
    needs_reason = head.endswith(":")
    text = f"{head} {reason}" if needs_reason and reason else head
    return [section(text)]


def _document_link(document: Shown) -> str:
    titles = (shorten(text, _MAX_TITLE) for text in (document.title, document.document_id))
    return link(_url(document.url), next(filter(None, titles), "…"))


def _facts_line(document: Shown, language: str) -> str:
    words = phrases(language).curating
    published = words.no_date
    if document.published:
        day = phrases(language).slack.dates.written(document.published)
        published = words.date_from.get(document.published_from or "", "{}").format(day)
    facts: Sequence[str] = (
        published,
        words.kinds.get(document.kind, document.kind),
        words.languages.get(document.language, document.language),
        words.audiences.get(document.audience, document.audience),
        words.passages.format(document.passages),
        document.document_id,
    )
    return " · ".join(escape(shorten(fact, _MAX_FACT)) for fact in facts)


def _url(place: str | None) -> str | None:
    return safe_url(place) if place else None


def _fallback_text(operation: Operation, result: OperationResult) -> str:
    words = phrases(operation.language).curating
    about = result.preview.document.title if result.preview else asked_for(operation)
    if operation.is_at_work:
        head = words.at_work[operation.status]
    elif result.done is not None and operation.status in {"done", "undone"}:
        heads = words.undone if operation.status == "undone" else words.did
        head = heads[result.done.did].replace("*", "")
    elif result.preview is not None and operation.status == "ready":
        head = words.heads[result.preview.action].replace("*", "")
    else:
        head = ""
    return escape(shorten(f"{head} {about}".strip(), 300)) or "…"
