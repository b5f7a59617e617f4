"""The office's work in Slack: who waits is told, drafts, reminders, what waits on the Home."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.local_slack.answers import ABSTAINED, ENGLISH_ANSWER
from tests.local_slack.scene import OPTIONS, Scene, run_bot, texts_of

from aspire_bot.local_slack.model import Message
from aspire_bot.local_slack.people import Person
from aspire_bot.slack.jobs.office_task import CheckWanted
from aspire_bot.slack.office.task_messages import Posting
from aspire_bot.slack.render import buttons
from aspire_bot.state.channels import ChannelPolicy
from aspire_bot.state.database.tables import inbox
from aspire_bot.state.office.waiting_askers import WantedAnswers

QUESTION = "May I pay for childcare?"
DRAFTED = replace(OPTIONS, default_policy=ChannelPolicy(mode="draft"))


def _whole(message: Message) -> str:
    return "\n".join(texts_of(message))


def _ask(scene: Scene, question: str = QUESTION, channel: str = "C1") -> tuple[Message, Message]:
    asked = scene.alice.asks(channel, question)
    scene.settle()
    (reply,) = scene.alice.replies(asked)
    return asked, reply


def _sees(scene: Scene, person: Person, channel: str) -> Sequence[str]:
    scene.settle()
    return [_whole(message) for message in person.sees(channel)]


def _new_generation(scene: Scene) -> None:
    posting = Posting(inbox=scene.state.inbox)
    posting.put(CheckWanted(user=""), key="wanted:4:T1", team="T1")
    scene.settle()


def _home(scene: Scene, person: Person) -> str:
    scene.settle()
    return str(person.waits_for_home().content)


def test_who_waits_is_told_once_what_staff_reply() -> None:
    with run_bot(ABSTAINED) as scene:
        asked, reply = _ask(scene)
        scene.ken.clicks(reply, buttons.TELL_ME)
        scene.ken.clicks(reply, buttons.TELL_ME)
        scene.alice.clicks(reply, buttons.ESCALATE)
        scene.settle()
        (brought,) = scene.sato.sees("G1")
        scene.sato.says("G1", "Yes, with receipts <!channel>.", thread_ts=brought.ts)
        (told,) = _sees(scene, scene.ken, scene.ken.dm)
        assert "*The ASPIRE office has answered:*" in told
        assert f"> {QUESTION}" in told
        assert "Yes, with receipts &lt;!channel&gt;." in told
        assert "Written by <@U3>" in told
        scene.sato.says("G1", "And by car.", thread_ts=brought.ts)
        assert len(_sees(scene, scene.ken, scene.ken.dm)) == 1
        assert len(scene.alice.replies(asked)) == 3
        late = scene.sato.clicks(reply, buttons.TELL_ME)
        assert late.is_acknowledged
        assert "And by car." in _sees(scene, scene.sato, scene.sato.dm)[-1]


def test_a_later_generation_answers_and_staff_send_it() -> None:
    with run_bot(ABSTAINED) as scene:
        _, reply = _ask(scene)
        scene.ken.clicks(reply, buttons.TELL_ME)
        scene.settle()
        _new_generation(scene)
        (offered,) = scene.sato.sees("G1")
        assert "may now answer a question" in _whole(offered)
        assert "Yes [1]" in _whole(offered)
        assert "People who wait: 1" in _whole(offered)
        assert not _sees(scene, scene.ken, scene.ken.dm)
        scene.slack.workspace.join("U2", "G1")
        scene.ken.clicks(offered, buttons.SEND_OFFER)
        assert not _sees(scene, scene.ken, scene.ken.dm)
        scene.sato.clicks(offered, buttons.SEND_OFFER)
        scene.settle()
        (told,) = _sees(scene, scene.ken, scene.ken.dm)
        assert "*The documents answer it now:*" in told
        assert "*Sent* to those who wait, by <@U3>." in _whole(scene.sato.sees("G1")[0])
        assert _new_offers(scene) == 0


def _new_offers(scene: Scene) -> int:
    before = len(scene.sato.sees("G1"))
    posting = Posting(inbox=scene.state.inbox)
    posting.put(CheckWanted(user=""), key="wanted:5:T1", team="T1")
    scene.settle()
    return len(scene.sato.sees("G1")) - before


def test_what_staff_decline_is_not_offered_again_and_nobody_is_told() -> None:
    with run_bot(ABSTAINED) as scene:
        _, reply = _ask(scene)
        scene.ken.clicks(reply, buttons.TELL_ME)
        scene.settle()
        _new_generation(scene)
        (offered,) = scene.sato.sees("G1")
        scene.sato.clicks(offered, buttons.DECLINE_OFFER)
        scene.settle()
        assert "*Not sent*: <@U3> decided so." in _whole(scene.sato.sees("G1")[0])
        assert _new_offers(scene) == 0
        assert not _sees(scene, scene.ken, scene.ken.dm)


class KilledError(BaseException):
    """The process dies."""


def test_a_kill_between_telling_and_noting_tells_nobody_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker dies after Slack took the message; the next process goes on in that one."""
    died = threading.Event()
    note = WantedAnswers.set_told

    def die(wanted: WantedAnswers, wanted_id: str) -> None:
        if died.is_set():
            note(wanted, wanted_id)
            return
        died.set()
        raise KilledError

    monkeypatch.setattr(WantedAnswers, "set_told", die)
    monkeypatch.setattr(threading, "excepthook", print)
    with run_bot(ABSTAINED, state=tmp_path / "state.db") as scene:
        _, reply = _ask(scene)
        scene.ken.clicks(reply, buttons.TELL_ME)
        scene.alice.clicks(reply, buttons.ESCALATE)
        scene.settle()
        (brought,) = scene.sato.sees("G1")
        scene.sato.says("G1", "Yes, with receipts.", thread_ts=brought.ts)
        assert died.wait(20)
        _let_go(scene)
        (told,) = _sees(scene, scene.ken, scene.ken.dm)
        assert "Yes, with receipts." in told
        assert scene.state.wanted.teams() == []


