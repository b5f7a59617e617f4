"""Each rule of Block Kit: what keeps it passes, here and elsewhere; what breaks it is named."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.local_slack.second_opinion import message_doubts, view_doubts
from tests.unit.bot.local_slack.kit import (
    ACTIONS,
    BLOCKS,
    BUTTON,
    CONTAINER,
    CONTEXT,
    FEEDBACK,
    HOME,
    INPUT,
    MODAL,
    OPTION,
    PLAIN,
    SECTION,
    SELECT,
    TABLE,
    TASK,
)

from aspire_bot.local_slack.blocks.limits import block_problems, message_problems, message_texts
from aspire_bot.local_slack.blocks.views import view_problems
from aspire_bot.local_slack.streams import chunk_problems

RAW: dict[str, Any] = {"type": "raw_text", "text": "x"}


@pytest.mark.parametrize("kind", BLOCKS)
def test_what_keeps_the_rules_passes_everywhere(kind: str) -> None:
    assert block_problems([BLOCKS[kind]]) == []
    assert message_doubts([BLOCKS[kind]]) == []


def _long(size: int) -> dict[str, Any]:
    return {**PLAIN, "text": "x" * size}


def _with(base: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {**deepcopy(base), **fields}


def _acting(**fields: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": [_with(BUTTON, **fields)]}


def _entering(element: dict[str, Any]) -> dict[str, Any]:
    return _with(INPUT, element=element)


@pytest.mark.parametrize(
    ("block", "named"),
    [
        ({"type": "marquee"}, ".type marquee"),
        ({"text": PLAIN}, ".type None"),
        ("a string", "is no object"),
        (_with(SECTION, colour="red"), ".colour is unknown"),
        (_with(TABLE, rows=[]), "0 items, not 1 to 100"),
        (_with(TABLE, rows=[[RAW] * 21]), "21 items, not 1 to 20"),
        (_with(TABLE, rows=[[PLAIN]]), ".type plain_text is not known here"),
        (_with(TABLE, rows=[[{"type": "raw_number", "value": "x", "text": "x"}]]), "no number"),
        (_with(TABLE, column_settings=[{"align": "top"}]), "not one of left"),
        (_with(CONTAINER, child_blocks=[]), "0 items, not 1 to 10"),
        (_with(CONTAINER, child_blocks=[SECTION] * 11), "11 items, not 1 to 10"),
        (_with(CONTAINER, child_blocks=[CONTAINER]), ".type container is not known here"),
        (_with(CONTAINER, title=None), "needs a title"),
        (_with(CONTAINER, title=_long(151)), "151 characters"),
        (_with(CONTAINER, width="huge"), "not one of narrow"),
        (_with(CONTAINER, is_collapsible=False), ".default_collapsed needs is_collapsible"),
        (_with(CONTAINER, has_header_divider=True), "excludes is_collapsible"),
        (_with(SECTION, text=_long(3001)), "3001 characters, not 1 to 3000"),
        (_with(SECTION, text=_long(0)), "0 characters"),
        (_with(SECTION, text={**PLAIN, "verbatim": True}), ".text.verbatim is unknown"),
        (_with(SECTION, text={"type": "markdown", "text": "x"}), ".text.type is markdown"),
        (_with(SECTION, text="bare"), ".text is no text object"),
        (_with(SECTION, block_id="x" * 256), "256 characters"),
        ({"type": "section"}, "needs a text or fields"),
        ({"type": "section", "fields": [PLAIN] * 11}, "11 items"),
        ({"type": "section", "fields": [_long(2001)]}, "2001 characters"),
        ({"type": "header", "text": _long(151)}, "151 characters"),
        ({"type": "header", "text": {"type": "mrkdwn", "text": "x"}}, "mrkdwn, not plain_text"),
        (_with(CONTEXT, elements=[]), "0 items"),
        (_with(CONTEXT, elements=[PLAIN] * 11), "11 items, not 1 to 10"),
        (_with(CONTEXT, elements=[BUTTON]), ".type is button"),
        (_with(ACTIONS, elements=[_with(BUTTON, action_id=f"{n}") for n in range(26)]), "26 items"),
        (_with(ACTIONS, elements=[FEEDBACK]), "feedback_buttons is not known here"),
        (_with(ACTIONS, elements=[BUTTON, BUTTON]), "action_id press occurs twice"),
        (_acting(text=_long(76)), "76 characters"),
        (_acting(value="x" * 2001), "2001 characters"),
        (_acting(url="javascript:alert(1)"), "is no URL"),
        (_acting(style="primry"), "'primry', not one of"),
        (_acting(confirm={"title": PLAIN}), ".confirm.text is missing"),
        ({"type": "context_actions", "elements": [BUTTON]}, "button is not known here"),
        (
            {
                "type": "context_actions",
                "elements": [_with(FEEDBACK, negative_button={"text": PLAIN})],
            },
            "negative_button.value is missing",
        ),
        ({"type": "actions", "elements": [_with(SELECT, options=[])]}, "0 items"),
        ({"type": "actions", "elements": [_with(SELECT, options=[OPTION] * 101)]}, "101 items"),
        (
            {
                "type": "actions",
                "elements": [_with(SELECT, initial_option={**OPTION, "value": "x"})],
            },
            "not among the options",
        ),
        (
            {"type": "actions", "elements": [{"type": "static_select", "action_id": "s"}]},
            "needs options or option_groups",
        ),
        (
            {
                "type": "actions",
                "elements": [_with(SELECT, options=[{**OPTION, "value": "x" * 151}])],
            },
            "151 characters",
        ),
        (_entering({"type": "plain_text_input", "max_length": 3001}), "of 1 to 3000"),
        (_entering({"type": "plain_text_input", "min_length": 9, "max_length": 3}), "over max"),
        (_entering(BUTTON), "button is not known here"),
        (_with(INPUT, label=_long(2001)), "2001 characters"),
        ({"type": "markdown", "text": "x" * 12_001}, "12001 characters"),
        ({"type": "rich_text", "elements": [{"type": "blink"}]}, "blink is no rich text"),
        (_with(TASK, status="done"), "'done', not one of"),
        ({"type": "plan", "title": "x", "tasks": [_with(TASK, title="x" * 257)]}, "257 characters"),
    ],
)
def test_what_breaks_a_rule_is_named(block: object, named: str) -> None:
    problems = block_problems([block])
    assert any(named in problem for problem in problems), problems
    assert all(problem.startswith("invalid_blocks: ") for problem in problems)


def test_blocks_are_counted_and_told_apart() -> None:
    assert block_problems([{"type": "divider"}] * 50) == []
    assert "51 items" in block_problems([{"type": "divider"}] * 51)[0]
    assert "block_id s occurs twice" in block_problems([SECTION, SECTION])[0]
    assert "exclude each other" in block_problems([BLOCKS["plan"], TASK])[0]
    in_both = [TABLE, _with(CONTAINER, child_blocks=[TABLE])]
    assert block_problems(in_both) == ["invalid_blocks: only_one_table_allowed"]
    assert block_problems([]) != []
    assert block_problems({"type": "section"}) != []


def test_a_message_has_a_text_and_a_length() -> None:
    assert message_problems("told", [SECTION]) == []
    assert message_problems("", [SECTION])[0].startswith("no_text")
    long = [_with(SECTION, block_id=f"b{n}", text=_long(3000)) for n in range(4)]
    assert message_problems("told", long[:3]) == []
    assert message_problems("told", long)[0].startswith("msg_blocks_too_long")


def test_texts_are_those_that_are_read() -> None:
    read = message_texts([*BLOCKS.values()])
    in_table, in_container = ["Item", "Yen", "t", "1,200"], ["Text", "Text", "*Text*", "*Text*"]
    shown = ["*Text*", "*Text*", "Text", "Text", "*Text*", "**Text**"]
    assert read == [*shown, *in_table, *in_container]


@pytest.mark.parametrize(
    "kind", ["markdown", "context_actions", "task_card", "plan", "table", "container"]
)
def test_some_blocks_are_for_messages_only(kind: str) -> None:
    assert "not known here" in block_problems([BLOCKS[kind]], surface="modal")[0]
    assert "not known here" in block_problems([BLOCKS[kind]], surface="home")[0]


def test_views_that_keep_the_rules_pass_everywhere() -> None:
    assert view_problems(MODAL, "modal") == []
    assert view_problems(HOME, "home") == []
    assert view_doubts(MODAL) == []
    assert view_doubts(HOME) == []


@pytest.mark.parametrize(
    ("view", "kind", "named"),
    [
        (_with(MODAL, title=_long(25)), "modal", "25 characters, not 1 to 24"),
        (_with(MODAL, submit=_long(25)), "modal", "25 characters"),
        (_with(MODAL, callback_id="x" * 256), "modal", "256 characters"),
        (_with(MODAL, private_metadata="x" * 3001), "modal", "3001 characters"),
        (_with(MODAL, blocks=[{"type": "divider"}] * 101), "modal", "101 items"),
        ({k: v for k, v in MODAL.items() if k != "submit"}, "modal", ".submit is missing"),
        ({k: v for k, v in MODAL.items() if k != "title"}, "modal", ".title is missing"),
        (_with(MODAL, id="V1"), "modal", ".id is unknown"),
        (_with(HOME, title=PLAIN), "home", ".title is unknown"),
        (MODAL, "home", "not one of home"),
        ("view", "modal", "is no object"),
    ],
)
def test_a_view_that_breaks_a_rule_is_named(view: object, kind: str, named: str) -> None:
    problems = view_problems(view, kind)
    assert any(named in problem for problem in problems), problems


_KEYS = st.sampled_from(
    [
        *("type", "text", "elements", "fields", "element", "options", "blocks", "tasks"),
        *("accessory", "rows", "column_settings", "child_blocks"),
    ]
)
_KINDS = st.sampled_from([*BLOCKS, "button", "plain_text", "modal", "task_update", "image"])
_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3) | _KINDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(_ANYTHING)
def test_whatever_comes_is_judged_not_choked_on(value: object) -> None:
    block_problems(value)
    block_problems([value], surface="home")
    message_problems(value, value)
    view_problems(value, "modal")
    chunk_problems([value])
