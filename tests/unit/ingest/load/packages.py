"""Small office files made from XML, for tests of how they are read."""

import io
import zipfile

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
SPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def archive(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP archive of these parts, in order, the first one not packed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def word_file(body: str, main: str = "word/document.xml", **parts: str) -> bytes:
    """A DOCX of a body; `styles`, `numbering`, `footnotes`, `header1` … are the inside of parts."""
    roots = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes",
             "endnotes": "endnotes", "settings": "settings"}  # fmt: skip
    kinds = {name: name.rstrip("0123456789") for name in parts}
    relations = "".join(
        f'<Relationship Id="{name}" Type="{_R}/{kinds[name]}" Target="{name}.xml"/>'
        for name in parts
    )
    files: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships xmlns="{_RELS}"><Relationship Id="a" '
        f'Type="{_R}/officeDocument" Target="{main}"/></Relationships>',
        main: f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        f"word/_rels/{main.rpartition('/')[2]}.rels": f'<Relationships xmlns="{_RELS}">'
        f"{relations}</Relationships>",
    }
    for name, inside in parts.items():
        root = roots.get(name) or {"header": "hdr", "footer": "ftr"}[kinds[name]]
        files[f"word/{name}.xml"] = f"<w:{root} {SPACES}>{inside}</w:{root}>"
    return archive(files)


def p(inside: str, *, style: str = "", properties: str = "") -> str:
    """A paragraph; text without a tag becomes a run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{_runs(inside)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(inside: str, properties: str = "") -> str:
    """A cell of one paragraph, or of the blocks given."""
    content = inside if inside.startswith(("<w:p>", "<w:tbl>", "<w:sdt>")) else p(inside)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row of cells; text without a tag becomes one."""
    inside = "".join(cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def sdt(inside: str, properties: str = "") -> str:
    """A content control."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def level(depth: int, form: str, text: str, more: str = "") -> str:
    """One level of a list."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbered(list_id: int, depth: int = 0) -> str:
    """The properties of a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'


def _runs(inside: str) -> str:
    return inside if inside.startswith("<") or not inside else r(inside)
