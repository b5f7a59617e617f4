"""Documents, passages and vectors as rows of the tables, both ways."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from typing import Final, NamedTuple, TypeAlias, cast, get_args
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from aspire_ingest.index.embedding.types import EmbeddedPassage
from aspire_ingest.index.types import (
    Audience,
    DateOrigin,
    Document,
    DocumentInfo,
    Hour,
    Kind,
    LeftOutPage,
    Occasion,
    OccasionBasis,
    Override,
    Passage,
    Remark,
    RemarkKind,
    Sentence,
    SentenceForm,
    YearOrigin,
)

DOCUMENT_COLUMNS: Final = (
    "document_id, source, title, url, publisher, published, language, kind, edition, supersedes, "
    "audience, content_hash, extra, translations, gone_since, "
    "published_from, occasions"
)
_SECOND_DOCUMENT_COLUMNS: Final = DOCUMENT_COLUMNS.replace(
    "published_from, occasions", "NULL, '[]'"
)
_FIRST_DOCUMENT_COLUMNS: Final = _SECOND_DOCUMENT_COLUMNS.replace(
    "translations, gone_since", "'[]', NULL"
)
"""The same of tables of earlier versions: they are read to be made anew."""
PASSAGE_COLUMNS: Final = (
    'passage_id, document_id, start, "end", text, heading, sentences, page, context_terms'
)
BARE_PASSAGE_COLUMNS: Final = (
    "passage_id, document_id, start, \"end\", text, heading, '[]', page, ''"
)
"""The same without sentences and terms, which are most of what there is to decode."""

AMONG: Final = "IN (SELECT value FROM json_each(?))"
"""One bound value however many ids: no limit of variables, one prepared statement."""

_FORMS: Final = cast("tuple[SentenceForm, ...]", get_args(SentenceForm))
_INT8_MAX: Final = 127
_REMARKS: Final = "(remarks)"
_QUALITY: Final = "(quality)"
_ID_SOURCE: Final = "(id source)"
_OCR: Final = "(ocr)"
_OVERRIDE: Final = "(override)"
_ORIGINAL: Final = "(original)"
"""What the column of `extra` keeps beside the keys of front matter: never as text, as those are."""

InfoRow: TypeAlias = tuple[
    str,
    str,
    str,
    str | None,
    str | None,
    str | None,
    str,
    Kind,
    str | None,
    str | None,
    Audience,
    str,
    str,
    str,
    str | None,
    DateOrigin | None,
    str,
]
_OverrideRow: TypeAlias = tuple[
    dict[str, str | None], dict[str, str | None], list[tuple[int, str, bool]], str, str
]
PassageRow: TypeAlias = tuple[str, str, int, int, str, str, str, int | None, str]


def document_columns(schema_version: int) -> str:
    """`DOCUMENT_COLUMNS` as tables of a version can be asked for them."""
    if schema_version < 2:
        return _FIRST_DOCUMENT_COLUMNS
    return _SECOND_DOCUMENT_COLUMNS if schema_version < 3 else DOCUMENT_COLUMNS


def document_row(document: Document, origin: str) -> tuple[str | None, ...]:
    """The row of a document: `DOCUMENT_COLUMNS`, then origin, page_starts, text."""
    info = document.info
    return (
        info.document_id,
        info.source,
        info.title,
        info.url,
        info.publisher,
        info.published,
        info.language,
        info.kind,
        info.edition,
        info.supersedes,
        info.audience,
        info.content_hash,
        _extra_row(info),
        json.dumps(info.translations),
        info.gone_since,
        info.published_from,
        json.dumps([astuple(occasion) for occasion in info.occasions]),
        origin,
        json.dumps(document.page_starts),
        document.text,
    )


def info_of(row: InfoRow) -> DocumentInfo:
    """What is known of a document, from its `DOCUMENT_COLUMNS`."""
    # Most say neither: a reader of 100,000 documents decodes all of this at its first question.
    extra, beside = extra_and_beside(row[12])
    translations = () if row[13] == "[]" else tuple(cast("list[str]", json.loads(row[13])))
    return DocumentInfo(
        document_id=row[0],
        source=row[1],
        title=row[2],
        url=row[3],
        publisher=row[4],
        published=row[5],
        language=row[6],
        kind=row[7],
        edition=row[8],
        supersedes=row[9],
        audience=row[10],
        content_hash=row[11],
        extra=extra,
        translations=translations,
        gone_since=row[14],
        published_from=row[15],
        occasions=_occasions(row[16]),
        remarks=beside.remarks,
        quality=beside.quality,
        id_source=beside.id_source,
        ocr_spans=beside.ocr_spans,
        unread_pages=beside.unread_pages,
        override=beside.override,
        original=beside.original,
    )


def _extra_row(info: DocumentInfo) -> str:
    """`extra` as JSON, and what is kept beside it: tables of the same version hold it."""
    kept: dict[str, object] = dict(info.extra)
    if info.remarks:
        kept[_REMARKS] = [astuple(remark) for remark in info.remarks]
    if info.quality < 1:
        kept[_QUALITY] = info.quality
    if info.id_source is not None:
        kept[_ID_SOURCE] = [info.id_source]
    if info.depends_on_ocr:
        kept[_OCR] = [info.ocr_spans, info.unread_pages]
    if info.original:
        kept[_ORIGINAL] = [info.original]
    if info.override is not None:
        kept[_OVERRIDE] = override_row(info.override)
    return json.dumps(kept, ensure_ascii=False)


class Beside(NamedTuple):
    """What the column of `extra` keeps beside the keys of front matter."""

    remarks: tuple[Remark, ...] = ()
    quality: float = 1.0
    id_source: str | None = None
    ocr_spans: tuple[tuple[int, int], ...] = ()
    unread_pages: tuple[int, ...] = ()
    override: Override | None = None
    original: str = ""


def override_row(override: Override) -> list[object]:
    """An override as JSON can hold it."""
    pages = [list(astuple(page)) for page in override.left_out]
    return [dict(override.said), dict(override.own), pages, override.file, override.replaces]


def override_of(row: Sequence[object]) -> Override:
    """An override from what `override_row` gave, as JSON brought it back."""
    said, own, pages, file, replaces = cast("_OverrideRow", tuple(row))
    return Override(
        said=said,
        own=own,
        left_out=tuple(
            LeftOutPage(number=number, text=text, is_ocr=is_ocr) for number, text, is_ocr in pages
        ),
        file=file,
        replaces=replaces,
    )


def extra_and_beside(kept: str) -> tuple[Mapping[str, str], Beside]:
    """Read the column of `extra`: the keys of front matter, and what is kept beside them."""
    if kept == "{}":
        return {}, Beside()
    values = cast("dict[str, object]", json.loads(kept))
    extra = {key: value for key, value in values.items() if isinstance(value, str)}
    if len(extra) == len(values):  # a key of front matter is text, whatever its name
        return extra, Beside()
    other = {key: value for key, value in values.items() if not isinstance(value, str)}
    rows = cast("list[tuple[RemarkKind, str, str]]", other.get(_REMARKS, ()))
    (id_source,) = cast("list[str | None]", other.get(_ID_SOURCE, [None]))
    (original,) = cast("list[str]", other.get(_ORIGINAL, [""]))
    override = cast("list[object] | None", other.get(_OVERRIDE))
    spans, unread = cast("tuple[list[tuple[int, int]], list[int]]", other.get(_OCR, ((), ())))
    return extra, Beside(
        remarks=tuple(Remark(kind=kind, what=what, where=where) for kind, what, where in rows),
        quality=cast("float", other.get(_QUALITY, 1.0)),
        id_source=id_source,
        ocr_spans=tuple((start, end) for start, end in spans),
        unread_pages=tuple(unread),
        override=override_of(override) if override else None,
        original=original,
    )


_Hour = tuple[int, str, str, int, str]
_Kept = tuple[str, str, int, int, OccasionBasis, YearOrigin, list[str], _Hour | None, _Hour | None]


def _occasions(kept: str) -> tuple[Occasion, ...]:
    if kept == "[]":
        return ()
    rows = cast("list[_Kept]", json.loads(kept))
    return tuple(
        Occasion(
            first=first,
            last=last,
            start=start,
            end=end,
            basis=basis,
            year_from=year_from,
            kinds=tuple(kinds),
            opens=_hour(hours[0]) if hours else None,
            closes=_hour(hours[1]) if hours else None,
        )
        for first, last, start, end, basis, year_from, kinds, *hours in rows
    )


def _hour(kept: _Hour | None) -> Hour | None:
    if kept is None:
        return None
    minutes, zone, said, start, zone_said = kept
    return Hour(minutes=minutes, zone=zone, said=said, start=start, zone_said=zone_said)


def passage_row(passage: Passage, info: DocumentInfo) -> tuple[str | int | None, ...]:
    """The row of a passage: `PASSAGE_COLUMNS`, then language, audience."""
    # Short keys and positions relative to the passage: sentences are read for every answer.
    sentences = [
        [
            sentence.start,
            sentence.end,
            _FORMS.index(sentence.form),
            sentence.lead,
            _joined(sentence.terms),
        ]
        for sentence in passage.sentences
    ]
    return (
        passage.passage_id,
        passage.document_id,
        passage.start,
        passage.end,
        passage.text,
        json.dumps(passage.heading, ensure_ascii=False),
        json.dumps(sentences, ensure_ascii=False, separators=(",", ":")),
        passage.page,
        _joined(passage.context_terms),
        info.language,
        info.audience,
    )


def passage_of(row: PassageRow) -> Passage:
    """A passage from its `PASSAGE_COLUMNS`."""
    sentences = cast("list[tuple[int, int, int, str, str]]", json.loads(row[6]))
    return Passage(
        passage_id=row[0],
        document_id=row[1],
        start=row[2],
        end=row[3],
        text=row[4],
        heading=tuple(cast("list[str]", json.loads(row[5]))),
        sentences=tuple(
            Sentence(
                start=start,
                end=end,
                form=_FORMS[form],
                lead=lead,
                terms=frozenset(terms.split()),
            )
            for start, end, form, lead, terms in sentences
        ),
        page=row[7],
        context_terms=frozenset(row[8].split()),
    )


def _joined(terms: frozenset[str]) -> str:
    """Terms never hold white space; sorted, so that equal sets are equal text."""
    return " ".join(sorted(terms))


def quantised(sentences: NDArray[np.float32]) -> tuple[bytes, bytes]:
    """Rows of shape (n, dimension) as int8, and the scale (float32) of each row."""
    peaks = np.abs(sentences).max(axis=1, initial=0.0)
    scales = np.where(peaks > 0, peaks / _INT8_MAX, 1.0).astype("<f4")
    return np.rint(sentences / scales[:, None]).astype(np.int8).tobytes(), scales.tobytes()


def dequantised(sentences: bytes, scales: bytes, dimension: int) -> NDArray[np.float32]:
    """What `quantised` stored, each row brought back to length one."""
    # The scale of a row falls out when it is normalised; only its number says how many rows.
    rows = np.frombuffer(sentences, dtype=np.int8).reshape(len(scales) // 4, dimension)
    vectors = rows.astype(np.float32)
    norms = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    vectors /= np.where(norms > 0, norms, 1.0)[:, None]
    return vectors


def packed(vector: NDArray[np.float32]) -> bytes:
    """A vector as little-endian float32."""
    return np.ascontiguousarray(vector, dtype="<f4").tobytes()


def unpacked(blob: bytes) -> NDArray[np.float32]:
    """What `packed` stored."""
    return np.frombuffer(blob, dtype="<f4")


def embedded_by_key(rows: Iterable[Sequence[object]]) -> dict[str, EmbeddedPassage]:
    """Give embedded passages of rows of (content key, vector, sentences, scales), by key."""
    return {
        key: EmbeddedPassage(
            vector=unpacked(vector), sentences=dequantised(sentences, scales, len(vector) // 4)
        )
        for key, vector, sentences, scales in cast(
            "Iterable[tuple[str, bytes, bytes, bytes]]", rows
        )
    }


def open_read_only(path: str) -> sqlite3.Connection:
    """Open a database that nobody changes any more; no lock is taken and nothing written."""
    return sqlite3.connect(
        f"file:{quote(path)}?mode=ro&immutable=1",
        uri=True,
        check_same_thread=False,
        isolation_level=None,
    )
