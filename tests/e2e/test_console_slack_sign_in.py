"""Sign in with Slack, the local Slack being Slack: over real HTTP, from browser to session."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from tests.console.stage import Stage, staged
from tests.local_slack.server import LocalSlack

from aspire_bot.slack.platform.sign_in import SlackSignIn


@contextmanager
def with_slack(folder: Path, **wrong: str) -> Generator[tuple[Stage, LocalSlack]]:
    with LocalSlack() as slack:
        given = {
            "client_id": slack.world.client_id,
            "client_secret": slack.world.client_secret,
            "api_url": slack.url,
        }
        sign_in = SlackSignIn(**{**given, **wrong})
        with staged(folder, slack_sign_in=sign_in) as stage:
            yield stage, slack


def went_out(client: httpx.Client) -> str:
    """Go to Slack and agree; give where Slack sends the browser back to."""
    out = client.get("/sign-in/slack")
    assert out.status_code == 303
    return httpx.get(out.headers["Location"]).headers["Location"]


def test_staff_sign_in_with_slack(tmp_path: Path) -> None:
    with with_slack(tmp_path) as (stage, slack), httpx.Client(base_url=stage.url) as client:
        assert "/console/sign-in/slack" in client.get("/sign-in").text
        back = went_out(client)
        assert client.get(back).headers["Location"] == "/console/"
        assert client.get("/").status_code == 200
        row = stage.state.audit.latest(1)[0]
        assert (row.actor, row.act, row.after) == ("U3", "session.begin", {"method": "slack"})
        with httpx.Client(base_url=stage.url) as other:  # another browser, with the same address
            assert other.get(back).status_code == 403
            assert other.get("/").status_code == 303
        assert client.get(back).status_code == 403  # the cookie is gone, and the code is used
        assert slack.violations == []


def test_who_is_not_staff_stays_out(tmp_path: Path) -> None:
    with with_slack(tmp_path) as (stage, slack), httpx.Client(base_url=stage.url) as client:
        slack.world.sign_ins.user = "U1"
        assert client.get(went_out(client)).status_code == 403
        assert client.get("/").status_code == 303


def test_what_slack_did_not_say_to_this_browser_is_nothing(tmp_path: Path) -> None:
    with with_slack(tmp_path) as (stage, _), httpx.Client(base_url=stage.url) as client:
        back = went_out(client)
        query = parse_qs(urlsplit(back).query)
        code, state = query["code"][0], query["state"][0]
        for tried in (f"code={code}", f"code={code}&state=x", f"state={state}", "", "state=&code="):
            assert client.get(f"/sign-in/slack/back?{tried}").status_code == 403
        # A code that was made for another sign-in is not taken for this one.
        with httpx.Client(base_url=stage.url) as victim:
            victim.get("/sign-in/slack")
            own = victim.cookies["aspire-console-slack"].partition(".")[0]
            fresh = parse_qs(urlsplit(went_out(client)).query)["code"][0]
            assert victim.get(f"/sign-in/slack/back?code={fresh}&state={own}").status_code == 403
            assert victim.get("/").status_code == 303


@pytest.mark.parametrize("wrong", [{"client_secret": "x"}, {"api_url": "http://127.0.0.1:9/api/"}])
def test_where_slack_refuses_or_is_away_nobody_gets_in(
    tmp_path: Path, wrong: dict[str, str]
) -> None:
    with (
        with_slack(tmp_path, **wrong) as (stage, slack),
        httpx.Client(base_url=stage.url) as client,
    ):
        out = client.get("/sign-in/slack").headers["Location"]
        asked = {name: values[0] for name, values in parse_qs(urlsplit(out).query).items()}
        assert client.get(slack.take_sign_in(asked)).status_code == 403


def test_without_an_app_there_is_no_such_way(tmp_path: Path) -> None:
    with staged(tmp_path) as stage:
        assert httpx.get(f"{stage.url}/sign-in/slack").status_code == 404
        assert httpx.get(f"{stage.url}/sign-in/slack/back?code=x").status_code == 404
