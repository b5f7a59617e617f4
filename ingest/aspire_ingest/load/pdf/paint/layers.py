"""Layers of a PDF file (optional content): which are off when it opens."""

from collections.abc import Callable, Iterable, Mapping
from typing import cast

from pdfminer.pdftypes import PDFObjRef, resolve1

from aspire_ingest.load.pdf.paint.objects import entry, name_of

_HIDES: dict[str | None, Callable[[Iterable[bool]], bool]] = {
    "AllOn": any,
    "AnyOff": lambda off: not any(off),
    "AllOff": lambda off: not all(off),
}
"""Whether a rule hides its content, by which of its layers are off; any other rule is AnyOn."""


def hidden_layers(catalog: Mapping[str, object]) -> frozenset[int]:
    """The object numbers of the layers that a file opens with switched off."""
    properties = resolve1(catalog.get("OCProperties"))
    standard = entry(properties, "D")
    off = _numbers(entry(standard, "OFF"))
    if name_of(entry(standard, "BaseState")) == "OFF":
        off |= _numbers(entry(properties, "OCGs")) - _numbers(entry(standard, "ON"))
    return off


def is_layer_off(layer: object, hidden: frozenset[int]) -> bool:
    """Tell whether content of a layer, or of a rule over layers, is not shown."""
    if isinstance(layer, PDFObjRef) and layer.objid in hidden:
        return True
    rule = resolve1(layer)
    off = [member in hidden for member in _members(rule)]
    return bool(off) and _HIDES.get(name_of(entry(rule, "P")), all)(off)


def _members(rule: object) -> frozenset[int]:
    """The object numbers of the layers that a rule names, one of them or a list."""
    if not isinstance(rule, dict):
        return frozenset()
    groups = cast("dict[str, object]", rule).get("OCGs")
    listed = resolve1(groups)
    return _numbers(cast("object", listed) if isinstance(listed, list) else [groups])


def _numbers(references: object) -> frozenset[int]:
    listed = cast("list[object]", references) if isinstance(references, list) else []
    return frozenset(item.objid for item in listed if isinstance(item, PDFObjRef))