def _let_go(scene: Scene) -> None:
    """Leave the job as a process does that is there no more."""
    dead = inbox.update().where(inbox.c.state == "working")
    with scene.state.database.write() as connection:
        connection.execute(dead.values(owner="gone", lease_until=scene.state.database.now()))


def test_a_draft_is_accepted_into_the_thread() -> None:
    with run_bot(ENGLISH_ANSWER, options=DRAFTED) as scene:
        asked, notice = _ask(scene, "What are the goals?")
        assert "office is checking the answer" in _whole(notice)
        (draft,) = scene.sato.sees("G1")
        assert "*An answer to check*: <@U1> asks" in _whole(draft)
        assert "joint research" in _whole(draft)
        scene.slack.workspace.join("U2", "G1")
        scene.ken.clicks(draft, buttons.ACCEPT_DRAFT)
        scene.settle()
        assert "checking" in _whole(scene.alice.replies(asked)[0])
        scene.sato.clicks(draft, buttons.ACCEPT_DRAFT)
        scene.sato.clicks(draft, buttons.ACCEPT_DRAFT)
        scene.settle()
        (answer,) = scene.alice.replies(asked)
        assert "joint research" in _whole(answer)
        scene.alice.clicks(answer, buttons.VOTE, "positive")
        assert "*Accepted* by <@U3>" in _whole(scene.sato.sees("G1")[0])


def test_an_edited_draft_is_posted_and_proposed_as_an_approved_answer() -> None:
    with run_bot(ENGLISH_ANSWER, options=DRAFTED) as scene:
        asked, _ = _ask(scene, "What are the goals?")
        (draft,) = scene.sato.sees("G1")
        scene.sato.clicks(draft, buttons.EDIT_DRAFT)
        view = scene.sato.waits_for_view()
        assert "[1]" not in str(view.content)
        assert scene.sato.submits(view, {"wording": "  "}).errors == {
            "wording": "Please write something here."
        }
        assert scene.sato.submits(view, {"wording": "Joint work & exchange."}).errors == {}
        scene.settle()
        (answer,) = scene.alice.replies(asked)
        assert "Joint work &amp; exchange." in _whole(answer)
        assert "Written by <@U3>" in _whole(answer)
        settled = scene.sato.sees("G1")[0]
        assert "*Edited* by <@U3>" in _whole(settled)
        scene.sato.clicks(settled, buttons.SET_RIGHT)
        assert "Joint work & exchange." in str(scene.sato.waits_for_view().content)


def test_a_declined_draft_says_so_and_keeps_the_reason_for_the_office() -> None:
    with run_bot(ABSTAINED, options=DRAFTED) as scene:
        asked, _ = _ask(scene)
        (draft,) = scene.sato.sees("G1")
        scene.sato.clicks(draft, buttons.DECLINE_DRAFT)
        view = scene.sato.waits_for_view()
        assert scene.sato.submits(view, {"comment": "Not our programme"}).errors == {}
        scene.settle()
        (answer,) = scene.alice.replies(asked)
        assert "gives no answer here" in _whole(answer)
        assert "Not our programme" not in _whole(answer)
        assert "*Declined* by <@U3>: Not our programme" in _whole(scene.sato.sees("G1")[0])


def test_staff_take_a_question_and_are_reminded_while_it_is_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("aspire_bot.slack.office.build._REMINDERS_EVERY_S", 0.05)
    options = replace(OPTIONS, remind_h=1 / 3600)
    with run_bot(ABSTAINED, options=options) as scene:
        asked, reply = _ask(scene)
        scene.alice.clicks(reply, buttons.ESCALATE)
        scene.settle()
        (brought,) = [m for m in scene.sato.sees("G1") if "asks the office" in _whole(m)]
        (one,) = scene.state.escalations.open(9)
        scene.sato.clicks(brought, f"{buttons.TAKE}:{one.escalation_id}")
        scene.settle()
        taken = next(m for m in scene.sato.sees("G1") if m.ts == brought.ts)
        assert "Taken by <@U3>" in _whole(taken)
        reminded = scene.sato.waits_for_message("G1", lambda m: "*Still open* for" in _whole(m))
        assert "Taken by <@U3>" in _whole(reminded)
        scene.state.escalations.set_reminder(one.escalation_id, reminded.ts)
        scene.sato.says("G1", "Yes, with receipts.", thread_ts=reminded.ts)
        scene.alice.waits_for_reply(asked, lambda m: "Yes, with receipts." in _whole(m))
        scene.settle()
        assert scene.state.escalations.open(9) == ()


def test_the_home_of_staff_lists_what_waits_and_acts() -> None:
    with run_bot(ABSTAINED, options=DRAFTED) as scene:
        asked, _ = _ask(scene)
        scene.sato.opens_home()
        scene.ken.opens_home()
        assert "確認する回答: 1件" in _home(scene, scene.sato)
        assert "確認する回答" not in _home(scene, scene.ken)
        scene.sato.clicks(scene.sato.waits_for_home(), buttons.ACCEPT_DRAFT)
        assert "確認する回答" not in _home(scene, scene.sato)
        assert "do not answer this" in _whole(scene.alice.replies(asked)[0])
