"""Clusters of unanswered questions as the inbox shows them."""

from pathlib import Path

from tests.new_state import new_state
from tests.unit.bot.office.test_clusters import ByTopic
from tests.unit.bot.state.made import Clock, gap

from aspire_bot.console.groups import ByMeaning
from aspire_bot.office.cluster_book import ClusterBook
from aspire_bot.state import open_state


def test_questions_that_ask_the_same_are_one_group(tmp_path: Path) -> None:
    clock = Clock()
    state = open_state(new_state(tmp_path / "state.db"), clock=clock)
    try:
        book = ClusterBook(state=state, embedder=ByTopic(), now=clock)
        inbox = ByMeaning(book)
        for number, question in enumerate(["Zebras?", "Travel costs?", "Travel money for me?"]):
            state.gaps.add(gap(f"g{number}", question, asker=f"U{number}"))
        assert [one.times for one in inbox.groups(9)] == [1, 1, 1], "nothing is grouped here"
        assert {one.cluster_id for one in inbox.groups(9)} == {None}
        book.refresh("T1")
        travel, zebras = inbox.groups(9)
        assert inbox.count() == 2
        assert (travel.times, zebras.questions) == (2, ("Zebras?",))
        assert sorted(travel.questions) == ["Travel costs?", "Travel money for me?"]
        assert [one.key for one in inbox.groups(1)] == [travel.key]

        state.gaps.set_status(travel.key, "dismissed")
        left = {question for one in inbox.groups(9) for question in one.questions}
        assert len(left) == 2, "the other question of the cluster is still open"
        state.gaps.set_status("g1", "answered")
        state.gaps.set_status("g2", "answered")
        assert [one.title for one in inbox.groups(9)] == ["Zebras?"]
    finally:
        state.close()
