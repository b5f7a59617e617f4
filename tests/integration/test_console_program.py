"""The console as it is run: by itself, inside `serve`, and in the playground."""

import json
import re
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from queue import Queue

import httpx
import pytest
from pydantic import SecretStr
from tests.console.stage import SATO
from tests.local_slack.scene import ScriptedCore
from tests.local_slack.server import LocalSlack
from tests.playground.stage import ByWords, staged
from tests.small_index import DOCUMENTS, NoChroma, publish

from aspire_bot.cli.console_commands import audit, console_opener
from aspire_bot.console.run import run_console
from aspire_bot.local_slack.events import SIGNING_SECRET
from aspire_bot.local_slack.workspace import BOT_TOKEN
from aspire_bot.settings import Settings
from aspire_bot.slack.service import run_service
from aspire_bot.state.console.audit import Act
from aspire_bot.state.database.console_tables import audit as table
from aspire_bot.state.from_settings import state_of
from aspire_ingest.index.program import DONE, IN_PART


def settings(home: Path, **more: object) -> Settings:
    given: dict[str, object] = {
        "home": home,
        "port": 0,
        "metrics_bind": "off",
        "staff_users": ("U3",),
        "staff_channel": "G1",
        "console_url": "http://127.0.0.1/console",
    }
    return Settings(**{**given, **more})  # pyright: ignore[reportArgumentType]  fields of the class


@pytest.fixture
def run() -> Generator[Callable[[Callable[[threading.Event], None]], None]]:
    """Runs something in a thread until the test ends."""
    stop, threads = threading.Event(), list[threading.Thread]()

    def begin(serve: Callable[[threading.Event], None]) -> None:
        threads.append(threading.Thread(target=serve, args=(stop,)))
        threads[-1].start()

    yield begin
    stop.set()
    for thread in threads:
        thread.join()


@contextmanager
def signed_in(base: str, chosen: Settings) -> Generator[httpx.Client]:
    with state_of(chosen) as state:
        token = state.sign_in_links.issue(SATO)
    with httpx.Client(base_url=base, timeout=60) as client:
        assert client.post(f"/sign-in/{token}").status_code == 303
        yield client


def test_by_itself_it_shares_the_state_of_the_bot(
    tmp_path: Path, run: Callable[[Callable[[threading.Event], None]], None]
) -> None:
    chosen, told = settings(tmp_path), Queue[str]()
    run(lambda stop: run_console(chosen, host="127.0.0.1", tell=told.put, stop=stop))
    (address,) = re.findall(r"http://\S+/console", told.get(timeout=60))
    with signed_in(address, chosen) as client:
        assert client.get("/").status_code == 200
        missing = client.get("/documents")
        assert missing.status_code == 503
        assert "Traceback" not in missing.text
    assert httpx.get(address.replace("/console", "/healthz")).status_code == 200


def test_inside_serve_it_is_under_its_path_and_slack_under_its_own(
    tmp_path: Path, run: Callable[[Callable[[threading.Event], None]], None]
) -> None:
    publish(tmp_path, DOCUMENTS, open_chroma=NoChroma)
    ports = Queue[int]()
    with LocalSlack() as slack:
        chosen = settings(
            tmp_path,
            slack_bot_token=SecretStr(BOT_TOKEN),
            slack_signing_secret=SecretStr(SIGNING_SECRET),
            slack_api_url=slack.url,
        )
        core = ScriptedCore(())
        run(
            lambda stop: run_service(
                chosen,
                lambda _: nullcontext(core),
                host="127.0.0.1",
                stop=stop,
                on_listening=ports.put,
                console=console_opener(),
            )
        )
        root = f"http://127.0.0.1:{ports.get(timeout=60)}"
        with signed_in(f"{root}/console", chosen) as client:
            assert client.get("/answers").status_code == 200
        assert httpx.get(f"{root}/console").status_code in {303, 308}
        assert httpx.get(f"{root}/healthz").status_code == 200
        assert httpx.post(f"{root}/slack/events", content=b"{}").status_code == 401
        assert httpx.get(f"{root}/answers").status_code == 404


def test_in_the_playground_it_is_open_to_this_machine(tmp_path: Path) -> None:
    with (
        staged(ByWords(), tmp_path) as playground,
        httpx.Client(base_url=playground.console_url, timeout=60) as client,
    ):
        page = client.get("")
        assert page.status_code == 200
        assert "Sato" in page.text
        assert client.get("", headers={"Host": "evil.example"}).status_code == 400


def test_the_audit_log_is_printed_and_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = settings(tmp_path)
    act = Act(surface="console", team="T1", actor="U3", act="question.dismiss", target="質問")
    with state_of(chosen) as state:
        state.audit.record(act)
        state.audit.record(act)
    assert audit(chosen, checks=False) == DONE
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [event["entity"]["uid"] for event in events] == ["質問", "質問"]
    assert audit(chosen, checks=True) == DONE
    with state_of(chosen) as state, state.database.write() as connection:
        connection.execute(table.delete().where(table.c.number == 1))
    assert audit(chosen, checks=True) == IN_PART
    assert "row 2" in capsys.readouterr().err
