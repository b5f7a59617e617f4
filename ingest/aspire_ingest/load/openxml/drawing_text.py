"""The text of shapes on slides and sheets: paragraphs with raised text and equations."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from aspire_ingest.load.elements import Element, attribute, child, children, is_on, local_name
from aspire_ingest.load.openxml.equations import linear
from aspire_ingest.load.openxml.package import M
from aspire_ingest.load.openxml.paragraph_numbers import ParagraphNumbers
from aspire_ingest.load.writing.superscripts import Height, Run, join_runs
from aspire_ingest.load.writing.symbol_fonts import in_signs, is_symbol_font

_MAX_LEVEL = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnParagraph:
    """One paragraph as a reader sees it; its line breaks are line ends."""

    text: str
    level: int = 0
    """0 is the outermost level of a list."""
    struck: int = 0
    """How many struck pieces were left out."""
    unseen: int = 0
    """How many pieces were left out that cannot be seen on their ground."""
    unknown_signs: int = 0
    """How many signs of a font could not be told."""
    label: str = ""
    """The number before it, or a bullet that says something."""

    @property
    def labelled(self) -> str:
        """The text after its label."""
        return f"{self.label} {self.text}" if self.label else self.text


def _all_seen(properties: Element | None) -> bool:
    del properties
    return False


def read_paragraphs(
    body: Element | None, is_unseen: Callable[[Element | None], bool] = _all_seen
) -> list[DrawnParagraph]:
    """Read the paragraphs of a text body that show something or had something left out.

    Args:
        body: a text body; None gives no paragraphs.
        is_unseen: tells of the properties of a run whether its text cannot be seen.
    """
    found = children(body, "p") if body is not None else ()
    numbers = ParagraphNumbers(child(body, "lstStyle"))
    paragraphs = (_paragraph(element, is_unseen, numbers) for element in found)
    return [part for part in paragraphs if part.text.strip() or part.struck or part.unseen]


def alternatives(element: Element) -> Iterator[Element]:
    """The children, of alternate content the first form that has any, else the fallback."""
    for part in element:
        if local_name(part) == "AlternateContent":
            forms = (*children(part, "Choice"), *children(part, "Fallback"))
            chosen = next((form for form in forms if len(form)), None)
            yield from alternatives(chosen) if chosen is not None else ()
        elif local_name(part):
            yield part


def shape_properties(shape: Element) -> Iterator[Element]:
    """What says of a shape all but its look: `nvSpPr`, `nvPicPr` and their like."""
    return (found for found in shape if local_name(found).startswith("nv"))


def is_hidden(shape: Element) -> bool:
    """Whether a shape is not shown."""
    names = (child(found, "cNvPr") for found in shape_properties(shape))
    return any(name is not None and is_on(name.get("hidden")) for name in names)


def _paragraph(
    element: Element,
    is_unseen: Callable[[Element | None], bool],
    numbers: ParagraphNumbers,
) -> DrawnParagraph:
    runs: list[Run] = []
    struck = unseen = unknown_signs = 0
    for part in alternatives(element):
        name = local_name(part)
        if name in ("r", "fld"):
            run = _run(part)
            if _is_struck(part) and run.text.strip():
                struck += 1
            elif run.text.strip() and is_unseen(child(part, "rPr")):
                unseen += 1
            else:
                shown, unknown = in_signs(run.text, _font(child(part, "rPr")))
                unknown_signs += unknown
                runs.append(Run(shown, run.height))
        elif name == "br":
            runs.append(Run("\n"))
        elif name != "pPr":
            runs.append(Run("".join(map(linear, _equations(part)))))
    properties = child(element, "pPr")
    written = attribute(properties, "lvl") if properties is not None else None
    level = min(int(written) if written and written.isdecimal() else 0, _MAX_LEVEL)
    text = join_runs(runs).replace("\x0b", "\n")
    return DrawnParagraph(
        text=text,
        level=level,
        struck=struck,
        unseen=unseen,
        unknown_signs=unknown_signs,
        label=numbers.label(properties, level) if text.strip() else "",
    )


def _font(properties: Element | None) -> str:
    for name in ("latin", "sym"):
        face = child(properties, name)
        if face is not None and is_symbol_font(face.get("typeface") or ""):
            return face.get("typeface") or ""
    return ""


def _equations(element: Element) -> Iterator[Element]:
    """The outermost equations in an element; it may be one itself."""
    return element.iter(f"{M}oMath")


def _run(element: Element) -> Run:
    text = child(element, "t")
    properties = child(element, "rPr")
    written = attribute(properties, "baseline") if properties is not None else None
    raised = written is not None and written.lstrip("-")[:1] not in ("", "0")
    height: Height = ("lowered" if (written or "")[:1] == "-" else "raised") if raised else "line"
    return Run((text.text or "") if text is not None else "", height)


def _is_struck(element: Element) -> bool:
    properties = child(element, "rPr")
    strike = attribute(properties, "strike") if properties is not None else None
    return strike not in (None, "noStrike")
