"""Settings of `aspire-bot`, read once from the environment or a `.env` file."""

from ipaddress import ip_network
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationInfo, field_validator

from aspire_bot.answering.clock import DEFAULT_TIMEZONE, known_timezone
from aspire_bot.setting_forms import (
    at_least,
    bind_address,
    header_name,
    is_model,
    page_address,
    server_address,
    slack_id,
)
from aspire_ingest.index.settings import IndexSettings, Listed, read


class Settings(IndexSettings):
    """What an operator can set; all names carry the prefix `ASPIRE_` unless shown otherwise."""

    llm: str = Field(
        default="none",
        description="`none`: answers are quoted sentences, no model is needed. Or "
        "`PROVIDER/MODEL`: a language model writes them, and they are checked; see "
        "howto-model.md. `local/FILE.gguf` runs a file that you have, without a server.",
    )
    llm_base_url: str | None = Field(
        default=None,
        description="Where the model's server is, as `http(s)://HOST/PATH`; needed with "
        "`openai-like/…`.",
    )
    llm_api_key: SecretStr | None = Field(
        default=None, description="The model's key, where its server wants one."
    )
    llm_timeout_s: float = Field(
        default=20,
        gt=0,
        le=300,
        description="Seconds that the model has for one answer in all; then the answer is quoted "
        "sentences.",
    )
    llm_first_token_s: float = Field(
        default=10, gt=0, le=300, description="Seconds that it has for its first word."
    )
    llm_max_tokens: int = Field(
        default=700,
        ge=16,
        le=8192,
        description="Tokens that it may write for one answer. A model that reasons needs some "
        "thousands.",
    )
    llm_daily_tokens: int = Field(
        default=0,
        ge=0,
        description="Tokens, read and written, that may be used in a day; `0` for no limit. "
        "Beyond, answers are quoted sentences.",
    )
    llm_temperature: float = Field(
        default=0, ge=0, le=1, description="`0`: the same question gets the same words."
    )
    llm_context_tokens: int = Field(
        default=8192,
        ge=1024,
        le=1_048_576,
        description="Tokens of prompt and answer together that a model of `local/FILE.gguf` keeps "
        "in memory; at most what the file was made for.",
    )
    llm_threads: int = Field(
        default=0,
        ge=0,
        le=256,
        description="Threads that run a model of `local/FILE.gguf`; `0` for half of the "
        "processors.",
    )
    llm_staff_documents: Literal["inside", "any", "never"] = Field(
        default="inside",
        description="Which models are shown documents for staff: those on this machine or its "
        "private network, any, or none.",
    )
    judge: str = Field(
        default="none",
        description="Who is asked, besides the rules, whether quotes support what a model says: "
        "`none`; `nli`, a server with a `/predict` endpoint (text-embeddings-inference) and a "
        "model for natural language inference; or `PROVIDER/MODEL` as in `ASPIRE_LLM`.",
    )
    judge_url: str | None = Field(
        default=None,
        validate_default=True,
        description="Where the judge is, as `http(s)://HOST/PATH`; needed with `nli`. Without it, "
        "and with the provider of `ASPIRE_LLM`, where that is.",
    )
    judge_api_key: SecretStr | None = Field(
        default=None,
        description="The judge's key, where its server wants one. Without it, that of "
        "`ASPIRE_LLM` where provider and address are the same.",
    )
    judge_timeout_s: float = Field(
        default=3,
        gt=0,
        le=60,
        description="Seconds that the judge has for one statement; then the rules stand alone.",
    )
    judge_staff_documents: Literal["inside", "any", "never"] = Field(
        default="inside",
        description="Which judges are asked about statements that come from documents for staff: "
        "those on this machine or its private network, any, or none.",
    )
    strictness: Literal["strict", "balanced"] = Field(
        default="strict",
        description="How sure it must be that the documents say what a model says: `strict`, or "
        "`balanced`, which keeps more true sentences in free words and lets more false ones "
        "through; the figures are in benchmarks.md. Facts are checked alike.",
    )
    prompts_dir: Path | None = Field(
        default=None,
        description="A folder with prompts for the model that stand in for the shipped ones of "
        "the same names.",
    )
    audience: Literal["public", "staff"] = Field(
        default="public", description="What the command line answers from."
    )
    programme_name: str = Field(default="ASPIRE", description="The programme's name in messages.")
    timezone: str = Field(
        default=DEFAULT_TIMEZONE,
        description="Time zone (IANA name) used for people whose own time zone is not known: whose "
        "day decides what is past, due or open, and which approved answers still hold. In Slack "
        "people are answered by the day where they are.",
    )
    contact: str | None = Field(
        default=None, description="Whom to ask when the documents do not answer."
    )
    console_url: str | None = Field(
        default=None,
        description="Where staff open the console, as `http(s)://HOST/PATH`; `/aspire console` "
        "names it.",
    )
    console: Literal["on", "off"] = Field(
        default="off",
        description="`on`: `serve` serves the console at `/console` on `ASPIRE_PORT`, too.",
    )
    console_proxy_header: str | None = Field(
        default=None,
        description="Header by which a reverse proxy names who is signed in, such as "
        "`X-Forwarded-User`; needs `ASPIRE_CONSOLE_PROXY_FROM`.",
    )
    console_proxy_from: Listed = Field(
        default=(),
        validate_default=True,
        description="Addresses or networks of the reverse proxy whose header counts, such as "
        "`127.0.0.1` or `10.0.0.0/8`.",
    )
    console_proxy_staff: Listed = Field(
        default=(),
        description="Who is staff, as the proxy's header names them; ids in `ASPIRE_STAFF_USERS` "
        "are, too.",
    )
    console_link_days: int = Field(
        default=30,
        ge=1,
        le=3650,
        description="Days for which a link to the page of a cited document is good.",
    )
    audit_days: int = Field(
        default=1825, ge=1, description="Days after which acts of staff leave the audit log."
    )
    reader: Literal["embedded", "none"] = Field(
        default="embedded",
        description="Who chooses the sentences of an answer: `embedded`, the model that reads, in "
        "the package (it needs the built-in `ASPIRE_EMBEDDING`); or `none`, words and vectors "
        "alone, and every answer is hedged.",
    )
    answer_from: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="From this confidence on (0 to 1) a question is answered, hedged where it is "
        "not sure; below, the documents do not say. Without it, the threshold that was learnt.",
    )
    sure_from: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="From this confidence on (0 to 1) an answer is said without a hedge. Without "
        "it, the threshold that was learnt. Where nothing reads, every answer is hedged.",
    )
    reranker: Literal["none", "http"] = Field(
        default="none",
        description="`http`: a server with a `/rerank` endpoint (Jina, Cohere, vLLM, llama.cpp, "
        "text-embeddings-inference) has a say in the order of the passages.",
    )
    reranker_url: str | None = Field(
        default=None,
        validate_default=True,
        description="Where the reranker is, as `http(s)://HOST/PATH`; `/rerank` is added where "
        "it is missing.",
    )
    reranker_model: str | None = Field(
        default=None, description="The reranker's model, where its server wants a name."
    )
    reranker_api_key: SecretStr | None = Field(
        default=None, description="The reranker's key, where its server wants one."
    )
    reranker_sees_staff: bool = Field(
        default=False,
        description="`yes` sends the reranker passages of documents for staff, too; they are "
        "kept from it otherwise.",
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
    slack_client_id: str | None = Field(
        default=None,
        validation_alias="SLACK_CLIENT_ID",
        description="Client id of the app: with the client secret, installation in several "
        "workspaces at `/slack/install`, instead of `SLACK_BOT_TOKEN`.",
    )
    slack_client_secret: SecretStr | None = Field(
        default=None,
        validation_alias="SLACK_CLIENT_SECRET",
        description="Client secret of the app, for installation in several workspaces.",
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/",
        validation_alias="SLACK_API_URL",
        description="Base URL of Slack's Web API, for tests and gateways.",
    )
    staff_channel: str | None = Field(
        default=None,
        description="Id of the channel (`C…`) where staff get what the documents do not answer.",
    )
    staff_users: Listed = Field(
        default=(),
        description="Ids of the people (`U…`) who are staff, separated by commas.",
    )
    staff_usergroup: str | None = Field(
        default=None, description="Id of a user group (`S…`) whose members are staff."
    )
    channel_mode: Literal["mention", "follow", "auto", "draft"] = Field(
        default="mention",
        description="When the bot answers in channels that nobody has set up: `mention`, when it "
        "is mentioned; `follow`, also what comes later in threads it answered; `auto`, any "
        "question; `draft`, as `follow`, and staff check every answer first.",
    )
    remind_hours: float = Field(
        default=24,
        ge=0,
        le=8760,
        description="Hours after which the staff channel is reminded of a question to the office "
        "that nobody has answered, again and again; `0`: never.",
    )
    stale_days: int = Field(
        default=30,
        ge=0,
        description="Days after which a document whose page is gone counts as one that may be out "
        "of date.",
    )
    index_max_age_h: float | None = Field(
        default=None,
        gt=0,
        description="Hours since a source was last read with success, or the index changed, after "
        "which the staff channel is told that it is too old; without it, nobody is.",
    )
    keep_questions_days: int = Field(
        default=30, ge=1, le=3650, description="For how many days texts of questions are kept."
    )
    workers: int = Field(
        default=4, ge=1, le=64, description="How many questions are worked on at once in Slack."
    )
    max_queue: int = Field(
        default=500, ge=1, description="How many questions may wait; beyond, the bot says so."
    )
    channels_file: Path | None = Field(
        default=None,
        description="A YAML file of mode, audience and language by channel, instead of the modal.",
    )
    onboarding_file: Path | None = Field(
        default=None, description="The tour for new PIs, instead of the one that is shipped."
    )
    metrics_bind: str = Field(
        default="127.0.0.1:9464",
        description="`HOST:PORT` on which `/metrics` is served to Prometheus; `off` for none.",
    )
    log_format: Literal["text", "json"] | None = Field(
        default=None,
        description="`text` or `json`, one object a line. Without it: JSON for `serve` where "
        "standard error is no terminal, else text.",
    )

    @property
    def state_place(self) -> str | Path:
        """Where the state is: the URL of a database, or a SQLite file under `home`."""
        url = self.database_url
        return url.get_secret_value() if url else self.home / "state" / "state.sqlite3"

    @field_validator("channels_file", "onboarding_file", "prompts_dir")
    @classmethod
    def _absolute_file(cls, value: Path | None) -> Path | None:
        return None if value is None else value.expanduser().absolute()

    @field_validator("timezone")
    @classmethod
    def _timezone(cls, value: str) -> str:
        return known_timezone(value)

    @field_validator("console_url")
    @classmethod
    def _openable(cls, value: str | None) -> str | None:
        return page_address(value) if value else None

    @field_validator("console_proxy_header")
    @classmethod
    def _header(cls, value: str | None) -> str | None:
        return header_name(value) if value else None

    @field_validator("console_proxy_from")
    @classmethod
    def _networks(cls, value: tuple[str, ...], known: ValidationInfo) -> tuple[str, ...]:
        for one in value:
            ip_network(one, strict=False)  # what is none says so itself
        if known.data.get("console_proxy_header") and not value:
            raise ValueError("is needed with ASPIRE_CONSOLE_PROXY_HEADER: anyone can send a header")
        return value

    @field_validator("staff_users")
    @classmethod
    def _people(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(slack_id(one, "UW", "a person") for one in value)

    @field_validator("staff_channel", "staff_usergroup")
    @classmethod
    def _staff_place(cls, value: str | None, of: ValidationInfo) -> str | None:
        kind = ("CG", "a channel") if of.field_name == "staff_channel" else ("S", "a user group")
        return value and slack_id(value, *kind)

    @field_validator("metrics_bind")
    @classmethod
    def _bindable(cls, value: str) -> str:
        return bind_address(value)

    @field_validator("sure_from")
    @classmethod
    def _above_answers(cls, value: float | None, known: ValidationInfo) -> float | None:
        return at_least(value, known.data.get("answer_from"), "ASPIRE_ANSWER_FROM")

    @field_validator("reranker_url")
    @classmethod
    def _reachable(cls, value: str | None, known: ValidationInfo) -> str | None:
        if value is None and known.data.get("reranker") == "http":
            raise ValueError("is needed with ASPIRE_RERANKER=http")
        return value and server_address(value, "ASPIRE_RERANKER_API_KEY")

    @field_validator("llm")
    @classmethod
    def _named_model(cls, value: str) -> str:
        if value != "none" and not is_model(value):
            raise ValueError("write PROVIDER/MODEL, for example openai/gpt-5-mini, or none")
        return value

    @field_validator("judge")
    @classmethod
    def _named_judge(cls, value: str) -> str:
        if value not in ("none", "nli") and not is_model(value):
            raise ValueError("write nli, PROVIDER/MODEL as in ASPIRE_LLM, or none")
        return value

    @field_validator("llm_base_url")
    @classmethod
    def _llm_address(cls, value: str | None) -> str | None:
        return value and server_address(value, "ASPIRE_LLM_API_KEY")

    @field_validator("judge_url")
    @classmethod
    def _judge_address(cls, value: str | None, known: ValidationInfo) -> str | None:
        if value is None and known.data.get("judge") == "nli":
            raise ValueError("is needed with ASPIRE_JUDGE=nli")
        return value and server_address(value, "ASPIRE_JUDGE_API_KEY")


def read_settings() -> Settings:
    """Read the environment and `.env`.

    Raises:
        ConfigError: a value cannot be used; the message names the variable.
    """
    return read(Settings)
