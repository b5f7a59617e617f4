"""A correction that names both what was asked of and what was meant → the question put right."""

import re

_NAMED = r"(?:the |an? )?(?P<{}>[\w'-]+(?: [\w'-]+){{0,3}}?)(?: ones?)?"
_DENIALS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\bnot {_NAMED.format('old')}(?:,? but|,)(?: rather)? {_NAMED.format('new')}[.!\s]*$",
        rf"(?:^|\b(?:meant|mean|about|for|is|was|it's|[,:]) ?)(?!i mean){_NAMED.format('new')}"
        rf"(?:,? not| instead of| rather than) {_NAMED.format('old')}[.!\s]*$",
        r"(?:^|[、。,\s])(?P<old>[^、。,\s]{1,20}?)(?:では|じゃ)なく(?:て)?[、,]?"
        r"(?P<new>[^、。,]{1,20}?)(?:の(?:ほう|方))?(?:でした|だった|です|を|のこと)*[。！!]?$",
    )
)
"""How who corrects a question names both: what was asked of, and what was meant."""


def with_denied(before: str, text: str) -> str | None:
    """The question before with one name for another: "not A but B", "B, not A", AではなくB."""
    for form in _DENIALS:
        said = form.search(text)
        if said is None:
            continue
        at = before.casefold().find(said["old"].casefold())
        if at >= 0 and before.casefold().count(said["old"].casefold()) == 1:
            return f"{before[:at]}{said['new']}{before[at + len(said['old']) :]}"
    return None
