"""What staff send with the modal that sets an answer right: read, checked, kept."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from tests.new_state import new_state
from tests.unit.bot.answering.made import info
from tests.unit.bot.state.made import posted

from aspire_bot.local_slack.api.methods import BOT_TOKEN
from aspire_bot.messages import phrases
from aspire_bot.slack.listeners.intake import Intake
from aspire_bot.slack.listeners.payloads import Submission
from aspire_bot.slack.platform.metrics import Metrics
from aspire_bot.slack.platform.rates import Pacer
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.platform.workspaces import build_client
from aspire_bot.slack.staff.correction import SetRight
from aspire_bot.slack.staff.permissions import Office, Staff
from aspire_bot.state import State, open_state
from aspire_bot.state.channels import ChannelPolicy
from aspire_ingest.index import Audience, DocumentInfo, IndexManifest, IndexMissingError

TODAY = date(2026, 11, 29)
WORDS = phrases("en").approval
DOCUMENTS = (
    info("guide", url="https://a.example/guide#top"),
    replace(info("inside", url="https://a.example/inside", title="For staff"), audience="staff"),
)


class _Library:
    def documents(self, audience: Audience) -> Sequence[DocumentInfo]:
        assert audience == "staff"
        return DOCUMENTS

    def manifest(self) -> IndexManifest:
        raise IndexMissingError


@dataclass(frozen=True)
class Bench:
    state: State
    setting: SetRight
    web: SlackWeb

    def send(self, user: str = "U3", **fields: str) -> Mapping[str, str] | None:
        filled = {
            "question": "How much?",
            "text": "Up to 5.",
            "audience": "public",
            "valid_until": "2027-03-31",
            **fields,
        }
        values = {name: {name: {"value": value}} for name, value in filled.items()}
        view = {
            "id": "V1",
            "callback_id": "x",
            "private_metadata": "a1",
            "state": {"values": values},
        }
        body = {"team": {"id": "T1"}, "user": {"id": user}, "view": view}
        return self.setting.on_submission(self.web, Submission.model_validate(body))


@pytest.fixture
def bench(tmp_path: Path) -> Generator[Bench]:
    state = open_state(new_state(tmp_path / "state.db"))
    state.answers.add(posted("a1"))
    intake = Intake(
        state=state,
        policy_of=lambda team, channel: ChannelPolicy(),
        wake=lambda: None,
        metrics=Metrics(),
    )
    setting = SetRight(
        state=state,
        intake=intake,
        staff=Staff(Office(users=frozenset({"U3"}))),
        library=_Library(),
        today=lambda: TODAY,
    )
    web = SlackWeb(build_client(BOT_TOKEN, "http://127.0.0.1:9"), team="T1", pacer=Pacer())
    yield Bench(state=state, setting=setting, web=web)
    state.close()


def test_an_answer_is_kept_as_staff_wrote_it(bench: Bench) -> None:
    assert bench.send(url="https://a.example/guide/") is None
    (kept,) = bench.state.approvals.with_status("pending")
    assert (kept.question, kept.text, kept.audience) == ("How much?", "Up to 5.", "public")
    assert (kept.valid_until, kept.approved_by) == (date(2027, 3, 31), "U3")
    assert [source.document_id for source in kept.sources] == ["guide"]


@pytest.mark.parametrize("day", ["2026-11-29", "2026-11-28", "", "31/03/2027", "2027-02-30"])
def test_an_answer_holds_until_a_day_to_come(bench: Bench, day: str) -> None:
    assert bench.send(valid_until=day) == {"valid_until": WORDS.not_in_future}
    assert bench.state.approvals.with_status("pending") == ()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"question": " \n "}, {"question": WORDS.empty}),
        ({"question": "x" * 301}, {"question": WORDS.too_long}),
        ({"text": "  "}, {"text": WORDS.empty}),
        ({"url": "https://a.example/elsewhere"}, {"url": WORDS.unknown_url}),
        ({"url": "https://a.example/inside"}, {"url": WORDS.source_is_staff.format("For staff")}),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    bench: Bench, fields: dict[str, str], wrong: dict[str, str]
) -> None:
    assert bench.send(**fields) == wrong


def test_a_document_for_staff_may_be_named_to_staff(bench: Bench) -> None:
    assert bench.send(url="https://a.example/inside", audience="staff") is None


def test_nobody_else_sets_answers_right(bench: Bench) -> None:
    assert bench.send(user="U1") == {"question": phrases("en").slack.staff_only}
    assert bench.state.approvals.with_status("pending") == ()
