"""What `doctor` says of the environment, the machine, backups; and what is left to do."""

import http.client
import json
import socket
import ssl
import time
import urllib.error
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from pydantic import SecretStr

from aspire_bot.answering.clock import nearest_timezone
from aspire_bot.doctor.check import Check, State, left_to_do
from aspire_bot.doctor.environment import check_proxy, check_time_zone, check_variables
from aspire_bot.doctor.index import check_backup
from aspire_bot.doctor.machine import check_disk
from aspire_bot.doctor.report import print_report
from aspire_bot.settings import Settings
from aspire_bot.slack.platform.probe import check_tokens
from aspire_bot.slack.platform.reach import why_unreached
from aspire_ingest.index.generations.backup import LAST_NAME
from aspire_ingest.index.settings import INGEST_VARIABLES, IndexSettings, variable_of
from aspire_ingest.settings import IngestSettings

NO_FILE = Path("/nowhere/.env")


def check(name: str, state: State, to_do: str = "") -> Check:
    return Check(name=name, state=state, found="…", to_do=to_do)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("ASPIRE_STAFF_CHANEL", "ASPIRE_STAFF_CHANNEL"),
        ("ASPIRE_STAF_USERS", "ASPIRE_STAFF_USERS"),
        ("aspire_programe_name", "ASPIRE_PROGRAMME_NAME"),
        ("ASPIRE_SOURCE", "ASPIRE_SOURCES"),
        ("SLACK_BOT_TOKNE", "SLACK_BOT_TOKEN"),
        ("SLACK_SIGNING_SECERT", "SLACK_SIGNING_SECRET"),
        ("ASPIRE_SLACK_BOT_TOKEN", "SLACK_BOT_TOKEN"),
        ("ASPIRE_BOT_TOKEN", "SLACK_BOT_TOKEN"),
        ("SLACK_STAFF_CHANNEL", "ASPIRE_STAFF_CHANNEL"),
        ("ASPIRE_SLACK_STAFF_USERS", "ASPIRE_STAFF_USERS"),
        ("ASPIRE_OTEL_SERVICE_NAME", "OTEL_SERVICE_NAME"),
        ("ASPIRE_OTLE", "ASPIRE_OTEL"),
    ],
)
def test_a_slip_in_a_setting_is_named_with_the_setting_that_was_meant(
    name: str, meant: str
) -> None:
    (found,) = check_variables(Settings, {name: "secret"}, NO_FILE)
    assert (found.name, found.state, found.to_do) == (name, "warning", f"write {meant}")
    assert "secret" not in found.found


