"""Boxes to tick, choices and fields of OpenDocument, as the state that a reader sees."""

from aspire_ingest.load.elements import Element
from aspire_ingest.load.opendocument.styles import FORM, OFFICE

_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_TICKED = (f"{FORM}checkbox", f"{FORM}radio")
_FILLED = (f"{FORM}text", f"{FORM}textarea", f"{FORM}combobox", f"{FORM}formatted-text",
           f"{FORM}number", f"{FORM}date")  # fmt: skip
_PASSWORD = f"{FORM}password"


def read_controls(content: Element) -> dict[str, str]:
    """What each control of a document shows, by its id; "" for one that shows nothing."""
    shown: dict[str, str] = {}
    for forms in content.iter(f"{OFFICE}forms"):
        for control in forms.iter():
            name = control.get(f"{FORM}id") or control.get(_XML_ID)
            if name and control.tag != _PASSWORD:
                shown[name] = _shown(control)
    return shown


def _shown(control: Element) -> str:
    if control.tag in _TICKED:
        state = control.get(f"{FORM}current-state") or control.get(f"{FORM}state")
        state = state or control.get(f"{FORM}current-selected") or control.get(f"{FORM}selected")
        box = "☑" if state in ("checked", "true") else "☐"
        return f"{box} {control.get(f'{FORM}label') or ''}".strip()
    if control.tag in _FILLED:
        return control.get(f"{FORM}current-value") or control.get(f"{FORM}value") or ""
    if control.tag == f"{FORM}listbox":
        return "; ".join(
            option.get(f"{FORM}label") or ""
            for option in control.iter(f"{FORM}option")
            if (option.get(f"{FORM}current-selected") or option.get(f"{FORM}selected")) == "true"
        )
    return ""
