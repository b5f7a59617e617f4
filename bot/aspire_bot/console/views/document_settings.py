"""From a form to what staff say of a document. Pure."""

from collections.abc import Collection, Mapping, Sequence

from aspire_bot.state.console.audit import AuditRow
from aspire_ingest.index import DocumentInfo

SETTINGS = ("title", "date", "edition", "audience", "language", "kind")
LEFT_OUT = "left-out"
_FIELDS = {"date": "published"}
_MAY_BE_NONE = frozenset({"date", "edition"})


def field_of(setting: str) -> str:
    """Give the field of `DocumentInfo` that a setting is about."""
    return _FIELDS.get(setting, setting)


def assignments(
    info: DocumentInfo, given: Mapping[str, str], own: Collection[str]
) -> tuple[str, ...]:
    """Give what a form changes, as `aspire-ingest set` reads it.

    Args:
        info: the document as it is indexed.
        given: the form's values by setting; what is not there stays, as what is equal does.
        own: settings that are to be again what the document says itself.
    """
    found = [f"{name}=" for name in SETTINGS if name in own]
    for name in SETTINGS:
        if name in own or name not in given:
            continue
        value = " ".join(given[name].split())
        if value == (getattr(info, field_of(name)) or ""):
            continue
        if value:
            found.append(f"{name}={value}")
        elif name in _MAY_BE_NONE:
            found.append(f"{name}=none")
    if LEFT_OUT in given:
        pages = given[LEFT_OUT].strip()
        if pages != pages_shown(left_out(info)):
            found.append(f"{LEFT_OUT}={pages}")
    return tuple(found)


def left_out(info: DocumentInfo) -> tuple[int, ...]:
    """Give the pages that staff leave out."""
    return info.override.pages if info.override else ()


def pages_shown(pages: Collection[int]) -> str:
    """Write page numbers as `3, 5-7`."""
    runs: list[list[int]] = []
    for number in sorted(pages):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{a}-{b}" if b > a else f"{a}" for a, b in runs)


def with_page(info: DocumentInfo, number: int) -> str:
    """Write the pages that are left out, with one more, or without it where it is among them."""
    return pages_shown(set(left_out(info)) ^ {number})


def undoable(changes: Sequence[AuditRow]) -> str:
    """Give the proposal by which the newest change of a document is undone; "" where it is none."""
    newest = changes[0] if changes else None
    if newest is None or newest.act != "document.change" or newest.after is None:
        return ""
    is_change = newest.after.get("did") != "unchanged"
    return str(newest.after.get("proposal", "")) if is_change else ""
