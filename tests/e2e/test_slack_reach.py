"""Staff see which kept questions a new approved answer will answer, and hear of its sources."""

import time
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.local_slack.answers import ABSTAINED, GOALS, GUIDE
from tests.local_slack.scene import OPTIONS, Scene, run_bot, texts_of

from aspire_bot.bootstrap import build_same_question
from aspire_bot.local_slack.model import Message, View
from aspire_bot.settings import Settings
from aspire_bot.slack.options import SlackOptions
from aspire_bot.slack.render import buttons
from aspire_bot.state.approvals import ApprovedAnswer
from aspire_ingest.index import DocumentInfo

QUESTION = "When is the annual report for FY2025 due?"
SAME = "by when do we have to hand in the fy2025 yearly report"
NEAR = "When is the financial report for FY2025 due?"
FAR = "May I pay for childcare?"
TEXT = "It is due on 31 May 2026."


@dataclass(slots=True)
class Shelf:
    """A publisher that keeps what it gets."""

    published: list[ApprovedAnswer] = field(default_factory=list[ApprovedAnswer])
    withdrawn: list[str] = field(default_factory=list[str])

    def publish(self, approved: ApprovedAnswer, *, by: str) -> str:
        del by
        self.published.append(approved)
        return f"approved-{approved.approval_id}"

    def withdraw(self, approved: ApprovedAnswer) -> None:
        self.withdrawn.append(approved.approval_id)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def options(shelf: Shelf, tmp_path: Path) -> SlackOptions:
    judge = build_same_question(Settings(home=tmp_path))
    return replace(
        OPTIONS, publisher=shelf, same_question=judge, today=lambda: datetime.now(UTC).date()
    )


@pytest.fixture
def scene(options: SlackOptions) -> Generator[Scene]:
    with run_bot(*[ABSTAINED] * 5, options=options, library=[GOALS, GUIDE]) as running:
        yield running


def _ask(scene: Scene, question: str) -> Message:
    asked = scene.alice.asks("C1", question)
    scene.settle()
    (reply,) = scene.alice.replies(asked)
    return reply


def _approve(scene: Scene, reply: Message, **values: str) -> None:
    scene.sato.uses_shortcut(reply, buttons.SET_RIGHT_SHORTCUT)
    view = scene.sato.waits_for_view()
    assert scene.sato.submits(view, {"text": TEXT, **values}).errors == {}
    scene.settle()


def _draft(scene: Scene, **values: str) -> Message:
    """Have an answer approved while others have asked the same, and something near."""
    for question in (SAME, NEAR, FAR):
        _ask(scene, question)
    _approve(scene, _ask(scene, QUESTION), **values)
    return scene.sato.sees("G1")[-1]


def _whole(message: Message) -> str:
    return "\n".join(texts_of(message))


def _options(view: View, name: str) -> dict[str, str]:
    """The boxes of a field: value by text."""
    blocks: list[dict[str, object]] = view.content["blocks"]  # pyright: ignore[reportAssignmentType]  JSON
    (element,) = (block["element"] for block in blocks if block.get("block_id") == name)
    return {o["text"]["text"]: o["value"] for o in element["options"]}  # pyright: ignore[reportIndexIssue, reportUnknownVariableType]  JSON


def test_nothing_is_published_before_staff_saw_whom_it_answers(scene: Scene, shelf: Shelf) -> None:
    told = _draft(scene)
    assert shelf.published == []
    answered, near = [*_whole(told).split("It will *not*"), ""][:2]
    assert "Before this approved answer is published" in answered
    assert f"• {SAME}" in answered
    assert f"• {NEAR}" in near
    assert FAR not in _whole(told)
    scene.sato.clicks(told, buttons.PUBLISH_DRAFT)
    scene.settle()
    (published,) = shelf.published
    assert (published.question, published.not_wordings) == (QUESTION, ())
    scene.sato.clicks(told, buttons.PUBLISH_DRAFT)
    scene.settle()
    assert len(shelf.published) == 1


