"""What staff say of a document in the place of what it says itself. Pure.

A document is read as it says itself; `override` puts over it what staff set, and `plain` takes that
away again. Both know the text of the pages that are left out, so that each undoes the other.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

from aspire_ingest.index.text.language_names import language_code
from aspire_ingest.index.types import (
    AUDIENCES,
    KINDS,
    OVERRIDABLE,
    Document,
    LeftOutPage,
    Override,
)
from aspire_ingest.load.assemble import with_content_hash
from aspire_ingest.load.stated.dates import parse_date
from aspire_ingest.quality import page_texts, quality_of

MAX_TITLE, MAX_EDITION = 300, 60
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2}(?:[-_].*)?")
_NAMED_LANGUAGES = frozenset({"ja", "en"})
"""Those that may be set by their names; others are by their codes."""
AS_IT_SAYS = ""
"""A value by which a field is again what the document says itself."""
NO_VALUE = "none"
"""How people write that nothing is known."""
LEFT_OUT = "left-out"
"""How people name the pages that are left out."""
_SHORT = {"date": "published"}
NAMES = ("title", "date", "edition", "audience", "language", "kind", LEFT_OUT)
"""What can be set, as people name it."""
_MAY_BE_NONE = frozenset({"published", "edition"})


class OverrideError(ValueError):
    """A value cannot be set, or a page cannot be left out; the message says what can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A change of what staff say of a document; what it does not name stays."""

    fields: Mapping[str, str | None] = field(default_factory=dict[str, str | None])
    """Values by field: None where nothing is known, `AS_IT_SAYS` to take back what was set."""
    left_out: tuple[int, ...] | None = None
    """The pages that are left out from now on, from 1; None: as they are."""

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing."""
        return not self.fields and self.left_out is None


def read_amendment(assignments: Iterable[str]) -> Amendment:
    """Read `name=value` pairs: a field (`date` for `published`), or `left-out=3, 5-7`.

    Raises:
        OverrideError: a pair is none, or its value cannot be set.
    """
    fields: dict[str, str | None] = {}
    left_out: tuple[int, ...] | None = None
    for assignment in assignments:
        name, sign, value_text = assignment.partition("=")
        if not sign:
            raise OverrideError(f"{assignment!r} sets nothing; write name=value")
        if name.strip() == LEFT_OUT:
            left_out = read_pages(value_text)
        else:
            field_name = _SHORT.get(name.strip(), name.strip())
            fields[field_name] = read_value(field_name, value_text)
    return Amendment(fields=fields, left_out=left_out)


def read_value(name: str, value_text: str) -> str | None:
    """Read the value of a field as people write it.

    Raises:
        OverrideError: there is no such field, or it cannot have this value.
    """
    value = " ".join(value_text.split())
    if name not in OVERRIDABLE:
        raise OverrideError(_no_such(name))
    if value == AS_IT_SAYS:
        return AS_IT_SAYS
    if value == NO_VALUE and name in _MAY_BE_NONE:
        return None
    if name == "published":
        date = parse_date(value)
        if date is None:
            raise OverrideError(f"{value!r} is no date; write YYYY-MM-DD, YYYY-MM or YYYY")
        return date
    if name == "language":
        code = language_code(value)
        is_named = _LANGUAGE_TAG.fullmatch(value) is None
        if code is None or (is_named and code not in _NAMED_LANGUAGES):
            raise OverrideError(f"{value!r} is no language; write its code of two letters")
        return code
    if name in ("kind", "audience"):
        return _one_of(value, KINDS if name == "kind" else AUDIENCES)
    most = MAX_TITLE if name == "title" else MAX_EDITION
    if len(value) > most:
        raise OverrideError(f"the {name} has over {most} characters")
    return value


def _no_such(name: str) -> str:
    """Say so, with the nearest name and all that can be set, as people write them."""
    near = get_close_matches(name.lower(), (*NAMES, *OVERRIDABLE), n=1, cutoff=0.5)
    meant = f"; did you mean {shown_name(near[0])!r}?" if near else ";"
    return f"nothing is named {name!r}{meant} {', '.join(NAMES)} can be set"


def shown_name(name: str) -> str:
    """How people name a field: `date` for `published`."""
    return next((short for short, field_name in _SHORT.items() if field_name == name), name)


def read_pages(pages_text: str) -> tuple[int, ...]:
    """Read page numbers such as `3, 5-7`; none where nothing is given, or `none`.

    Raises:
        OverrideError: it is something else.
    """
    numbers: set[int] = set()
    if pages_text.strip().lower() in ("", NO_VALUE):
        return ()
    for part in pages_text.replace("、", ",").replace("–", "-").split(","):
        first, dash, last = part.partition("-")
        edges = (first.strip(), last.strip() if dash else first.strip())
        if not all(edge.isascii() and edge.isdecimal() and 1 <= len(edge) <= 4 for edge in edges):
            raise OverrideError(f"{pages_text!r} names no pages; write for example 3, 5-7")
        low, high = int(edges[0]), int(edges[1])
        if not 1 <= low <= high:
            raise OverrideError(f"{part.strip()!r} is no range of pages; the first one is 1")
        numbers.update(range(low, high + 1))
    return tuple(sorted(numbers))


def override(document: Document, staff_values: Override | None) -> Document:
    """Put over a document, as it says itself, what staff set; its file is another matter.

    Pages that it does not have are passed over.
    """
    if staff_values is None:
        return document
    pages = [number for number in staff_values.pages if number <= len(document.page_starts)]
    if not (staff_values.said or pages):
        return document
    own: dict[str, str | None] = {name: getattr(document.info, name) for name in staff_values.said}
    values: dict[str, Any] = dict(staff_values.said)
    if "published" in values:
        own["published_from"] = document.info.published_from
        values["published_from"] = None  # the document does not say it
    left_out = tuple(_page(document, number) for number in pages)
    applied = Override(said=dict(staff_values.said), own=own, left_out=left_out)
    without = _without(document, left_out)
    return _made(without, override=applied, **values)


