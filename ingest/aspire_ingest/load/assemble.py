"""From what a loader parsed to a complete Document: derive what is certain, leave the rest None."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import astuple, fields, replace
from pathlib import PurePath
from urllib.parse import unquote, urlsplit, urlunsplit

from aspire_ingest.errors import LoadError
from aspire_ingest.index.store.rows import override_row
from aspire_ingest.index.text.language_names import language_code
from aspire_ingest.index.types import (
    AUDIENCES,
    KINDS,
    UNKNOWN_LANGUAGE,
    Audience,
    DateOrigin,
    Document,
    DocumentInfo,
    Kind,
    Mark,
    Remark,
)
from aspire_ingest.load.parse_result import Parsed, Stated
from aspire_ingest.load.stated.byline import date_under_title
from aspire_ingest.load.stated.dates import (
    date_from_text,
    date_from_url,
    date_marked,
    parse_date,
)
from aspire_ingest.load.stated.edition import edition_of
from aspire_ingest.load.stated.language import detect_language
from aspire_ingest.load.stated.marks import find_marks
from aspire_ingest.load.types import LoadOptions
from aspire_ingest.load.writing.clean import tidy
from aspire_ingest.quality import quality_of
from aspire_ingest.web.types import Defaults

MAX_TITLE_CHARACTERS = 300
_MOST_REMARKS, _LONGEST_REMARK = 40, 200
_HASHED_WHERE_KNOWN = (
    "translations", "published_from", "id_source", "ocr_spans", "unread_pages",
)  # fmt: skip
_UNHASHED = (
    "content_hash",
    "gone_since",
    "occasions",
    "remarks",
    "quality",
    "override",
    "original",
)
_HASHED = tuple(
    field.name
    for field in fields(DocumentInfo)
    if field.name not in (*_UNHASHED, *_HASHED_WHERE_KNOWN)
)
_HEADINGS = (
    re.compile(r"^#[ \t]+(?P<title>\S.*?)[ \t#]*$", re.MULTILINE),
    re.compile(r"\A\s*#{2,6}[ \t]+(?P<title>\S.*?)[ \t#]*$", re.MULTILINE),
)
"""A first-level heading anywhere; one of another level only where the text begins with it."""
_TITLE_KINDS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (
        re.compile(
            r"\bFAQ\b|よくある(?:ご)?質問|frequently asked|[QＱ][&＆][AＡ]|質疑応答集",
            re.IGNORECASE,
        ),
        "faq",
    ),
    (
        re.compile(
            r"\b(?:hand|rule)book\b|\bguidelines?\b|\bmanual\b|\bterms and conditions\b"
            r"|\b(?:guide|instructions) (?:for|to) (?:\w+ )?(?:applicants?|applying|grantees"
            r"|awardees|proposers)\b|ハンドブック|要領|要項|(?:応募|募集|公募|申請)案内|手引|ガイドライン|事務処理説明書"
            r"|マニュアル",
            re.IGNORECASE,
        ),
        "guideline",
    ),
    (
        re.compile(
            r"\bcalls? for (?:\w+ )?(?:proposals|applications)\b|公募のお知らせ", re.IGNORECASE
        ),
        "call",
    ),
)
_PATH_KINDS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"/faqs?(?:[/._]|$)", re.IGNORECASE), "faq"),
    (re.compile(r"/(?:news|report|topics|press-releases?)/", re.IGNORECASE), "news"),
)
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_TRACKING = re.compile(r"(?:^|&)(?:utm_\w+|fbclid|gclid)=[^&]*", re.IGNORECASE)


def assemble(
    parsed: Parsed,
    *,
    source: str,
    name: str,
    options: LoadOptions,
    id_source: str | None = None,
) -> Document:
    """Complete one document.

    Args:
        parsed: what its loader found.
        source: the path or URL as ingested.
        name: how errors name it.
        options: gives the audience of documents that do not state theirs.
        id_source: the path that an id is made from, where that is not `source`; see
            `DocumentInfo`.

    Raises:
        LoadError: the document is empty, or states an audience that does not exist.
    """
    stated, text = _with_defaults(parsed.stated, options.defaults), parsed.text
    if not text.strip():
        raise LoadError(name, "holds no text; check the file, or leave it out")
    own_url = stated.url if stated.url and _WEB.match(stated.url) else None
    url = own_url or stated.found_url
    title = (stated.title or _first_heading(text) or _name_of(source))[:MAX_TITLE_CHARACTERS]
    kind, unread = _kind(stated, title, own_url)
    extra = {**stated.extra, **unread}
    published, published_from = _published(stated, text, own_url)
    if stated.published is not None and parse_date(stated.published) is None:
        extra["date"] = stated.published
    if stated.document_id or own_url:
        id_source = None
    remarks = _told(parsed.remarks)
    info = DocumentInfo(
        document_id=stated.document_id or _document_id(own_url, id_source or source),
        source=source,
        title=title,
        url=url,
        publisher=stated.publisher,
        published=published,
        published_from=published_from,
        language=_language(stated, f"{title}\n{text}"),
        kind=kind,
        edition=edition_of(
            stated.edition or _edition_by_rule(options.defaults, own_url or source, title),
            title=title,
            text=text,
            kind=kind,
            published=published,
        ),
        supersedes=stated.supersedes,
        audience=_audience(stated.audience, name, options.audience),
        extra=extra,
        translations=parsed.translations,
        remarks=remarks,
        quality=quality_of(text, parsed.page_starts, remarks).quality,
        id_source=id_source,
        ocr_spans=_spans(parsed),
        unread_pages=parsed.unread_pages,
        original=parsed.original,
    )
    marks = find_marks(text, title=title, source=source, margins=parsed.margins, extra=extra)
    if parsed.privacy_request:
        marks += (Mark(text=f"“{parsed.privacy_request}”"),)
    return replace(with_content_hash(info, text, parsed.page_starts), marks=marks)


def _spans(parsed: Parsed) -> tuple[tuple[int, int], ...]:
    """Where in the text the pages stand that were read from pictures; neighbours as one."""
    edges = (*parsed.page_starts, len(parsed.text))
    spans: list[tuple[int, int]] = []
    for page in parsed.ocr_pages:
        start, end = edges[page - 1], edges[page]
        if spans and spans[-1][1] == start:
            start = spans.pop()[0]
        if start < end:
            spans.append((start, end))
    return tuple(spans)


def _told(remarks: tuple[Remark, ...]) -> tuple[Remark, ...]:
    """Remarks in one line each, as any table can hold them, and no more than are read."""
    return tuple(
        replace(one, what=tidy(one.what)[:_LONGEST_REMARK], where=tidy(one.where)[:_LONGEST_REMARK])
        for one in remarks[:_MOST_REMARKS]
    )


def _published(stated: Stated, text: str, url: str | None) -> tuple[str | None, DateOrigin | None]:
    """The date of publication and where it comes from: what is stated, the text, the address."""
    if stated.published is not None and (date := parse_date(stated.published)):
        return date, stated.published_from
    if date := date_marked(text) or date_under_title(text) or date_from_text(text):
        return date, "text"
    if url is not None and (date := date_from_url(url)):
        return date, "url"
    return None, None


def _with_defaults(stated: Stated, defaults: Defaults) -> Stated:
    return replace(
        stated,
        kind=stated.kind or defaults.kind,
        publisher=stated.publisher or defaults.publisher,
        declared_language=stated.declared_language or defaults.language,
    )


def _edition_by_rule(defaults: Defaults, url: str, title: str) -> str | None:
    return next(filter(None, (rule.read(url=url, title=title) for rule in defaults.editions)), None)


def with_content_hash(info: DocumentInfo, text: str, page_starts: tuple[int, ...]) -> Document:
    """Make the document, its `content_hash` over the text and every other field of `info`."""
    # `content_hash` as it was while only its default was known: hashes outlive releases
    known: dict[str, object] = {"content_hash": "", "extra": dict(info.extra)}
    known |= {name: getattr(info, name) for name in _HASHED if name != "extra"}
    for name in _HASHED_WHERE_KNOWN:
        if value := getattr(info, name):
            known[name] = value  # what is not there leaves the hash as it was before the field
    if info.quality < 1:
        known["quality"] = info.quality
    if info.remarks:
        known["remarks"] = [astuple(remark) for remark in info.remarks]
    if info.override is not None:
        known["override"] = override_row(info.override)
    described = json.dumps([known, page_starts], ensure_ascii=True, sort_keys=True)
    digest = hashlib.sha256(described.encode() + b"\x00" + text.encode()).hexdigest()
    return Document(info=replace(info, content_hash=digest), text=text, page_starts=page_starts)


def canonical_url(url: str) -> str:
    """Drop what does not name a page: fragment, tracking parameters, default port, case of host.

    `index.html` stays: two addresses that usually show the same page may have held two editions.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    try:
        port = parts.port
    except ValueError:
        port = None
    if port is not None and port != {"http": 80, "https": 443}.get(parts.scheme.lower()):
        host += f":{port}"
    query = _TRACKING.sub("", parts.query).lstrip("&")
    return urlunsplit((parts.scheme.lower(), host, parts.path or "/", query, ""))


