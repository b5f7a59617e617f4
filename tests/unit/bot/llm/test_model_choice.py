"""Which model is chosen, where it is taken to be, and what is said when it cannot be had."""

import sys
import tomllib
from pathlib import Path

import httpx
import pytest

from aspire_bot.llm.chat_model import LlamaIndexChatModel
from aspire_bot.llm.http_guard import HttpGuard
from aspire_bot.llm.model_choice import choose, is_outside, make
from aspire_bot.llm.providers import PROVIDERS
from aspire_ingest.index import ConfigError

ROOT = Path(__file__).parents[4]
KEY = "sk-very-secret"


@pytest.mark.parametrize(
    ("base_url", "outside"),
    [
        ("http://127.0.0.1:8000/v1", False),
        ("http://localhost:8000/v1", False),
        ("http://[::1]:8000/v1", False),
        ("http://10.1.2.3/v1", False),
        ("http://172.16.0.9/v1", False),
        ("http://192.168.1.2:11434", False),
        ("http://[fd00::1]/v1", False),
        ("http://[fe80::1%25eth0]/v1", False),
        ("http://[::ffff:10.0.0.1]/v1", False),
        ("http://127.1/v1", False),
        ("http://vllm:8000/v1", False),
        ("http://gpu-1.lab.internal/v1", False),
        ("http://gpu.local./v1", False),
        ("https://api.openai.com/v1", True),
        ("https://llm.university.example/v1", True),
        ("http://8.8.8.8/v1", True),
        ("http://172.32.0.1/v1", True),
        ("http://100.64.0.1/v1", True),
        ("http://134744072/v1", True),  # 8.8.8.8
        ("http://0x08080808/v1", True),
        ("http://[::ffff:8.8.8.8]/v1", True),
        ("http://[2001:4860:4860::8888]/v1", True),
        ("http://8。8。8。8/v1", True),  # read as dots by what looks names up
        ("http://localhost.example.org/v1", True),
        ("http://internal/v1", False),
        ("http://notinternal.org/v1", True),
        ("http://xinternal.x/v1", True),
        ("http:///v1", True),
    ],
)
def test_an_address_is_inside_only_where_that_is_sure(base_url: str, outside: bool) -> None:
    assert is_outside(choose("openai-like/m", base_url=base_url)) is outside


@pytest.mark.parametrize(
    ("setting", "outside"),
    [
        ("openai/gpt-5-mini", True),
        ("anthropic/claude-sonnet-4-5", True),
        ("google/gemini-2.5-flash", True),
        ("bedrock/anthropic.claude", True),
        ("ollama/qwen3:8b", False),
        ("ollama/gpt-oss:120b-cloud", True),
        ("ollama/glm-4.6:cloud", True),
    ],
)
def test_without_an_address_it_is_where_its_provider_is(setting: str, outside: bool) -> None:
    assert is_outside(choose(setting, api_key=KEY)) is outside


@pytest.mark.parametrize(
    ("setting", "complaint"),
    [
        ("gpt-5", "the providers are openai-like, openai, "),
        ("mistral/large", "the providers are "),
        ("openai/", "is not PROVIDER/MODEL"),
        ("openai-like/qwen2.5", "ASPIRE_LLM_BASE_URL"),
        ("openai/gpt-5-mini", "ASPIRE_LLM_API_KEY"),
        ("anthropic/claude-sonnet-4-5", "ASPIRE_LLM_API_KEY"),
        ("google/gemini-2.5-flash", "ASPIRE_LLM_API_KEY"),
        ("azure/our-deployment", "ASPIRE_LLM_BASE_URL"),
    ],
)
def test_what_is_missing_is_said(setting: str, complaint: str) -> None:
    with pytest.raises(ConfigError, match="ASPIRE_LLM=") as raised:
        choose(setting)
    assert complaint in str(raised.value)


def test_an_extra_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "llama_index.llms.anthropic", None)  # as if it were not there
    chosen = choose("anthropic/claude-sonnet-4-5", api_key=KEY)
    with pytest.raises(ConfigError, match=r"pip install '\./aspire_bot-[^/]+\.whl\[anthropic\]'"):
        make(chosen)


def test_a_model_that_the_integration_refuses_is_named_without_the_key() -> None:
    with pytest.raises(ConfigError) as raised:
        make(choose("openai/no-such-model", api_key=KEY))
    assert "openai/no-such-model" in str(raised.value)
    assert "openai-like/MODEL" in str(raised.value)
    assert KEY not in str(raised.value)


def test_no_key_of_the_environment_goes_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_API_BASE", "https://elsewhere.example/v1")
    made = make(choose("openai-like/m", base_url="http://127.0.0.1:1/v1"))
    assert (made.llm.api_key, made.llm.api_base) == ("none", "http://127.0.0.1:1/v1")
    made.guard.close()


def test_each_line_of_the_table_has_its_extra() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras: dict[str, list[str]] = project["optional-dependencies"]
    assert set(extras) == {*PROVIDERS, "llm", "local", "telemetry"}
    for name, provider in PROVIDERS.items():
        package = f"llama-index-llms-{provider.module.replace('_', '-')}"
        assert extras[name][0].startswith(f"{package}>="), name
    assert extras["llm"] == ["aspire-bot[openai-like]"]


def test_within_the_network_no_proxy_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    inside, outside = (HttpGuard(httpx.Client, is_outside=out) for out in (False, True))
    assert inside.options()["trust_env"] is False
    assert outside.options()["trust_env"] is True


def test_keys_are_not_shown() -> None:
    chosen = choose("openai-like/m", base_url="http://127.0.0.1:1/v1", api_key=KEY)
    model = LlamaIndexChatModel(chosen, first_token_s=1)
    assert KEY not in repr(chosen)
    assert KEY not in repr(model)
    model.close()
