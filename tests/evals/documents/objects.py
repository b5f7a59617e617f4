"""Writes PDF files object by object, for what no library writes."""

import io
from collections.abc import Mapping, Sequence

from pdfminer.cmapdb import CMapDB

HELVETICA = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
JAPANESE = (
    "<</Type/Font/Subtype/Type0/BaseFont/HeiseiMin-W3/Encoding/{encoding}/DescendantFonts"
    "[<</Type/Font/Subtype/CIDFontType0/BaseFont/HeiseiMin-W3/DW 1000/CIDSystemInfo"
    "<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/FontDescriptor"
    "<</Type/FontDescriptor/FontName/HeiseiMin-W3/Flags 6/FontBBox[0 -120 1000 880]"
    "/Ascent 880/Descent -120/CapHeight 700/ItalicAngle 0/StemV 80>>>>]>>"
)


def written(
    pages: Sequence[str],
    resources: str = "",
    *more: str,
    page: str = "/MediaBox[0 0 595 842]",
    catalog: str = "",
) -> bytes:
    """A file by the operators of its pages.

    Fonts F1 (Helvetica), F2 (Japanese, UTF-16, level) and F3 (likewise, downwards) are there;
    F4 is object 10, where that is a font.
    `more` are objects from number 10 on, `resources`, `page` and `catalog` further entries.
    """
    own = "/F4 10 0 R" if more and "/Type/Font" in more[0] else ""
    fonts = f"/Font<</F1 3 0 R/F2 4 0 R/F3 5 0 R{own}>>"
    first = 10 + len(more)
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(pages)))
    bodies = {
        1: f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        3: HELVETICA,
        4: JAPANESE.format(encoding="UniJIS-UCS2-H"),
        5: JAPANESE.format(encoding="UniJIS-UCS2-V"),
        **{6 + at: "null" for at in range(4)},
        **{10 + at: body for at, body in enumerate(more)},
    }
    for at, content in enumerate(pages):
        number = first + 2 * at
        bodies[number] = (
            f"<</Type/Page/Parent 2 0 R{page}/Contents {number + 1} 0 R"
            f"/Resources<<{fonts}{resources}>>>>"
        )
        bodies[number + 1] = stream(content)
    return _file([bodies[number] for number in sorted(bodies)])


def stream(content: str, entries: str = "") -> str:
    """A stream object."""
    return f"<</Length {len(content.encode('latin-1'))}{entries}>>stream\n{content}\nendstream"


def literal(text: str) -> str:
    """A string for the font Helvetica."""
    return "(" + text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"


def code(text: str) -> str:
    """A string for the Japanese fonts."""
    return f"<{text.encode('utf-16-be').hex()}>"


def line(text: str, x: float, y: float, size: float = 10.5, font: str = "F1") -> str:
    """The operators of one line of text."""
    shown = literal(text) if font == "F1" else code(text)
    return f"BT /{font} {size} Tf {x} {y} Td {shown} Tj ET\n"


def glyphs_of(letters: Sequence[str]) -> list[str]:
    """The numbers of letters' glyphs in Japanese fonts, as letters of those codes."""
    numbers = CMapDB.get_cmap("UniJIS-UCS2-H").decode("".join(letters).encode("utf-16-be"))
    return [chr(number) for number in numbers]


def to_unicode(names: Mapping[str, str]) -> str:
    """A map from the codes of letters in the Japanese fonts to what they are named."""
    rows = "\n".join(f"{code(letter)} {code(name)}" for letter, name in names.items())
    return stream(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(names)} beginbfchar\n{rows}\nendbfchar\nendcmap end end"
    )


def _file(bodies: Sequence[str]) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places: list[int] = []
    for number, body in enumerate(bodies, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    start = out.tell()
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    out.write(f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{rows}".encode())
    out.write(f"trailer<</Size {len(bodies) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()
