"""The bill of materials: all that a release is made of and made with, as CycloneDX."""

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from release.materials import Material, files_of, read_materials
from release.packages import LockedPackage, locked_packages
from release.source import Release

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"
_SCHEMA = SchemaVersion.V1_6
_REQUIRED, _EXCLUDED = "required", "excluded"


def bill_of_materials(root: Path, release: Release) -> str:
    """Give the bill of the repository at `root` as JSON; the same each time for the same release.

    Packages that the programs run with have the scope `required`, those for development alone
    `excluded`. Weights and data are components of their own.

    Raises:
        ValueError: what comes out is no valid CycloneDX.
    """
    packages, materials = locked_packages(root), read_materials(root)
    described: dict[str, Json] = {
        "bomFormat": "CycloneDX",
        "specVersion": _SCHEMA.to_version(),
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(release.epoch, UTC).isoformat(),
            "component": _program(release),
        },
        "components": [*map(_package, packages), *(_material(one, root) for one in materials)],
        "dependencies": _dependencies(release, packages, materials),
    }
    digest = hashlib.sha256(json.dumps(described).encode()).digest()
    described["serialNumber"] = uuid.UUID(bytes=digest[:16], version=4).urn
    text = json.dumps(described, indent=2, ensure_ascii=False) + "\n"
    wrong = JsonStrictValidator(_SCHEMA).validate_str(text)
    if wrong:
        raise ValueError(f"the bill of materials is no valid CycloneDX: {wrong}")
    return text


def _program(release: Release) -> Json:
    return {
        "type": "application",
        "name": release.name,
        "version": release.version,
        "bom-ref": release.name,
        "purl": f"pkg:pypi/{release.name}@{release.version}",
        "licenses": [{"expression": release.licence}],
        "properties": [{"name": "aspire-bot:commit", "value": release.commit}],
    }


def _package(package: LockedPackage) -> Json:
    pinned = package.pinned
    # One for each file that may be installed, a wheel for each platform; `hashes` are of one file.
    properties = [{"name": "aspire-bot:file-sha256", "value": one} for one in pinned.hashes]
    if pinned.marker:
        properties.append({"name": "aspire-bot:marker", "value": pinned.marker})
    stated = {"expression": package.licence}
    return {
        "type": "library",
        "name": pinned.name,
        "version": pinned.version,
        "bom-ref": _reference(package),
        "purl": f"pkg:pypi/{pinned.name}@{pinned.version}",
        "scope": _REQUIRED if package.is_run else _EXCLUDED,
        "licenses": [stated if package.is_spdx else {"license": {"name": package.licence}}],
        "properties": properties,
    }


def _material(material: Material, root: Path) -> Json:
    files = [
        {"type": "file", "name": one.path, "hashes": [{"alg": "SHA-256", "content": one.sha256}]}
        for one in files_of(material, root)
    ]
    return {
        "type": "machine-learning-model" if material.kind == "weights" else "data",
        "name": material.name,
        "bom-ref": f"material/{material.name}",
        "description": material.about,
        "scope": _REQUIRED,
        "licenses": [{"expression": material.licence}],
        "components": files,
    }


def _dependencies(
    release: Release, packages: Sequence[LockedPackage], materials: Sequence[Material]
) -> Json:
    """What needs what, by reference."""
    direct = [*map(_reference, packages), *(f"material/{one.name}" for one in materials)]
    of_packages = [
        {
            "ref": _reference(package),
            "dependsOn": [_reference(one) for one in packages if one.pinned.name in package.needs],
        }
        for package in packages
    ]
    return [{"ref": release.name, "dependsOn": direct}, *of_packages]


def _reference(package: LockedPackage) -> str:
    return f"{package.pinned.name}@{package.pinned.version}"
