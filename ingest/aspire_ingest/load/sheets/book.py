"""A workbook as its parts: the sheets in order, and what holds for all of them."""

from dataclasses import dataclass
from typing import Literal

from aspire_ingest.load.elements import Element, attribute, child, children, is_on
from aspire_ingest.load.openxml.package import OpenXmlPackage, Relation
from aspire_ingest.load.sheets.strings import RichText, read_shared_strings
from aspire_ingest.load.sheets.styles import Styles

SheetKind = Literal["worksheet", "chartsheet", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetEntry:
    """One sheet of the workbook's list."""

    name: str
    kind: SheetKind
    part: str
    is_hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What all sheets share."""

    package: OpenXmlPackage
    sheets: tuple[SheetEntry, ...]
    styles: Styles
    strings: list[RichText]
    is_1904: bool
    """Whether days are counted from 1904."""
    is_recalculated: bool
    """Whether formulas are calculated anew on opening: their stored values are not final."""
    title: str


def open_book(package: OpenXmlPackage) -> Book:
    """Read the workbook and what its sheets share.

    Raises:
        LoadError: a part is not well-formed.
        etree.XMLSyntaxError: likewise.
        KeyError: there is no workbook in the file.
    """
    part = _target(package.relations(""), "officeDocument") or "xl/workbook.xml"
    tree = package.find(part)
    if tree is None:
        raise KeyError(part)
    relations = package.relations(part)
    theme = _target(relations, "theme")
    styles = Styles(package, _target(relations, "styles"), theme)
    properties, calculation = child(tree, "workbookPr"), child(tree, "calcPr")
    core = package.find("docProps/core.xml")
    title = child(core, "title")
    return Book(
        package=package,
        sheets=_sheets(tree, {relation.relation_id: relation for relation in relations}),
        styles=styles,
        strings=read_shared_strings(package, _target(relations, "sharedStrings"), styles),
        is_1904=properties is not None and is_on(properties.get("date1904")),
        is_recalculated=calculation is not None and is_on(calculation.get("fullCalcOnLoad")),
        title=(title.text or "") if title is not None else "",
    )


def _sheets(tree: Element, relations: dict[str, Relation]) -> tuple[SheetEntry, ...]:
    listed = child(tree, "sheets")
    entries: list[SheetEntry] = []
    for found in children(listed, "sheet") if listed is not None else ():
        relation = relations.get(attribute(found, "id") or "")
        if relation is not None:
            kinds: dict[str, SheetKind] = {"worksheet": "worksheet", "chartsheet": "chartsheet"}
            entry = SheetEntry(
                name=found.get("name") or "",
                kind=kinds.get(relation.kind, "other"),
                part=relation.target,
                is_hidden=(found.get("state") or "visible") != "visible",
            )
            entries.append(entry)
    return tuple(entries)


def _target(relations: list[Relation], kind: str) -> str:
    return next((found.target for found in relations if found.kind == kind), "")