@pytest.mark.parametrize("audience", ["public", "staff"])
def test_whoever_may_read_it_and_asked_the_same_has_an_answer(scene: Scene, audience: str) -> None:
    scene.sato.clicks(_draft(scene, audience=audience), buttons.PUBLISH_DRAFT)
    scene.settle()
    still = {gap.question for gap in scene.state.gaps.open(9)}
    assert still == ({NEAR, FAR} if audience == "public" else {SAME, NEAR, FAR})


def test_staff_add_and_exclude_wordings(scene: Scene, shelf: Shelf) -> None:
    told = _draft(scene)
    scene.sato.clicks(told, buttons.CHOOSE_REACH)
    view = scene.sato.waits_for_view()
    (near,) = (v for text, v in _options(view, "near").items() if text == NEAR)
    assert list(_options(view, "answered")) == [SAME]
    both = {"answered": [], "near": [near], "also": f" {SAME} \n", "not": ""}
    assert scene.sato.submits(view, both).errors == {
        "not": "A question cannot be answered and not answered."
    }
    chosen = {**both, "also": "PIの給与は払えますか\n", "not": "Can a bonus be paid?"}
    assert scene.sato.submits(view, chosen).errors == {}
    scene.settle()
    (published,) = shelf.published
    assert published.question.splitlines() == [QUESTION, NEAR, "PIの給与は払えますか"]
    assert published.not_wordings == (SAME, "Can a bonus be paid?")


def test_a_draft_can_be_discarded_and_only_staff_may_publish_it(scene: Scene, shelf: Shelf) -> None:
    scene.slack.workspace.join("U2", "G1")
    told = _draft(scene)
    for action in (buttons.PUBLISH_DRAFT, buttons.CHOOSE_REACH, buttons.WITHDRAW):
        scene.ken.clicks(told, action)
    scene.settle()
    assert scene.ken.workspace.views.top("U2") is None
    assert [d.status for d in scene.state.approvals.with_status("draft")] == ["draft"]
    scene.sato.clicks(told, buttons.WITHDRAW)
    scene.settle()
    assert "withdrawn" in _whole(scene.sato.sees("G1")[-1])
    scene.sato.clicks(told, buttons.PUBLISH_DRAFT)
    scene.settle()
    assert (shelf.published, shelf.withdrawn) == ([], [])
    assert scene.state.approvals.with_status("draft") == ()


def test_where_nobody_asked_anything_like_it_it_is_published_at_once(
    scene: Scene, shelf: Shelf
) -> None:
    _ask(scene, FAR)
    _approve(scene, _ask(scene, QUESTION))
    assert [one.question for one in shelf.published] == [QUESTION]


def test_staff_hear_once_when_a_source_changes_and_when_it_goes(
    options: SlackOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aspire_bot.slack.staff.build._SOURCES_EVERY_S", 0.0)
    library: list[DocumentInfo] = [replace(GOALS, content_hash="1"), GUIDE]
    with run_bot(ABSTAINED, options=options, library=library) as scene:
        _approve(scene, _ask(scene, QUESTION), url=str(GOALS.url))

        def heard(words: str) -> int:
            return sum(words in _whole(message) for message in scene.sato.sees("G1"))

        (approved,) = scene.state.approvals.with_status("published")
        _wait_until_noted(scene, approved.approval_id, "1")
        assert heard("has changed") == 0
        library[0] = replace(GOALS, content_hash="2")
        scene.sato.waits_for_message("G1", lambda m: "has changed" in _whole(m))
        assert f"“{GOALS.title}” has changed" in _whole(scene.sato.sees("G1")[-1])
        _wait_until_noted(scene, approved.approval_id, "2")
        library[0] = replace(GOALS, content_hash="2", gone_since="2026-11-20")
        scene.sato.waits_for_message("G1", lambda m: "is gone" in _whole(m))
        _wait_until_noted(scene, approved.approval_id, "gone")
        scene.settle()
        assert (heard("has changed"), heard("is gone")) == (1, 1)


def _wait_until_noted(scene: Scene, approval_id: str, stands: str) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        approved = scene.state.approvals.get(approval_id)
        if approved is not None and (approved.source_hashes or {}).get("goals") == stands:
            return
        time.sleep(0.02)
    raise AssertionError(f"{approval_id} does not stand as {stands}")
