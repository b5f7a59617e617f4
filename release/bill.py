"""The bill of materials: all that a release is made of and made with, as CycloneDX."""

import hashlib
import uuid
from datetime import UTC, datetime
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import DisjunctiveLicense, LicenseExpression
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from release.materials import Material, files_of, read_materials
from release.packages import LockedPackage, locked_packages
from release.source import Release

_SCHEMA = SchemaVersion.V1_6


def bill_of_materials(root: Path, release: Release) -> str:
    """Give the bill of the repository at `root` as JSON; the same each time for the same release.

    Packages that the programs run with have the scope `required`, those for development alone
    `excluded`. Weights and data are components of their own.

    Raises:
        ValueError: what comes out is no valid CycloneDX.
    """
    bom = Bom()
    bom.metadata.timestamp = datetime.fromtimestamp(release.epoch, UTC)
    program = _program(release)
    bom.metadata.component = program
    packages = locked_packages(root)
    components = [_package(one) for one in packages]
    materials = [_material(one, root) for one in read_materials(root)]
    bom.components.update(components, materials)
    bom.register_dependency(program, [*components, *materials])
    for package, component in zip(packages, components, strict=True):
        needed = [other for other in components if other.name in package.needs]
        bom.register_dependency(component, needed)
    named = f"{release.version} {release.commit} {sorted(_purls(packages))}"
    bom.serial_number = uuid.UUID(bytes=hashlib.sha256(named.encode()).digest()[:16], version=4)
    text = make_outputter(bom, OutputFormat.JSON, _SCHEMA).output_as_string(indent=2)
    wrong = JsonStrictValidator(_SCHEMA).validate_str(text)
    if wrong:
        raise ValueError(f"the bill of materials is no valid CycloneDX: {wrong}")
    return text + "\n"


def _purls(packages: tuple[LockedPackage, ...]) -> list[str]:
    return [str(_purl(one)) for one in packages]


def _purl(package: LockedPackage) -> PackageURL:
    return PackageURL("pypi", name=package.pinned.name, version=package.pinned.version)


def _program(release: Release) -> Component:
    return Component(
        type=ComponentType.APPLICATION,
        name=release.name,
        version=release.version,
        bom_ref=release.name,
        purl=PackageURL("pypi", name=release.name, version=release.version),
        licenses=[LicenseExpression(release.licence)],
        properties=[Property(name="aspire-bot:commit", value=release.commit)],
    )


def _package(package: LockedPackage) -> Component:
    pinned = package.pinned
    # One for each file that may be installed, a wheel for each platform; `hashes` are of one file.
    properties = [Property(name="aspire-bot:file-sha256", value=one) for one in pinned.hashes]
    if pinned.marker:
        properties.append(Property(name="aspire-bot:marker", value=pinned.marker))
    licence = (
        LicenseExpression(package.licence)
        if package.is_spdx
        else DisjunctiveLicense(name=package.licence)
    )
    return Component(
        type=ComponentType.LIBRARY,
        name=pinned.name,
        version=pinned.version,
        bom_ref=f"{pinned.name}@{pinned.version}",
        purl=_purl(package),
        scope=ComponentScope.REQUIRED if package.is_run else ComponentScope.EXCLUDED,
        licenses=[licence],
        properties=properties,
    )


def _material(material: Material, root: Path) -> Component:
    kind = (
        ComponentType.MACHINE_LEARNING_MODEL if material.kind == "weights" else ComponentType.DATA
    )
    files = [
        Component(
            type=ComponentType.FILE,
            name=one.path,
            bom_ref=f"{material.name}/{one.path}",
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one.sha256)],
        )
        for one in files_of(material, root)
    ]
    return Component(
        type=kind,
        name=material.name,
        bom_ref=f"material/{material.name}",
        description=material.about,
        licenses=[LicenseExpression(material.licence)],
        scope=ComponentScope.REQUIRED,
        components=files,
    )
