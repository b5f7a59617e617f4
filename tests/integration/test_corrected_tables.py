"""A notice has a table of what was wrong and what is right: neither the old value nor the old day
is told as one that holds, whatever words a question has for them.
"""

from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests import knowledge

from aspire_bot.answering.types import Answer, Question
from aspire_bot.bootstrap import Assistant, open_assistant
from aspire_bot.settings import Settings

_CALL = """---
title: Brennfeld Grants, call 2026
date: 2026-06-01
---
The Brennfeld Grants support joint research.

| Scheme | Amount per year | Deadline |
|---|---|---|
| Seed | EUR 40,000 | 14 October 2026 |
| Beam | EUR 240,000 | 14 October 2026 |

Travel of guests is paid up to EUR 900 a visit.
"""
_NOTICE = """---
title: Corrections to the Brennfeld call
date: 2026-07-01
---
We regret errors in the call text that we published in June.

| Where | Wrong | Correct |
|---|---|---|
| Beam, amount per year | EUR 240,000 | EUR 255,000 |
| Deadline of Seed | 14 October 2026 | 21 October 2026 |
| Guests' travel, per visit | EUR 900 | EUR 1,100 |

Budgets for Beam that were made with the old amount may be made anew. The partner agencies have
moved the deadline for the parallel applications for Seed to 28 October 2026.
"""
_BEFORE = """---
title: Brennfeld Grants, call 2025
date: 2025-06-01
kind: call
---
The Brennfeld Grants support joint research.

| Scheme | Amount per year | Deadline |
|---|---|---|
| Seed | EUR 38,000 | 15 October 2025 |
| Beam | EUR 230,000 | 15 October 2025 |
"""
_KOBO = """---
title: 令和8年度ひかり助成 公募要領
date: 2026-06-01
---
ひかり助成は国際共同研究を支援します。

| 区分 | 研究費上限(年額) | 締切 |
|---|---|---|
| 若手 | 300万円 | 2026年10月14日 |
| 一般 | 1,200万円 | 2026年10月14日 |
"""
_TEISEI = """---
title: 令和8年度ひかり助成 公募要領の訂正について
date: 2026-07-01
---
6月に公表した公募要領に誤りがありました。お詫びして訂正いたします。

| 箇所 | 誤 | 正 |
|---|---|---|
| 若手の研究費上限 | 300万円 | 350万円 |
| 一般の締切 | 2026年10月14日 | 2026年10月21日 |
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Generator[Assistant]:
    root = tmp_path_factory.mktemp("corrected")
    folder = root / "documents"
    folder.mkdir()
    texts = {"call": _CALL, "notice": _NOTICE, "kobo": _KOBO, "teisei": _TEISEI}
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    knowledge.add(root / "home", folder)
    with open_assistant(
        Settings(home=Path(root / "home")), now=lambda: datetime(2026, 9, 1, tzinfo=UTC)
    ) as assistant:
        yield assistant


def test_when_all_is_over_the_last_round_alone_is_told(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    for name, text in (("before", _BEFORE), ("call", _CALL)):
        (tmp_path / "documents" / f"{name}.md").write_text(text, encoding="utf-8")
    knowledge.add(tmp_path / "home", tmp_path / "documents")
    asked_at = datetime(2026, 12, 1, tzinfo=UTC)
    with open_assistant(Settings(home=tmp_path / "home")) as assistant:
        answer = assistant.answer(Question(text="Beam deadline", asked_at=asked_at))
    assert [one.document.title for one in answer.citations] == ["Brennfeld Grants, call 2026"]
    assert "closed on 14 October 2026" in answer.text


def _ask(office: Assistant, text: str) -> Answer:
    return office.answer(Question(text=text))


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("How much does Beam pay a year?", "255,000", "240,000"),
        ("how much can we pay for the travel of a guest", "1,100", "900 a visit"),
        ("若手はいくらまでもらえますか", "350万円", "若手 — "),
    ],
)
def test_what_the_table_corrects_is_said_before_what_still_stands(
    office: Assistant, question: str, right: str, wrong: str
) -> None:
    text = _ask(office, question).text
    assert right in text
    assert text.index(right) < text.rindex(wrong)
    assert "correction" in text.lower() or "訂正" in text


def test_a_correction_of_another_language_takes_no_day_back(office: Assistant) -> None:
    assert "21" not in _ask(office, "若手はいくらまでもらえますか").text


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("When is the Seed deadline?", "21 October", "Beam"),
        ("When does Beam close?", "Beam — ", "21 October"),
        ("一般区分はいつまでに出せばいい？", "2026年10月21日", "若手 — "),
        ("若手の締切は", "若手 — ", "10月21日"),
    ],
)
def test_the_day_that_holds_is_told_of_the_row_that_is_named(
    office: Assistant, question: str, right: str, wrong: str
) -> None:
    answer = _ask(office, question)
    assert (answer.outcome, answer.certainty) == ("answered", "sure")
    assert right in answer.text
    assert wrong not in answer.text


@pytest.mark.parametrize("question", ["What was corrected in the call?", "公募要領の訂正箇所は"])
def test_what_was_corrected_is_the_rows_of_the_table(office: Assistant, question: str) -> None:
    quoted = [one.quote for one in _ask(office, question).citations]
    rows = [one for one in quoted if one.startswith("|")]
    assert len(rows) == len(quoted) == (3 if question.isascii() else 2)


def test_a_day_that_was_wrong_is_in_no_list(office: Assistant) -> None:
    told = _ask(office, "What is due in October 2026?").text
    assert "Seed — Amount" not in told
    assert "Beam — Amount per year: EUR 240,000; Deadline: 14 October 2026" in told
    assert "Deadline of Seed" in told
