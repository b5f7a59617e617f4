"""The whole way: documents in, a cited answer out, in the demonstration and in Slack."""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from pathlib import Path

import pytest
from tests import knowledge
from tests.local_slack.server import LocalSlack
from tests.serving import add, ask, served

from aspire_bot import demo
from aspire_bot.answering.types import Answer, Question
from aspire_bot.bootstrap import Assistant, open_assistant
from aspire_bot.settings import Settings


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


@pytest.fixture
def written(tmp_path: Path) -> Path:
    knowledge.write(tmp_path / "documents")
    return tmp_path


def test_from_a_document_to_a_cited_reply_in_slack(written: Path) -> None:
    home = written / "home"
    add(home, written / "documents")
    with LocalSlack() as slack, served(home, slack) as port:
        text, sources, footer = ask(port, slack, "Who moderated the bioengineering meeting?")
        assert "Hiroshi Shimizu" in text
        assert f"<{knowledge.SITE}/report/251111_e.html#:~:text=" in text
        assert "[1] <" in sources
        assert "Field meeting of the ASPIRE bioengineering projects" in sources
        assert footer

        question = "Who chairs the sustainability panel?"
        declined = ask(port, slack, question)
        assert "The documents do not say." in declined[0]

        late = written / "late.md"
        late.write_text(
            f"---\ntitle: Panels\nurl: {knowledge.SITE}/panels\n---\n\n# Panels of ASPIRE\n\n"
            "The sustainability panel is chaired by Dr. Akiko Tanaka since May 2026.\n"
        )
        add(home, late)
        started = time.monotonic()
        reply = ask(port, slack, question)
        assert time.monotonic() - started < 5
        assert "Akiko Tanaka" in reply[0]
        assert f"<{knowledge.SITE}/panels" in reply[0]
        assert slack.violations == []


def test_questions_go_on_being_answered_while_documents_are_added(written: Path) -> None:
    home = written / "home"
    add(home, written / "documents" / "report-en.md")
    question = Question(text="Who moderated the bioengineering field meeting?")
    with open_assistant(Settings(home=home)) as assistant:
        first = assistant.answer(question)
        writer = threading.Thread(target=add, args=(home, written / "documents"))
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
        time.sleep(0.2)  # it shares the machine with the writer
