"""Markdown: comments, hidden and struck passages are not shown, and so are no text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_ingest.load.parse_result import Raw
from aspire_ingest.load.text.markdown import as_shown
from aspire_ingest.load.text.plain import parse_markdown, parse_text


@pytest.mark.parametrize(
    ("source", "shown", "told"),
    [
        ("# T\n\n<!-- note: 77 -->\n\nText <!-- 1 --> on.\n", "# T\n\nText on.\n", ["2 comments"]),
        ("A <!-- two\n\nlines --> B", "A B", ["1 comment"]),
        ("Seen.\n\n<!-- never closed\n\n## More", "Seen.\n\n", ["1 comment"]),
        ("[//]: # (secret)\n\nSeen.\n", "Seen.\n", ["1 comment"]),
        ("[note]: <> \"secret\"\nSeen [1].\n[1]: https://a.example\n",
         "Seen [1].\n[1]: https://a.example\n", ["1 comment"]),
        ("It is ~~60 yen~~ 85 yen.", "It is 85 yen.", ["1 struck passage"]),
        ("Due ~1 May~ 15 June.", "Due 15 June.", ["1 struck passage"]),
        ("~1 May~、6月", "、6月", ["1 struck passage"]),
        ("- ~~old~~\n- new\n", "- new\n", ["1 struck passage"]),
        ("It is <del>60</del> <ins>85</ins> yen.", "It is 85 yen.", ["1 struck passage"]),
        ("s\u0336t\u0336ruck", "ruck", ["1 struck passage"]),
        ("<div hidden>\na <div>b</div> c\n</div>\nSeen.", "Seen.", ["1 hidden part"]),
        ("<b style='display: none'>77</b>Seen.", "Seen.", ["1 hidden part"]),
        ("3×10<sup>6</sup> yen, 500<sup>1</sup> euros, CO<sub>2</sub>",
         "3×10^6 yen, 500 (note 1) euros, CO2", []),
        ("A <!--> B <!-- 77 --> C", "A B C", ["1 comment"]),
        ("Text\n<!-- 77 -->\n\nMore", "Text\n\nMore", ["1 comment"]),
        ("<img hidden src=a> <del>60</del> 85", "<img hidden src=a> 85", ["1 struck passage"]),
        ("<div hidden>a <del>1</del> b</div>Seen.", "Seen.", ["1 hidden part"]),
        ("<b style='text-decoration: line-through'>60</b>85", "85", ["1 struck passage"]),
        ("<script>secret()</script>Seen.", "Seen.", ["1 hidden part"]),
        ("x<sub>i</sub><sup>2</sup>", "x_i^2", []),
        ("in 10<sup>6</sup> days\n\n<sup>6</sup>Of work.",
         "in 10 (note 6) days\n\n(note 6) Of work.", []),
        ("paid in 2024.<sup>3</sup> Later", "paid in 2024 (note 3). Later", []),
        ("500<sup>[1](#fn1)</sup> euros", "500 (note 1) euros", []),
        ("<details><summary>S</summary>seen</details>",
         "<details><summary>S</summary>seen</details>", []),
    ],
)  # fmt: skip
def test_what_is_not_shown_is_left_out(source: str, shown: str, told: list[str]) -> None:
    text, remarks = as_shown(source)
    assert text == shown
    assert [remark.what for remark in remarks] == told


@pytest.mark.parametrize(
    "source",
    [
        "```html\n<!-- seen -->\n~~seen~~\n```\n",
        "````\n```\n~~seen~~\n````\n",
        "~~~\n<del>seen</del> 10<sup>6</sup>\n~~~\n",
        "Write `<!-- seen -->` or ``~~seen~~``.",
        "H~2~O, ~5 and ~6 yen, 9:00~12:00, 13:00~15:00, 4月~、~5月",
        "5~10 days, A ~~ B ~~ C, 1~~2, \\~~no~~",
        "a < b > c <d> e",
    ],
)
def test_code_and_signs_stay_to_the_letter(source: str) -> None:
    assert as_shown(source) == (source, ())


def test_a_fence_inside_a_comment_opens_no_code() -> None:
    assert as_shown("<!-- a\n```\nb -->\nSeen ~~gone~~ on.")[0] == "Seen on."


@given(
    st.lists(
        st.sampled_from(
            ["<!--", "-->", "~~", "`", "```", "\n", "a", " ", "<del>", "</del>", "<sup>", "</sup>"]
        ),
        max_size=14,
    )
)
def test_any_markdown_can_be_read(pieces: list[str]) -> None:
    text, _ = as_shown("".join(pieces))
    assert "\x00" not in text


def test_remarks_come_with_the_document_and_plain_text_stays() -> None:
    source = b"# T\n\n<!-- 77 -->\n\nSeen ~~gone~~ \xef\xbf\xbd.\n"
    parsed = parse_markdown(Raw(name="x.md", data=source))
    assert [(remark.kind, remark.what) for remark in parsed.remarks] == [
        ("hidden", "1 comment"), ("hidden", "1 struck passage"),
        ("doubtful", "1 character not readable"),
    ]  # fmt: skip
    assert "<!-- 77 -->" in parse_text(Raw(name="x.txt", data=source)).text


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("3 &times; 10 &euro; &amp; more&nbsp;words &#12354; &#x3042;",
         "3 × 10 € & more\u00a0words あ あ"),
        ("R\\&D and \\*one\\*, a\\_b, 1\\. no item, \\~5", "R&D and *one*, a_b, 1. no item, \\~5"),
        ("\\# no heading\n| a \\| b | c |", "\\# no heading\n| a \\| b | c |"),
        ("\\&amp; is said, `&amp; \\*` is code, AT&T; and &unknownname;",
         "&amp; is said, `&amp; \\*` is code, AT&T; and &unknownname;"),
        ("1. one\n1. two\n   goes on\n\n1. three\n", "1. one\n2. two\n   goes on\n\n3. three\n"),
        ("3) c\n3) d", "3) c\n4) d"),
        ("1. one\n   1. in\n   1. in two\n1. two", "1. one\n   1. in\n   2. in two\n2. two"),
        ("1. one\n3. three", "1. one\n3. three"),
        ("1. one\n\nBetween.\n\n1. anew", "1. one\n\nBetween.\n\n1. anew"),
        ("# A\n1. one\n# B\n1. one", "# A\n1. one\n# B\n1. one"),
        ("It ended in\n2025. Then\n2025. again", "It ended in\n2025. Then\n2025. again"),
        ("```\n1. a\n1. b\n```", "```\n1. a\n1. b\n```"),
    ],
)  # fmt: skip
def test_signs_are_written_as_they_are_shown(source: str, shown: str) -> None:
    assert as_shown(source)[0] == shown
