"""Answers to check, decided on in the console and in Slack: one decision, brought once."""

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
from tests.console.stage import Stage, draft, staged
from tests.local_slack.answers import ENGLISH_ANSWER
from tests.local_slack.scene import OPTIONS, Scene, run_bot, texts_of

from aspire_bot.answering.types import Answer
from aspire_bot.local_slack.model import Message
from aspire_bot.slack.jobs.office_task import SettleDraft
from aspire_bot.slack.office.decisions import OfficeDecisions
from aspire_bot.slack.office.task_messages import Posting
from aspire_bot.slack.render import buttons
from aspire_bot.state import State
from aspire_bot.state.channels import ChannelPolicy

DRAFTED = replace(OPTIONS, default_policy=ChannelPolicy(mode="draft"))


def whole(message: Message) -> str:
    return "\n".join(texts_of(message))


@contextmanager
def office(folder: Path, answer: Answer = ENGLISH_ANSWER) -> Generator[tuple[Stage, Scene]]:
    """The bot in Slack and the console over one state."""
    with (
        staged(folder) as stage,
        run_bot(answer, answer, options=DRAFTED, state=folder / "state.sqlite3") as scene,
    ):
        yield stage, scene


@contextmanager
def signed_in(stage: Stage) -> Generator[httpx.Client]:
    with httpx.Client(base_url=stage.url, follow_redirects=True) as client:
        client.post(stage.sign_in_path())
        yield client


def sent(client: httpx.Client, path: str, **fields: str) -> httpx.Response:
    token = client.get("/audit").text.split('name="form_token" value="')[1].split('"')[0]
    return client.post(path, data={**fields, "form_token": token})


def asked(scene: Scene) -> tuple[Message, str]:
    """A question whose answer waits for staff; the message, and the answer's id."""
    question = scene.alice.asks("C1", "What are the goals?")
    scene.settle()
    (draft,) = (one for one in scene.state.drafts.waiting(9) if "goals" in one.question)
    return question, draft.answer_id


def decided(stage: Stage) -> list[tuple[str, str]]:
    rows = [row for row in stage.state.audit.all() if row.act == "draft.decide"]
    return [(row.surface, str((row.after or {}).get("status"))) for row in rows]


def test_an_answer_accepted_in_the_console_is_posted_once_and_slack_comes_too_late(
    tmp_path: Path,
) -> None:
    with office(tmp_path) as (stage, scene), signed_in(stage) as sato:
        question, answer_id = asked(scene)
        assert "What are the goals?" in sato.get("/").text
        (brought,) = [m for m in scene.sato.sees("G1") if "goals" in whole(m)]
        reply = sent(sato, f"/drafts/{answer_id}/accept")
        assert reply.status_code == 200
        assert "What are the goals?" not in reply.text, "it is decided, whether posted yet or not"
        scene.sato.clicks(brought, buttons.DECLINE_DRAFT)
        view = scene.sato.waits_for_view()
        scene.sato.submits(view, {"comment": "too late"})
        scene.settle()
        (answer,) = scene.alice.replies(question)
        assert "joint research" in whole(answer)
        assert "*Accepted* by <@U3>" in whole(scene.sato.sees("G1")[0])
        assert decided(stage) == [("console", "accepted")]
        assert sent(sato, f"/drafts/{answer_id}/accept").status_code == 409


def test_what_was_decided_in_slack_stands(tmp_path: Path) -> None:
    with office(tmp_path) as (stage, scene), signed_in(stage) as sato:
        question, answer_id = asked(scene)
        (brought,) = [m for m in scene.sato.sees("G1") if "goals" in whole(m)]
        scene.sato.clicks(brought, buttons.ACCEPT_DRAFT)
        for act, fields in (("edit", {"text": "x"}), ("decline", {"reason": "x"}), ("accept", {})):
            reply = sent(sato, f"/drafts/{answer_id}/{act}", **fields)
            assert reply.status_code == 409, act
            assert "decided on this answer meanwhile" in reply.text
        scene.settle()
        (answer,) = scene.alice.replies(question)
        assert "joint research" in whole(answer)
        assert decided(stage) == [("slack", "accepted")]


def test_an_edited_and_a_declined_one(tmp_path: Path) -> None:
    with office(tmp_path) as (stage, scene), signed_in(stage) as sato:
        question, answer_id = asked(scene)
        assert sent(sato, f"/drafts/{answer_id}/edit", text=" \n ").status_code == 400
        assert sent(sato, f"/drafts/{answer_id}/decline", reason=" ").status_code == 400
        assert sent(sato, "/drafts/none/accept").status_code == 404
        sent(sato, f"/drafts/{answer_id}/edit", text="共同研究 & <!channel>\r\nand exchange.")
        scene.settle()
        (answer,) = scene.alice.replies(question)
        assert "共同研究 &amp; &lt;!channel&gt;\nand exchange." in whole(answer)
        question, answer_id = asked(scene)
        sent(sato, f"/drafts/{answer_id}/decline", reason="Not  ours")
        scene.settle()
        (answer,) = scene.alice.replies(question)
        assert "gives no answer here" in whole(answer)
        assert "Not ours" not in whole(answer)
        kept = scene.state.drafts.get(answer_id)
        assert kept is not None
        assert (kept.status, kept.reason, kept.decided_by) == ("declined", "Not ours", "U3")
        assert [status for _, status in decided(stage)] == ["edited", "declined"]


def test_of_many_who_press_at_once_one_decides(tmp_path: Path) -> None:
    with office(tmp_path) as (stage, scene):
        question, answer_id = asked(scene)
        state = stage.state
        made = OfficeDecisions(state=state, posting=Posting(inbox=state.inbox), surface="console")

        def press(number: int) -> bool:
            task = SettleDraft(user=f"U{number}", answer_id=answer_id, act="accepted")
            return made.settle_draft(task, key=f"press:{number}", team="T1")

        with ThreadPoolExecutor(6) as pool:
            assert sorted(pool.map(press, range(6))) == [False] * 5 + [True]
        scene.settle()
        assert len(scene.alice.replies(question)) == 1
        assert len(decided(stage)) == 1


def test_all_that_waits_is_counted_and_the_first_are_shown(tmp_path: Path) -> None:
    def many(state: State) -> None:
        for number in range(25):
            state.drafts.add(draft(f"d{number}", question=f"Is it so ({number})?"))

    with staged(tmp_path, fill=many) as stage, signed_in(stage) as sato:
        text = sato.get("/").text
        assert '<span class="count">25</span>' in text
        assert "Only the first 20 are shown" in text
        assert text.count("/accept") == 20
