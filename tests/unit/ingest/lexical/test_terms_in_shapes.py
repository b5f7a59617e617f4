"""Openings and deadlines in the shapes in which pages have them: cells, arrows, headings, lists."""

import pytest
from tests.unit.ingest.lexical.test_terms import found

CALL = "Call for proposals"


def told(text: str, title: str = CALL) -> list[str]:
    """The terms, each with its ends, "!" where one can apply for something by then."""
    return [
        (one.first if "opening" in one.kinds else "")
        + ">"
        + (one.last if "deadline" in one.kinds else "")
        + ("!" if "application" in one.kinds else "")
        for one in found(text, title, None)
    ]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        (
            "| Round | Opens | Letter of intent | Full application | Decision |\n"
            "|---|---|---|---|---|\n"
            "| First | 5 May 2031 | 2 June 2031 | 7 July 2031 | 1 October 2031 |",
            ["2031-05-05>2031-07-07!", ">2031-06-02"],
        ),
        (
            "| 枠 | 第1回 | 第2回 |\n|---|---|---|\n"
            "| 応募が閉じる日 | 2031年8月31日 | 2031年9月30日 |",
            [">2031-08-31!", ">2031-09-30!"],
        ),
        (
            "Letter of intent by 9 May 2031 → full proposal by 4 July 2031 → hearing 8 May 2032",
            [">2031-05-09", ">2031-07-04!"],
        ),
        (
            "申請書の受付開始(2031年4月12日)→ 申請書の締切(2031年6月4日)",
            ["2031-04-12>2031-06-04!"],
        ),
        (
            "The call opens on 6 January 2031 and proposals may be sent until 3 March 2031; teams"
            " will be interviewed on 2 June 2031.",
            ["2031-01-06>2031-03-03!"],
        ),
        ("## 4. 応募期間\n2031年4月1日から2031年5月31日まで(消印有効)", ["2031-04-01>2031-05-31!"]),
        ("Q2 締切を教えてください。\nA2 2031年2月26日(水)の17時です。", [">2031-02-26!"]),
        ("**Since when can I submit?**\nThe form is there since 4 May 2031.", ["2031-05-04>!"]),
        (
            "募集は2031年12月1日に始まり、翌年1月29日の18時に終わります。",
            ["2031-12-01>2032-01-29!"],
        ),
        ("3. Full proposals: 15/10/2031, 17:00 Brussels time", [">2031-10-15!"]),
        (
            "The portal accepts proposals for all nineteen beamlines from 16 August 2031.",
            ["2031-08-16>!"],
        ),
        (
            "応募書類の受付:7月14日(月)より\n\n応募の受付は2031年1月15日に始めます。",
            ["2031-01-15>!"],
        ),
        (
            "Applications are read from 4 May 2031, and close on 9 June 2031.",
            ["2031-05-04>2031-06-09!"],
        ),
        (
            "Proposals can be uploaded between 15 March 2031 and 11 May 2031.",
            ["2031-03-15>2031-05-11!"],
        ),
        (
            "応募を考える方は、2031年1月22日までに意向表明書を提出してください。\n\n"
            "提案書の締切は2031年4月9日です。",
            [">2031-01-22", ">2031-04-09!"],
        ),
        (
            "学内の提出期限:2031年1月20日\n財団の応募締切:2031年2月3日",
            [">2031-01-20", ">2031-02-03!"],
        ),
        (
            "An offer must reach us by 26 February 2031. The portal goes live on 14 January 2031.",
            [">2031-02-26!", "2031-01-14>!"],
        ),
    ],
)
def test_each_date_has_the_words_that_are_its_own(text: str, terms: list[str]) -> None:
    assert told(text) == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        (
            "申請の締切を次のとおり延長します。\n\n変更前:2031年11月27日\n変更後:2031年12月11日",
            [">2031-12-11!"],
        ),
        (
            "A date in the guidelines is wrong. It says that proposals can be sent until 21 May"
            " 2031. The correct deadline is 12 May 2031.",
            [">2031-05-12!"],
        ),
        ("システムの不具合により、2031年5月3日から5日まで申請できません。", []),
        ("The museum is closed from 7 January 2031 to 21 May 2031.", []),
    ],
)
def test_what_was_replaced_or_is_shut_is_no_term(text: str, terms: list[str]) -> None:
    assert told(text) == terms


def test_a_scheme_has_no_need_to_be_called_a_call() -> None:
    text = (
        "- Opens: 7 December 2031\n- Closes: 12 February 2032\n- References due: 26 February 2032"
    )
    assert told(text, "Fellowships in Soil Science") == [
        "2031-12-07>!",
        ">2032-02-12!",
        ">2032-02-26",
    ]
    assert told(text, "The art of soil") == ["2031-12-07>", ">2032-02-12", ">2032-02-26"]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        (
            "Applications with incorrect figures are returned; send yours by 3 May 2031.",
            [">2031-05-03!"],
        ),
        (
            "記入に誤りのないよう確かめ、申請書は2031年5月3日までに提出してください。",
            [">2031-05-03!"],
        ),
        (
            "The rules on extensions have changed.\n\nApplications are due before 3 May 2031.",
            [">2031-05-03!"],
        ),
        ("The call closed for applications on 3 May 2031.", [">2031-05-03!"]),
        ("Faculty members may send proposals until 3 May 2031.", [">2031-05-03!"]),
        ("A proposal with two references and the fee is due by 3 May 2031.", [">2031-05-03!"]),
        ("References are due by 3 May 2031.", [">2031-05-03"]),
        (
            "The form has to be with your faculty by 3 May 2031, which submits proposals.",
            [">2031-05-03"],
        ),
    ],
)
def test_words_that_mark_something_else_elsewhere_take_no_deadline_away(
    text: str, terms: list[str]
) -> None:
    assert told(text) == terms


def test_each_row_has_its_day_though_another_has_the_same() -> None:
    text = (
        "| Scheme | Deadline |\n|---|---|\n| Seed | 14 October 2031 |\n"
        "| Beam | 14 October 2031 |\n\n"
        "The deadline is 14 October 2031. Applications are due on 14 October 2031."
    )
    ends = [one for one in found(text, CALL, None) if one.last == "2031-10-14"]
    rows = [text[text.rfind("\n", 0, one.start) + 1 :][:6] for one in ends]
    assert rows == ["| Seed", "| Beam", "The de"]


def test_who_may_apply_says_nothing_of_what_is_due_below_deadline() -> None:
    text = (
        "| Scheme | Who may apply | Deadline |\n|---|---|---|\n"
        "| Beam | Researchers with a contract, registered here | 14 October 2031 |\n"
        "| Reports | Who holds a grant | 21 October 2031 |"
    )
    assert told(text) == [">2031-10-14!", ">2031-10-21"]


@pytest.mark.parametrize(
    "headers",
    ["| Where | Wrong | Correct |", "| 箇所 | 誤 | 正 |", "| | 変更前 | 変更後 |"],
)
def test_a_day_in_the_column_of_what_was_wrong_is_no_term(headers: str) -> None:
    text = f"{headers}\n|---|---|---|\n| Deadline | 14 October 2031 | 21 October 2031 |"
    assert told(text) == [">2031-10-21!"]
