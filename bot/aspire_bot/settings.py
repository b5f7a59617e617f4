"""Settings of `aspire-bot`, read once from the environment or a `.env` file."""

from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from aspire_ingest.index import ConfigError
from aspire_ingest.index.embedding.opening import DEFAULT_EMBEDDING


class Settings(BaseSettings):
    """What an operator can set; all names carry the prefix `ASPIRE_` unless shown otherwise."""

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
    llm: str = Field(
        default="none", description="`none`: answers are quoted sentences, no model is needed."
    )
    embedding: str = Field(
        default=DEFAULT_EMBEDDING,
        description="The embedder, as `PROVIDER/MODEL`; the index must be made with the same.",
    )
    embedding_base_url: str | None = Field(
        default=None, description="Where the embedding provider's server is, where it needs one."
    )
    embedding_api_key: SecretStr | None = Field(
        default=None, description="The embedding provider's key, where it needs one."
    )
    audience: Literal["public", "staff"] = Field(
        default="public", description="What the command line answers from."
    )
    programme_name: str = Field(default="ASPIRE", description="The programme's name in messages.")
    contact: str | None = Field(
        default=None, description="Whom to ask when the documents do not answer."
    )
    port: int = Field(default=3000, description="Port of the HTTP endpoints.", ge=0, le=65535)
    slack_bot_token: SecretStr | None = Field(
        default=None, validation_alias="SLACK_BOT_TOKEN", description="Bot token, `xoxb-…`."
    )
    slack_app_token: SecretStr | None = Field(
        default=None,
        validation_alias="SLACK_APP_TOKEN",
        description="App-level token, `xapp-…`: Socket Mode where it is set.",
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None,
        validation_alias="SLACK_SIGNING_SECRET",
        description="Signing secret: signed HTTP on `/slack/events`.",
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/",
        validation_alias="SLACK_API_URL",
        description="Base URL of Slack's Web API, for tests and gateways.",
    )

    @field_validator("home", "cache")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("llm")
    @classmethod
    def _known_model(cls, value: str) -> str:
        if value != "none":
            raise ValueError("only `none` is supported: answers are quoted sentences")
        return value


def read_settings() -> Settings:
    """Read the environment and `.env`.

    Raises:
        ConfigError: a value cannot be used; the message names the variable.
    """
    try:
        return Settings()
    except ValidationError as error:
        problems = "; ".join(
            f"{variable_of('_'.join(map(str, problem['loc'])))}: {problem['msg']}"
            for problem in error.errors()
        )
        raise ConfigError(f"These settings cannot be used: {problems}") from error


def variable_of(name: str) -> str:
    """Give the environment variable of a setting."""
    name = name.upper()
    return name if name.startswith("SLACK_") else f"ASPIRE_{name}"
