"""Approved answers carried in with a look at it first, and held against the documents."""

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from tests.console.stage import Stage, staged
from tests.small_index import NoChroma, document, publish
from tests.unit.bot.state.made import gap

from aspire_bot.answering.approved.sameness import Levels
from aspire_bot.state.approvals import ApprovedAnswer
from aspire_ingest.index import DocumentInfo

FLY = "May I fly? <script>document.x</script>"
TABLE = f"question,answer,valid_until,audience\n{FLY},Changed.,,public\nNew?,Yes.,,public\n"


@pytest.fixture
def stage(tmp_path: Path) -> Generator[Stage]:
    with staged(tmp_path) as running:
        running.state.approvals.add(replace(_approved(running), approval_id="fly", question=FLY))
        running.state.approvals.set_status("fly", "published", document_id="x")
        yield running


def _approved(stage: Stage) -> ApprovedAnswer:
    return stage.state.approvals.all()[0]


@pytest.fixture
def sato(stage: Stage) -> Generator[httpx.Client]:
    with httpx.Client(base_url=stage.url, follow_redirects=True) as client:
        client.post(stage.sign_in_path())
        yield client


def token(client: httpx.Client) -> str:
    return client.get("/audit").text.split('name="form_token" value="')[1].split('"')[0]


def test_a_file_is_looked_at_before_anything_changes(stage: Stage, sato: httpx.Client) -> None:
    count = len(stage.state.approvals.all())
    given = {"form_token": token(sato)}
    files = {"file": ("answers.csv", TABLE.encode("cp932"), "text/csv")}
    seen = sato.post("/approved/import", data=given, files=files).text
    assert "1 new, 1 changed, 0 the same, 0 with an error" in seen
    assert "<script>document" not in seen
    assert len(stage.state.approvals.all()) == count
    text = TABLE.replace("\n", "\r\n")  # as browsers send a field
    done = sato.post("/approved/import/accept", data={**given, "text": text})
    assert "are being published" in done.text
    assert len(stage.state.approvals.all()) == count + 2
    acts = [row.act for row in stage.state.audit.all()]
    assert acts[1:] == ["approval.change", "approval.add"]
    # The former is on its way out of the index, the new ones into it.
    again = sato.post("/approved/import", data={**given, "text": TABLE}).text
    assert "0 new" in again


def test_errors_are_named_by_line_and_nothing_is_taken_in(stage: Stage, sato: httpx.Client) -> None:
    count = len(stage.state.approvals.all())
    text = TABLE + "Bad?,,,public\n"
    for path in ("/approved/import", "/approved/import/accept"):
        reply = sato.post(path, data={"form_token": token(sato), "text": text})
        assert reply.status_code == 400
        assert '<td class="number">4</td>' in reply.text
        assert "it has no answer" in reply.text
    nothing = sato.post("/approved/import/accept", data={"form_token": token(sato), "text": "x"})
    assert nothing.status_code == 400
    wrong = {"file": ("a.csv", b"\x81\x00q", "text/csv")}
    reply = sato.post("/approved/import", data={"form_token": token(sato)}, files=wrong)
    assert "no encoding" in reply.text
    assert len(stage.state.approvals.all()) == count


def test_what_documents_contradict_is_named(tmp_path: Path) -> None:
    said = "Each project receives up to 20 million yen for travel."
    answer = document(
        "approved-1",
        "# Grant\n\nEach project receives up to 30 million yen for travel.\n",
        DocumentInfo(
            document_id="", source="", title="How much?", language="en", kind="faq",
            extra={"approved_by": "Sato"},
        ),
    )  # fmt: skip
    guide = document(
        "guide",
        f"# Grant\n\n{said}\n",
        DocumentInfo(document_id="", source="", title="Guide", language="en"),
    )
    home = tmp_path / "home"
    publish(home, (answer, guide), open_chroma=NoChroma)
    with staged(tmp_path, home=home) as stage, httpx.Client(base_url=stage.url) as sato:
        sato.post(stage.sign_in_path())
        stage.state.approvals.set_status("ap1", "published", document_id="approved-1")
        text = sato.post("/approved/check", data={"form_token": token(sato)}).text
        assert "30 million yen" in text
        assert said in text
        assert "/approved/ap1" in text
        assert stage.state.audit.latest(1)[0].after == {"contradicted": 1}


