"""From the settings to a model's words, and to what the doctor says of it."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.local_models import FORMATS, Asked, LocalModel, Reply, serving
from tests.new_state import new_state

from aspire_bot.answering.chat import ChatMessage
from aspire_bot.answering.limits import Deadline
from aspire_bot.doctor.check import Check
from aspire_bot.doctor.diagnose import diagnose
from aspire_bot.errors import GenerationError
from aspire_bot.llm.language_model import build_chat_model
from aspire_bot.settings import Settings
from aspire_bot.slack.platform.metrics import Metrics
from aspire_bot.state import open_state
from aspire_ingest.index import ConfigError

MESSAGES = (ChatMessage(role="user", text="How much?"),)
LONG_S = 30.0


def settings(home: Path, server: LocalModel, **more: object) -> Settings:
    return Settings(
        home=home,
        llm=server.setting,
        llm_base_url=server.base_url,
        llm_api_key="sk-1",  # pyright: ignore[reportArgumentType]  read as a secret
        llm_first_token_s=LONG_S,
        llm_timeout_s=LONG_S,
        **more,  # pyright: ignore[reportArgumentType]  any of its fields
    )


def ask(model_settings: Settings, **parts: object) -> str:
    model = build_chat_model(model_settings, **parts)  # pyright: ignore[reportArgumentType]  as above
    assert model is not None
    try:
        return "".join(model.stream(MESSAGES, deadline=Deadline.after(LONG_S), max_tokens=20))
    finally:
        model.close()


def test_none_is_no_model(tmp_path: Path) -> None:
    assert build_chat_model(Settings(home=tmp_path)) is None


@pytest.mark.parametrize("provider", FORMATS)
def test_the_settings_reach_the_server(provider: str, tmp_path: Path) -> None:
    with serving(provider, lambda _asked: Reply(pieces=("Ten ", "percent [1]."))) as server:
        assert ask(settings(tmp_path, server, llm_temperature=0.5)) == "Ten percent [1]."
    (asked,) = server.asked
    assert (asked.key, asked.temperature, asked.max_tokens) == ("sk-1", 0.5, 20)


def test_a_server_without_a_key_of_its_own_needs_none(tmp_path: Path) -> None:
    with serving("openai-like", lambda _asked: Reply(pieces=("Yes.",))) as server:
        alone = Settings(home=tmp_path, llm=server.setting, llm_base_url=server.base_url)
        assert ask(alone) == "Yes."
    assert server.asked[0].key == "none"


def test_a_busy_server_is_asked_again(tmp_path: Path) -> None:
    replies = iter([Reply(status=429, headers={"Retry-After": "0"}), Reply(pieces=("Yes.",))])
    with serving("openai-like", lambda _asked: next(replies)) as server:
        assert ask(settings(tmp_path, server)) == "Yes."


def test_a_server_that_dislikes_wishes_is_asked_without_them(tmp_path: Path) -> None:
    def script(asked: Asked) -> Reply:
        return Reply(status=400) if asked.extras["stream_options"] else Reply(pieces=("Yes.",))

    with serving("openai-like", script) as server:
        model = build_chat_model(settings(tmp_path, server))
        assert model is not None
        for _ in range(2):
            pieces = model.stream(MESSAGES, deadline=Deadline.after(LONG_S), max_tokens=20)
            assert "".join(pieces) == "Yes."
        model.close()
    assert len(server.asked) == 3  # it is remembered


def test_tokens_are_counted_for_the_day_and_for_metrics(tmp_path: Path) -> None:
    state = open_state(new_state(tmp_path / "state.sqlite3"))
    metrics = Metrics()
    with serving("anthropic", lambda _asked: Reply(pieces=("Ten ", "percent."))) as server:
        tight = settings(tmp_path, server, llm_daily_tokens=30)
        ask(tight, ledger=state.tokens, watch=metrics)
        today = datetime.now(UTC).astimezone().date()
        used = state.tokens.add(today, 0)
        with pytest.raises(GenerationError) as raised:
            ask(tight, ledger=state.tokens, watch=metrics)
    state.close()
    assert raised.value.kind == "budget"
    assert len(server.asked) == 1
    assert used == 13
    told = metrics.registry.get_sample_value
    assert told("aspire_model_tokens_total", {"direction": "prompt"}) == 11
    assert told("aspire_model_tokens_total", {"direction": "completion"}) == 2
    assert told("aspire_model_failures_total", {"kind": "budget"}) == 1
    assert told("aspire_model_breaker") == 0


def test_a_breaker_that_opens_is_told() -> None:
    metrics = Metrics()
    metrics.model_breaker("open")
    assert metrics.registry.get_sample_value("aspire_model_breaker") == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("llm", "gpt-5"),
        ("llm", "openai gpt"),
        ("llm_base_url", "127.0.0.1:8000"),
        ("llm_base_url", "http://me:word@host/v1"),
        ("llm_base_url", "http://host:port/v1"),
        ("llm_timeout_s", 0),
        ("llm_max_tokens", 0),
        ("llm_daily_tokens", -1),
        ("llm_staff_documents", "some"),
    ],
)
def test_what_cannot_be_is_refused(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=name):
        Settings(**{name: value})  # pyright: ignore[reportArgumentType]  that is the point


def doctor(model_settings: Settings) -> Check:
    checks = diagnose(model_settings, probe_slack=lambda _: (), probe_state=lambda _: ())
    return next(check for check in checks if check.name == "language model")


def test_the_doctor_hears_the_model(home: Path) -> None:
    with serving("openai-like", lambda _asked: Reply(pieces=("Yes.",))) as server:
        check = doctor(settings(home, server))
    assert check.state == "ok"
    assert "openai-like/local-model, inside this network: answers" in check.found


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        (Reply(status=401), "HTTP 401"),
        (Reply(hangs_first=True), "did not answer in time"),
        (Reply(), "said nothing"),
    ],
)
def test_the_doctor_says_what_ails_it(home: Path, reply: Reply, found: str) -> None:
    with serving("openai-like", lambda _asked: reply) as server:
        poor = settings(home, server).model_copy(update={"llm_first_token_s": 0.5})
        check = doctor(poor)
    assert check.state == "warning"  # answers go on without it
    assert found in check.found
    assert "howto-model" in check.to_do
    assert "sk-1" not in check.found


def test_the_doctor_says_what_is_missing(home: Path, tmp_path: Path) -> None:
    without_key = Settings(home=home, llm="anthropic/claude-sonnet-4-5")
    assert doctor(without_key).state == "failed"
    assert "ASPIRE_LLM_API_KEY" in doctor(without_key).found
    (tmp_path / "answer.en.md").write_text("Say something.", encoding="utf-8")
    with_prompts = Settings(home=home, llm="openai-like/m", prompts_dir=tmp_path)
    assert "answer.en.md" in doctor(with_prompts).found


def test_without_a_model_nothing_of_it_is_loaded() -> None:
    code = (
        "import sys\n"
        "from aspire_bot.settings import Settings\n"
        "from aspire_bot.llm.language_model import build_chat_model\n"
        "import aspire_bot.llm.providers\n"
        "assert build_chat_model(Settings()) is None\n"
        "heavy = {'llama_index', 'openai', 'tenacity', 'tiktoken'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)  # noqa: S603  our own code


def test_a_missing_setting_is_a_config_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="ASPIRE_LLM_BASE_URL"):
        build_chat_model(Settings(home=tmp_path, llm="openai-like/m"))
