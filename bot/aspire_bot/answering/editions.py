"""Which documents a newer edition has replaced. Pure."""

import re
from collections.abc import Iterable, Mapping

from aspire_ingest.index import DocumentInfo

_EDITION_WORDS = re.compile(
    r"(?:FY|fiscal year|令和|平成|R|Version|ver\.?|第)\s*[0-9元.]+\s*(?:年度|年|版)?|[0-9]{4}|"
    r"edition|version|版|年度",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]+")


def replaced_by(documents: Iterable[DocumentInfo]) -> Mapping[str, str]:
    """Give, for each document that a newer edition replaces, the id of the newest.

    Two documents are editions of one where they say so (`supersedes`: an id, a source, a URL or a
    title), or where kind, language and title are the same but for the edition.
    """
    known = list(documents)
    newest: dict[str, str] = {}
    families: dict[tuple[str, str, str], list[DocumentInfo]] = {}
    for info in known:
        if info.edition:
            families.setdefault(_family(info), []).append(info)
    for members in families.values():
        latest = max(members, key=lambda info: _order(info.edition or ""))
        newest.update(
            {m.document_id: latest.document_id for m in members if m.edition != latest.edition}
        )
    by_name = {
        name: info.document_id
        for info in known
        for name in (info.document_id, info.source, info.url, info.title)
        if name
    }
    for info in known:
        older = by_name.get(info.supersedes or "")
        if older and older != info.document_id:
            newest[older] = info.document_id
    return {older: _end_of_chain(older, newest) for older in newest}


def _end_of_chain(older: str, newest: Mapping[str, str]) -> str:
    seen = {older}
    newer = newest[older]
    while newer in newest and newer not in seen:
        seen.add(newer)
        newer = newest[newer]
    return newer


def _order(edition: str) -> list[tuple[int, str]]:
    """Editions by their numbers as numbers: the 10th follows the 9th."""
    parts = re.findall(r"\d+|[^\d]+", edition.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def _family(info: DocumentInfo) -> tuple[str, str, str]:
    bare = " ".join(_LETTERS.findall(_EDITION_WORDS.sub(" ", info.title.lower())))
    return (info.kind, info.language, bare)
