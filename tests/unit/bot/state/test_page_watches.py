"""Who of staff wants to be told of a change, on both databases."""

from dataclasses import replace

from tests.unit.bot.state.made import NOW

from aspire_bot.state import State
from aspire_bot.state.office.page_watches import PageWatch

WATCH = PageWatch(
    kind="document",
    item="goals",
    title="Goals",
    team="T1",
    user="U3",
    language="ja",
    stands="h1",
    generation=4,
    asked_at=NOW,
)


def test_a_document_and_a_person_are_kept_once_until_the_person_stops(state: State) -> None:
    other = replace(WATCH, user="U4", watch_id="w2")
    twice = replace(WATCH, watch_id="w3", stands="h9")
    added = [state.page_watches.add(watch) for watch in (WATCH, other, twice)]
    assert added == [True, True, False]
    assert {one.watch_id for one in state.page_watches.all("document")} == {WATCH.watch_id, "w2"}
    assert state.page_watches.all("source") == ()
    assert state.page_watches.of_person("document", "goals", "T1", "U3") == WATCH
    assert state.page_watches.of_person("source", "goals", "T1", "U3") is None
    assert state.page_watches.remove("document", "goals", "T1", "U3")
    assert not state.page_watches.remove("document", "goals", "T1", "U3")
    assert state.page_watches.get(WATCH.watch_id) is None
    assert state.page_watches.all("document") == (other,)


def test_of_two_that_note_a_change_the_first_counts(state: State) -> None:
    state.page_watches.add(WATCH)
    state.page_watches.set_told(WATCH, "h2", generation=5)
    state.page_watches.set_told(WATCH, "h1", generation=4)  # it read the row before that
    kept = state.page_watches.get(WATCH.watch_id)
    assert kept == replace(WATCH, stands="h2", generation=5, told=1)


def test_what_is_forgotten_is_told_no_more_and_a_purge_leaves_the_rest(state: State) -> None:
    for user in ("U3", "U4"):
        state.page_watches.add(replace(WATCH, user=user, watch_id=user))
    assert state.retention.forget("U3", "T1")["page_watches"] == 1
    state.retention.purge(1, NOW.replace(year=NOW.year + 5))
    assert [one.user for one in state.page_watches.all("document")] == ["U4"]
