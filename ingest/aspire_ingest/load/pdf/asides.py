"""Text that flows around a box: its narrow lines and its wide ones are one text."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from aspire_ingest.load.pdf.columns import Flow
from aspire_ingest.load.pdf.words.words import ENDS_SENTENCE, Line
from aspire_ingest.load.writing.clean import is_cjk

_NEAR = 1.3
"""Most distance, in letter sizes, between the lines above and below the foot of a box."""


def around_asides(flows: Sequence[Flow]) -> list[Flow]:
    """Join what a box parts; the box comes before the paragraph that flows around it.

    The flows are in reading order: a text beside a box comes right before the box or right after
    it, and the text below them follows.
    """
    joined: list[Flow] = []
    for flow in flows:
        if joined and _goes_on(joined[-1], flow):
            joined[-1] = _together(joined[-1], flow)
        elif len(joined) > 1 and _is_whole(joined[-1]) and _goes_on(joined[-2], flow):
            aside, text = joined.pop(), joined.pop()
            before, paragraph = _last_paragraph(text)
            joined += [*before, aside, _together(paragraph, flow)]
        else:
            joined.append(flow)
    return joined


def _goes_on(flow: Flow, below: Flow) -> bool:
    """Whether the sentence at the end of a flow goes on right below it, in wider lines."""
    if not flow.lines or not below.lines or below.boxes:
        return False
    last, first = flow.lines[-1], below.lines[0]
    is_open = not ENDS_SENTENCE.search(last.text)
    is_rest = first.text[0].islower() or is_cjk(first.text[0])
    is_near = -0.2 * last.size < first.top - last.bottom < _NEAR * last.size
    is_wider = _width(below) > 1.1 * _width(flow) and first.x0 <= last.x0 + last.size
    return is_open and is_rest and is_near and is_wider and abs(first.size - last.size) < 0.3


def _is_whole(flow: Flow) -> bool:
    lines = flow.lines
    return not lines or not lines[0].text[0].islower()


def _together(flow: Flow, below: Flow) -> Flow:
    return Flow(
        lines=[*flow.lines, *below.lines],
        boxes=[*flow.boxes, *below.boxes],
        is_doubtful=flow.is_doubtful or below.is_doubtful,
    )


def _last_paragraph(flow: Flow) -> tuple[list[Flow], Flow]:
    """What comes before the last paragraph of a flow, if anything, and that paragraph."""
    gaps = [below.top - above.bottom for above, below in pairwise(flow.lines)]
    usual = median(gaps) if gaps else 0.0
    starts = [at for at, gap in enumerate(gaps, start=1) if gap > usual + 0.3 * flow.lines[at].size]
    if not starts or flow.boxes:
        return [], flow
    at = starts[-1]
    return [replace(flow, lines=flow.lines[:at])], replace(flow, lines=flow.lines[at:])


def _width(flow: Flow) -> float:
    lines: list[Line] = flow.lines
    return max(line.x1 for line in lines) - min(line.x0 for line in lines)
