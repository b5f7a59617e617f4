"""What is said of the second call is no sure answer to who asks for the third."""

from pathlib import Path

import pytest
from tests import knowledge

from aspire_bot.answering.types import Question
from aspire_bot.bootstrap import open_assistant
from aspire_bot.settings import Settings

_PAGE = """---
title: Results of the second joint call
date: 2025-09-01
---

# Results of the second joint call

The second joint call closed on 7 July 2025. Forty-one proposals were received for the second joint
call, and nine were selected.
"""


@pytest.mark.parametrize(("named", "certainty"), [("second", "sure"), ("third", "hedged")])
def test_only_the_round_that_is_told_of_is_answered_surely(
    tmp_path: Path, named: str, certainty: str
) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "results.md").write_text(_PAGE, encoding="utf-8")
    assert knowledge.add(tmp_path / "home", tmp_path / "documents").is_complete
    question = f"How many proposals were received for the {named} joint call?"
    with open_assistant(Settings(home=tmp_path / "home")) as assistant:
        answer = assistant.answer(Question(text=question))
    assert "Forty-one" in answer.text
    assert answer.certainty == certainty
