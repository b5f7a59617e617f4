"""What `doctor` says of Slack and of this machine."""

import json
import socket
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, text
from tests.unit.bot.ops.scripted_slack import ScriptedSlack

from aspire_bot.cli.app import main
from aspire_bot.doctor.check import Check
from aspire_bot.doctor.state import probe_state
from aspire_bot.settings import Settings
from aspire_bot.slack.platform.manifest import bot_scopes
from aspire_bot.slack.platform.metrics import Metrics, metrics_served
from aspire_bot.slack.platform.probe import probe
from aspire_bot.state.database.database import open_database

SIGNING_SECRET = "0123456789abcdef" * 2


def settings_for(slack: ScriptedSlack, **more: object) -> Settings:
    given: dict[str, object] = {
        "slack_bot_token": SecretStr("xoxb-1"),
        "slack_app_token": SecretStr("xapp-1"),
        "slack_signing_secret": SecretStr(SIGNING_SECRET),
        "slack_api_url": slack.url,
        "staff_channel": "C0STAFF",
        "staff_users": ("U1",),
        "metrics_bind": "off",
        **more,
    }
    return Settings.model_validate(given)


def looked_at(slack: ScriptedSlack, **more: object) -> dict[str, Check]:
    return {check.name: check for check in probe(settings_for(slack, **more))}


@pytest.fixture
def well(slack: ScriptedSlack) -> ScriptedSlack:
    slack.replies["conversations.info"] = {
        "ok": True,
        "channel": {"name": "staff", "is_member": True},
    }
    return slack


def test_all_is_well(well: ScriptedSlack) -> None:
    found = looked_at(well)
    assert {name: check.state for name, check in found.items()} == {
        "Slack app token": "ok",
        "Slack signing secret": "ok",
        "Slack token": "ok",
        "Slack scopes": "ok",
        "staff channel": "ok",
        "staff": "ok",
        "metrics": "unset",
    }
    assert "Example" in found["Slack token"].found
    assert "#staff" in found["staff channel"].found
    assert not {"chat.postMessage", "chat.delete"} & set(well.methods())


def test_missing_scopes_are_named_with_what_they_are_for(well: ScriptedSlack) -> None:
    well.scopes = ",".join(scope for scope in bot_scopes() if scope != "im:write")
    check = looked_at(well)["Slack scopes"]
    assert check.state == "failed"
    assert "im:write" in check.found
    assert "tour" in check.found
    assert "aspire-bot manifest" in check.to_do


def test_scopes_beyond_the_manifest_are_a_warning(well: ScriptedSlack) -> None:
    well.scopes += ",files:write"
    check = looked_at(well)["Slack scopes"]
    assert (check.state, "files:write" in check.found) == ("warning", True)


def test_a_refused_bot_token_ends_the_questions_to_slack(well: ScriptedSlack) -> None:
    well.refuse("auth.test", "token_revoked")
    found = looked_at(well)
    assert found["Slack token"].state == "failed"
    assert "token_revoked" in found["Slack token"].found
    assert "staff channel" not in found
    assert "conversations.info" not in well.methods()


def test_an_app_token_without_socket_mode(well: ScriptedSlack) -> None:
    well.refuse("apps.connections.open", "missing_scope")
    check = looked_at(well)["Slack app token"]
    assert (check.state, check.found) == ("failed", "missing_scope")
    assert "connections:write" in check.to_do


def test_no_transport_at_all(well: ScriptedSlack) -> None:
    found = looked_at(well, slack_app_token=None, slack_signing_secret=None)
    assert found["Slack transport"].state == "failed"
    assert "SLACK_APP_TOKEN" in found["Slack transport"].to_do


def test_a_signing_secret_of_another_form(well: ScriptedSlack) -> None:
    check = looked_at(well, slack_signing_secret=SecretStr("xoxb-1"))["Slack signing secret"]
    assert check.state == "warning"


@pytest.mark.parametrize(
    ("channel", "state", "word"),
    [
        ({"name": "staff", "is_member": False}, "failed", "/invite"),
        ({"name": "staff", "is_member": True, "is_archived": True}, "failed", "another"),
        ({"name": "staff", "is_member": True, "is_ext_shared": True}, "warning", "organisation"),
    ],
)
def test_the_staff_channel(
    slack: ScriptedSlack, channel: dict[str, object], state: str, word: str
) -> None:
    slack.replies["conversations.info"] = {"ok": True, "channel": channel}
    check = looked_at(slack)["staff channel"]
    assert (check.state, word in check.to_do) == (state, True)


