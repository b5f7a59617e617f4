"""Which build of the programs runs: version, commit, and the index that it reads."""

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution

from aspire_ingest.index.store.schema import SCHEMA_VERSION

PACKAGE = "aspire-bot"
UNKNOWN = "unknown"
_COMMIT = "extra_metadata/COMMIT"
"""Where the build (`hatch_build.py`) puts it, in the metadata of the installed package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """One build."""

    version: str
    """As in `pyproject.toml`; "unknown" where the package is not installed."""
    commit: str
    """40 hex digits, `…-dirty` where files differed from it; "unknown" in a checkout."""
    index_schema: int
    """Number of the index's format: an index of another one is refused, or rebuilt."""


def read_build() -> Build:
    """Read what is known of the installed package."""
    try:
        package = distribution(PACKAGE)
    except PackageNotFoundError:
        return Build(version=UNKNOWN, commit=UNKNOWN, index_schema=SCHEMA_VERSION)
    commit = (package.read_text(_COMMIT) or "").strip()
    return Build(version=package.version, commit=commit or UNKNOWN, index_schema=SCHEMA_VERSION)


def install_line(extra: str) -> str:
    """Say how an extra is installed: from the wheel of this release, which lies in the folder.

    Nothing is published under the package's bare name, so whoever installed that would get what
    somebody else put there.
    """
    version = read_build().version
    wheel = f"aspire_bot-{'VERSION' if version == UNKNOWN else version}-py3-none-any.whl"
    return (
        f"pip install './{wheel}[{extra}]', beside the release's wheel (in a checkout: make setup)"
    )


def build_line(program: str) -> str:
    """Say it in one line: `aspire-bot 0.1.0 (commit 1a2b…, index schema 7)`."""
    build = read_build()
    return f"{program} {build.version} (commit {build.commit}, index schema {build.index_schema})"