def test_what_an_answer_must_not_answer_stays_however_it_is_changed(
    stage: Stage, sato: httpx.Client
) -> None:
    excluded = ("May I fly first class?", "May I fly home?")
    kept = replace(_approved(stage), approval_id="ex", question="Flights?", not_wordings=excluded)
    stage.state.approvals.add(kept)
    stage.state.approvals.set_status("ex", "published", document_id="goals")
    shown = sato.get("/approved/ex").text
    assert "May I fly first class?\nMay I fly home?</textarea>" in shown
    cited = stage.state.answer_list.times_cited(["goals"])["goals"]
    assert f"<dt>Cited</dt><dd>{cited}</dd>" in shown, "how often it was used"
    given = {"form_token": token(sato), "text": "Yes, in the cheapest class.", "audience": "public"}
    both = sato.post(
        "/approved/ex", data={**given, "question": "Flights?", "not_wordings": "FLIGHTS"}
    )
    assert (both.status_code, "stands in both fields" in both.text) == (400, True)
    long = sato.post(
        "/approved/ex",
        data={**given, "question": "Flights?", "not_wordings": "a b\n" * 2000 + "c" * 3000},
    )
    assert long.status_code == 400
    lines = "May I fly  home?\n\nMay I fly home?\nMay I fly first class?"
    sato.post("/approved/ex", data={**given, "question": "Flights?", "not_wordings": lines})
    changed = stage.state.approvals.all()[-1]
    assert changed.text == "Yes, in the cheapest class."
    assert tuple(changed.not_wordings or ()) == excluded[::-1]
    said = stage.state.audit.latest(1)[0].after
    assert said is not None
    assert said["not_wordings"] == list(excluded[::-1])

    stage.state.approvals.set_status(changed.approval_id, "published", document_id="y")
    stage.state.approvals.set_status("ex", "withdrawn")
    table = "question,answer,valid_until,audience\nFlights?,By a file.,,public\n"
    sato.post("/approved/import/accept", data={"form_token": token(sato), "text": table})
    carried = stage.state.approvals.all()[-1]
    assert (carried.text, tuple(carried.not_wordings or ())) == ("By a file.", excluded[::-1])


class ByLength:
    """Finds questions the same that begin alike, and near whose lengths are."""

    def log_odds(self, approved: str, asked: str) -> tuple[float, Levels]:
        odds = 3.0 if approved[:6] == asked[:6] else 1.0 if len(approved) == len(asked) else -9.0
        return odds, Levels(same=2.0, similar=0.5)


def test_which_kept_questions_an_answer_covers_is_seen_before_it_is_published(
    tmp_path: Path,
) -> None:
    with (
        staged(tmp_path, judge=ByLength()) as stage,
        httpx.Client(base_url=stage.url, follow_redirects=True) as sato,
    ):
        sato.post(stage.sign_in_path())
        for name, question in (
            ("k1", "Trains: who pays?"),
            ("k2", "Ferry fares again"),
            ("k3", "No"),
        ):
            stage.state.gaps.add(gap(name, question, asker=name))
        stage.state.gaps.add(replace(gap("k4", "Trains elsewhere", asker="k4"), team="T2"))
        count = len(stage.state.approvals.all())
        given = {
            "form_token": token(sato),
            "question": "Trains paid here?",
            "text": "Yes <b>.",
            "audience": "public",
        }
        page = sato.post("/approved/reach", data=given).text
        answered, near = page.split("It will be given to these")[1].split("These are near")
        assert ("Trains: who pays?" in answered, "Ferry" in answered) == (True, False)
        assert "Ferry fares again" in near
        assert "elsewhere" not in page
        assert "<li>No</li>" not in page
        assert "Yes &lt;b&gt;.</textarea>" in page, "the form is as it was"
        excluded = sato.post(
            "/approved/reach", data={**given, "not_wordings": "Trains: who pays?"}
        ).text
        assert "It will be given to these" not in excluded
        assert len(stage.state.approvals.all()) == count
        assert sato.post("/approved/reach", data={**given, "text": ""}).status_code == 400
    other = tmp_path / "other"
    other.mkdir()
    with staged(other) as stage, httpx.Client(base_url=stage.url) as sato:
        sato.post(stage.sign_in_path())
        assert "/approved/reach" not in sato.get("/approved/new").text, "nothing compares"
