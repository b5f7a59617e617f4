"""What an earlier release left on disk: today's programs use it, or say which command mends it.

The files are made by `tests/fixtures/make_old.py`.
"""

import json
import lzma
import shutil
import sqlite3
import tarfile
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from tests.small_index import lent_chroma

from aspire_bot.answering.types import Turn
from aspire_bot.cli import app as bot
from aspire_bot.state import State, open_state
from aspire_bot.state.database.schema import current_revision, revisions
from aspire_bot.state.threads import ThreadKey
from aspire_ingest.bootstrap import build_parts
from aspire_ingest.cli import app as ingest
from aspire_ingest.index.check.verify import verify
from aspire_ingest.index.embedding.open_embedder import DEFAULT_EMBEDDING

OLD = Path(__file__).parents[1] / "fixtures" / "bb3c9c3"
EMBEDDINGS = {"hashing": "hashing/64", "default": DEFAULT_EMBEDDING}
MENDS = "aspire-ingest verify --rebuild"
ASKED = (
    ("Who moderated the bioengineering field meeting?", "Hiroshi Shimizu"),
    ("研究代表者の人件費の上限はいくらですか", "120万円"),
    ("How much may be carried over to the next year?", "10 percent"),
)


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Programs:
    """Both programs, as their users call them, on one old index."""

    call: Callable[..., Outcome]
    embedding: str

    def bot(self, *arguments: str) -> Outcome:
        return self._mended(bot.main, *arguments)

    def ingest(self, *arguments: str) -> Outcome:
        return self._mended(ingest.main, *arguments)

    def _mended(self, main: Callable[[list[str]], None], *arguments: str) -> Outcome:
        """What it gives; where it refuses the index, what it gives after what it says mends it."""
        outcome = self.call(main, *arguments)
        if outcome.code == 0:
            return outcome
        assert MENDS in outcome.err + outcome.out, outcome
        mended = self.call(ingest.main, "verify", "--rebuild", "--json")
        assert (mended.code, mended.json["ok"]) == (0, True), mended
        return self.call(main, *arguments)


