"""The state in which a PDF page paints: transparency, masks, clipping."""

from dataclasses import dataclass, replace
from math import inf

from pdfminer.utils import Rect

from aspire_ingest.load.pdf.paint.masks import Mask

TRANSPARENT, OPAQUE = 0.05, 0.95
"""Shares of paint below which nothing is seen of it, and above which nothing below it."""


@dataclass(frozen=True, slots=True)
class Paint:
    """Of the graphics state, what pdfminer does not keep."""

    is_opaque: bool = True
    alpha: float = 1.0
    stroke_alpha: float = 1.0
    mask: Mask | None = None
    group_alpha: float = 1.0
    """What the groups around let through."""
    group_masks: tuple[Mask, ...] = ()
    clip: Rect = (-inf, -inf, inf, inf)

    def inside_group(self) -> "Paint":
        """The state with which a group begins: what it paints is then painted with this one."""
        masks = (*self.group_masks, self.mask) if self.mask else self.group_masks
        return replace(
            self,
            alpha=1.0,
            stroke_alpha=1.0,
            mask=None,
            group_alpha=self.group_alpha * min(self.alpha, 1.0),
            group_masks=masks,
        )

    def shows(self, x: float, y: float) -> bool:
        """Whether no mask hides a place, in points from the page's top left corner."""
        return all(mask.shows(x, y) for mask in (*self.group_masks, self.mask) if mask)

    @property
    def covers(self) -> bool:
        """Whether what is filled hides what is below."""
        return self.is_opaque and self.group_alpha > OPAQUE and not (self.mask or self.group_masks)
