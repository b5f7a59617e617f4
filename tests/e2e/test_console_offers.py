"""What later documents answer, sent from the console or from Slack: one decision, told once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Literal

import httpx
from tests.console.stage import Stage, staged
from tests.e2e.test_console_drafts import sent, signed_in
from tests.local_slack.answers import ABSTAINED, ENGLISH_ANSWER
from tests.local_slack.scene import Scene, run_bot, texts_of
from tests.unit.bot.state.made import gap, posted

from aspire_bot.local_slack.model import Message
from aspire_bot.slack.jobs.office_task import CheckWanted, SettleOffer
from aspire_bot.slack.office.decisions import OfficeDecisions
from aspire_bot.slack.office.task_messages import Posting
from aspire_bot.slack.render import buttons
from aspire_bot.state.database.database import utc_now
from aspire_bot.state.office.contradictions import Contradiction, StatedQuote
from aspire_bot.state.office.offers import OfferedAnswer


def whole(message: Message) -> str:
    return "\n".join(texts_of(message))


def offered(scene: Scene) -> str:
    """Have somebody wait for an answer that the next generation has; give the offer's id."""
    asked = scene.alice.asks("C1", "What are the goals?")
    scene.settle()
    (reply,) = scene.alice.replies(asked)
    scene.ken.clicks(reply, buttons.TELL_ME)
    scene.settle()
    posting = Posting(inbox=scene.state.inbox)
    posting.put(CheckWanted(user=""), key="wanted:4:T1", team="T1")
    scene.settle()
    (offer,) = scene.state.offers.open(9)
    return offer.offer_id


def decided(stage: Stage) -> list[tuple[str, str, object]]:
    rows = [row for row in stage.state.audit.all() if row.act == "offer.decide"]
    return [(row.surface, row.actor, (row.after or {}).get("status")) for row in rows]


def told(scene: Scene) -> list[str]:
    scene.settle()
    return [whole(message) for message in scene.ken.sees(scene.ken.dm)]


def test_an_offer_is_sent_from_the_console_once(tmp_path: Path) -> None:
    with (
        staged(tmp_path) as stage,
        run_bot(ABSTAINED, state=tmp_path / "state.sqlite3") as scene,
        signed_in(stage) as sato,
    ):
        offer_id = offered(scene)
        (brought,) = [m for m in scene.sato.sees("G1") if "may now answer" in whole(m)]
        shown = sato.get("/").text
        assert f"/offers/{offer_id}/send" in shown
        assert "people who wait: 1" in shown
        assert "Yes [1]" in shown
        assert "&lt;http" not in shown, "links are shown as their labels"
        reply = sent(sato, f"/offers/{offer_id}/send")
        assert "on its way to those who wait" in reply.text
        assert f"/offers/{offer_id}/send" not in reply.text
        (message,) = told(scene)
        assert "*The documents answer it now:*" in message
        (brought,) = [m for m in scene.sato.sees("G1") if m.ts == brought.ts]
        assert "*Sent* to those who wait, by <@U3>." in whole(brought)
        late = sent(sato, f"/offers/{offer_id}/decline")
        assert late.status_code == 409
        assert "decided on this answer meanwhile" in late.text
        assert sent(sato, "/offers/none/send").status_code == 404
        assert decided(stage) == [("console", "U3", "sent")]


def test_of_many_who_press_at_once_one_decides(tmp_path: Path) -> None:
    with (
        staged(tmp_path) as stage,
        run_bot(ABSTAINED, state=tmp_path / "state.sqlite3") as scene,
    ):
        offer_id = offered(scene)
        state = stage.state
        made = OfficeDecisions(state=state, posting=Posting(inbox=state.inbox), surface="slack")

        def press(number: int) -> bool:
            act: Literal["sent", "declined"] = "declined" if number % 2 else "sent"
            task = SettleOffer(user=f"U{number}", offer_id=offer_id, act=act)
            return made.settle_offer(task, team="T1")

        with ThreadPoolExecutor(6) as pool:
            assert sorted(pool.map(press, range(6))) == [False] * 5 + [True]
        ((_, actor, act),) = decided(stage)
        scene.settle()
        kept = state.offers.get(offer_id)
        assert kept is not None
        assert (kept.status, kept.decided_by) == (act, actor)
        assert len(told(scene)) == (act == "sent")


