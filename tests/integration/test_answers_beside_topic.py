"""What a question has to do with the documents is told by the documents."""

from pathlib import Path

import pytest
from tests import knowledge

from aspire_bot.answering.types import Act, Outcome, Question
from aspire_bot.bootstrap import open_assistant
from aspire_bot.settings import Settings

_CITIES = """---
title: Cities of the Baltic
date: 2025-09-01
---

# Cities of the Baltic

The capital of Estonia is Tallinn, a port on the Gulf of Finland. Riga is the largest city of
Latvia.

エストニアの首都はタリンです。
"""
_RULES = """---
title: Rules of the grant
date: 2025-09-01
---

# Rules of the grant

The grant pays travel and wages. Unspent money goes back in March.
"""

_APPROVED = """---
document_id: approved-estonia
title: エストニアの首都はどこ？
kind: faq
language: ja
date: 2025-09-01
approved_by: Sato
approved_on: 2025-09-01
---

Q. エストニアの首都はどこ？

A. 広報課までお問い合わせください。
"""


@pytest.mark.parametrize(
    ("page", "outcome", "act"),
    [
        (_CITIES, "answered", "question"),
        (_RULES, "conversation", "off-topic"),
        (_APPROVED, "answered", "question"),  # what staff set right is said, whatever it is about
    ],
)
def test_general_knowledge_is_answered_where_the_documents_hold_it(
    tmp_path: Path, page: str, outcome: Outcome, act: Act
) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "page.md").write_text(page, encoding="utf-8")
    assert knowledge.add(tmp_path / "home", tmp_path / "documents").is_complete
    with open_assistant(Settings(home=tmp_path / "home")) as assistant:
        answer = assistant.answer(Question(text="エストニアの首都はどこ？"))
    assert (answer.outcome, answer.act) == (outcome, act)
    assert answer.ranking, "what was looked at is told"
    assert bool(answer.citations) == (outcome == "answered")
