"""The page of the figures, the file of the same figures, and the test questions."""

import csv
import io
from datetime import timedelta
from pathlib import Path

import httpx
from tests.console.stage import EVIL, staged

from aspire_bot.state.database.database import utc_now
from aspire_bot.state.office.test_questions import TestQuestion, TestRun


def test_figures_are_drawn_listed_and_given_as_a_file(tmp_path: Path) -> None:
    with staged(tmp_path) as stage, httpx.Client(base_url=stage.url) as sato:
        sato.post(stage.sign_in_path())
        text = sato.get("/quality").text
        assert text.count("<svg") == 4, "nothing is known of hedges and of replies"
        assert "<script>document" not in text
        rows = list(csv.DictReader(io.StringIO(sato.get("/quality.csv").text)))
        assert [(row["asked"], row["answered"], row["down"]) for row in rows] == [("2", "0.5", "1")]
        assert ">50 %<" in text
        other = {"language": "ja", "place": "direct", "weeks": "26"}
        assert "Nothing was asked" in sato.get("/quality", params=other).text
        assert sato.get("/quality.csv", params=other).text.count("\n") == 1
        odd = {"language": EVIL, "place": EVIL, "weeks": "-1"}
        assert "<script>document" not in sato.get("/quality", params=odd).text
        acts = [row for row in stage.state.audit.all() if row.act == "figures.export"]
        assert [(row.after or {})["place"] for row in acts] == ["", "direct"]


def test_test_questions_say_what_changed(tmp_path: Path) -> None:
    with staged(tmp_path) as stage, httpx.Client(base_url=stage.url) as sato:
        sato.post(stage.sign_in_path())
        tests = stage.state.test_questions
        tests.put([TestQuestion(test_id="t", question=f"Q? {EVIL}", expects="document", value="d")])
        assert "not run yet" in sato.get("/quality").text
        for day, said in ((2, "Guide"), (1, "")):
            run = TestRun(
                test_id="t", has_passed=bool(said), outcome="answered" if said else "abstained",
                said=said, index_version="1", ran_at=utc_now() - timedelta(days=day),
            )  # fmt: skip
            tests.keep_run(run)
        text = sato.get("/quality").text
        assert "before: passed, answered: Guide" in text
        assert "<script>document" not in text
