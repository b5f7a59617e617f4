"""What both programs read from their surroundings, and what they say of what they cannot use."""

from pathlib import Path
from typing import Literal

import pytest
from pydantic import SecretStr
from pydantic_core import ErrorDetails

from aspire_bot.settings import Settings
from aspire_ingest.index import ConfigError
from aspire_ingest.index.setting_faults import fault_line
from aspire_ingest.index.settings import IndexSettings, read, variable_of
from aspire_ingest.settings import IngestSettings, misspelt_settings

BOTH = (Settings, IngestSettings)


@pytest.mark.parametrize("program", BOTH)
def test_both_programs_read_where_the_index_is_alike(
    program: type[IndexSettings], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    monkeypatch.setenv("ASPIRE_HOME", "index")
    monkeypatch.setenv("ASPIRE_CACHE", "~/cache")
    monkeypatch.setenv("ASPIRE_EMBEDDING", "hashing/64")
    settings = read(program)
    assert settings.home == tmp_path / "index"
    assert settings.cache == tmp_path / "me" / "cache"
    assert settings.embedding == "hashing/64"


@pytest.mark.parametrize("program", BOTH)
def test_an_empty_value_counts_as_unset(
    program: type[IndexSettings], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = read(program)
    for name in ("ASPIRE_HOME", "ASPIRE_EMBEDDING", "ASPIRE_FETCH_ALLOW", "ASPIRE_RERANKER"):
        monkeypatch.setenv(name, "")
    assert read(program) == plain
    assert plain.home.is_absolute()


def test_the_two_are_alike_but_for_what_is_their_own() -> None:
    shared = IndexSettings.model_fields.keys()
    assert Settings.model_fields.keys() & IngestSettings.model_fields.keys() == shared


def test_several_values_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASPIRE_FETCH_ALLOW", " wiki.example.org:8080, ,10.0.0.0/8 ")
    assert read(IngestSettings).fetch_allow == ("wiki.example.org:8080", "10.0.0.0/8")
    assert IngestSettings(fetch_allow=("a", "b")).fetch_allow == ("a", "b")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("ASPIRE_RERANKER", "yes", "ASPIRE_RERANKER=yes: write none or http"),
        ("ASPIRE_RERANKER", "http", "ASPIRE_RERANKER_URL: is needed with"),
        ("ASPIRE_RERANKER_URL", "localhost:8080", r"ASPIRE_RERANKER_URL: .*http\(s\)://"),
        ("ASPIRE_RERANKER_URL", "ftp://example.org", "ASPIRE_RERANKER_URL: "),
        ("ASPIRE_RERANKER_URL", "http://example.org:70000", "ASPIRE_RERANKER_URL: .*[Pp]ort"),
        ("ASPIRE_RERANKER_URL", "http://me:s3cret@example.org", "ASPIRE_RERANKER_API_KEY"),
        ("ASPIRE_RERANKER_SEES_STAFF", "perhaps", "SEES_STAFF=perhaps: write yes or no"),
        ("ASPIRE_PORT", "abc", "ASPIRE_PORT=abc: write a whole number, for example 3000$"),
        ("ASPIRE_PORT", "3000.5", "ASPIRE_PORT=3000.5: write a whole number"),
        ("ASPIRE_PORT", "70000", "ASPIRE_PORT=70000: write 65535 or less, for example 3000"),
        ("ASPIRE_WORKERS", "0", "ASPIRE_WORKERS=0: write 1 or more, for example 4"),
        ("ASPIRE_LLM_TIMEOUT_S", "0", "ASPIRE_LLM_TIMEOUT_S=0: write more than 0"),
        ("ASPIRE_REMIND_HOURS", "daily", "ASPIRE_REMIND_HOURS=daily: write a number, for example"),
        ("ASPIRE_ANSWER_FROM", "high", "ASPIRE_ANSWER_FROM=high: write a number$"),
        ("ASPIRE_CHANNEL_MODE", "all", "write mention, follow, auto or draft"),
        ("ASPIRE_PORT", "x" * 100, f"ASPIRE_PORT={'x' * 40}: "),
        ("ASPIRE_TIMEZONE", "Tokyo", "ASPIRE_TIMEZONE: 'Tokyo' is no time zone"),
    ],
)
def test_what_cannot_be_used_is_named_by_its_variable(
    name: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match=words) as caught:
        read(Settings)
    assert "s3cret" not in str(caught.value)
    assert "Value error" not in str(caught.value)


class _Keys(IndexSettings):
    """A secret that is a choice, as none of ours is."""

    pin: Literal["1"] | SecretStr | None = None


def test_no_secret_is_shown_whatever_is_wrong_with_it() -> None:
    told = ErrorDetails(type="int_parsing", loc=("pin",), msg="no number", input="s3cret")
    assert fault_line("ASPIRE_PIN", told, _Keys.model_fields["pin"]) == "ASPIRE_PIN: no number"
    assert "s3cret" not in fault_line("ASPIRE_PIN", told, None)


@pytest.mark.parametrize(("lowest", "sure"), [("0.5", "0.4"), ("1", "0.99")])
def test_nothing_is_sure_that_is_not_said(
    lowest: str, sure: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASPIRE_ANSWER_FROM", lowest)
    monkeypatch.setenv("ASPIRE_SURE_FROM", sure)
    with pytest.raises(ConfigError, match=r"ASPIRE_SURE_FROM: write ASPIRE_ANSWER_FROM"):
        read(Settings)
    monkeypatch.setenv("ASPIRE_SURE_FROM", lowest)
    assert read(Settings).sure_from == float(lowest)
    monkeypatch.delenv("ASPIRE_ANSWER_FROM")
    monkeypatch.setenv("ASPIRE_SURE_FROM", "0")
    assert read(Settings).sure_from == 0


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("ASPIRE_SOURCE", "ASPIRE_SOURCES"),
        ("aspire_sorces", "ASPIRE_SOURCES"),
        ("ASPIRE_FETCH_ALOW", "ASPIRE_FETCH_ALLOW"),
        ("ASPIRE_EMBEDING", "ASPIRE_EMBEDDING"),
        ("ASPIRE_KEEP_ORIGINALS_GB", "ASPIRE_KEEP_ORIGINALS_MB"),
        ("ASPIRE_HOEM", "ASPIRE_HOME"),
    ],
)
def test_a_slip_is_told_when_watching_begins(name: str, meant: str, tmp_path: Path) -> None:
    (line,) = misspelt_settings({name: "s3cret"}, tmp_path / ".env")
    assert line == f"{name} is set, but there is no such setting: write {meant}"
    (tmp_path / ".env").write_text(f"{name}=1\n", encoding="utf-8")
    assert [line] == [*misspelt_settings({}, tmp_path / ".env")]


def test_no_setting_of_the_bot_passes_for_a_slip(tmp_path: Path) -> None:
    """The two programs share one file; what only the bot reads must not be told as a fault."""
    names = {variable_of(name): "1" for name in Settings.model_fields}
    assert not [*misspelt_settings(names, tmp_path / ".env")]
    assert not [*misspelt_settings({"HOME": "/root", "ASPIRE_COLOUR": "1"}, tmp_path / ".env")]


def test_variables_of_slack_keep_their_names() -> None:
    assert variable_of("home") == "ASPIRE_HOME"
    assert variable_of("slack_bot_token") == "SLACK_BOT_TOKEN"
