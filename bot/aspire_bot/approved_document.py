"""An approved answer as the document that is indexed. Pure."""

import re

import yaml

from aspire_bot.answering.approved.approval import (
    ALSO_ASKED,
    APPROVED_ON,
    NOT_ASKED,
    VALID_UNTIL,
)
from aspire_bot.state.approvals import ApprovedAnswer
from aspire_ingest.index import APPROVED_BY

APPROVED_PREFIX = "approved-"
"""What the ids of such documents begin with."""
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def document_id_of(approved: ApprovedAnswer) -> str:
    """Give the id of the document that an approved answer becomes.

    Raises:
        ValueError: the approval's id is none of ours.
    """
    if not _ID.fullmatch(approved.approval_id):
        raise ValueError("an approval with an impossible id")
    return f"{APPROVED_PREFIX}{approved.approval_id}"


def document_text(approved: ApprovedAnswer, *, by: str) -> str:
    """Write the document: front matter, then a question and its answer that stay together.

    The first line of the question is its title, further lines are other wordings of it.
    """
    wordings = [line for given in approved.question.splitlines() if (line := _line(given))]
    title, *others = wordings or ["?"]
    source = next((source.url for source in approved.sources if source.url), None)
    stated = {
        "document_id": document_id_of(approved),
        "title": title,
        "kind": "faq",
        "audience": approved.audience,
        "language": approved.language,
        "date": approved.approved_at.astimezone().date().isoformat(),
        "url": source,
        APPROVED_BY: _line(by),
        APPROVED_ON: approved.approved_at.astimezone().date().isoformat(),
        VALID_UNTIL: approved.valid_until.isoformat() if approved.valid_until else None,
        ALSO_ASKED: others or None,
        NOT_ASKED: [line for given in approved.not_wordings or () if (line := _line(given))]
        or None,
        "sources": [
            f"{one.title} <{one.url}>" if one.url else one.title for one in approved.sources
        ]
        or None,
    }
    front = yaml.safe_dump(
        {key: value for key, value in stated.items() if value is not None},
        allow_unicode=True,
        sort_keys=False,
        width=10_000,
    )
    return f"---\n{front}---\n\nQ. {title}\n\nA. {_clean(approved.text).strip()}\n"


def _line(text: str) -> str:
    return " ".join(_clean(text).split())


def _clean(text: str) -> str:
    """Lone surrogates cannot be written, a NUL ends texts elsewhere."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
