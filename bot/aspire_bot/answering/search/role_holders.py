"""Who holds the role that a question asks for, told from what such a role does. Pure.

"Who is the PD?" asks for a name. A sentence that says what the PD does, and names nobody, reads as
the better answer and is none, where another one says who it is.
"""

import re
from collections.abc import Sequence

from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_ingest.index.text.roles import roles_by_surname

_ASKS_WHO = re.compile(
    r"^\W*(?:(?:and|so|but|then)\s+)?who(?:['’]s|\s+(?:is|are|was|were))\s+(?!an?\s)"
    r"|(?<!とは)(?:誰|だれ|どなた)(?:です|でしょう|でした|だ)?(?:か|っけ|の)*[。?？\s]*$",
    re.IGNORECASE,
)


def without_duties(query: Query, found: Sequence[Evidence]) -> list[Evidence]:
    """Give sentences without those of a role asked for that name nobody who holds it.

    All of them where no sentence names its holder, and where something else is asked.
    """
    if not _ASKS_WHO.search(query.text.strip()):
        return list(found)
    held = {id(one): _roles_held(query, one) for one in found}
    asked = frozenset[int]().union(*held.values())
    return [one for one in found if held[id(one)] or not _names_any(query, one, asked)]


def _roles_held(query: Query, one: Evidence) -> frozenset[int]:
    """The places of those query terms that name a role which somebody in a sentence holds."""
    language = one.passage.document.language
    held = roles_by_surname(one.text, language).values()
    return frozenset(
        at
        for at, query_term in enumerate(query.query_terms)
        if any(name <= terms for name in query_term.names.get(language, ()) for terms in held)
    )


def _names_any(query: Query, one: Evidence, roles: frozenset[int]) -> bool:
    language = one.passage.document.language
    return any(query.query_terms[at].is_met(one.terms, language) for at in roles)
