"""What waits in the inbox and needs nothing: dismissed with a reason, and taken up again."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from tests.console.stage import HOSTILE, Stage, staged
from tests.local_slack.curator import HEALTHY, HomeCurator
from tests.test_site.scene import Scene as SiteScene
from tests.test_site.server import serve

from aspire_bot.curator import HeldItem
from aspire_bot.state.database.database import utc_now
from aspire_bot.state.office.contradictions import Contradiction, StatedQuote


@contextmanager
def signed_in(stage: Stage) -> Generator[httpx.Client]:
    with httpx.Client(base_url=stage.url, follow_redirects=True) as client:
        client.post(stage.sign_in_path())
        yield client


@pytest.fixture
def stage(tmp_path: Path) -> Generator[Stage]:
    with staged(tmp_path) as running:
        yield running


@pytest.fixture
def sato(stage: Stage) -> Generator[httpx.Client]:
    with signed_in(stage) as client:
        yield client


def sent(client: httpx.Client, path: str, **fields: str) -> httpx.Response:
    token = client.get("/audit").text.split('name="form_token" value="')[1].split('"')[0]
    return client.post(path, data={**fields, "form_token": token})


def section(page: str, name: str) -> str:
    """The part of the inbox under a heading."""
    return page.split(f'aria-labelledby="{name}"')[1].split("</section>", maxsplit=1)[0]


def logged(stage: Stage) -> Sequence[tuple[str, str, object, object]]:
    rows = stage.state.audit.all()
    return [(row.act, row.target, row.before, row.after) for row in rows][1:]


def test_a_disliked_answer_is_dismissed_until_somebody_dislikes_it_again(
    stage: Stage, sato: httpx.Client
) -> None:
    shown = section(sato.get("/").text, "disliked")
    assert "/approved/new?answer=a1" in shown, "it is set right from here"
    path = "/dismissals/disliked"
    assert sent(sato, path, item="a1", reason="  ").status_code == 400
    assert sent(sato, path, item="a2", reason="x").status_code == 409, "nobody disliked it"
    assert sent(sato, path, item="none", reason="x").status_code == 409
    page = sent(sato, path, item="a1", reason="It was <b>right</b>  then").text
    assert "/answers/a1" not in section(page, "disliked")
    assert "It was &lt;b&gt;right&lt;/b&gt; then" in section(page, "set-aside")
    assert logged(stage) == [
        (
            "answer.dismiss",
            "a1",
            {"status": "open"},
            {"status": "dismissed", "reason": "It was <b>right</b> then"},
        )
    ]
    stage.state.feedback.vote("a1", "U9", "up")
    assert "/answers/a1" not in section(sato.get("/").text, "disliked")
    stage.state.feedback.vote("a1", "U8", "down")
    assert "/answers/a1" in section(sato.get("/").text, "disliked")


def test_what_was_dismissed_is_taken_up_again(stage: Stage, sato: httpx.Client) -> None:
    sent(sato, "/dismissals/disliked", item="a1", reason="Nothing is wrong")
    page = sent(sato, "/dismissals/disliked/reopen", item="a1").text
    assert "/answers/a1" in section(page, "disliked")
    assert "set-aside" not in page
    assert sent(sato, "/dismissals/disliked/reopen", item="a1").status_code == 409
    assert logged(stage)[1:] == [
        (
            "answer.reopen",
            "a1",
            {"status": "dismissed", "reason": "Nothing is wrong"},
            {"status": "open"},
        )
    ]
    for path in ("/dismissals/nothing", "/dismissals/nothing/reopen", "/dismissals/contradiction"):
        assert sent(sato, path, item="a1", reason="x").status_code == 404


def test_a_question_at_the_office_is_dismissed_once_and_taken_up_again(
    stage: Stage, sato: httpx.Client
) -> None:
    (waiting,) = stage.state.escalations.open(9)
    name = waiting.escalation_id
    stage.state.gaps.set_status("g1", "escalated")
    assert "The asker is not told." in section(sato.get("/").text, "escalations")
    page = sent(sato, "/dismissals/escalation", item=name, reason="Told by phone").text
    assert name not in section(page, "escalations")
    assert stage.state.escalations.open(9) == ()
    gap_ = stage.state.gaps.get("g1")
    assert gap_ is not None
    assert gap_.status == "dismissed"
    assert sent(sato, "/dismissals/escalation", item=name, reason="Again").status_code == 409
    late = sent(sato, f"/escalations/{name}/reply", text="Hello")
    assert late.status_code == 409, "nothing goes to the asker by an old page"
    sent(sato, "/dismissals/escalation/reopen", item=name)
    assert [one.escalation_id for one in stage.state.escalations.open(9)] == [name]
    gap_ = stage.state.gaps.get("g1")
    assert gap_ is not None
    assert gap_.status == "escalated"
    assert [row[0] for row in logged(stage)] == ["escalation.dismiss", "escalation.reopen"]


def test_a_badly_read_document_is_dismissed_as_it_is_now(stage: Stage, sato: httpx.Client) -> None:
    with stage.parts.open_index() as index:
        infos = index.documents()
    name = HOSTILE.document_id
    assert 'name="item" value="evil/../&lt;id&gt;"' in section(sato.get("/").text, "doubtful")
    for item in ("goals", "none"):
        path = "/dismissals/doubtful"
        assert sent(sato, path, item=item, reason="x").status_code == 409, "it is read well"
    page = sent(sato, "/dismissals/doubtful", item=name, reason="Legible").text
    assert "evil/" not in section(page, "doubtful")
    assert "evil/" in section(page, "set-aside")
    assert stage.state.dismissals.versions("doubtful") == {name: infos[name].content_hash}
    stage.state.dismissals.add(
        "doubtful", name, team="T1", user="U3", reason="Legible", version="another text"
    )
    assert "evil/" in section(sato.get("/").text, "doubtful"), "it was read anew since"
    assert logged(stage)[0][:2] == ("document.dismiss_doubtful", name)


def test_quotes_that_differ_are_taken_up_again(stage: Stage, sato: httpx.Client) -> None:
    sides = (
        StatedQuote(document_id="goals", title="Goals", quote="It pays 5.", start=0, end=9),
        StatedQuote(document_id="guide", title="", quote="It pays 6.", start=0, end=9),
    )
    pair = Contradiction(pair_id="p1", quotes=sides, index_version="1", found_at=utc_now())
    stage.state.contradictions.replace([pair])
    page = sent(sato, "/contradictions/p1/dismiss", reason="Other years").text
    assert "Goals · guide" in section(page, "set-aside")
    page = sent(sato, "/dismissals/contradiction/reopen", item="p1").text
    assert "It pays 6." in section(page, "contradictions")
    assert [row[0] for row in logged(stage)] == ["contradiction.dismiss", "contradiction.reopen"]


def test_a_held_document_is_dismissed_while_it_is_held_for_the_same(tmp_path: Path) -> None:
    with serve(reports=0) as site:
        item = HeldItem(target="/plan.pdf", mark="CONFIDENTIAL", reason="marked CONFIDENTIAL")
        curator = HomeCurator(
            SiteScene(site, tmp_path / "home"), told=HEALTHY.model_copy(update={"held": (item,)})
        )
        with staged(tmp_path, curator=curator) as stage, signed_in(stage) as sato:
            assert "/plan.pdf" in sato.get("/held").text
            path = "/dismissals/held"
            assert sent(sato, path, item="/other.pdf", reason="x").status_code == 409
            page = sent(sato, path, item="/plan.pdf", reason="Stays outside").text
            assert "/plan.pdf" in section(page, "set-aside")
            assert "/plan.pdf" not in sato.get("/held").text
            stage.parts.recent_status.forget()
            worse = item.model_copy(update={"reason": "quality 0.2"})
            curator.told = HEALTHY.model_copy(update={"held": (worse,)})
            assert "/plan.pdf" in sato.get("/held").text, "held for another reason"
            assert [row[0] for row in logged(stage)] == ["document.dismiss_held"]


def test_a_reason_is_forgotten_with_who_gave_it(stage: Stage, sato: httpx.Client) -> None:
    sent(sato, "/dismissals/disliked", item="a1", reason="Ms Abe was wrong")
    stage.state.retention.forget("U3", "T1")
    said = stage.state.dismissals.get("disliked", "a1")
    assert said is not None
    assert (said.reason, said.dismissed_by) == ("", "")
