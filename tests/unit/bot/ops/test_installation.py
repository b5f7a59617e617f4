"""Installing in several workspaces, over real HTTP and real databases."""

import http.client
import json
import re
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr
from slack_bolt import App, BoltRequest
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.signature import SignatureVerifier
from tests.http_served import http_served
from tests.unit.bot.ops.scripted_slack import ScriptedSlack

from aspire_bot.settings import Settings
from aspire_bot.slack.platform.http import HealthChecks, HttpServer
from aspire_bot.slack.platform.installation import (
    Installations,
    InstallPages,
    forget_uninstalled,
    oauth_settings,
    open_installations,
)
from aspire_bot.slack.platform.manifest import bot_scopes
from aspire_bot.slack.platform.workspaces import (
    InstalledWorkspaces,
    NotInstalledError,
    build_client,
)
from aspire_bot.state.database.database import Database, open_database
from aspire_ingest.index import ConfigError

CLIENT_ID = "1.2"
SECRET = "signing"  # noqa: S105  made up
SETTINGS = Settings(slack_client_id=CLIENT_ID, slack_client_secret=SecretStr("client-secret"))


@pytest.fixture
def database(migrated_place: str) -> Generator[Database]:
    opened = open_database(migrated_place)
    yield opened
    opened.close()


@pytest.fixture
def kept(database: Database) -> Installations:
    found = open_installations(SETTINGS, database)
    assert found is not None
    return found


def installed(
    kept: Installations, team: str | None, token: str, *, enterprise: str | None = None
) -> None:
    kept.store.save(
        Installation(
            app_id="A1",
            enterprise_id=enterprise,
            team_id=team,
            bot_token=token,
            bot_id="B1",
            bot_user_id="UBOT",
            bot_scopes=["chat:write"],
            user_id="U1",
            is_enterprise_install=team is None,
        )
    )


def build(slack: ScriptedSlack, kept: Installations) -> App:
    client = build_client(None, slack.url)
    app = App(
        client=client,
        signing_secret=SECRET,
        oauth_settings=oauth_settings(SETTINGS, kept, client),
        process_before_response=True,  # so that a listener is done when dispatch returns
    )
    forget_uninstalled(app, kept)
    return app


@contextmanager
def served(app: App) -> Generator[Callable[..., tuple[int, Mapping[str, str], str]]]:
    server = HttpServer(
        InstallPages(app, HealthChecks(lambda: None)), host="127.0.0.1", port=0, threads=2
    )

    def get(path: str, cookie: str = "", method: str = "GET") -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        try:
            connection.request(method, path, headers={"Cookie": cookie} if cookie else {})
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read().decode()
        finally:
            connection.close()

    with http_served(server):
        yield get


def granted(slack: ScriptedSlack, team: str, token: str) -> None:
    slack.replies["oauth.v2.access"] = {
        "ok": True,
        "app_id": "A1",
        "access_token": token,
        "token_type": "bot",
        "scope": ",".join(bot_scopes()),
        "bot_user_id": "UBOT",
        "team": {"id": team, "name": "Example"},
        "enterprise": None,
        "authed_user": {"id": "U1"},
        "is_enterprise_install": False,
    }


def test_a_workspace_is_installed_and_spoken_to(slack: ScriptedSlack, kept: Installations) -> None:
    granted(slack, "T1", "xoxb-first")
    with served(build(slack, kept)) as get:
        status, headers, page = get("/slack/install")
        assert status == 200
        cookie = headers["Set-Cookie"].partition(";")[0]
        assert "Secure; HttpOnly" in headers["Set-Cookie"]
        state = cookie.partition("=")[2]
        assert f"state={state}" in page
        asked = re.search(r"[?&;]scope=([^&\"]+)", page)
        assert asked is not None
        assert set(asked[1].split(",")) == set(bot_scopes())
        status, _, page = get(f"/slack/oauth_redirect?code=c0de&state={state}", cookie)
        assert status == 200
        assert "xoxb" not in page
        again = get(f"/slack/oauth_redirect?code=c0de&state={state}", cookie)
        assert again[0] == 401  # a state is good once
    assert kept.token("T1") == "xoxb-first"
    InstalledWorkspaces(kept, slack.url).client("T1").api_call("chat.postMessage")  # pyright: ignore[reportUnknownMemberType]  bare dicts
    assert slack.calls[-1].token == "xoxb-first"  # noqa: S105  made up
    exchange = next(call for call in slack.calls if call.method == "oauth.v2.access")
    assert exchange.arguments["code"] == "c0de"


@pytest.mark.parametrize(
    ("query", "with_cookie", "status"),
    [
        ("code=c0de&state=made-up", True, 400),
        ("code=c0de&state={state}", False, 400),
        ("state={state}", True, 401),
        ("error=access_denied&state={state}", True, 200),
        ("code=c0de", True, 400),
    ],
)
def test_what_is_no_installation_leaves_nothing(
    slack: ScriptedSlack, kept: Installations, query: str, with_cookie: bool, status: int
) -> None:
    granted(slack, "T1", "xoxb-first")
    with served(build(slack, kept)) as get:
        cookie = get("/slack/install")[1]["Set-Cookie"].partition(";")[0]
        path = "/slack/oauth_redirect?" + query.format(state=cookie.partition("=")[2])
        assert get(path, cookie if with_cookie else "")[0] == status
    assert kept.token("T1") is None


