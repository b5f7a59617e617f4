"""What both programs read from their surroundings, and what they say of what they cannot use."""

from pathlib import Path

import pytest

from aspire_bot.settings import Settings
from aspire_ingest.index import ConfigError
from aspire_ingest.index.settings import IndexSettings, read, variable_of
from aspire_ingest.settings import IngestSettings

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
        ("ASPIRE_RERANKER", "yes", "ASPIRE_RERANKER: "),
        ("ASPIRE_RERANKER", "http", "ASPIRE_RERANKER_URL: Value error, is needed with"),
        ("ASPIRE_RERANKER_URL", "localhost:8080", r"ASPIRE_RERANKER_URL: .*http\(s\)://"),
        ("ASPIRE_RERANKER_URL", "ftp://example.org", "ASPIRE_RERANKER_URL: "),
        ("ASPIRE_RERANKER_URL", "http://example.org:70000", "ASPIRE_RERANKER_URL: .*[Pp]ort"),
        ("ASPIRE_RERANKER_URL", "http://me:s3cret@example.org", "ASPIRE_RERANKER_API_KEY"),
        ("ASPIRE_RERANKER_SEES_STAFF", "perhaps", "ASPIRE_RERANKER_SEES_STAFF: "),
    ],
)
def test_what_cannot_be_used_is_named_by_its_variable(
    name: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match=words) as caught:
        read(Settings)
    assert "s3cret" not in str(caught.value)


def test_variables_of_slack_keep_their_names() -> None:
    assert variable_of("home") == "ASPIRE_HOME"
    assert variable_of("slack_bot_token") == "SLACK_BOT_TOKEN"