def test_a_slip_in_the_file_is_found_too(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("ASPIRE_CONTAKT=office@example.org\nASPIRE_PORT=3000\n", encoding="utf-8")
    (found,) = check_variables(Settings, {}, file)
    assert (found.name, found.to_do) == ("ASPIRE_CONTAKT", "write ASPIRE_CONTACT")


def test_what_is_ours_or_nobodys_is_not_named() -> None:
    given = {
        "ASPIRE_HOME": "/x",
        "aspire_port": "1",
        "ASPIRE_SOURCES": "s.yaml",
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_WEBHOOK_URL": "https://example.org",  # of another program
        "SLACK_PORT": "9000",  # as above
        "HOME": "/root",
    }
    assert not list(check_variables(Settings, given, NO_FILE))


def test_a_name_like_no_setting_is_named_all_the_same() -> None:
    (found,) = check_variables(Settings, {"ASPIRE_FAVOURITE_COLOUR": "blue"}, NO_FILE)
    assert "settings.md" in found.to_do


def test_the_settings_of_the_other_program_are_known() -> None:
    only_there = set(IngestSettings.model_fields) - set(IndexSettings.model_fields)
    assert set(INGEST_VARIABLES) == {variable_of(name) for name in only_there}


@pytest.mark.parametrize("zone", ["Asia/Tokio", "Nowhere", ":Mars/Base"])
def test_a_time_zone_that_nobody_knows_is_named(zone: str) -> None:
    (found,) = check_time_zone(Settings(), {"TZ": zone})
    assert (found.state, "Asia/Tokyo" in found.to_do) == ("warning", True)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("asia/seoul", "Asia/Seoul"),
        ("Seoul", "Asia/Seoul"),
        ("New York", "America/New_York"),
        ("Europe/Lodnon", "Europe/London"),
        ("JST", None),
        ("", None),
        ("Mars/Base", None),
    ],
)
def test_the_zone_that_was_meant_is_named(given: str, meant: str | None) -> None:
    assert nearest_timezone(given) == meant
    if given:
        with pytest.raises(ValueError, match=meant or "Asia/Tokyo"):
            Settings(timezone=given)
        (found,) = check_time_zone(Settings(), {"TZ": given})
        assert f"TZ={meant or 'Asia/Tokyo'}," in found.to_do


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("GMT+9", "GMT (UTC-09:00)"),  # POSIX counts westwards
        ("Asia/Kathmandu", "UTC+05:45"),
        ("Pacific/Chatham", "UTC+1"),
        ("<-03>3", "UTC-03:00"),
    ],
)
def test_a_clock_elsewhere_is_told_with_its_hours(
    zone: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        (found,) = check_time_zone(Settings(), {"TZ": zone})
    finally:
        monkeypatch.undo()
        time.tzset()
    assert found.state == "ok"
    assert said in found.found


@pytest.mark.parametrize(
    "zone", ["", "Asia/Tokyo", ":Europe/Paris", "JST-9", "UTC", f":{__file__}", __file__]
)
def test_other_time_zones_are_not(zone: str) -> None:
    (found,) = check_time_zone(Settings(), {"TZ": zone})
    assert found.state == "ok"


def test_a_proxy_is_shown_without_who_may_use_it() -> None:
    given = {"HTTPS_PROXY": "http://me:hidden-word@proxy.lan:3128", "NO_PROXY": "localhost"}
    (found,) = check_proxy(given)
    assert (found.state, found.found) == ("ok", "proxy.lan:3128, but for localhost")
    (wrong,) = check_proxy({"HTTPS_PROXY": "proxy.lan:3128"})
    assert (wrong.state, "http://HOST:PORT" in wrong.to_do) == ("failed", True)


def test_little_room_on_the_disk_is_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generation = tmp_path / "generations/1"
    generation.mkdir(parents=True)
    (generation / "store").write_bytes(b"x" * 1000)

    def state(free: int) -> State:
        def usage(_: Path) -> SimpleNamespace:
            return SimpleNamespace(free=free)

        monkeypatch.setattr("shutil.disk_usage", usage)
        (found,) = check_disk(Settings(home=tmp_path))
        return found.state

    assert state(19_999_999) == "failed"
    assert state(20_000_000) == "warning"
    assert state(500_001_999) == "warning"
    assert state(500_002_000) == "ok"


def test_an_old_backup_and_one_that_is_gone_are_told(tmp_path: Path) -> None:
    home = Settings(home=tmp_path).index_home
    home.pointer.parent.mkdir(parents=True, exist_ok=True)
    home.pointer.write_text("1")
    file = tmp_path / "aspire.tar.gz"

    def found(days: int) -> Check:
        at = datetime.now(UTC) - timedelta(days=days, minutes=5)
        (home.root / LAST_NAME).write_text(json.dumps({"file": str(file), "at": at.isoformat()}))
        (told,) = check_backup(Settings(home=tmp_path))
        return told

    assert "not there now" in found(0).found
    file.touch()
    assert (found(8).state, found(8).found) == ("ok", f"{file}, 8 days old")
    assert found(9).state == "warning"
    assert "aspire-ingest backup" in found(9).to_do
    (home.root / LAST_NAME).unlink()
    (none,) = check_backup(Settings(home=tmp_path))
    assert none.state == "unset"


def settings(bot: str | None, app: str | None) -> Settings:
    return Settings.model_validate(
        {
            "slack_bot_token": None if bot is None else SecretStr(bot),
            "slack_app_token": None if app is None else SecretStr(app),
        }
    )


def test_swapped_tokens_are_one_sentence() -> None:
    (found,) = check_tokens(settings("xapp-1-A", "xoxb-2-B"))
    assert (found.state, "swap" in found.to_do) == ("failed", True)
    assert "1-A" not in found.found


@pytest.mark.parametrize(
    ("bot", "app", "word"),
    [
        ("xoxp-1", "xapp-1", "a person's token"),
        ("xoxb-1", "xoxb-1", "a bot token"),
        ("xapp-1", None, "an app token"),
        ("hello", "xapp-1", "no token of Slack"),
    ],
)
def test_a_token_of_another_kind_is_named_by_its_kind(bot: str, app: str | None, word: str) -> None:
    (found,) = check_tokens(settings(bot, app))
    assert (found.state, word in found.found) == ("failed", True)


def test_right_tokens_are_no_matter() -> None:
    assert check_tokens(settings("xoxb-1", "xapp-1")) == []
    assert check_tokens(settings(None, None)) == []


@pytest.mark.parametrize(
    ("error", "found", "to_do"),
    [
        (urllib.error.URLError(socket.gaierror(-2, "unknown")), "no DNS", "DNS"),
        (urllib.error.URLError(ConnectionRefusedError(111, "refused")), "refuses", "firewall"),
        (urllib.error.URLError(TimeoutError("timed out")), "in time", "HTTPS"),
        (TimeoutError("timed out"), "in time", "HTTPS"),
        (ssl.SSLCertVerificationError("self-signed"), "not trusted", "SSL_CERT_FILE"),
        (http.client.BadStatusLine("?"), "cannot be reached", "SLACK_API_URL"),
    ],
)
def test_why_slack_was_not_reached(error: Exception, found: str, to_do: str) -> None:
    why = why_unreached(error, "https://slack.com/api/")
    assert found in why.found
    assert "slack.com" in why.found
    assert to_do in why.to_do


def test_what_is_left_to_do_names_the_most_pressing_thing() -> None:
    assert left_to_do([check("index", "ok"), check("judge", "unset")]) == "Nothing is left to do."
    said = left_to_do(
        [check("disk", "warning", "make room"), check("index", "failed", "add documents.")]
    )
    assert said == "Questions cannot be answered yet. First (index): add documents. Then 1 more."
    said = left_to_do([check("disk", "warning", "make room")])
    assert said == "Questions are answered. First (disk): make room."


def test_in_a_pipe_nothing_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    long = "word " * 60 + "end"
    checks = [Check(name="index", state="failed", found=long, to_do="do it")]
    print_report(Settings(), checks, as_json=False)
    out = capsys.readouterr().out
    assert long in out
    assert out.rstrip().endswith("First (index): do it.")
