"""The settings of `aspire-ingest`: environment and `.env`, prefix `ASPIRE_`, read once."""

from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import NoDecode

from aspire_ingest.index.settings import IndexSettings, read


class IngestSettings(IndexSettings):
    """What `aspire-ingest` can be told from outside."""

    fetch_allow: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Hosts (with port) or networks that URL fetching may reach although they are"
        " private or loopback, separated by commas.",
    )

    @field_validator("fetch_allow", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(part.strip() for part in value.split(",") if part.strip())


def read_settings() -> IngestSettings:
    """Read the environment and `.env`.

    Raises:
        ConfigError: a value cannot be used; the message names the variable.
    """
    return read(IngestSettings)
