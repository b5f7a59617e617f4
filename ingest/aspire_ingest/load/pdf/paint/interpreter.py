"""Follows what pdfminer passes over as it interprets a page: transparency, clipping, layers."""

from collections.abc import Mapping
from dataclasses import replace
from math import inf
from typing import cast

from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager, PDFStackT
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import MATRIX_IDENTITY, Matrix, Rect, apply_matrix_rect, mult_matrix

from aspire_ingest.load.pdf.paint.colors import Color
from aspire_ingest.load.pdf.paint.device import InkDevice, meet, path_points
from aspire_ingest.load.pdf.paint.layers import is_layer_off
from aspire_ingest.load.pdf.paint.masks import Mask, mask_of
from aspire_ingest.load.pdf.paint.objects import entry, name_of
from aspire_ingest.load.pdf.paint.paint import OPAQUE, Paint

_MOST_FORMS_DEEP = 12
_MOST_MASKS = 200
"""Of a page; one beyond lets all through."""


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
        paint, given = self.device.paint, cast("dict[str, object]", state)
        alpha = _share(given, "ca", paint.alpha)
        blend = name_of(entry(given, "BM")) or "Normal"
        self.device.paint = replace(
            paint,
            alpha=alpha,
            stroke_alpha=_share(given, "CA", paint.stroke_alpha),
            is_opaque=alpha > OPAQUE and blend in ("Normal", "Compatible"),
            mask=self._mask(entry(given, "SMask")) if "SMask" in given else paint.mask,
        )

    def _mask(self, stated: object) -> Mask | None:
        """Read a soft mask; None of none, and of one that cannot be told."""
        group = entry(stated, "G")
        device = self.device
        transfer = entry(stated, "TR")
        if not isinstance(group, PDFStream) or name_of(transfer) not in (None, "Identity"):
            return None
        if transfer is not None and name_of(transfer) is None:
            return None
        key = (group.objid, self.ctm)
        if key not in device.masks:
            if len(device.masks) >= _MOST_MASKS or device.forms_open >= _MOST_FORMS_DEEP:
                return None
            device.masks[key] = self._read_mask(stated, group)
        return device.masks[key]

    def _read_mask(self, stated: object, group: PDFStream) -> Mask:
        """Paint a mask's group apart, and note what it lets through."""
        device = InkDevice(self.rsrcmgr, self.device.hidden_layers)
        device.begin_mask(self.device)
        other = InkInterpreter(self.rsrcmgr, device)
        matrix = mult_matrix(_matrix(group), self.ctm)
        resources = entry(group.attrs, "Resources")
        device.paint = replace(device.paint, clip=_box(group, matrix))
        other.render_contents(
            cast("dict[object, object]", resources) if isinstance(resources, dict) else {},
            [group],
            ctm=matrix,
        )
        ink = device.ink()
        if device.has_shapes or ink.glyphs:
            return Mask()
        ground = _ground(stated)
        return mask_of(ink, by_light=name_of(entry(stated, "S")) != "Alpha", ground=ground)

    def do_sh(self, name: object) -> None:
        """Paint an area with colours that run into each other."""
        super().do_sh(name)
        self.device.has_shapes = True

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
        if isinstance(found, PDFStream) and name_of(entry(attributes, "Subtype")) == "Form":
            matrix = mult_matrix(_matrix(found), self.ctm)
            clip = meet(paint.clip, _box(found, matrix))
            is_group = name_of(entry(entry(attributes, "Group"), "S")) == "Transparency"
            device.paint = replace(paint.inside_group() if is_group else paint, clip=clip)
        try:
            super().do_Do(xobjid_arg)
        finally:
            device.forms_open -= 1
            del device.tags[depth:]
            device.paint = paint


def _share(state: Mapping[str, object], key: str, otherwise: float) -> float:
    value = entry(state, key)
    if value is None:
        return otherwise
    return float(value) if isinstance(value, int | float) else 1.0


def _ground(mask: object) -> Color:
    """What a mask by light stands on: black, where it says nothing else."""
    parts = _numbers(entry(mask, "BC"))
    light = 1 - max(parts[:4]) if len(parts) == 4 else max(parts, default=0.0)
    return (light, light, light)


def _matrix(form: PDFStream) -> Matrix:
    numbers = _numbers(form.attrs.get("Matrix"))
    return (*numbers,) if len(numbers) == 6 else MATRIX_IDENTITY  # pyright: ignore[reportReturnType] - six of them


def _box(form: PDFStream, matrix: Matrix) -> Rect:
    """The part of the page that a form may paint on."""
    edges = _numbers(form.attrs.get("BBox"))
    if len(edges) != 4:
        return (-inf, -inf, inf, inf)
    return apply_matrix_rect(matrix, (edges[0], edges[1], edges[2], edges[3]))


def _numbers(value: object) -> list[float]:
    listed = resolve1(value)
    items = (
        [resolve1(item) for item in cast("list[object]", listed)]
        if isinstance(listed, list)
        else []
    )
    return [float(item) for item in items if isinstance(item, int | float)]
