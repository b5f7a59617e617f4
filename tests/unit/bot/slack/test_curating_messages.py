"""Whatever a page, a file or a site says: the messages of staff's work stay Slack's and ours."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aspire_bot.curator import (
    Alert,
    Changed,
    Done,
    FailedItem,
    HeldItem,
    IndexStatus,
    NamedItem,
    Near,
    Preview,
    RemarkedItem,
    Run,
    Shown,
    SourceCounts,
    SourceState,
    Synced,
)
from aspire_bot.local_slack.blocks.limits import message_problems, message_texts
from aspire_bot.local_slack.blocks.views import view_problems
from aspire_bot.messages import phrases
from aspire_bot.slack.curating.change_view import change_view
from aspire_bot.slack.curating.messages import operation_message, progress_note, working_message
from aspire_bot.slack.curating.result import OperationResult, Refusal
from aspire_bot.slack.curating.status_messages import status_message, trouble_message
from aspire_bot.slack.render.message import SlackMessage
from aspire_bot.slack.render.mrkdwn import with_bold_apart
from aspire_bot.state.operations import Operation, OperationKind, Status

ENGLISH, JAPANESE = phrases("en").curating, phrases("ja").curating

HOSTILE = st.text(
    st.one_of(st.characters(), st.sampled_from("<>&*_~`|!@#\n\u202e\u200b ")), max_size=400
) | st.sampled_from(["<!channel>", "<@U1> hi", "<https://evil.example|x>", "```", "x" * 5000, ""])
CODES = ["unreadable", "failed", "stale", "changed", "approved", "too_large", "file", "new_one"]
WARNINGS = [
    "followed",
    "no_date",
    "no_language",
    "short",
    "gone",
    "published",
    "approved",
    "marked",
    "remarks",
    "unheard_of",
]


@st.composite
def shown(draw: st.DrawFn) -> Shown:
    return Shown(
        document_id=draw(HOSTILE),
        source=draw(HOSTILE),
        title=draw(HOSTILE),
        url=draw(st.none() | HOSTILE | st.just("https://example.org/a?b=<c>|d")),
        published=draw(st.none() | st.just("2026-04-01") | HOSTILE),
        published_from=draw(
            st.sampled_from([None, "text", "url", "metadata", "front matter", "wanted"])
        ),
        language=draw(st.sampled_from(["en", "ja", "und", "fr"])),
        kind=draw(st.sampled_from(["news", "faq", "other"])),
        audience=draw(st.sampled_from(["public", "staff"])),
        passages=draw(st.integers(0, 10**6)),
    )


@st.composite
def preview(draw: st.DrawFn) -> Preview:
    lines = st.lists(HOSTILE.map(lambda text: "+" + " ".join(text.split())), max_size=61)
    pair = st.tuples(st.none() | HOSTILE, st.none() | HOSTILE)
    fields = st.dictionaries(st.sampled_from(["title", "audience", "url", "other"]), pair)
    change = st.builds(
        Changed,
        inserted=st.integers(0, 99),
        deleted=st.integers(0, 99),
        difference=lines.map(tuple),
        fields=fields,
    )
    near = st.builds(
        Near, document_id=HOSTILE, title=HOSTILE, place=HOSTILE, share=st.floats(0.5, 1)
    )
    return Preview(
        proposal="f" * 24,
        action=draw(st.sampled_from(["add", "replace", "keep", "remove"])),
        document=draw(shown()),
        change=draw(st.none() | change),
        alike=tuple(draw(st.lists(near, max_size=5))),
        warnings=draw(st.dictionaries(st.sampled_from(WARNINGS), HOSTILE)),
        marks=tuple(draw(st.lists(HOSTILE, max_size=3))),
    )


@st.composite
def synced(draw: st.DrawFn) -> Synced:
    counts = st.builds(SourceCounts, name=HOSTILE, added=st.integers(0, 9), problem=HOSTILE)
    failed = st.builds(FailedItem, target=HOSTILE, error=HOSTILE)
    held = st.builds(
        HeldItem, target=HOSTILE, mark=HOSTILE, reason=HOSTILE, source=st.none() | HOSTILE
    )
    remarks = st.lists(HOSTILE, max_size=5).map(tuple)
    remarked = st.builds(RemarkedItem, target=HOSTILE, title=HOSTILE, remarks=remarks)
    ids = st.lists(HOSTILE, max_size=15).map(tuple)
    return Synced(
        added=draw(ids),
        replaced=draw(ids),
        removed=draw(ids),
        gone=draw(ids),
        unchanged=draw(st.integers(0, 9)),
        failed=tuple(draw(st.lists(failed, max_size=60))),
        held=tuple(draw(st.lists(held, max_size=20))),
        remarked=tuple(draw(st.lists(remarked, max_size=20))),
        index_version=draw(st.none() | HOSTILE),
        sources=tuple(draw(st.lists(counts, max_size=60))),
        named=draw(st.dictionaries(HOSTILE, st.builds(NamedItem, title=HOSTILE, place=HOSTILE))),
        undo=draw(st.none() | st.just("a" * 24)),
    )


@st.composite
def operation(draw: st.DrawFn) -> Operation:
    done = st.builds(
        Done,
        did=st.sampled_from(["added", "replaced", "removed", "unchanged"]),
        document_id=HOSTILE,
        title=HOSTILE,
        passages=st.integers(0, 9),
        can_undo=st.booleans(),
        index_version=st.none() | HOSTILE,
    )
    refused = st.builds(Refusal, code=st.sampled_from(CODES), reason=HOSTILE)
    found = OperationResult(
        preview=draw(st.none() | preview()),
        done=draw(st.none() | done),
        synced=draw(st.none() | synced()),
        refused=draw(st.none() | refused),
        waits=draw(st.integers(0, 2)),
    )
    kinds: list[OperationKind] = ["ingest", "remove", "sync"]
    states: list[Status] = [
        "looking", "doing", "pruning", "undoing", "ready", "done", "undone", "cancelled", "refused",
    ]  # fmt: skip
    field = draw(st.sampled_from(["url", "name", "place", "source"]))
    return Operation(
        operation_id="a" * 18,
        kind=draw(st.sampled_from(kinds)),
        team="T1",
        channel="G1",
        user="U3",
        language=draw(st.sampled_from(["en-US", "ja-JP"])),
        began_at=datetime(2026, 11, 22, tzinfo=UTC),
        claimed_by="key",
        request={field: draw(HOSTILE)} if draw(st.booleans()) else {},
        status=draw(st.sampled_from(states)),
        found=found.model_dump(mode="json", exclude_none=True),
    )


def _check(message: SlackMessage) -> None:
    blocks: Any = [dict(block) for block in message.blocks]
    assert message_problems(message.text, blocks) == []
    for text in (*message_texts(blocks), message.text):
        plain = text.replace("<@U3>", "")
        assert "<!" not in plain
        assert "<@" not in plain
        assert "<https://evil" not in plain
        assert text.count("```") in {0, 2}


@settings(max_examples=60, deadline=None)
@given(operation())
def test_an_operation_is_a_message_that_slack_takes(one: Operation) -> None:
    _check(operation_message(one))
    if one.is_at_work:
        _check(working_message(one, progress_note("embed", 1, 2, one.language)))


def _seen(language: str, kind: OperationKind, status: Status, found: OperationResult) -> str:
    one = Operation(
        operation_id="a" * 18,
        kind=kind,
        team="T1",
        channel="G1",
        user="U3",
        language=language,
        began_at=datetime(2026, 11, 22, tzinfo=UTC),
        claimed_by="key",
        request={},
        status=status,
        found=found.model_dump(mode="json", exclude_none=True),
    )
    blocks: Any = [dict(block) for block in operation_message(one).blocks]
    return json.dumps(blocks, ensure_ascii=False)


@pytest.mark.parametrize(
    ("language", "why"),
    [
        ("en-US", "quality 0.4 is below 0.9 (2 hidden rows)"),
        ("ja-JP", "読み取りの質 0.4 が基準の 0.9 に達していません（非表示の行 2件）"),
    ],
)
def test_a_sync_tells_of_which_source_what_is_held_and_why(language: str, why: str) -> None:
    words = phrases(language).curating
    held = (
        HeldItem(target="plan.md", mark="社外秘", reason="marked 社外秘", source="office"),
        HeldItem(
            target="scan.pdf",
            mark="",
            reason="quality 0.4 is below 0.9 (2 hidden rows)",
            source="web",
        ),
    )
    sources = (SourceCounts(name="office", held=1), SourceCounts(name="web", held=1, moved=2))
    synced = Synced(
        added=(), replaced=(), removed=(), unchanged=0, failed=(), held=held, sources=sources
    )
    told = _seen(language, "sync", "done", OperationResult(synced=synced))
    assert "• plan.md [office]: 社外秘" in told
    assert f"• scan.pdf [web]: {why}" in told
    counts = words.sync_counts
    assert f"*web*: {counts['held'].format(1)}, {counts['moved'].format(2)}" in told


@pytest.mark.parametrize(
    ("language", "remark"),
    [("en-US", "2 hidden rows, sheet A"), ("ja-JP", "非表示の行 2件（シート「A」）")],
)
def test_a_sync_tells_what_is_held_and_what_texts_do_not_show(language: str, remark: str) -> None:
    words = phrases(language).curating
    held = tuple(HeldItem(target=f"budget-{number}.pdf", mark="社外秘") for number in range(9))
    remarked = RemarkedItem(
        target="a.xlsx", title="Rates", remarks=("2 hidden rows, sheet A", "b", "c", "d")
    )
    synced = Synced(added=(), replaced=(), removed=(), unchanged=0, failed=(), held=held,
                    remarked=(remarked,))  # fmt: skip
    told = _seen(language, "sync", "done", OperationResult(synced=synced))
    assert with_bold_apart(words.sync_held) in told  # else Slack shows its asterisks
    assert "budget-7.pdf: 社外秘" in told
    assert words.more_lines.format(1) in told
    assert f"{words.sync_remarked}\\n• Rates: {remark}; b; c; …" in told
    assert words.sync_failed not in told


@pytest.mark.parametrize("language", ["en-US", "ja-JP"])
def test_a_mark_is_shown_and_confirmed(language: str) -> None:
    words = phrases(language).curating
    document = Shown(document_id="x", source="x.pdf", title="Budget", language="en", kind="other",
                     audience="public", passages=1)  # fmt: skip
    seen = Preview(proposal="f" * 24, action="add", document=document, marks=("DRAFT",),
                   warnings={"marked": "DRAFT"})  # fmt: skip
    told = _seen(language, "ingest", "ready", OperationResult(preview=seen))
    assert words.warnings["marked"].format("DRAFT") in told
    assert words.marked_confirm.format("DRAFT") in told
    plain = seen.model_copy(update={"marks": (), "warnings": {}})
    assert "confirm" not in _seen(language, "ingest", "ready", OperationResult(preview=plain))


@settings(max_examples=40, deadline=None)
@given(shown(), st.sampled_from(["en-US", "ja-JP"]))
def test_the_modal_is_one_that_slack_takes(document: Shown, language: str) -> None:
    view = change_view(document, "a" * 18, 3, language)
    assert view_problems(view, kind="modal") == []


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.builds(SourceState, name=HOSTILE, problem=HOSTILE, failures=st.integers(0, 3))),
    st.lists(st.builds(Alert, kind=st.just("stale"), text=HOSTILE)),
    st.lists(st.builds(Run, run=HOSTILE, outcome=HOSTILE)),
    st.dictionaries(HOSTILE, HOSTILE, max_size=20),
    st.sampled_from(["en-US", "ja-JP"]),
)
def test_status_and_troubles_are_messages_that_slack_takes(
    sources: list[SourceState],
    alerts: list[Alert],
    runs: list[Run],
    told: dict[str, str],
    language: str,
) -> None:
    status = IndexStatus(
        index_version="1-<x>",
        as_of="2026-11-22T08:00:00+09:00",
        documents=1,
        passages=2,
        languages={"en": 1},
        sources=tuple(sources),
        alerts=tuple(alerts),
        runs=tuple(runs),
    )
    _check(status_message(status, language))
    if told:
        _check(trouble_message(told, told, language))


@pytest.mark.parametrize("name", sorted(ENGLISH.__slots__))
def test_both_languages_say_the_same_things(name: str) -> None:
    english, japanese = getattr(ENGLISH, name), getattr(JAPANESE, name)
    assert type(english) is type(japanese)
    if isinstance(english, str):
        assert english.count("{") == japanese.count("{")
        assert english != japanese
    else:
        assert english.keys() == japanese.keys()
        for key, text in english.items():
            assert text.count("{") == japanese[key].count("{"), key


def test_a_reason_of_the_indexing_is_said_in_the_language_of_staff() -> None:
    found = OperationResult(
        refused=Refusal(code="failed", reason="rules.pdf: is empty; check the file")
    )
    assert found.in_language("ja").refused == Refusal(
        code="failed", reason="rules.pdf: 空のファイルです。確かめてください"
    )
    assert found.in_language("en") == found
