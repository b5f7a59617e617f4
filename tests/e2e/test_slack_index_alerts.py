"""What staff see of how the index does: on demand, and once for each trouble."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import cast

import pytest
from tests.local_slack.curator import HEALTHY, HomeCurator
from tests.local_slack.scene import OPTIONS, Scene, run_bot, texts_of
from tests.test_site.scene import Scene as SiteScene

from aspire_bot.curator import Alert, IndexStatus, RefusedError, Run, SourceState
from aspire_bot.ingest_program import ProgramError
from aspire_bot.slack.curating.alerts import Alerting
from aspire_bot.slack.jobs.task import WatchIndex, write_task
from aspire_bot.state.inbox import Arrival

FAILING = Alert(kind="failing", source="news", text="news failed 3 times in a row: <!here> 404")
STALE = Alert(kind="stale", source="feed", text="feed was last looked at in May")
RUNS = tuple(Run(run=f"20261122T11{n:02}00.1Z-sync", outcome="failed") for n in range(3))


def _told(status: IndexStatus = HEALTHY) -> HomeCurator:
    """Says of the index what it is told to say, and has none."""
    return HomeCurator(cast("SiteScene", None), told=status)


def _never(alerting: Alerting) -> None:
    """The tests say themselves when it is time."""


@contextmanager
def _bot(curator: HomeCurator, max_age_h: float | None = None) -> Generator[Scene]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Alerting, "schedule", _never)
        options = replace(OPTIONS, curator=curator, index_max_age_h=max_age_h)
        with run_bot(options=options) as scene:
            yield scene


def _watch(scene: Scene, number: int) -> list[str]:
    """Let the bot look once; give all that staff were told until now."""
    task = write_task(WatchIndex(user=""))
    scene.state.inbox.put(Arrival(kind="task", key=f"watch:{number}", team="", user="", body=task))
    scene.settle()
    return ["\n".join(texts_of(message)) for message in scene.sato.sees("G1")]


def _with(*alerts: Alert, runs: Sequence[Run] = ()) -> IndexStatus:
    return HEALTHY.model_copy(update={"alerts": alerts, "runs": tuple(runs)})


def test_a_trouble_is_told_once_and_once_that_it_is_over() -> None:
    told = _told()
    with _bot(told) as scene:
        assert _watch(scene, 1) == []
        told.told = _with(FAILING)
        assert _watch(scene, 2) == [
            "⚠️ *The index needs attention*\n• news failed 3 times in a row: &lt;!here&gt; 404"
        ]
        text = "news failed 4 times in a row"
        told.told = _with(FAILING.model_copy(update={"text": text}), STALE)
        assert len(_watch(scene, 3)) == 2
        assert _watch(scene, 4)[1].endswith("• feed was last looked at in May")
        told.told = _with(STALE)
        assert _watch(scene, 5)[2].startswith("✅ *Over:*\n• news failed 3 times")
        assert len(_watch(scene, 6)) == 3


def test_syncs_that_fail_and_an_index_that_cannot_be_read_are_told() -> None:
    told = _told(_with(runs=RUNS[:2]))
    with _bot(told) as scene:
        assert _watch(scene, 1) == []
        told.told = _with(runs=[Run(run="x-add", outcome="failed"), *RUNS])
        assert "The last 3 syncs failed as a whole" in _watch(scene, 2)[0]
        told.errors = [RefusedError("empty", "There is no index")]
        assert "Over" in _watch(scene, 30)[-1]
        told.errors = [ProgramError("damaged", retryable=False)]
        assert "The index cannot be looked at: damaged" in _watch(scene, 3)[2]
        told.told = HEALTHY
        assert _watch(scene, 4)[3] == "✅ *Over:*\n• The index cannot be looked at: damaged"


def test_an_old_index_is_told_where_an_age_is_set() -> None:
    old = HEALTHY.model_copy(update={"as_of": "2020-01-01T00:00:00+09:00"})
    told = _told(old)
    with _bot(told) as scene:
        assert _watch(scene, 1) == []
    with _bot(told, max_age_h=48) as scene:
        assert "longer than allowed" in _watch(scene, 1)[0]
        seen = SourceState(name="news", last_success="2999-01-01T00:00:00+09:00")
        told.told = old.model_copy(update={"sources": (seen,)})
        assert "Over" in _watch(scene, 2)[1]


def test_one_look_in_a_while_however_many_bots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aspire_bot.slack.app._ALERTS_EVERY_S", 0.0)
    monkeypatch.setattr("aspire_bot.slack.curating.alerts.QUIET_S", 0.0)
    told = _told(_with(FAILING))
    with run_bot(options=replace(OPTIONS, curator=told)) as scene:
        scene.sato.waits_for_message("G1", lambda m: "news failed" in str(m.blocks))
        scene.settle()
        assert len(scene.sato.sees("G1")) == 1


def test_staff_ask_how_the_index_does() -> None:
    sources = (
        SourceState(name="news", last_success="2026-11-21T08:00:00+09:00"),
        SourceState(name="feed", failures=3, problem="404 <!here>"),
        SourceState(name="old", last_success="2026-01-01T08:00:00+09:00", is_stale=True),
        SourceState(name="new"),
    )
    run = Run(run="20261122T111315.767Z-add", outcome="done", added=2, failed=0)
    status = HEALTHY.model_copy(update={"sources": sources, "runs": (run,), "alerts": (FAILING,)})
    with _bot(_told(status)) as scene:
        scene.sato.runs("/aspire", "status", channel="C1")
        scene.settle()
        shown = texts_of([m for m in scene.sato.sees("C1") if m.ephemeral_to][-1])
        assert shown == [
            "*索引 1-abc* (2026年11月22日)\n2文書、5箇所(英語 1, 日本語 1)",
            "• *news*: 2026年11月21日に確認\n• *feed*: ⚠️ 3回続けて失敗: 404 &lt;!here&gt;\n"
            "• *old*: ⚠️ 最終確認 2026年1月1日(期限超過)\n• *new*: 未確認",
            "*最近の実行*\n• 20261122T111315 add: done (追加 2)",
            "*確認が必要です*\n• news failed 3 times in a row: &lt;!here&gt; 404",
        ]
        assert not [m for m in scene.alice.sees("C1") if m.user == "UBOT"]