def plain(document: Document) -> Document:
    """Give a document as it says itself: without what `override` put over it.

    A file that staff put in its place stays: nobody knows any more what was read before.
    """
    staff_values = document.info.override
    if staff_values is None:
        return document
    values: dict[str, Any] = dict(staff_values.own)
    return _made(_with(document, staff_values.left_out), override=None, **values)


def amend(document: Document, amendment: Amendment) -> Document:
    """Change what staff say of a document of the index.

    Raises:
        OverrideError: it has no such page, or none would be left.
    """
    before = document.info.override or Override()
    fields = {**before.said, **amendment.fields}
    fields_set = {name: value for name, value in fields.items() if value != AS_IT_SAYS}
    pages = before.pages if amendment.left_out is None else amendment.left_out
    own = plain(document)
    _check(own, pages)
    left_out = tuple(LeftOutPage(number=number, text="") for number in pages)
    changed = override(own, Override(said=fields_set, left_out=left_out))
    return with_file(changed, before.file, before.replaces)


def put_in_place(document: Document, file: Document, name: str) -> Document:
    """Put what a file says in the place of what was read of a document of the index.

    Who the document is (id, place, address, audience) stays, and so does what the file does not
    say. What staff set of it holds for the file, but pages that are left out: they are others now.

    Args:
        document: as it is indexed.
        file: as it was read.
        name: that of the file.
    """
    own = plain(document).info
    before = document.info.override or Override()
    read = file.info
    info = replace(
        read,
        document_id=own.document_id,
        source=own.source,
        url=own.url,
        id_source=own.id_source,
        audience=own.audience,
        publisher=read.publisher or own.publisher,
        published=read.published or own.published,
        published_from=read.published_from if read.published else own.published_from,
        edition=read.edition or own.edition,
        kind=own.kind if read.kind == "other" else read.kind,
        translations=own.translations,
        supersedes=read.supersedes or own.supersedes,
    )
    placed = with_content_hash(info, file.text, file.page_starts)
    changed = override(placed, Override(said=before.said))
    return replace(with_file(changed, name, before.replaces or own.content_hash), marks=file.marks)


def with_file(document: Document, file: str, replaces: str) -> Document:
    """Note which file stands for a document, and what it stands for."""
    if not file:
        return document
    staff_values = document.info.override or Override()
    return _made(document, override=replace(staff_values, file=file, replaces=replaces))


def _one_of(value: str, choices: Sequence[str]) -> str:
    if value.lower() not in choices:
        raise OverrideError(f"{value!r} is none of {', '.join(choices)}")
    return value.lower()


def _check(document: Document, pages: Sequence[int]) -> None:
    page_count = len(document.page_starts)
    if pages and not page_count:
        raise OverrideError("it has no pages; only pages of paged documents can be left out")
    if pages and max(pages) > page_count:
        raise OverrideError(f"it has {page_count} pages; page {max(pages)} is none of them")
    texts_left = (text for n, text in enumerate(_texts(document), start=1) if n not in set(pages))
    if pages and not any(text.strip() for text in texts_left):
        raise OverrideError("no text would be left; remove the document instead")


def _texts(document: Document) -> list[str]:
    return page_texts(document.text, document.page_starts)


def _page(document: Document, number: int) -> LeftOutPage:
    return LeftOutPage(
        number=number,
        text=_texts(document)[number - 1],
        is_ocr=number in _ocr_pages(document),
    )


def _without(document: Document, left_out: Sequence[LeftOutPage]) -> Document:
    """Take pages out of the text: they stay as pages without any, so that others keep theirs."""
    gone = {page.number for page in left_out}
    texts = ["" if n in gone else text for n, text in enumerate(_texts(document), start=1)]
    return _of_pages(document, texts, _ocr_pages(document) - gone)


def _with(document: Document, left_out: Sequence[LeftOutPage]) -> Document:
    """Put pages back into the text."""
    back = {page.number: page.text for page in left_out}
    texts = [back.get(n, text) for n, text in enumerate(_texts(document), start=1)]
    ocr = _ocr_pages(document) | {page.number for page in left_out if page.is_ocr}
    return _of_pages(document, texts, ocr)


def _ocr_pages(document: Document) -> set[int]:
    edges = [0, *document.page_starts[1:], len(document.text)]
    return {n for n, (a, b) in enumerate(pairwise(edges), start=1) if document.info.is_ocr(a, b)}


def _of_pages(document: Document, texts: Sequence[str], ocr: Iterable[int]) -> Document:
    if not document.page_starts:
        return document
    edges = [0]
    for text in texts:
        edges.append(edges[-1] + len(text))
    spans: list[tuple[int, int]] = []
    for number in sorted(ocr):
        start, end = edges[number - 1], edges[number]
        if spans and spans[-1][1] == start:
            start = spans.pop()[0]
        if start < end:
            spans.append((start, end))
    info = replace(document.info, ocr_spans=tuple(spans))
    return replace(document, info=info, text="".join(texts), page_starts=tuple(edges[:-1]))


def _made(document: Document, **values: Any) -> Document:
    """The document with other values, judged and hashed anew."""
    info = replace(document.info, **values)
    skipped = info.override.pages if info.override else ()
    judgement = quality_of(document.text, document.page_starts, info.remarks, skipped=skipped)
    info = replace(info, quality=judgement.quality)
    changed = with_content_hash(info, document.text, document.page_starts)
    return replace(changed, marks=document.marks)
