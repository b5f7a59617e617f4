"""Layers of a PDF file (optional content): which are off when it opens."""

from collections.abc import Iterable, Mapping
from typing import cast

from pdfminer.pdftypes import PDFObjRef, resolve1

from aspire_ingest.load.pdf.objects import entry, name_of


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
    if not hidden or layer is None:
        return False
    if isinstance(layer, PDFObjRef) and layer.objid in hidden:
        return True
    groups = entry(resolve1(layer), "OCGs")
    members = [layer_of for layer_of in _listed(layer, groups) if isinstance(layer_of, PDFObjRef)]
    states = [member.objid in hidden for member in members]
    if name_of(entry(resolve1(layer), "P")) == "AllOn":
        return any(states)
    return bool(states) and all(states)


def _listed(layer: object, groups: object) -> Iterable[object]:
    if isinstance(groups, list):
        return cast("list[object]", groups)
    described = resolve1(layer)
    return (
        (cast("dict[str, object]", described).get("OCGs"),) if isinstance(described, dict) else ()
    )


def _numbers(references: object) -> frozenset[int]:
    listed = cast("list[object]", references) if isinstance(references, list) else []
    return frozenset(item.objid for item in listed if isinstance(item, PDFObjRef))
