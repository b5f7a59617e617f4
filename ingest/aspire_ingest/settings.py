"""The settings of `aspire-ingest`: environment and `.env`, prefix `ASPIRE_`, read once."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field

from aspire_ingest.index.setting_names import NO_SUCH_SETTING, nearest_setting, variables_set
from aspire_ingest.index.settings import IndexSettings, Listed, read, variable_of

_SLIPS = 2


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


def misspelt_settings(
    environment: Mapping[str, str] = os.environ, file: Path = Path(".env")
) -> Iterator[str]:
    """Say in a line each which variables are nearly a setting of this program and are none.

    Settings of the bot are not known here, and stand in the same file: only what has at most two
    slips counts, which is less than what lies between the settings of the two.
    """
    known = {variable_of(name) for name in IngestSettings.model_fields}
    for name in sorted(variables_set(environment, file)):
        if name.upper().startswith("ASPIRE_") and name.upper() not in known:
            meant = nearest_setting(name.upper(), known, most_slips=_SLIPS)
            if meant is not None:
                yield f"{name} {NO_SUCH_SETTING}: write {meant}"


def read_settings() -> IngestSettings:
    """Read the environment and `.env`.

    Raises:
        ConfigError: a value cannot be used; the message names the variable.
    """
    return read(IngestSettings)
