"""The settings of `aspire-ingest`: environment and `.env`, prefix `ASPIRE_`, read once."""

from pathlib import Path
from typing import Annotated

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from aspire_ingest.index.embedding.opening import DEFAULT_EMBEDDING
from aspire_ingest.index.errors import ConfigError


class IngestSettings(BaseSettings):
    """What `aspire-ingest` can be told from outside."""

    model_config = SettingsConfigDict(
        env_prefix="ASPIRE_", env_file=".env", extra="ignore", frozen=True
    )

    home: Path = Field(
        default_factory=lambda: user_data_path("aspire-bot"),
        description="Where the index and its state lie. Default: the user data folder.",
    )
    cache: Path = Field(
        default_factory=lambda: user_cache_path("aspire-bot"),
        description="Where the converted embedding model is kept. Default: the user cache folder.",
    )
    embedding: str = Field(
        default=DEFAULT_EMBEDDING,
        description="The embedding model, as PROVIDER/MODEL. Part of the index fingerprint.",
    )
    embedding_base_url: str | None = Field(
        default=None, description="Where the provider's server is, for providers that need it."
    )
    embedding_api_key: SecretStr | None = Field(
        default=None, description="The provider's key, for providers that need it."
    )
    fetch_allow: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Hosts (with port) or networks that URL fetching may reach although they are"
        " private or loopback, separated by commas.",
    )

    @field_validator("home", "cache")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

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
    try:
        return IngestSettings()
    except ValidationError as error:
        problems = "; ".join(
            f"ASPIRE_{'_'.join(map(str, problem['loc'])).upper()}: {problem['msg']}"
            for problem in error.errors()
        )
        raise ConfigError(f"These settings cannot be used: {problems}") from error
