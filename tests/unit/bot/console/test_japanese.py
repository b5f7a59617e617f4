"""Nothing that staff see in Japanese is left in English, and each act of the log has its words."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args

import pytest

import aspire_bot
from aspire_bot.messages import languages, phrases
from aspire_bot.state.operations import OperationKind

_CODE = Path(aspire_bot.__file__).parent
_ACT = re.compile(r"[a-z]+\.[a-z_]*[a-z]")
_NO_ACTS = {"html", "css", "js", "show", "one"}
"""Ends of names of files and of pages, which look the same."""
_WRITERS = (
    "console/**/*.py",
    "slack/office/decisions.py",
    "slack/staff/audit.py",
    "state/console/audit.py",
)


def _constants(node: ast.AST) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def acts() -> set[str]:
    """Every name of an act that the code may write into the log."""
    found = {f"document.begin_{kind}" for kind in get_args(OperationKind)}
    for pattern in _WRITERS:
        for file in _CODE.glob(pattern):
            names = set(_constants(ast.parse(file.read_text("utf-8"))))
            found |= {name for name in names if _ACT.fullmatch(name)}
    return {name for name in found if name.partition(".")[2] not in _NO_ACTS}


def test_each_act_of_the_log_has_words_in_each_language() -> None:
    known = acts()
    assert {"session.begin", "offer.decide", "escalation.reply", "approval.withdraw"} <= known
    for language in languages():
        assert set(phrases(language).console.audit_acts) == known


@pytest.mark.parametrize("language", languages())
def test_errors_say_what_to_do(language: str) -> None:
    said = phrases(language).console.http_errors
    assert {"400", "403", "404", "405", "413", "429", "other"} == set(said)
    assert "{}" in said["other"]


def test_the_handbook_for_staff_names_buttons_as_they_are() -> None:
    handbook = (_CODE.parents[1] / "docs" / "ja" / "staff.md").read_text("utf-8")
    plain = re.sub(r"\s+", "", handbook)
    words = phrases("ja")
    inbox, draft, tell = words.console.inbox, words.office_work.draft, words.office_work.tell_me
    named = (
        *(tell.button, tell.send, tell.not_this, words.office_work.waiting.title),
        *(draft.accept, draft.edit, draft.decline, words.office_work.reminder.take),
        *(inbox.drafts, inbox.offers, inbox.escalations, inbox.gaps, inbox.contradictions),
        *(inbox.accept, inbox.edit, inbox.decline, inbox.offer_send, inbox.offer_decline),
        *(inbox.take, inbox.remind, inbox.reopen, inbox.held, inbox.doubtful, inbox.disliked),
        *(words.console.documents.settings, words.console.documents.for_staff),
        *(words.console.documents.left_out, words.console.documents.replace),
        *(words.console.documents.set_by_staff, words.console.sources.new),
        *(words.console.watches.tell_me, words.console.watches.stop),
    )
    assert [one for one in named if re.sub(r"\s+", "", one) not in plain] == []


def test_the_same_thing_has_one_name_in_slack_and_on_the_page() -> None:
    words = phrases("ja")
    inbox, draft, tell = words.console.inbox, words.office_work.draft, words.office_work.tell_me
    assert (inbox.accept, inbox.edit, inbox.decline) == (draft.accept, draft.edit, draft.decline)
    assert (inbox.offer_send, inbox.offer_decline) == (tell.send, tell.not_this)
    assert inbox.take == words.office_work.reminder.take
    assert words.curating.audiences["staff"] in words.slack.audiences["staff"]
    assert words.curating.audiences["staff"] in words.console.documents.for_staff


def test_every_phrase_of_the_console_is_on_a_page() -> None:
    """By its name alone: a phrase that no page and no code of the console names is left over."""
    sources = [*(_CODE / "console").rglob("*.html"), *(_CODE / "console").rglob("*.py")]
    code = "\n".join(file.read_text("utf-8") for file in sources)
    named = set(re.findall(r"\w+", code))
    console = phrases("en").console
    left: list[str] = []
    for table in fields(console):
        value = getattr(console, table.name)
        left += [table.name] if table.name not in named else []
        if is_dataclass(value):
            left += [f"{table.name}.{one.name}" for one in fields(value) if one.name not in named]
    assert left == []