def test_a_press_counts_neither_after_a_decision_nor_while_one_is_being_kept(
    tmp_path: Path,
) -> None:
    with staged(tmp_path) as stage:
        state = stage.state
        posting = Posting(inbox=state.inbox)
        made = OfficeDecisions(state=state, posting=posting, surface="slack")
        for name in ("decided", "pressed"):
            state.offers.add(
                OfferedAnswer(
                    offer_id=name,
                    gap_id="g1",
                    team="T1",
                    audience="public",
                    language="en",
                    message={"text": name, "blocks": [], "text_blocks": 0},
                    index_version="1",
                    offered_at=utc_now(),
                )
            )
        state.offers.decide("decided", "declined", "U9")
        pressed = SettleOffer(user="U9", offer_id="pressed", act="declined")
        posting.put(pressed, key="settle_offer:pressed", team="T1", about="offer:pressed")
        for name in ("decided", "pressed"):
            late = SettleOffer(user="U3", offer_id=name, act="sent")
            assert not made.settle_offer(late, team="T1"), name
        assert decided(stage) == []


def test_an_offer_declined_in_slack_is_written_down_and_gone_from_the_console(
    tmp_path: Path,
) -> None:
    with (
        staged(tmp_path) as stage,
        run_bot(ABSTAINED, state=tmp_path / "state.sqlite3") as scene,
        signed_in(stage) as sato,
    ):
        offer_id = offered(scene)
        (brought,) = [m for m in scene.sato.sees("G1") if "may now answer" in whole(m)]
        scene.sato.clicks(brought, buttons.DECLINE_OFFER)
        scene.settle()
        assert offer_id not in sato.get("/").text
        assert sent(sato, f"/offers/{offer_id}/send").status_code == 409
        assert told(scene) == []
        assert decided(stage) == [("slack", "U3", "declined")]


def test_documents_that_contradict_each_other_are_listed_until_staff_say_why_not(
    tmp_path: Path,
) -> None:
    sides = (
        StatedQuote(document_id="goals", title="Goals", quote="It pays <b>5</b>.", start=0, end=9),
        StatedQuote(document_id="guide", title="", quote="It pays 6.", start=0, end=9),
    )
    with staged(tmp_path) as stage, signed_in(stage) as sato:
        kept = Contradiction(pair_id="p1", quotes=sides, index_version="1", found_at=utc_now())
        stage.state.contradictions.replace([kept])
        shown = sato.get("/").text
        assert "<q>It pays &lt;b&gt;5&lt;/b&gt;.</q>" in shown
        assert sent(sato, "/contradictions/p1/dismiss", reason=" ").status_code == 400
        assert sent(sato, "/contradictions/none/dismiss", reason="x").status_code == 404
        gone = sent(sato, "/contradictions/p1/dismiss", reason="Other  years").text
        assert "It pays" not in gone
        row = stage.state.audit.latest(1)[0]
        assert (row.act, row.target) == ("contradiction.dismiss", "p1")
        assert row.after == {"status": "dismissed", "reason": "Other years"}
        stage.state.contradictions.replace([kept])
        assert "It pays" not in sato.get("/").text, "found again, it stays dismissed"


def test_the_documents_are_asked_an_unanswered_question_again(tmp_path: Path) -> None:
    with staged(tmp_path) as stage, signed_in(stage) as sato:
        page = sent(sato, "/questions/g1/ask")
        assert ENGLISH_ANSWER.citations[0].quote in page.text
        assert "/approved/new?question=g1" in page.text
        token = sato.get("/audit").text.split('name="form_token" value="')[1].split('"')[0]
        part = sato.post(
            "/questions/g1/ask", data={"form_token": token}, headers={"HX-Request": "true"}
        )
        assert "<html" not in part.text
        assert ENGLISH_ANSWER.citations[0].quote in part.text
        assert stage.answerer.asked[0].audience == "public"
        stage.state.answers.add(replace(posted("for-staff"), audience="staff"))
        stage.state.gaps.add(gap("g9", "What do staff do?", answer_id="for-staff"))
        sent(sato, "/questions/g9/ask")
        assert stage.answerer.asked[-1].audience == "staff"
        assert sent(sato, "/questions/none/ask").status_code == 404
        acts = [row.act for row in stage.state.audit.all()]
        assert acts.count("question.ask_again") == 3


def test_how_often_a_question_was_asked_of_late_is_shown(tmp_path: Path) -> None:
    with staged(tmp_path) as stage, httpx.Client(base_url=stage.url) as sato:
        sato.post(stage.sign_in_path())
        assert "in the last seven days 0, in the seven before 0" in sato.get("/").text
