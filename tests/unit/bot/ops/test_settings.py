"""The settings of the Slack program are checked before anything starts."""

from pathlib import Path

import pytest

from aspire_bot.doctor.report import settings_in_force
from aspire_bot.settings import Settings, read_settings
from aspire_ingest.index import ConfigError


def test_they_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "ASPIRE_STAFF_CHANNEL": "C0STAFF",
        "ASPIRE_STAFF_USERS": "U1, W2,",
        "ASPIRE_STAFF_USERGROUP": "S1",
        "ASPIRE_DATABASE_URL": "postgresql://me:word@db/aspire",
        "ASPIRE_METRICS_BIND": "[::1]:9464",
        "ASPIRE_CHANNELS_FILE": "channels.yaml",
        "SLACK_CLIENT_ID": "1.2",
    }.items():
        monkeypatch.setenv(name, value)
    settings = read_settings()
    assert settings.staff_users == ("U1", "W2")
    assert settings.state_place == "postgresql://me:word@db/aspire"
    assert settings.channels_file == Path("channels.yaml").absolute()
    assert settings.slack_client_id == "1.2"
    shown = settings_in_force(settings)
    assert shown["ASPIRE_STAFF_USERS"] == "U1, W2"
    assert shown["ASPIRE_DATABASE_URL"] == "(set)"


def test_without_a_database_the_state_is_a_file_at_home(tmp_path: Path) -> None:
    place = Settings(home=tmp_path).state_place
    assert isinstance(place, Path)
    assert place.is_relative_to(tmp_path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ASPIRE_STAFF_CHANNEL", "#staff"),
        ("ASPIRE_STAFF_USERS", "U1,<@U2>"),
        ("ASPIRE_STAFF_USERGROUP", "@staff"),
        ("ASPIRE_DATABASE_URL", "mysql://me:secret-word@db/aspire"),
        ("ASPIRE_METRICS_BIND", "9464"),
        ("ASPIRE_TIMEZONE", "Tokyo"),
        ("ASPIRE_TIMEZONE", "../etc/passwd"),
        ("ASPIRE_METRICS_BIND", "127.0.0.1:70000"),
        ("ASPIRE_KEEP_QUESTIONS_DAYS", "0"),
        ("ASPIRE_WORKERS", "0"),
        ("ASPIRE_LOG_FORMAT", "xml"),
    ],
)
def test_what_cannot_be_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match=name) as caught:
        read_settings()
    assert "secret-word" not in str(caught.value)
