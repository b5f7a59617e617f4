"""The modal in which staff say what a document does not, or say it better. Pure."""

import re
from collections.abc import Mapping
from datetime import date

from slack_sdk.models.blocks import InputBlock, PlainTextInputElement

from aspire_bot.curator import Shown
from aspire_bot.messages import phrases
from aspire_bot.slack.curating.buttons import CHANGE_VIEW, written
from aspire_bot.slack.listeners.payloads import Submission
from aspire_bot.slack.render.message import JsonObject
from aspire_bot.slack.render.modals import modal, select

TITLE, DATE, KIND, AUDIENCE = "title", "date", "kind", "audience"
_MAX_TITLE, _MAX_DATE = 300, len("2026-04-01")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def change_view(document: Shown, operation_id: str, turn: int, language: str) -> JsonObject:
    """Ask what shall be said of a document."""
    words, wording = phrases(language).curating, phrases(language).slack
    title = PlainTextInputElement(
        action_id=TITLE, initial_value=document.title[:_MAX_TITLE] or None, max_length=_MAX_TITLE
    )
    published = (document.published or "")[:_MAX_DATE] or None
    day = PlainTextInputElement(action_id=DATE, initial_value=published, max_length=_MAX_DATE)
    return modal(
        CHANGE_VIEW,
        words.change_title,
        wording,
        submit=words.look_again,
        metadata=written(operation_id, turn),
        blocks=[
            InputBlock(block_id=TITLE, label=words.title, element=title),
            InputBlock(
                block_id=DATE, label=words.date, element=day, hint=words.date_hint, optional=True
            ),
            select(KIND, words.kind, words.kinds, document.kind),
            select(AUDIENCE, words.audience, words.audiences, document.audience),
        ],
    )


def read_change(
    sent: Submission, document: Shown, language: str
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Read what was filled in: what differs from the document, and what is wrong, by field."""
    words = phrases(language).curating
    filled = {
        TITLE: " ".join(sent.field(TITLE).split()),
        DATE: sent.field(DATE).strip(),
        KIND: sent.field(KIND),
        AUDIENCE: sent.field(AUDIENCE),
    }
    before = {
        TITLE: document.title,
        DATE: document.published or "",
        KIND: document.kind,
        AUDIENCE: document.audience,
    }
    errors: dict[str, str] = {}
    if not filled[TITLE]:
        errors[TITLE] = words.empty
    if filled[DATE] and not _is_date(filled[DATE]):
        errors[DATE] = words.bad_date
    changed = {name: value for name, value in filled.items() if value and value != before[name]}
    return changed, errors


def _is_date(value: str) -> bool:
    found = _DATE.fullmatch(value)
    if found is None:
        return False
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
