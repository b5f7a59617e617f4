"""The settings that the two programs must read alike, and how settings are read."""

import re
from pathlib import Path
from typing import Annotated, TypeVar

from platformdirs import user_cache_path, user_data_path
from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from aspire_ingest.index.embedding.open_embedder import DEFAULT_EMBEDDING
from aspire_ingest.index.errors import ConfigError
from aspire_ingest.index.generations.home import Home
from aspire_ingest.index.ocr import OcrChoice
from aspire_ingest.index.server.address import ServerAddress
from aspire_ingest.index.setting_faults import fault_line
from aspire_ingest.index.telemetry.choice import Switch


def _parts(value: object) -> object:
    if not isinstance(value, str):
        return value
    return tuple(part.strip() for part in value.split(",") if part.strip())


Listed = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_parts)]
"""A setting of several values, separated by commas in the environment."""


class IndexSettings(BaseSettings):
    """Where the index lies and what embeds its passages: the same for who writes and who reads.

    All names carry the prefix `ASPIRE_`; an empty value counts as unset.
    """

    model_config = SettingsConfigDict(
        env_prefix="ASPIRE_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
    )

    home: Path = Field(
        default_factory=lambda: user_data_path("aspire-bot"),
        description="Where the embedded index and the bot's state live.",
    )
    cache: Path = Field(
        default_factory=lambda: user_cache_path("aspire-bot"),
        description="Where the converted embedding model is kept between starts.",
    )
    embedding: str = Field(
        default=DEFAULT_EMBEDDING,
        description="The embedder, as `PROVIDER/MODEL`. Part of the index fingerprint: both"
        " programs need the same.",
    )
    embedding_base_url: str | None = Field(
        default=None, description="Where the embedding provider's server is, where it needs one."
    )
    embedding_api_key: SecretStr | None = Field(
        default=None, description="The embedding provider's key, where it needs one."
    )

    ocr: OcrChoice = Field(
        default="none",
        description="`auto`: pages of PDF files that are pictures, or whose fonts name no letters,"
        " are read by Tesseract (English, Japanese, also vertical) where it is installed; what is"
        " quoted from them says so. `none`: they are named and not read.",
    )

    chroma_url: str | None = Field(
        default=None,
        description="`http://HOST:PORT` of a Chroma server: several machines share one index then,"
        " whose documents are in the PostgreSQL of `ASPIRE_DATABASE_URL`. Without it, the index is"
        " under `ASPIRE_HOME`.",
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="`postgresql://USER:PASSWORD@HOST/DATABASE` for what the bot keeps of its"
        " conversations, and for the index where `ASPIRE_CHROMA_URL` is set; without it, SQLite"
        " under `ASPIRE_HOME`.",
    )
    otel: Switch | None = Field(
        default=None,
        description="`on`: spans and metrics go to an OpenTelemetry collector by OTLP over HTTP,"
        " where the standard variables `OTEL_…` say, else to `http://localhost:4318`; needs the"
        " extra `telemetry`. `off`: never. Without it, on where `OTEL_EXPORTER_OTLP_ENDPOINT` is"
        " set. No text of a question or a document, and no name, is ever sent.",
    )

    @property
    def index_home(self) -> Home:
        """Where the index is; of a shared one, where this machine's mirror is.

        Raises:
            ConfigError: there is a Chroma server and no PostgreSQL.
        """
        if self.chroma_url is None:
            return Home(self.home)
        if self.database_url is None:
            raise ConfigError("ASPIRE_CHROMA_URL needs ASPIRE_DATABASE_URL: postgresql://…")
        server = ServerAddress(
            database_url=self.database_url.get_secret_value(), chroma_url=self.chroma_url
        )
        return Home(self.home / "shared", server=server)

    @field_validator("chroma_url")
    @classmethod
    def _chroma(cls, value: str | None) -> str | None:
        if value is not None and not re.match(r"https?://[^/]+/?$", value):
            raise ValueError("write http://HOST:PORT or https://HOST:PORT")
        return value

    @field_validator("database_url")
    @classmethod
    def _postgresql(cls, value: SecretStr | None) -> SecretStr | None:
        url = value.get_secret_value() if value else "postgresql://"
        if not re.match(r"postgres(ql)?(\+psycopg)?://", url):
            raise ValueError("only PostgreSQL is supported: postgresql://USER:PASSWORD@HOST/NAME")
        return value

    @field_validator("home", "cache")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()


INGEST_VARIABLES = (
    "ASPIRE_FETCH_ALLOW", "ASPIRE_SOURCES", "ASPIRE_KEEP_ORIGINALS", "ASPIRE_KEEP_ORIGINALS_MB",
)  # fmt: skip
"""The settings that only `aspire-ingest` reads; the bot hands them on to it."""

_Settings = TypeVar("_Settings", bound=BaseSettings)


def read(settings: type[_Settings]) -> _Settings:
    """Read settings from the environment and `.env`.

    Raises:
        ConfigError: a value cannot be used; the message names the variable.
    """
    try:
        return settings()
    except ValidationError as error:
        problems = "; ".join(_fault(settings, problem) for problem in error.errors())
        raise ConfigError(f"These settings cannot be used: {problems}") from error


def _fault(settings: type[BaseSettings], problem: ErrorDetails) -> str:
    name = "_".join(map(str, problem["loc"]))
    return fault_line(variable_of(name), problem, settings.model_fields.get(name))


def variable_of(name: str) -> str:
    """Give the environment variable of a setting; those of Slack have the names Slack gives."""
    name = name.upper()
    return name if name.startswith("SLACK_") else f"ASPIRE_{name}"