def test_a_refused_code_and_other_paths(slack: ScriptedSlack, kept: Installations) -> None:
    slack.refuse("oauth.v2.access", "invalid_code")
    with served(build(slack, kept)) as get:
        cookie = get("/slack/install")[1]["Set-Cookie"].partition(";")[0]
        state = cookie.partition("=")[2]
        assert get(f"/slack/oauth_redirect?code=x&state={state}", cookie)[0] == 401
        assert get("/healthz")[0] == 200
        assert get("/slack/install", method="POST")[0] == 405
        assert get("/elsewhere")[0] == 404
    assert kept.token("T1") is None


def test_tokens_are_found_by_workspace_then_by_organisation(kept: Installations) -> None:
    installed(kept, "T1", "xoxb-old", enterprise="E1")
    installed(kept, "T1", "xoxb-new", enterprise="E1")
    installed(kept, None, "xoxb-org", enterprise="E1")
    assert kept.token("T1") == "xoxb-new"  # a worker knows the workspace alone
    assert kept.token("T1", "E1") == "xoxb-new"
    assert kept.token("T2", "E1") == "xoxb-org"
    assert kept.token("T2") is None
    with pytest.raises(NotInstalledError):
        InstalledWorkspaces(kept).client("T2")


def test_apps_keep_to_their_own(kept: Installations, database: Database) -> None:
    installed(kept, "T1", "xoxb-1")
    other = Installations(database, "3.4")
    assert other.token("T1") is None
    assert other.remove("T1", before=datetime.now(UTC) + timedelta(days=1)) == 0
    assert kept.token("T1") == "xoxb-1"


def send(app: App, event: Mapping[str, object], **more: object) -> int:
    body = json.dumps(
        {
            "type": "event_callback",
            "team_id": "T1",
            "event_id": "Ev1",
            "event_time": int(datetime.now(UTC).timestamp()) + 1,
            "event": event,
            **more,
        }
    )
    stamp = str(int(datetime.now(UTC).timestamp()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
    headers: dict[str, str | Sequence[str]] = {
        "content-type": ["application/json"],
        "x-slack-request-timestamp": [stamp],
        "x-slack-signature": [signature or ""],
    }
    return app.dispatch(BoltRequest(body=body, headers=headers)).status


UNINSTALLED: Mapping[str, object] = {"type": "app_uninstalled"}
REVOKED: Mapping[str, object] = {"type": "tokens_revoked", "tokens": {"bot": ["UBOT"]}}


@pytest.mark.parametrize("event", [UNINSTALLED, REVOKED])
def test_an_uninstalled_app_forgets_its_tokens(
    slack: ScriptedSlack, kept: Installations, event: Mapping[str, object]
) -> None:
    installed(kept, "T1", "xoxb-1")
    installed(kept, "T2", "xoxb-2")
    app = build(slack, kept)
    assert send(app, event) == 200
    assert (kept.token("T1"), kept.token("T2")) == (None, "xoxb-2")
    find = kept.store.find_installation
    assert find(enterprise_id=None, team_id="T1") is None
    assert find(enterprise_id=None, team_id="T2") is not None
    assert send(app, event) == 200  # delivered twice


def test_late_news_of_an_earlier_end_spares_a_new_installation(
    slack: ScriptedSlack, kept: Installations
) -> None:
    installed(kept, "T1", "xoxb-new")
    assert send(build(slack, kept), UNINSTALLED, event_time=1_750_000_000) == 200
    assert kept.token("T1") == "xoxb-new"


def test_a_persons_revoked_token_is_no_end(slack: ScriptedSlack, kept: Installations) -> None:
    installed(kept, "T1", "xoxb-1")
    revoked = {"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}}
    assert send(build(slack, kept), revoked) == 200
    assert kept.token("T1") == "xoxb-1"


def test_requests_speak_with_their_workspaces_token_and_ask_once_who_they_are(
    slack: ScriptedSlack, kept: Installations
) -> None:
    installed(kept, "T1", "xoxb-1")
    app = build(slack, kept)
    tokens: list[str | None] = []

    def listen(context: Mapping[str, str]) -> None:
        tokens.append(context["bot_token"])

    app.event("team_join")(listen)  # pyright: ignore[reportUnknownMemberType]  Bolt leaves generics open
    for _ in range(3):
        assert send(app, {"type": "team_join", "user": {"id": "U2"}}) == 200
    assert tokens == ["xoxb-1"] * 3
    assert slack.methods() == ["auth.test"]
    installed(kept, "T1", "xoxb-again")
    assert send(app, {"type": "team_join", "user": {"id": "U2"}}) == 200
    assert tokens[-1] == "xoxb-again"


def test_unfinished_installations_are_purged(kept: Installations) -> None:
    state = kept.states.issue()  # pyright: ignore[reportUnknownMemberType]  untyped in the SDK
    now = datetime.now(UTC)
    assert kept.purge(now) == 0
    assert kept.purge(now + timedelta(seconds=601)) == 1
    assert kept.states.consume(state) is False


def test_settings_that_do_not_fit_together(database: Database) -> None:
    assert open_installations(Settings(), database) is None
    with pytest.raises(ConfigError, match="both"):
        open_installations(Settings(slack_client_id="1.2"), database)
    with pytest.raises(ConfigError, match="both"):
        open_installations(Settings(slack_client_secret=SecretStr("s")), database)


def test_without_installations_an_end_is_only_logged(
    slack: ScriptedSlack, caplog: pytest.LogCaptureFixture
) -> None:
    app = App(client=build_client("xoxb-1", slack.url), signing_secret=SECRET)
    forget_uninstalled(app, None)
    assert send(app, UNINSTALLED) == 200
    app.listener_runner.listener_executor.shutdown(wait=True)
    assert "SLACK_BOT_TOKEN is void" in caplog.text
