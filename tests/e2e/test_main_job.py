"""The whole way: documents in, a cited answer out, in the demonstration and in Slack."""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from queue import Queue

import pytest
from tests import knowledge
from tests.local_slack.scene import texts_of

from aspire_bot import demo
from aspire_bot.answering.types import Answer, Question
from aspire_bot.bootstrap import Assistant, ModelCare, open_assistant
from aspire_bot.local_slack.courier import Courier, HttpTransport
from aspire_bot.local_slack.events import SIGNING_SECRET
from aspire_bot.local_slack.methods import BOT_TOKEN
from aspire_bot.local_slack.people import People
from aspire_bot.local_slack.server import LocalSlack
from aspire_bot.settings import Settings
from aspire_bot.slack.service import run_service


def test_the_demonstration_answers_five_questions_and_declines_the_sixth(tmp_path: Path) -> None:
    outcome = subprocess.run(
        [sys.executable, "-m", "aspire_bot.demo"],
        cwd=tmp_path,
        env={**os.environ, "COLUMNS": "200"},
        text=True,
        encoding="utf-8",
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert outcome.returncode == 0, outcome.stderr
    panels = outcome.stdout.split("╭")[1:]
    assert len(panels) == len(demo.QUESTIONS) == 6
    for shown, panel in zip(demo.QUESTIONS, panels, strict=True):
        assert shown.question in panel
        assert shown.label in panel
    for panel in panels[:5]:
        assert "[1]" in panel
        assert re.search(r"\[1\](\[\d\])* .+\n.*https://", panel), panel
    assert "2025年11月4日" in panels[3]
    assert "Shimizu" in panels[4]
    assert "The documents do not say." in panels[5]
    assert "[1]" not in panels[5]
    assert "aspire-ingest add" in outcome.stdout.rpartition("╯")[2]
    assert list(tmp_path.iterdir()) == [], "the demonstration leaves nothing behind"


@contextmanager
def _served(home: Path, slack: LocalSlack) -> Generator[int]:
    """`aspire-bot serve` as it puts itself together, on a free port; gives the port."""
    settings = Settings(
        home=home,
        port=0,
        metrics_bind="off",
        SLACK_BOT_TOKEN=BOT_TOKEN,  # pyright: ignore[reportCallIssue]  # pydantic reads it by its alias
        SLACK_SIGNING_SECRET=SIGNING_SECRET,  # pyright: ignore[reportCallIssue]  # as above
        SLACK_API_URL=slack.url,  # pyright: ignore[reportCallIssue]  # as above
    )
    stop, ports = threading.Event(), Queue[int]()
    with open_assistant(settings, vectors="chroma") as assistant:

        def open_core(care: ModelCare) -> nullcontext[Assistant]:
            del care  # no model is asked
            return nullcontext(assistant)

        runner = threading.Thread(
            target=run_service,
            args=(settings, open_core),
            kwargs={"host": "127.0.0.1", "stop": stop, "on_listening": ports.put},
        )
        runner.start()
        try:
            yield ports.get(timeout=20)
        finally:
            stop.set()
            runner.join()


def _ask(port: int, slack: LocalSlack, question: str) -> list[str]:
    """Mention the bot; give the texts of its reply."""
    alice = People(slack, Courier(HttpTransport(port)))["U1"]
    # The first answer waits for the embedding model, which a fresh machine still has to convert.
    return texts_of(alice.waits_for_answer(alice.asks("C1", question), timeout_s=90))


def _add(home: Path, *targets: Path) -> None:
    """Index targets as staff do, in a process of their own."""
    subprocess.run(  # noqa: S603 - this interpreter and files of this test
        [sys.executable, "-c", "from aspire_ingest.cli import main; main()", "add", *targets],
        cwd=home.parent,  # away from a `.env` of whoever runs the tests
        env={**os.environ, "ASPIRE_HOME": str(home)},
        check=True,
        capture_output=True,
        timeout=120,
    )


@pytest.fixture
def written(tmp_path: Path) -> Path:
    knowledge.write(tmp_path / "documents")
    return tmp_path


def test_from_a_document_to_a_cited_reply_in_slack(written: Path) -> None:
    home = written / "home"
    _add(home, written / "documents")
    with LocalSlack() as slack, _served(home, slack) as port:
        text, sources, footer = _ask(port, slack, "Who moderated the bioengineering meeting?")
        assert "Hiroshi Shimizu" in text
        assert f"<{knowledge.SITE}/report/251111_e.html#:~:text=" in text
        assert "[1] <" in sources
        assert "Field meeting of the ASPIRE bioengineering projects" in sources
        assert footer

        question = "Who chairs the sustainability panel?"
        declined = _ask(port, slack, question)
        assert "The documents do not say." in declined[0]

        late = written / "late.md"
        late.write_text(
            f"---\ntitle: Panels\nurl: {knowledge.SITE}/panels\n---\n\n# Panels of ASPIRE\n\n"
            "The sustainability panel is chaired by Dr. Akiko Tanaka since May 2026.\n"
        )
        _add(home, late)
        started = time.monotonic()
        reply = _ask(port, slack, question)
        assert time.monotonic() - started < 5
        assert "Akiko Tanaka" in reply[0]
        assert f"<{knowledge.SITE}/panels" in reply[0]
        assert slack.violations == []


def test_questions_go_on_being_answered_while_documents_are_added(written: Path) -> None:
    home = written / "home"
    _add(home, written / "documents" / "report-en.md")
    question = Question(text="Who moderated the bioengineering field meeting?")
    with open_assistant(Settings(home=home)) as assistant:
        first = assistant.answer(question)
        writer = threading.Thread(target=_add, args=(home, written / "documents"))
        writer.start()
        said = list(_until(writer, assistant, question))
        last = assistant.answer(question)
    assert said
    assert all("Shimizu" in answer.text for answer in said)
    assert {answer.index_version for answer in said} <= {first.index_version, last.index_version}
    assert first.index_version != last.index_version


def _until(writer: threading.Thread, assistant: Assistant, question: Question) -> Generator[Answer]:
    while writer.is_alive():
        yield assistant.answer(question)
        time.sleep(0.05)
