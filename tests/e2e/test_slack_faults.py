"""Nothing is lost and nothing said twice, whatever fails; the short form of `make soak`."""

from pathlib import Path

import pytest
from tests.soak.asking import ask, judge
from tests.soak.burst import run_burst
from tests.soak.storm import StormPlan, run_storm

from aspire_bot.local_slack.server import LocalSlack


@pytest.mark.parametrize("is_socket", [False, True], ids=["http", "socket"])
def test_every_question_has_one_answer_after_a_storm(is_socket: bool, tmp_path: Path) -> None:
    events, kills = (25, 2) if is_socket else (40, 3)
    plan = StormPlan(events=events, kills=kills, faults=25, seed=11, is_socket=is_socket)
    report = run_storm(plan, str(tmp_path / "state.db"), tmp_path)
    assert report.is_good, f"{report}\n{(tmp_path / 'bot.log').read_text()[-20_000:]}"
    assert sum(report.faults.values()) > 0


def test_a_burst_in_one_channel_keeps_to_its_rate(tmp_path: Path) -> None:
    report = run_burst(8, str(tmp_path / "state.db"), tmp_path, is_one_channel=True)
    assert report.is_good, f"{report}\n{(tmp_path / 'bot.log').read_text()[-20_000:]}"
    assert report.closest_posts_s > 4.5  # six of them; Slack would take five at once


def test_the_judge_sees_a_question_without_an_answer() -> None:
    with LocalSlack() as slack:
        asked = [ask(slack, "C1", 1)]
        assert judge(slack, asked).unanswered == (asked[0].name,)
