"""What a file of approved answers would change, by line."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.bot.console.test_views import TODAY, approved

from aspire_bot.console.views.approved_files import read_entries, write_csv, write_markdown
from aspire_bot.console.views.approved_import import counted, decoded, effects

KNOWN = [
    replace(approved("May I fly?", "Yes."), approval_id="fly"),
    replace(approved("旅費は？", "出ます。", audience="staff"), approval_id="costs"),
]
TABLE = """question,answer,valid_until,audience
may i FLY,"Yes,
in economy.",,public
旅費は?,出ます。,,staff
"New
other words",Yes.,2030-01-01,public
New,Again.,,
,No question.,,
Late?,x,2020-01-01,
"""


def test_a_table_says_what_each_line_would_do() -> None:
    found = effects(read_entries(TABLE), KNOWN, TODAY)
    assert [(one.entry.line, one.effect, one.fault) for one in found] == [
        (2, "change", ""),
        (4, "change", ""),  # its mark is written another way
        (5, "add", ""),
        (7, "fault", "twice"),
        (8, "fault", "no_question"),
        (9, "fault", "bad_date"),
    ]
    assert [one.former.approval_id for one in found if one.former] == ["fly", "costs"]
    assert counted(found) == {"add": 1, "change": 2, "same": 0, "fault": 3}


def test_what_was_carried_out_changes_nothing() -> None:
    for text in (write_csv(KNOWN), write_markdown(KNOWN)):
        assert [one.effect for one in effects(read_entries(text), KNOWN, TODAY)] == ["same", "same"]


def test_lines_of_markdown_are_those_of_its_headings() -> None:
    text = "## One?\n\nYes.\n\n## Two?\n- for: nobody\n\nNo.\n"
    found = effects(read_entries("# Answers\n\n" + text), KNOWN, TODAY)
    assert [(one.entry.line, one.fault) for one in found] == [(3, ""), (7, "bad_audience")]


def test_a_file_of_a_spreadsheet_is_read_in_its_encoding() -> None:
    for encoding in ("utf-8", "utf-8-sig", "cp932", "utf-16"):
        assert decoded("質問,回答\n".encode(encoding)) == "質問,回答\n"
    assert decoded(b"\x81\x00q") is None


@given(st.binary(max_size=60))
def test_no_file_raises(content: bytes) -> None:
    effects(read_entries(decoded(content) or ""), KNOWN, TODAY)
