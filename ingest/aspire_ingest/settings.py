"""The settings of `aspire-ingest`: environment and `.env`, prefix `ASPIRE_`, read once."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from aspire_ingest.index.settings import IndexSettings, Listed, read


class IngestSettings(IndexSettings):
    """What `aspire-ingest` can be told from outside."""

    fetch_allow: Listed = Field(
        default=(),
        description="Hosts (with port) or networks that URL fetching may reach although they are"
        " private or loopback, separated by commas.",
    )
    sources: Path | None = Field(
        default=None,
        description="The sources file of `sync`, `watch` and `status`; `sources.yaml` in"
        " ASPIRE_HOME where it is there, else the one for ASPIRE that is shipped.",
    )
    keep_originals: Literal["on", "off"] = Field(
        default="off",
        description="`on`: PDF and office files that are read from now on are kept under"
        " ASPIRE_HOME, so that staff see in the console how their pages look. They go with their"
        " documents.",
    )
    keep_originals_mb: int = Field(
        default=2000,
        ge=1,
        description="How many megabytes all kept files may have; the oldest go first.",
    )


def read_settings() -> IngestSettings:
    """Read the environment and `.env`.

    Raises:
        ConfigError: a value cannot be used; the message names the variable.
    """
    return read(IngestSettings)
