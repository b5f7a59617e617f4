"""Questions to the office: whose they are, and when staff are reminded, from the console."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select
from tests.console.stage import Stage, staged
from tests.local_slack.answers import ABSTAINED
from tests.local_slack.scene import OPTIONS, Scene, run_bot, texts_of

from aspire_bot.local_slack.model import Message
from aspire_bot.slack.render import buttons
from aspire_bot.state.database.database import utc_now
from aspire_bot.state.database.tables import inbox
from aspire_bot.state.escalations import Escalation


def whole(message: Message) -> str:
    return "\n".join(texts_of(message))


@contextmanager
def brought(folder: Path) -> Generator[tuple[Stage, Scene, httpx.Client, Escalation]]:
    """A question that was brought to the office, staff's console, and one who is signed in."""
    with (
        staged(folder, staff=frozenset({"U3", "U4"})) as stage,
        run_bot(
            ABSTAINED, options=replace(OPTIONS, remind_h=0), state=folder / "state.sqlite3"
        ) as scene,
        httpx.Client(base_url=stage.url, follow_redirects=True) as sato,
    ):
        sato.post(stage.sign_in_path())
        question = scene.alice.asks("C1", "May I take my cat along?")
        scene.settle()
        (reply,) = scene.alice.replies(question)
        scene.alice.clicks(reply, buttons.ESCALATE)
        scene.settle()
        (one,) = (e for e in scene.state.escalations.open(9) if "cat" in e.question)
        yield stage, scene, sato, one


def sent(client: httpx.Client, path: str, **fields: str) -> httpx.Response:
    token = client.get("/audit").text.split('name="form_token" value="')[1].split('"')[0]
    return client.post(path, data={**fields, "form_token": token})


def test_a_question_is_taken_given_away_and_given_up(tmp_path: Path) -> None:
    with brought(tmp_path) as (stage, scene, sato, one):
        path = f"/escalations/{one.escalation_id}/give"
        assert "nobody has taken it" in sato.get("/").text
        assert "taken by 鈴木" in sent(sato, path, owner="U4").text
        scene.settle()
        seen = [whole(m) for m in scene.sato.sees("G1")]
        assert any("Taken by <@U4>" in text for text in seen)
        assert any("<@U4>: <@U3> has given you this question" in text for text in seen)
        assert sent(sato, path, owner="U1").status_code == 400
        sent(sato, path, owner="U3")
        sent(sato, path, owner="")
        scene.settle()
        kept = scene.state.escalations.get(one.escalation_id)
        assert kept is not None
        assert kept.owner is None
        told = [text for m in scene.sato.sees("G1") for text in texts_of(m) if "given you" in text]
        assert not any("<@U3>: <@U3>" in text for text in told), "who takes it knows of it"
        acts = [row for row in stage.state.audit.all() if row.act == "escalation.give"]
        assert [(row.after or {})["owner"] for row in acts] == ["U4", "U3", None]
        assert [(row.before or {})["owner"] for row in acts] == [None, "U4", "U3"]


def test_staff_are_reminded_on_the_day_they_want(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aspire_bot.slack.office.build._REMINDERS_EVERY_S", 0.05)
    with brought(tmp_path) as (stage, scene, sato, one):
        path = f"/escalations/{one.escalation_id}/remind"
        for wrong in ("2026-11-29", "2020-01-01", "2999-01-01", "soon", "2026-12"):
            assert sent(sato, path, day=wrong).status_code == 400, wrong
        assert "reminder on 2026-12-07" in sent(sato, path, day="2026-12-07").text
        kept = scene.state.escalations.get(one.escalation_id)
        assert kept is not None
        assert kept.remind_at is not None
        assert kept.remind_at.isoformat() == "2026-12-07T00:00:00+00:00", "nine in Tokyo"
        assert "reminder on" not in sent(sato, path, day="").text
        # The day comes.
        scene.state.escalations.set_remind_at(one.escalation_id, utc_now() - timedelta(minutes=1))
        scene.sato.waits_for_message("G1", lambda m: "*Still open* for" in whole(m))
        scene.settle()
        kept = scene.state.escalations.get(one.escalation_id)
        assert kept is not None
        assert kept.remind_at is None
        assert len([m for m in scene.sato.sees("G1") if "*Still open*" in whole(m)]) == 1
        acts = [row.act for row in stage.state.audit.all() if row.act == "escalation.remind"]
        assert len(acts) == 2


def test_whoever_presses_twice_replies_and_approves_once(tmp_path: Path) -> None:
    with (
        staged(tmp_path) as stage,
        httpx.Client(base_url=stage.url, follow_redirects=True) as sato,
    ):
        sato.post(stage.sign_in_path())
        (one,) = stage.state.escalations.open(9)
        path = f"/escalations/{one.escalation_id}/reply"
        for text in ("Yes, with receipts.", "Yes, with receipts.", "And by car."):
            assert "on its way to the asker" in sent(sato, path, text=text).text
        before = len(stage.state.approvals.all())
        fields = {"question": "May I fly?\nBy plane?", "text": "Yes.", "audience": "public"}
        first, again = (sent(sato, "/approved/new", **fields) for _ in range(2))
        assert first.url == again.url
        stage.state.approvals.set_status(first.url.path.rpartition("/")[2], "published")
        assert sent(sato, "/approved/new", **fields).url == first.url
        sent(sato, "/approved/new", **{**fields, "audience": "staff"})
        assert len(stage.state.approvals.all()) == before + 2
        acts = [row.act for row in stage.state.audit.all()]
        assert acts[1:] == ["escalation.reply"] * 2 + ["approval.add"] * 2
        with stage.state.database.read() as connection:
            bodies = connection.execute(select(inbox.c.body)).scalars().all()
        replies = [body["text"] for body in bodies if body["task"] == "answer_for_office"]
        assert replies == ["Yes, with receipts.", "And by car."]