@pytest.fixture(params=EMBEDDINGS)
def programs(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Programs:
    with tarfile.open(OLD / f"index-{request.param}.tar.xz") as archive:
        archive.extractall(tmp_path / "home", filter="data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASPIRE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ASPIRE_EMBEDDING", EMBEDDINGS[request.param])
    monkeypatch.setattr(ingest, "build_parts", partial(build_parts, open_chroma=lent_chroma))
    monkeypatch.setattr(ingest, "verify_index", partial(verify, open_chroma=lent_chroma))

    def call(main: Callable[[list[str]], None], *arguments: str) -> Outcome:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        out, err = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        assert "Traceback" not in err
        return Outcome(ended.value.code, out, err)

    return Programs(call, EMBEDDINGS[request.param])


def test_an_old_index_is_searched(programs: Programs) -> None:
    for question, words in ASKED:
        found = programs.bot("retrieve", question, "--json").json["passages"]
        assert any(words in passage["text"] for passage in found)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_an_old_index_answers(programs: Programs, number: int) -> None:
    if number > 0 and programs.embedding != DEFAULT_EMBEDDING:
        pytest.skip("this embedding knows letters alone")
    question, words = ASKED[number]
    answer = programs.bot("ask", question, "--json").json
    assert answer["outcome"] == "answered", answer["answer"]
    assert words in answer["answer"]
    assert answer["citations"][0]["deep_link"].startswith("https://example.org/aspire/")


def test_an_old_index_is_listed_checked_and_added_to(programs: Programs, tmp_path: Path) -> None:
    listed = programs.ingest("list", "--json").json["documents"]
    editions = {one["title"]: one["edition"] for one in listed}
    assert editions == {
        "Field meeting of the bioengineering projects": None,
        "研究代表者の人件費について": None,
        "ASPIRE Handbook FY2026": "FY2026",
    }
    assert programs.ingest("verify", "--json").json["ok"] is True
    note = tmp_path / "note.md"
    note.write_text("# Panels\n\nThe sustainability panel is chaired by Dr. Akiko Tanaka.\n")
    added = programs.ingest("add", str(note), "--json").json
    assert (len(added["added"]), added["replaced"], added["removed"]) == (1, [], [])
    assert programs.ingest("status", "--json").json["documents"] == len(listed) + 1
    answer = programs.bot("ask", "Who chairs the sustainability panel?", "--json").json
    assert "Akiko Tanaka" in answer["answer"]
    assert programs.ingest("verify", "--json").json["ok"] is True


@pytest.fixture
def old_state(tmp_path: Path) -> Path:
    place = tmp_path / "state.sqlite3"
    with lzma.open(OLD / "state.sqlite3.xz") as packed, place.open("wb") as file:
        shutil.copyfileobj(packed, file)
    return place


@pytest.fixture
def state(old_state: Path) -> Generator[State]:
    with closing(open_state(old_state, clock=lambda: AT)) as opened:
        yield opened


AT = datetime(2026, 4, 1, 9, tzinfo=UTC)
THREAD = ThreadKey(team="T1", channel="C1", thread_ts="1.0")


def _rows(place: Path) -> dict[str, int]:
    with closing(sqlite3.connect(place)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608  its own tables
            for (name,) in names
        }


def test_an_old_state_is_migrated_and_loses_no_row(old_state: Path) -> None:
    before = _rows(old_state)
    assert all(before.values()), "there is something in each of its tables"
    with closing(open_state(old_state)) as opened, opened.database.engine.connect() as connection:
        assert current_revision(connection) == revisions()[-1]
    after = _rows(old_state)
    assert {name: after.get(name) for name in before} == before


def test_conversations_of_an_old_state_are_there(state: State) -> None:
    first, declined = state.answers.by_id("answer-1"), state.answers.by_id("answer-2")
    assert first is not None
    assert declined is not None
    assert first == state.answers.by_message("T1", "C1", "1.1")
    assert (first.outcome, first.asked_at) == ("answered", AT)
    assert first.text == "Up to 10 percent of its direct costs. [1]"
    assert [source.title for source in first.sources] == ["ASPIRE Handbook FY2026 指針"]
    assert (declined.outcome, declined.language) == ("abstained", "ja")
    assert state.threads.turns(THREAD, audience="public") == (
        Turn(role="user", text="How much may be carried over?"),
        Turn(role="assistant", text="Up to 10 percent of its direct costs. [1]"),
    )
    (vote,) = state.feedback.of("answer-1")
    assert (vote.value, vote.comment) == ("up", "助かりました")
    assert state.inbox.counts().waiting == 1
    job = state.inbox.claim("worker-2")
    assert job is not None
    assert (job.arrival.key, job.arrival.body) == (
        "Ev2",
        {"text": "How much may be carried over?"},
    )


def test_what_staff_did_in_an_old_state_is_there(state: State) -> None:
    (gap,) = state.gaps.open(9)
    assert (gap.question, gap.times) == ("動物実験の費用は支出できますか", 1)
    escalation = state.escalations.by_staff_thread("T1", "G1", "3.0")
    assert escalation is not None
    assert (escalation.answer_id, escalation.asker) == ("answer-2", "U2")
    (reply,) = state.escalations.replies(escalation.escalation_id)
    assert (reply.text, reply.delivered_at) == ("はい、支出できます。", None)
    (approved,) = state.approvals.with_status("published")
    assert approved.text == "はい、年間40万円まで支出できます。"
    assert approved.valid_until == date(2027, 3, 31)
    policy = state.channels.policy("T1", "C1")
    assert policy is not None
    assert (policy.mode, policy.audience, policy.language) == ("auto", "public", "ja")
    operation = state.operations.get("operation-1")
    assert operation is not None
    assert operation.request == {"url": "https://example.org/aspire/new.html"}
    assert list(state.troubles.all()) == ["source:site"]
    assert state.tokens.add(AT.date(), 0) == 1234


def test_newcomers_and_installations_of_an_old_state_are_there(state: State) -> None:
    progress = state.onboarding.progress("T1", "U2")
    assert progress is not None
    assert (progress.channel, progress.next_step, progress.done) == ("D2", "money", ("goals",))
    store = SQLAlchemyInstallationStore(client_id="1.2", engine=state.database.engine)
    found = store.find_bot(enterprise_id=None, team_id="T1")
    assert found is not None
    assert (found.bot_token, found.bot_user_id) == ("made-up bot token", "UB")


def test_what_an_old_state_holds_of_a_person_can_be_forgotten(state: State) -> None:
    gone = state.retention.forget("U2")
    assert gone["answers"] == gone["escalations"] == gone["gaps"] == gone["onboarding"] == 1
    assert state.answers.by_id("answer-2") is None
