"""Staff set answers right in Slack: what comes into the index, and what staff and askers see."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from tests.local_slack.answers import ABSTAINED, GOALS, GUIDE, JAPANESE_ANSWER
from tests.local_slack.scene import OPTIONS, Scene, run_bot, texts_of
from tests.local_slack.server import Fault

from aspire_bot.local_slack.inputs import Entered, filled_in
from aspire_bot.local_slack.model import Message, View
from aspire_bot.local_slack.people import Person
from aspire_bot.slack.options import SlackOptions
from aspire_bot.slack.render import buttons
from aspire_bot.state.approvals import ApprovedAnswer
from aspire_bot.state.channels import ChannelPolicy
from aspire_ingest.index.errors import AspireError, IndexUnavailableError

STAFF_PLAN = replace(GUIDE, document_id="plan", title="Plan", audience="staff", url="https://s/p")
LIBRARY = (GOALS, GUIDE, STAFF_PLAN)
TEXT = "Yes, up to 10,000 yen <!channel> a day."
BY = "Written and approved by <@U3>, not by the assistant."


@dataclass(slots=True)
class Shelf:
    """A publisher that keeps what it gets, after the errors it was given."""

    errors: list[AspireError] = field(default_factory=list[AspireError])
    published: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    withdrawn: list[str] = field(default_factory=list[str])
    today: date = date(2026, 11, 22)

    def publish(self, approved: ApprovedAnswer, *, by: str) -> str:
        if self.errors:
            raise self.errors.pop(0)
        self.published.append((approved.text, by))
        return f"approved-{approved.approval_id}"

    def withdraw(self, approved: ApprovedAnswer) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.withdrawn.append(approved.approval_id)

    @property
    def options(self) -> SlackOptions:
        return replace(OPTIONS, publisher=self, today=lambda: self.today)


class LastingError(AspireError):
    """One that another attempt will not help."""


def _whole(message: Message) -> str:
    return "\n".join(texts_of(message))


def _ask(scene: Scene, question: str, channel: str = "C1") -> tuple[Message, Message]:
    asked = scene.alice.asks(channel, question)
    scene.settle()
    (reply,) = scene.alice.replies(asked)
    return asked, reply


def _modal_after_escalation(scene: Scene, reply: Message) -> View:
    scene.alice.clicks(reply, buttons.ESCALATE)
    scene.settle()
    (brought,) = scene.sato.sees("G1")
    scene.sato.clicks(brought, buttons.SET_RIGHT)
    return scene.sato.waits_for_view()


def _fields(view: View) -> dict[str, object]:
    """What the fields of a modal begin with."""
    found: dict[str, object] = {}
    for block in view.content["blocks"]:  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType]  JSON
        element: dict[str, object] = block["element"]  # pyright: ignore[reportUnknownVariableType]
        presets = ("initial_value", "initial_date", "initial_option", "options")
        given = next((element[key] for key in presets if key in element), None)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        found[str(block["block_id"])] = given  # pyright: ignore[reportUnknownArgumentType]
    return found


def _send(scene: Scene, view: View, *, user: str) -> object:
    """Send a modal as Slack delivers it; give what the bot answers."""
    state = filled_in(view.content["blocks"], {"text": TEXT})
    body = {**scene.people.payloads.submission(view, state), "user": {"id": user}}
    return scene.people.courier.deliver("interactive", body).response


def _said_in(scene: Scene, person: Person, channel: str) -> Sequence[str]:
    scene.settle()
    return [_whole(message) for message in person.sees(channel)]


@pytest.mark.parametrize("is_socket", [False, True], ids=["http", "socket"])
def test_a_question_is_set_right_published_told_and_withdrawn(is_socket: bool) -> None:
    shelf = Shelf()
    with run_bot(ABSTAINED, options=shelf.options, library=LIBRARY, is_socket=is_socket) as scene:
        asked, reply = _ask(scene, "May I pay for childcare?")
        view = _modal_after_escalation(scene, reply)
        fields = _fields(view)
        assert fields["question"] == "May I pay for childcare?"
        assert fields["text"] is None
        assert fields["valid_until"] == "2027-11-22"
        assert [o["text"]["text"] for o in fields["sources"]] == [GOALS.title, GUIDE.title]  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType]  JSON
        sent = scene.sato.submits(
            view, {"text": TEXT, "sources": ["1"], "url": f"{GOALS.url}#part", "audience": "public"}
        )
        assert sent.errors == {}
        scene.settle()
        assert shelf.published == [(TEXT, "sato")]
        (approved,) = scene.state.approvals.with_status("published")
        assert approved.valid_until == date(2027, 11, 22)
        assert [source.document_id for source in approved.sources] == ["guide", "goals"]
        assert (approved.language, approved.audience, approved.team) == ("en", "public", "T1")

        told = scene.sato.sees("G1")[-1]
        assert "*Approved answer published.*" in _whole(told)
        assert "Approved by <@U3> · valid until 22 November 2027" in _whole(told)
        _, brought = scene.ken.replies(asked)
        head, text, sources, by = texts_of(brought)
        assert head == "*The ASPIRE office has answered this question.* <@U1>"
        assert text == "Yes, up to 10,000 yen &lt;!channel&gt; a day."
        assert f"<{GOALS.url}|{GOALS.title}>" in sources
        assert by == BY
        gap = scene.state.gaps.of_answer(approved.answer_id or "")
        assert gap is not None
        assert gap.status == "answered"

        scene.sato.clicks(told, buttons.WITHDRAW)
        assert "*Approved answer withdrawn* by <@U3>:" in _said_in(scene, scene.sato, "G1")[-1]
        assert shelf.withdrawn == [approved.approval_id]
        scene.sato.clicks(told, buttons.WITHDRAW)
        scene.settle()
        assert len(shelf.withdrawn) == 1
        assert len(scene.sato.sees("G1")) == 3


def test_staffs_reply_is_taken_over_and_not_said_twice() -> None:
    shelf = Shelf()
    with run_bot(ABSTAINED, options=shelf.options, library=LIBRARY) as scene:
        asked, reply = _ask(scene, "May I pay for childcare?")
        scene.alice.clicks(reply, buttons.ESCALATE)
        scene.settle()
        (brought,) = scene.sato.sees("G1")
        scene.sato.says("G1", "Yes, with receipts.", thread_ts=brought.ts)
        scene.settle()
        offered = scene.sato.sees("G1")[-1]
        scene.sato.clicks(offered, buttons.SET_RIGHT)
        view = scene.sato.waits_for_view()
        assert _fields(view)["text"] == "Yes, with receipts."
        assert scene.sato.submits(view).errors == {}
        scene.settle()
        assert shelf.published == [("Yes, with receipts.", "sato")]
        assert [texts_of(m)[-1] for m in scene.alice.replies(asked)[1:]] == [
            "Written by <@U3>, not by the assistant."
        ]


def test_a_wrong_answer_is_set_right_from_its_menu_in_japanese() -> None:
    shelf = Shelf()
    with run_bot(JAPANESE_ANSWER, options=shelf.options, library=LIBRARY) as scene:
        asked = scene.ken.asks("C1", "旅費は流用できますか?")
        scene.settle()
        (reply,) = scene.ken.replies(asked)
        scene.sato.uses_shortcut(reply, buttons.SET_RIGHT_SHORTCUT)
        view = scene.sato.waits_for_view()
        assert view.content["title"]["text"] == "この回答を正す"  # pyright: ignore[reportGeneralTypeIssues, reportIndexIssue]  JSON
        values: dict[str, Entered] = {
            "question": "旅費は流用できますか?\n\n Can travel money be moved? ",
            "text": "いいえ。",
        }
        assert scene.sato.submits(view, values).errors == {}
        scene.settle()
        (approved,) = scene.state.approvals.with_status("published")
        assert approved.question == "旅費は流用できますか?\nCan travel money be moved?"
        assert approved.language == "ja"
        assert "ASPIRE事務局がこの質問に回答しました" in _whole(scene.ken.replies(asked)[-1])
        assert "承認済みの回答を公開しました" in _whole(scene.sato.sees("G1")[-1])


def test_what_is_wrong_is_said_in_the_modal() -> None:
    shelf = Shelf()
    answer = replace(ABSTAINED, nearest=(GOALS, STAFF_PLAN))
    with run_bot(answer, options=shelf.options, library=LIBRARY) as scene:
        _, reply = _ask(scene, "May I pay for childcare?")
        view = _modal_after_escalation(scene, reply)
        wrong: dict[str, Entered] = {
            "question": " \n ",
            "text": "  ",
            "url": "https://evil.example/",
            "valid_until": "2026-11-22",
            "sources": ["1"],
            "audience": "public",
        }
        assert scene.sato.submits(view, wrong).errors == {
            "question": "Please write something here.",
            "text": "Please write something here.",
            "url": "No document in the index has this address.",
            "valid_until": "Please choose a day after today.",
            "sources": "“Plan” is for staff only and cannot stand under a public answer.",
        }
        more: dict[str, Entered] = {"text": TEXT, "question": "x" * 301, "url": STAFF_PLAN.url}
        assert scene.sato.submits(view, more | {"audience": "public"}).errors.keys() == {
            "question",
            "url",
        }
        for_staff: dict[str, Entered] = {"text": TEXT, "sources": ["1"], "audience": "staff"}
        assert scene.sato.submits(view, for_staff).errors == {}
        scene.settle()
        assert len(shelf.published) == 1


def test_only_staff_may_and_it_is_checked_at_each_step() -> None:
    shelf = Shelf()
    with run_bot(ABSTAINED, options=shelf.options, library=LIBRARY) as scene:
        scene.slack.workspace.join("U2", "G1")
        _, reply = _ask(scene, "May I pay for childcare?")
        scene.alice.clicks(reply, buttons.ESCALATE)
        scene.settle()
        (brought,) = scene.ken.sees("G1")
        scene.ken.clicks(brought, buttons.SET_RIGHT)
        scene.alice.uses_shortcut(reply, buttons.SET_RIGHT_SHORTCUT)
        assert "事務局の担当者のみ" in _said_in(scene, scene.ken, "G1")[-1]
        assert scene.alice.workspace.views.top("U1") is None
        assert scene.alice.workspace.views.top("U2") is None

        scene.sato.clicks(brought, buttons.SET_RIGHT)
        view = scene.sato.waits_for_view()
        # Slack names who sent a modal; one that was opened by staff is sent by somebody else.
        assert _send(scene, view, user="U2") == {
            "response_action": "errors",
            "errors": {"question": "Only staff can do this."},
        }
        assert scene.state.approvals.with_status("pending") == ()
        scene.sato.submits(view, {"text": TEXT})
        scene.settle()
        told = next(m for m in scene.ken.sees("G1") if "published" in _whole(m))
        scene.ken.clicks(told, buttons.WITHDRAW)
        scene.settle()
        assert shelf.withdrawn == []


def test_an_answer_for_staff_is_not_brought_to_a_public_place() -> None:
    shelf = Shelf()
    with run_bot(ABSTAINED, ABSTAINED, options=shelf.options, library=LIBRARY) as scene:
        for channel, count in (("C1", 1), ("C2", 2)):
            if channel == "C2":
                policy = ChannelPolicy(audience="staff")
                scene.state.channels.set("T1", "C2", policy, "U3")
            asked, reply = _ask(scene, "May I pay for childcare?", channel)
            scene.sato.uses_shortcut(reply, buttons.SET_RIGHT_SHORTCUT)
            view = scene.sato.waits_for_view()
            scene.sato.submits(view, {"text": TEXT, "audience": "staff"})
            scene.settle()
            assert len(shelf.published) == count
            assert len(scene.alice.replies(asked)) == count


def test_who_asked_in_private_is_told_in_person() -> None:
    shelf = Shelf()
    with run_bot(ABSTAINED, options=shelf.options, library=LIBRARY) as scene:
        scene.alice.runs("/aspire", "ask May I pay for childcare?", channel="C1")
        scene.settle()
        shown = [m for m in scene.alice.sees("C1") if m.ephemeral_to][-1]
        view = _modal_after_escalation(scene, shown)
        scene.sato.submits(view, {"text": TEXT})
        assert BY in _said_in(scene, scene.alice, "D1")[-1]
        assert not [m for m in scene.ken.sees("C1") if "childcare" in _whole(m)]


@pytest.mark.parametrize(
    ("errors", "is_published"),
    [
        ([IndexUnavailableError("busy")], True),
        ([LastingError("the `title` is <!here> wrong")], False),
    ],
)
def test_a_busy_index_is_waited_for_and_a_refusal_is_told(
    errors: list[AspireError], is_published: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aspire_bot.slack.staff.approvals._BUSY_S", 0.05)
    shelf = Shelf(errors=errors)
    with run_bot(ABSTAINED, options=shelf.options, library=LIBRARY) as scene:
        asked, reply = _ask(scene, "May I pay for childcare?")
        view = _modal_after_escalation(scene, reply)
        scene.sato.submits(view, {"text": TEXT})
        scene.settle()
        told = scene.sato.sees("G1")[-1]
        if is_published:
            assert "published.*" in _whole(told)
            assert scene.state.approvals.with_status("published")
        else:
            assert "could not be published* (the ˋtitleˋ is &lt;!here&gt; wrong)" in _whole(told)
            assert scene.state.approvals.with_status("failed")
            scene.sato.clicks(told, buttons.SET_RIGHT)
            assert scene.sato.waits_for_view()
        assert len(scene.alice.replies(asked)) == 1 + is_published


def test_a_modal_delivered_twice_is_one_approval() -> None:
    shelf = Shelf()
    with run_bot(ABSTAINED, options=shelf.options, library=LIBRARY) as scene:
        _, reply = _ask(scene, "May I pay for childcare?")
        view = _modal_after_escalation(scene, reply)
        for _ in range(2):
            assert not _send(scene, view, user="U3")
        scene.settle()
        assert len(shelf.published) == 1
        assert len(scene.sato.sees("G1")) == 2


def test_where_it_was_told_to_staff_is_found_again_after_a_failure() -> None:
    shelf = Shelf()
    with run_bot(ABSTAINED, options=shelf.options, library=LIBRARY) as scene:
        asked, reply = _ask(scene, "May I pay for childcare?")
        view = _modal_after_escalation(scene, reply)
        scene.slack.fail_next(Fault(method="chat.postMessage", error="internal_error"))
        scene.sato.submits(view, {"text": TEXT})
        scene.settle()
        assert len(shelf.published) == 1
        assert len([m for m in scene.sato.sees("G1") if "published" in _whole(m)]) == 1
        assert len(scene.alice.replies(asked)) == 2


def test_an_ended_answer_is_withdrawn_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aspire_bot.slack.staff.build._ENDED_EVERY_S", 0.0)
    shelf = Shelf()
    with run_bot(ABSTAINED, options=shelf.options, library=LIBRARY) as scene:
        _, reply = _ask(scene, "May I pay for childcare?")
        view = _modal_after_escalation(scene, reply)
        scene.sato.submits(view, {"text": TEXT, "valid_until": "2026-11-23"})
        scene.settle()
        (approved,) = scene.state.approvals.with_status("published")
        assert scene.state.approvals.expired(date(2026, 11, 23)) == ()
        shelf.today = date(2026, 11, 24)
        scene.sato.waits_for_message("G1", lambda m: "its last day is over" in _whole(m))
        assert shelf.withdrawn == [approved.approval_id]
        assert scene.state.approvals.with_status("withdrawn")


def test_without_an_index_to_write_staff_are_told() -> None:
    with run_bot(ABSTAINED, library=LIBRARY) as scene:
        _, reply = _ask(scene, "May I pay for childcare?")
        view = _modal_after_escalation(scene, reply)
        scene.sato.submits(view, {"text": TEXT})
        assert "not set up here" in _said_in(scene, scene.sato, "G1")[-1]


def test_somebody_elses_message_cannot_be_set_right() -> None:
    with run_bot(options=Shelf().options) as scene:
        said = scene.alice.says("C1", "Shall we have lunch?")
        scene.sato.uses_shortcut(said, buttons.SET_RIGHT_SHORTCUT)
        assert "私の回答ではない" in _said_in(scene, scene.sato, "C1")[-1]
