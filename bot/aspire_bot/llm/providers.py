"""The providers of language models: one line each says how LlamaIndex's integration is set up.

To add one: a line in `PROVIDERS`, an extra of the same name in pyproject.toml, then `make docs`.
Nothing of LlamaIndex is imported before a model is opened.
"""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aspire_bot.llm.http_guard import HttpGuard

Arguments = Mapping[str, Any]  # of constructors and calls that are not ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Variables:
    """The variables that a model is set with, for messages."""

    model: str = "ASPIRE_LLM"
    address: str = "ASPIRE_LLM_BASE_URL"
    key: str = "ASPIRE_LLM_API_KEY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The model that the settings name."""

    provider: str
    model: str
    base_url: str
    api_key: str | None = field(default=None, repr=False)
    temperature: float
    timeout_s: float
    max_tokens: int
    variables: Variables = Variables()

    @property
    def name(self) -> str:
        """The setting."""
        return f"{self.provider}/{self.model}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Where the integration of one provider is, and what its class is given."""

    module: str
    """Below `llama_index.llms`."""
    class_name: str
    arguments: Callable[[Chosen, HttpGuard], Arguments]
    title: str
    base_url: str | None = None
    """Where it is asked unless told otherwise; None where an address must be set."""
    has_key: bool = True
    """Whether it cannot be asked without `ASPIRE_LLM_API_KEY`."""
    at_most: Callable[[int], Arguments] = lambda tokens: {"max_tokens": tokens}
    """The arguments of one call that bound its reply."""
    sdk_client: str | None = None
    """The attribute with the client of its own library, where that takes an HTTP client later."""
    wishes: str | None = None
    """The attribute with parameters that a server may refuse and that can be left out."""
    endings: tuple[bytes, ...] = ()
    """What stands near the end of a whole reply; without one, any end is believed."""
    cuts: tuple[bytes, ...] = ()
    """What stands there where the reply was cut at its most tokens and LlamaIndex does not say."""
    http_client: str = "httpx:Client"
    """The class of HTTP client that its library speaks through, as `module:Class`."""
    errors: tuple[str, ...] = ()
    """Base classes of what its library raises, as `module:Class`, besides those of HTTP."""


def _openai(chosen: Chosen, guard: HttpGuard) -> Arguments:
    return {
        "model": chosen.model,
        "api_base": chosen.base_url,
        # Never None: the library would send the OPENAI_API_KEY of the environment to any server.
        "api_key": chosen.api_key or "none",
        "temperature": chosen.temperature,
        "timeout": chosen.timeout_s,
        "max_retries": 0,
        "http_client": guard.client(),
        "additional_kwargs": {"stream_options": {"include_usage": True}},
    }


def _openai_like(chosen: Chosen, guard: HttpGuard) -> Arguments:
    return {**_openai(chosen, guard), "is_chat_model": True}


def _anthropic(chosen: Chosen, _guard: HttpGuard) -> Arguments:
    return {
        "model": chosen.model,
        "base_url": chosen.base_url,
        "api_key": chosen.api_key,
        "temperature": chosen.temperature,
        "max_tokens": chosen.max_tokens,
        "timeout": chosen.timeout_s,
        "max_retries": 0,
    }


def _google(chosen: Chosen, guard: HttpGuard) -> Arguments:
    return {
        "model": chosen.model,
        "api_key": chosen.api_key,
        "temperature": chosen.temperature,
        # Both, or it asks the server for them while it is made.
        "max_tokens": chosen.max_tokens,
        "context_window": 200_000,
        "max_retries": 0,
        "file_mode": "inline",
        "http_options": {"base_url": chosen.base_url, "httpx_client": guard.client()},
    }


def _ollama(chosen: Chosen, guard: HttpGuard) -> Arguments:
    client = importlib.import_module("ollama").Client
    headers = {"Authorization": f"Bearer {chosen.api_key}"} if chosen.api_key else {}
    return {
        "model": chosen.model,
        "base_url": chosen.base_url,
        "temperature": chosen.temperature,
        # Its own default is 4,096, of which it cuts a longer prompt without a word.
        "context_window": 16_384,
        "additional_kwargs": {"num_predict": chosen.max_tokens},
        "client": client(host=chosen.base_url, headers=headers, **guard.options()),
    }


def _bedrock(chosen: Chosen, _guard: HttpGuard) -> Arguments:
    return {
        "model": chosen.model,
        "endpoint_url": chosen.base_url if chosen.base_url != _BEDROCK else None,
        "temperature": chosen.temperature,
        "max_tokens": chosen.max_tokens,
        "timeout": chosen.timeout_s,
        "max_retries": 1,
    }


_BEDROCK = "https://bedrock-runtime.amazonaws.com"
_OPENAI_ENDINGS = (b"[DONE]", b'"finish_reason":"', b'"finish_reason": "')
PROVIDERS: Mapping[str, Provider] = {
    "openai-like": Provider(
        title="any OpenAI-compatible server: vLLM, llama.cpp, gateways",
        module="openai_like",
        class_name="OpenAILike",
        arguments=_openai_like,
        has_key=False,
        wishes="additional_kwargs",
        endings=_OPENAI_ENDINGS,
        http_client="openai:DefaultHttpxClient",
        errors=("openai:OpenAIError",),
    ),
    "openai": Provider(
        title="OpenAI",
        module="openai",
        class_name="OpenAI",
        arguments=_openai,
        base_url="https://api.openai.com/v1",
        wishes="additional_kwargs",
        endings=_OPENAI_ENDINGS,
        http_client="openai:DefaultHttpxClient",
        errors=("openai:OpenAIError",),
    ),
    "anthropic": Provider(
        title="Anthropic",
        module="anthropic",
        class_name="Anthropic",
        arguments=_anthropic,
        base_url="https://api.anthropic.com",
        sdk_client="_client",
        endings=(b"message_stop",),
        http_client="anthropic:DefaultHttpxClient",
        errors=("anthropic:AnthropicError",),
    ),
    "google": Provider(
        title="Google Gemini",
        module="google_genai",
        class_name="GoogleGenAI",
        arguments=_google,
        base_url="https://generativelanguage.googleapis.com",
        at_most=lambda tokens: {"generation_config": {"max_output_tokens": tokens}},
        endings=(b'"finishReason"',),
        cuts=(b'"MAX_TOKENS"',),
        http_client="google.genai._api_client:SyncHttpxClient",
        errors=("google.genai.errors:APIError",),
    ),
    "ollama": Provider(
        title="Ollama",
        module="ollama",
        class_name="Ollama",
        arguments=_ollama,
        base_url="http://localhost:11434",
        has_key=False,
        at_most=lambda _tokens: {},
        endings=(b'"done":true', b'"done": true'),
        errors=("ollama:ResponseError",),
    ),
    "bedrock": Provider(
        title="Amazon Bedrock, with the keys and region of the AWS set-up",
        module="bedrock_converse",
        class_name="BedrockConverse",
        arguments=_bedrock,
        base_url=_BEDROCK,
        has_key=False,
        errors=("botocore.exceptions:BotoCoreError", "botocore.exceptions:ClientError"),
    ),
}
