"""The list of licences that goes with a release."""

from pathlib import Path

from release.materials import Material, read_materials
from release.packages import LockedPackage, locked_packages
from release.source import Release


def licence_list(root: Path, release: Release) -> str:
    """Give the licences of code, weights, data and packages as Markdown."""
    packages = locked_packages(root)
    run = [one for one in packages if one.is_run]
    development = [one for one in packages if not one.is_run]
    parts = (
        f"# Licences of {release.name} {release.version}\n\n{release.licence}: the code is under "
        "Apache-2.0 (LICENSE); weights and data are under the licences below.\n",
        "## Weights and data\n\n| what | licence | comes from | more |\n|---|---|---|---|\n"
        + "".join(_material_row(one) for one in read_materials(root)),
        f"## Packages that the programs run with ({len(run)})\n\n{_packages(run)}",
        f"## Packages for development alone ({len(development)}); none is shipped\n\n"
        + _packages(development),
    )
    return "\n".join(parts)


def _material_row(material: Material) -> str:
    where = ", ".join(f"`{one}`" for one in material.files)
    what = f"{material.name}: {where}"
    return f"| {what} | {material.licence} | {material.about} | `{material.card}` |\n"


def _packages(packages: list[LockedPackage]) -> str:
    head = "| package | version | licence, as the package states it |\n|---|---|---|\n"
    return head + "".join(
        f"| {one.pinned.name} | {one.pinned.version} | {_cell(one.licence)} |\n" for one in packages
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
