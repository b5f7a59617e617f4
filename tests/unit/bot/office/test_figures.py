"""Figures by week, language and topic, counted from what is kept."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from tests.new_state import new_state
from tests.unit.bot.state.made import NOW, Clock, gap, posted

from aspire_bot.office.figures import figures_csv, weekly_figures
from aspire_bot.state import open_state


def test_a_week_is_counted_by_language_and_topic(tmp_path: Path) -> None:
    clock = Clock()
    state = open_state(new_state(tmp_path / "state.db"), clock=clock)
    said = replace(posted("a1"), outcome="answered")
    for name, certainty in (("a1", "sure"), ("a2", "hedged"), ("a3", "sure"), ("a4", "sure")):
        state.answers.add(replace(said, answer_id=name, certainty=certainty))  # pyright: ignore[reportArgumentType]  of a loop
    state.answers.add(posted("a5"))
    state.answers.add(replace(posted("a6"), outcome="conversation"))
    late = NOW + timedelta(days=7)
    state.answers.add(replace(posted("b1"), language="ja", asked_at=late))
    state.gaps.add(gap("b1", "どこ?", answer_id="b1"))
    state.clusters.add({"b1": np.ones(4, np.float32)}, "x")
    state.clusters.assign("T1", {"b1": "topic"})
    state.feedback.vote("a1", "U1", "up")
    state.feedback.vote("a1", "U2", "down")
    escalation, _ = state.escalations.open_for(posted("a5"), "U1", staff_channel="G1")
    clock.pass_s(5400)
    state.escalations.add_reply(escalation.escalation_id, "U3", "Yes.", "1.0")
    first, second = weekly_figures(state.database)
    assert (first.week, first.language, first.topic) == (date(2026, 3, 30), "en", "")
    assert (first.asked, first.answered, first.hedged, first.silent) == (5, 0.8, 0.25, 0.2)
    assert (first.up, first.down, first.escalated, first.reply_hours) == (1, 1, 1, 1.5)
    assert (second.week, second.language, second.topic) == (date(2026, 4, 6), "ja", "topic")
    assert (second.silent, second.hedged, second.reply_hours) == (1.0, None, None)
    table = figures_csv((first, second)).splitlines()
    assert table[0].startswith("week,language,topic,asked,answered,hedged,silent,")
    assert table[2] == "2026-04-06,ja,topic,1,0.0,,1.0,0.0,0,0,0,"
    assert weekly_figures(state.database, team="T2") == ()
    state.close()