def path_document_id(source: str) -> str:
    """The id of a file that states none and has no address of its own."""
    return _document_id(None, source)


def _document_id(url: str | None, source: str) -> str:
    """A short readable name and a hash of the address, or of the path as it was given."""
    key = canonical_url(url) if url else PurePath(source).as_posix()
    stem = PurePath(unquote(urlsplit(url).path) if url else source).stem
    slug = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:40].strip("-")
    return f"{slug or 'doc'}-{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:12]}"


def _first_heading(text: str) -> str | None:
    matches = (form.search(text) for form in _HEADINGS)
    return next((match["title"] for match in matches if match is not None), None)


def _name_of(source: str) -> str:
    if "://" in source:
        parts = urlsplit(source)
        return unquote(PurePath(parts.path).stem) or parts.netloc
    return PurePath(source.partition("#")[0]).stem.replace("_", " ") or source


def _kind(stated: Stated, title: str, url: str | None) -> tuple[Kind, Mapping[str, str]]:
    """The kind, and a stated kind that is none of ours, kept for `extra`."""
    unread: dict[str, str] = {}
    if stated.kind is not None:
        for kind in KINDS:
            if stated.kind.lower() == kind:
                return kind, unread
        unread["kind"] = stated.kind
    for pattern, kind in _TITLE_KINDS:
        if pattern.search(title):
            return kind, unread
    for pattern, kind in _PATH_KINDS:
        if url is not None and pattern.search(urlsplit(url).path):
            return kind, unread
    return "other", unread


def _language(stated: Stated, text: str) -> str:
    if stated.language is not None:
        code = language_code(stated.language)
        if code is not None:
            return code
    declared = language_code(stated.declared_language or "")
    return detect_language(text, declared) or UNKNOWN_LANGUAGE


def _audience(stated: str | None, name: str, default: Audience) -> Audience:
    """A misspelt audience must not make a staff document public: it is an error."""
    if stated is None:
        return default
    for audience in AUDIENCES:
        if stated.lower() == audience:
            return audience
    raise LoadError(name, f"`audience` is {stated!r}; write one of {', '.join(AUDIENCES)}")
