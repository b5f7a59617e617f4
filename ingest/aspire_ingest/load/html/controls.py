"""Form controls as their reader sees them: a box ticked or not, what a field holds, the choice."""

from aspire_ingest.load.html.tree import Element, raw_text, replace_content, tag_of
from aspire_ingest.load.writing.clean import tidy

_BOXES = {"checkbox": ("☐", "☑"), "radio": ("○", "◉")}
_NOT_SHOWN = frozenset({"hidden", "submit", "button", "reset", "image", "password", "file"})


def write_controls(body: Element) -> None:
    """Put in place of each control a word or sign of what it shows."""
    for control in list(body.iter("input", "select", "textarea")):
        shown = _shown(control)
        if shown:
            replace_content(control, shown)
            control.tag = "span"
            _set_apart(control)


def _set_apart(control: Element) -> None:
    """A control has edges of its own: what it shows is no part of the word beside it."""
    control.tail = f" {control.tail or ''}"
    before, parent = control.getprevious(), control.getparent()
    if before is not None:
        before.tail = f"{before.tail or ''} "
    elif parent is not None and parent.text:
        parent.text = f"{parent.text} "


def _shown(control: Element) -> str:
    tag = tag_of(control)
    if tag == "textarea":
        return tidy(raw_text(control))
    if tag == "select":
        choices = list(control.iter("option"))
        chosen = [choice for choice in choices if choice.get("selected") is not None]
        return ", ".join(tidy(raw_text(choice)) for choice in chosen or choices[:1])
    kind = (control.get("type") or "text").lower()
    if kind in _BOXES:
        return f"{_BOXES[kind][control.get('checked') is not None]} "
    return "" if kind in _NOT_SHOWN else tidy(control.get("value") or "")
