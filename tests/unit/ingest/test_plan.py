from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_ingest.errors import UnsafePruneError
from aspire_ingest.pipeline.plan import Incoming, make_plan


@dataclass(frozen=True)
class Stored:
    content_hash: str
    origin: str = "/docs"
    gone_since: str | None = None


def coming(document_id: str, content_hash: str, name: str = "", origin: str = "/docs") -> Incoming:
    return Incoming(
        document_id=document_id,
        content_hash=content_hash,
        origin=origin,
        name=name or f"/docs/{document_id}",
    )


def test_each_document_falls_in_one_group() -> None:
    known = {"same": Stored("1"), "edited": Stored("1"), "gone": Stored("1"), "other": Stored("1")}
    incoming = [coming("same", "1"), coming("edited", "2"), coming("new", "1")]
    plan = make_plan(known, incoming, covered=["same", "edited", "gone"])
    assert plan.add == ("new",)
    assert plan.replace == ("edited",)
    assert plan.keep == ("same",)
    assert plan.remove == ()
    assert plan.gone == ("gone",)
    assert not plan.is_empty


def test_prune_removes_what_the_targets_no_longer_hold_and_nothing_else() -> None:
    known = {"gone": Stored("1"), "elsewhere": Stored("1")}
    plan = make_plan(known, [], covered=["gone"], prune=True)
    assert plan.remove == ("gone",)
    assert plan.gone == ()


def test_nothing_changed_is_an_empty_plan() -> None:
    assert make_plan({"a": Stored("1")}, [coming("a", "1")], covered=["a"]).is_empty
    assert make_plan({"a": Stored("1")}, [], covered=["a"]).is_empty


def test_a_document_that_moved_is_replaced() -> None:
    known = {"a": Stored("1", origin="/old")}
    assert make_plan(known, [coming("a", "1", origin="/new")]).replace == ("a",)


def test_the_second_with_an_id_is_a_failure_that_names_both() -> None:
    plan = make_plan({}, [coming("a", "1", "first.md"), coming("a", "2", "second.md")])
    assert plan.add == ("a",)
    (failure,) = plan.failures
    assert failure.target == "second.md"
    assert "first.md" in failure.error
    assert "'a'" in failure.error


@pytest.mark.parametrize(
    ("gone", "covered", "is_safe"),
    [(3, 3, True), (4, 13, False), (4, 14, True), (4, 4, False), (30, 100, True), (31, 100, False)],
)
def test_a_large_share_is_removed_only_when_that_is_asked_for(
    gone: int, covered: int, *, is_safe: bool
) -> None:
    known = {str(number): Stored("1") for number in range(covered)}
    incoming = [coming(str(number), "1") for number in range(gone, covered)]
    forced = make_plan(known, incoming, covered=known, prune=True, allow_large=True)
    assert len(forced.remove) == gone
    assert len(make_plan(known, incoming, covered=known).gone) == gone
    if is_safe:
        assert len(make_plan(known, incoming, covered=known, prune=True).remove) == gone
    else:
        with pytest.raises(UnsafePruneError, match=f"{gone} of {covered} .*--prune --yes"):
            make_plan(known, incoming, covered=known, prune=True)


ids = st.sampled_from("abcdefgh")
hashes = st.sampled_from(["1", "2"])


@given(
    known=st.dictionaries(ids, hashes),
    incoming=st.lists(st.tuples(ids, hashes)),
    covered=st.sets(ids),
    prune=st.booleans(),
)
def test_groups_do_not_overlap_and_lose_nothing(
    known: dict[str, str], incoming: list[tuple[str, str]], covered: set[str], *, prune: bool
) -> None:
    stored = {name: Stored(content) for name, content in known.items()}
    brought = covered & known.keys()
    plan = make_plan(
        stored,
        [coming(name, content) for name, content in incoming],
        covered=brought,
        prune=prune,
        allow_large=True,
    )
    groups = [plan.add, plan.replace, plan.keep, plan.remove, plan.gone]
    named = [name for group in groups for name in group]
    assert len(named) == len(set(named))
    present = {name for name, _ in incoming}
    assert set(named) == present | brought
    assert {*plan.add, *plan.replace, *plan.keep} == present
    assert set(plan.remove) | set(plan.gone) == brought - present
    assert not (plan.gone if prune else plan.remove)
    assert len(plan.failures) == len(incoming) - len(present)
