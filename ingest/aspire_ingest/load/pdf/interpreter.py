"""Follows what pdfminer passes over as it interprets a page: transparency, clipping, layers."""

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager, PDFStackT
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import PSLiteral

from aspire_ingest.load.pdf.ink import InkDevice, Paint, meet, path_points
from aspire_ingest.load.pdf.layers import is_layer_off
from aspire_ingest.load.pdf.objects import entry, name_of

_MOST_FORMS_DEEP = 12


class InkInterpreter(PDFPageInterpreter):
    """Follows transparency, clipping and layers beside what pdfminer follows."""

    device: InkDevice

    def __init__(self, resources: PDFResourceManager, device: InkDevice) -> None:
        """Paint on a device; one interpreter a page or form."""
        super().__init__(resources, device)
        self._paints: list[Paint] = []
        self._tags_below = len(device.tags)

    def do_q(self) -> None:
        """Save the state."""
        super().do_q()
        self._paints.append(self.device.paint)

    def do_Q(self) -> None:  # noqa: N802 - the operator
        """Restore the state."""
        super().do_Q()
        if self._paints:
            self.device.paint = self._paints.pop()

    def do_gs(self, name: PDFStackT) -> None:
        """Read transparency from a named state."""
        super().do_gs(name)
        state = entry(entry(self.resources, "ExtGState"), name_of(name))
        if not isinstance(state, dict):
            return
        alpha = entry(cast("object", state), "ca")
        alpha = self.device.paint.alpha if alpha is None else alpha
        alpha = float(alpha) if isinstance(alpha, int | float) else 1.0
        blend = name_of(entry(cast("object", state), "BM")) or "Normal"
        is_opaque = alpha > 0.95 and blend in ("Normal", "Compatible")
        self.device.paint = replace(self.device.paint, alpha=alpha, is_opaque=is_opaque)

    def do_W(self) -> None:  # noqa: N802 - the operator
        """Clip to the box around the path: what lies outside is surely not seen."""
        super().do_W()
        points = path_points(self.curpath, self.ctm)
        if points:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            box = (min(xs), min(ys), max(xs), max(ys))
            self.device.paint = replace(self.device.paint, clip=meet(self.device.paint.clip, box))

    def do_W_a(self) -> None:  # noqa: N802 - the operator
        """Clip, by the other rule of what is inside."""
        self.do_W()

    def do_BMC(self, tag: PDFStackT) -> None:  # noqa: N802 - the operator
        """Open marked content."""
        self.device.tags.append(False)

    def do_BDC(self, tag: PDFStackT, props: PDFStackT) -> None:  # noqa: N802 - the operator
        """Open marked content, perhaps of a layer."""
        layer: object = props
        if isinstance(props, PSLiteral):
            properties = entry(self.resources, "Properties")
            known = cast("dict[str, object]", properties) if isinstance(properties, dict) else {}
            layer = known.get(str(props.name))
        is_off = name_of(tag) == "OC" and is_layer_off(layer, self.device.hidden_layers)
        self.device.tags.append(is_off)

    def do_EMC(self) -> None:  # noqa: N802 - the operator
        """Close marked content."""
        if len(self.device.tags) > self._tags_below:
            self.device.tags.pop()

    def do_Do(self, xobjid_arg: PDFStackT) -> None:  # noqa: N802 - the operator
        """Paint a form or a picture; what it changes of the state ends with it."""
        found = entry(entry(self.resources, "XObject"), name_of(xobjid_arg))
        attributes: Mapping[str, object] = found.attrs if isinstance(found, PDFStream) else {}
        device, paint, depth = self.device, self.device.paint, len(self.device.tags)
        if device.forms_open >= _MOST_FORMS_DEEP:
            return
        device.forms_open += 1
        device.tags.append(is_layer_off(attributes.get("OC"), device.hidden_layers))
        try:
            super().do_Do(xobjid_arg)
        finally:
            device.forms_open -= 1
            del device.tags[depth:]
            device.paint = paint
