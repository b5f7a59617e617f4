"""The drill: back up while the bot answers, lose everything, bring it back, get the same answers.

`make drill` runs this alone, as an operator would before relying on a backup.
"""

import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from tests import knowledge
from tests.local_slack.server import LocalSlack
from tests.serving import add, ask, served

from aspire_bot.answering.types import Question
from aspire_bot.bootstrap import open_assistant
from aspire_bot.settings import Settings

QUESTIONS = (
    "Who moderated the bioengineering field meeting?",
    "When do applications close?",
    "Who chairs the sustainability panel?",
)


def run(program: str, home: Path, *arguments: str) -> dict[str, Any]:
    done = subprocess.run(  # noqa: S603 - this interpreter
        [sys.executable, "-c", f"from {program} import main; main()", *arguments, "--json"],
        cwd=home.parent,
        env={**os.environ, "ASPIRE_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return json.loads(done.stdout)


def answers(home: Path) -> list[tuple[str, object]]:
    """What is said to each question, and what it cites."""
    with open_assistant(Settings(home=home)) as assistant:
        found = [assistant.answer(Question(text=question)) for question in QUESTIONS]
    return [(answer.text, [one.quote for one in answer.citations]) for answer in found]


@pytest.mark.skipif(
    "ASPIRE_DRILL" not in os.environ, reason="`make drill` runs it; its parts are in test_backup.py"
)
def test_all_is_lost_and_comes_back(tmp_path: Path) -> None:
    home, vault = tmp_path / "home", tmp_path / "vault"
    vault.mkdir()
    knowledge.write(tmp_path / "documents")
    add(home, tmp_path / "documents")
    before = answers(home)

    with LocalSlack() as slack, served(home, slack) as port:
        first = ask(port, slack, QUESTIONS[0])
        declined = ask(port, slack, QUESTIONS[2])
        assert "The documents do not say." in declined[0]
        made: list[dict[str, Any]] = []
        taking = threading.Thread(
            target=lambda: made.append(
                run("aspire_ingest.cli.app", home, "backup", str(vault), "--keep", "3", "--check")
            )
        )
        taking.start()
        while taking.is_alive():
            assert ask(port, slack, QUESTIONS[0])[0] == first[0]
        assert made[0]["checked"] is True
    open_before = run("aspire_bot.cli.app", home, "gaps")

    shutil.rmtree(home)
    (backup,) = vault.iterdir()
    run("aspire_ingest.cli.app", home, "restore", str(backup))

    assert answers(home) == before
    assert run("aspire_ingest.cli.app", home, "verify")["ok"] is True
    assert run("aspire_bot.cli.app", home, "gaps") == open_before
    assert open_before["gaps"], "what was asked before the loss is known"
    with LocalSlack() as slack, served(home, slack) as port:
        assert ask(port, slack, QUESTIONS[0])[0] == first[0]
