"""Who holds which role in a document, so that "the Program Director" finds "Dr. Miyano". Pure."""

import re
from collections.abc import Mapping

from aspire_ingest.index.text.analysis import analyze
from aspire_ingest.index.text.variants import fold_variants

_ROLE = (
    r"(?:[Vv]ice[- ])?(?:Program(?:me)? (?:Director|Officer)|Principal Investigator|Director|"
    r"President|Chair(?:man|person)?|"
    r"Advis[eo]r|Co-?ordinator|Manager|Minister|PD|PO|PI|AD)"
)
_TITLE = r"(?:Dr|Prof|Professor|Mr|Ms|Mrs)\b\.?"
_NAME = r"(?:[A-Z][\w'-]+\s+){0,2}(?P<surname>[A-Z][\w'-]+)"
_ROLE_JA = (
    r"(?:運営統括|研究主幹|研究代表者|研究総括|理事長|理事|部長|室長|課長|アドバイザー|PD|PO|PI|AD)"
)
_NAME_JA = r"(?P<surname>[一-龥々]{2})[一-龥々]{0,4}"

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_TITLE}\s+{_NAME}(?:,|\s\()\s*(?:the\s)?(?P<role>{_ROLE})\b",
        rf"\b(?P<role>{_ROLE})s?,?\s+{_TITLE}\s+{_NAME}",
        rf"{_NAME_JA}(?:先生|氏)?\s?(?P<role>{_ROLE_JA})",
        rf"(?P<role>{_ROLE_JA})(?:の|は|である|、|・)?\s?{_NAME_JA}(?:先生|氏|が|、|。|\s)",
    )
)
_READ = 200_000
"""Characters of a document that are read for roles."""


def roles_by_surname(text: str, language: str) -> Mapping[str, frozenset[str]]:
    """Give the analysed terms of each person's role, by the analysed surname."""
    roles: dict[str, set[str]] = {}
    read = fold_variants(text[:_READ])
    for pattern in _PATTERNS:
        for match in pattern.finditer(read):
            surname = analyze(match["surname"], language)
            if len(surname) == 1:
                roles.setdefault(surname[0], set()).update(analyze(match["role"], language))
    return {surname: frozenset(terms) for surname, terms in roles.items()}
