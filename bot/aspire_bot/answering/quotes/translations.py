"""Which documents tell the same story in another language. Pure."""

import re
from collections.abc import Iterable

from aspire_bot.answering.approved.approval import approval_of
from aspire_bot.answering.quotes.publishers import ACRONYM, are_of_two
from aspire_bot.answering.types import ScoredPassage
from aspire_ingest.index import DocumentInfo

_LANGUAGE_MARK = re.compile(
    r"(?:(?<=[/_.-])|^)(?:en|ja|jp|e|j|english|japanese)(?=[/_.?-]|$)", re.IGNORECASE
)
_LANGUAGE_ASKED = re.compile(r"(?:^|&)(?:lang|language|locale|hl)=[^&]*", re.IGNORECASE)
_NOT_WORD = re.compile(r"[\W_]+")
_NAME = re.compile(r"[^\W\d_]{3,}")
_NO_NAMES = frozenset(("doc", "docs", "document", "page", "file", "item", "article"))


def is_translation(one: DocumentInfo, other: DocumentInfo) -> bool:
    """Whether two documents are an article and its translation: a page says so, or names do.

    An approved answer bears the address of its source, and is neither.
    """
    if one.document_id == other.document_id or one.language == other.language:
        return False
    if approval_of(one) or approval_of(other):
        return False
    if _links(one, other) or _links(other, one):
        return True
    if _are_one(one.url, other.url):
        return True
    # `en-017` and `ja-017` are numbers of two lists
    if _names_something(one.document_id) and _are_one(one.document_id, other.document_id):
        return True
    # one file may hold many documents, and none of them is another's translation for that
    return one.source != other.source and _are_one(one.source, other.source)


def _names_something(document_id: str) -> bool:
    return bool(set(_NAME.findall(bare_address(document_id))) - _NO_NAMES)


def _are_one(left: str | None, right: str | None) -> bool:
    """Whether two names differ in what marks their language alone, if at all."""
    return left is not None and right is not None and bare_address(left) == bare_address(right)


def _links(one: DocumentInfo, other: DocumentInfo) -> bool:
    """Whether a page names the other as itself in another language."""
    return bool(one.translations) and (
        other.url in one.translations or other.source in one.translations
    )


def may_be_translation(one: DocumentInfo, other: DocumentInfo) -> bool:
    """Whether two documents of two languages are of one day and publisher, and no name parts them.

    Enough only beside something that both of them tell alike: no address says that they are one.
    """
    if one.language == other.language or are_of_two(one, other) or one.edition != other.edition:
        return False
    if one.published != other.published or len(one.published or "") < len("2026-01-14"):
        return False
    names, others = (set(ACRONYM.findall(info.title)) for info in (one, other))
    return not names or not others or not names.isdisjoint(others)


def distinct_documents(ranking: Iterable[ScoredPassage], most: int = 3) -> tuple[DocumentInfo, ...]:
    """Give the first few documents of a ranking, an article and its translation as one."""
    found: list[DocumentInfo] = []
    for entry in ranking:
        if len(found) == most:
            break
        info = entry.document
        is_known = any(
            info.document_id == one.document_id or is_translation(info, one) for one in found
        )
        if not is_known:
            found.append(info)
    return tuple(found)


def bare_address(address: str) -> str:
    """Give an address without what marks its language: `251111_e.html` and `251111.html` meet."""
    path, _, asked = address.partition("#")[0].partition("?")
    path = re.sub(r"^https?://", "", path)
    host, slash, place = path.partition("/")
    place = re.sub(r"\.[A-Za-z]{2,5}$", "", place)
    bare = f"{host}{slash}{place}?{_LANGUAGE_ASKED.sub('', asked)}"
    return _NOT_WORD.sub("/", _LANGUAGE_MARK.sub("", bare.lower())).strip("/")