def test_a_staff_channel_that_is_not_there_or_not_set(well: ScriptedSlack) -> None:
    assert looked_at(well, staff_channel=None)["staff channel"].state == "unset"
    well.refuse("conversations.info", "channel_not_found")
    check = looked_at(well)["staff channel"]
    assert (check.state, check.found) == ("failed", "channel_not_found")


def test_who_is_staff(well: ScriptedSlack) -> None:
    assert looked_at(well, staff_users=())["staff"].state == "warning"
    well.replies["usergroups.users.list"] = {"ok": True, "users": ["U1", "U2"]}
    check = looked_at(well, staff_users=("U1",), staff_usergroup="S1")["staff"]
    assert (check.state, check.found) == ("ok", "2 people")
    well.refuse("usergroups.users.list", "no_such_subteam")
    check = looked_at(well, staff_usergroup="S1")["staff"]
    assert (check.state, check.found) == ("failed", "no_such_subteam")


def test_several_workspaces(well: ScriptedSlack) -> None:
    both = {"slack_client_id": "1.2", "slack_client_secret": SecretStr("s")}
    found = looked_at(well, **both, slack_bot_token=None)
    assert found["Slack installation"].state == "ok"
    assert "Slack token" not in found
    assert looked_at(well, **both)["Slack bot token"].state == "warning"
    half = looked_at(well, slack_client_id="1.2")
    assert half["Slack installation"].state == "failed"


def test_the_place_of_the_metrics(well: ScriptedSlack) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        taken.settimeout(0.1)
        bind = f"127.0.0.1:{taken.getsockname()[1]}"
        taken.close()
        assert looked_at(well, metrics_bind=bind)["metrics"].found == f"{bind} is free"
    with metrics_served(Metrics(), "127.0.0.1:0") as port:
        check = looked_at(well, metrics_bind=f"127.0.0.1:{port}")["metrics"]
        assert (check.state, "running aspire-bot" in check.found) == ("ok", True)
    other = well.url.split("/")[2]  # a server, but none of ours
    check = looked_at(well, metrics_bind=other)["metrics"]
    assert (check.state, "ASPIRE_METRICS_BIND" in check.to_do) == ("failed", True)


def test_the_state_is_looked_at_and_left_alone(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    (check,) = probe_state(settings)
    assert (check.state, "will be made" in check.found) == ("ok", True)
    assert not (tmp_path / "home").exists()


def test_a_state_of_this_version_of_a_newer_and_of_none(place: str, tmp_path: Path) -> None:
    settings = _at(place, tmp_path)
    database = open_database(settings.state_place)
    try:
        (check,) = probe_state(settings)
        assert (check.state, "revision" in check.found) == ("ok", True)
        _set_revision(database.engine, "0001")
        (check,) = probe_state(settings)
        assert (check.state, "0001" in check.found) == ("warning", True)
        _set_revision(database.engine, "9999")
        (check,) = probe_state(settings)
        assert (check.state, check.to_do) == ("failed", "upgrade aspire-bot")
    finally:
        database.close()


def test_a_state_that_cannot_be_read(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    assert isinstance(settings.state_place, Path)
    settings.state_place.parent.mkdir()
    settings.state_place.write_bytes(b"no database" * 1000)
    (check,) = probe_state(settings)
    assert check.state == "failed"
    secret = SecretStr("postgresql://me:hidden-word@127.0.0.1:1/aspire")
    (check,) = probe_state(Settings(database_url=secret))
    assert check.state == "failed"
    assert "hidden-word" not in check.found


def test_the_program_prints_its_manifest(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["manifest", "--http", "https://bot.example.org"])
    assert ended.value.code == 0
    assert json.loads(capsys.readouterr().out)["settings"]["socket_mode_enabled"] is False
    with pytest.raises(SystemExit) as ended:
        main(["manifest", "--http", "bot.example.org"])
    assert ended.value.code == 2


def _at(place: str, tmp_path: Path) -> Settings:
    if "://" in place:
        return Settings(database_url=SecretStr(place))
    return Settings(home=tmp_path / "home")


def _set_revision(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE state_version SET version_num = :it"), {"it": revision})
