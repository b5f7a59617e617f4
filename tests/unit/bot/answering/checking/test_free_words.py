"""True sentences in free words that rules took for wrong, and the lies beside them."""

import pytest
from tests.unit.bot.answering.checking.held import decided, reasons

ROWS = """| Number | Budget | Period |
|---|---|---|
| SL2-16 | 340'000 | 36 months |
| SL2-17 | 349'500 | 30 months |"""

RECOMMENDED = "It will follow recommendations 1, 3 and 5. Recommendation 4 will not be followed."
DUSTLINE = "Italy will lead Dustline, Australia AURORA-3."
CLOSING = "Closing is moved from 30 June to 7 July. The portal is down from 28 June to 1 July."
SINGLE = "There is no ceiling for a single project. Up to six projects come."
ROW_OF_LEADS = """| Title | Lead in Japan | Partner |
|---|---|---|
| Methane | Inaba, Akita | Graz |
| Dust | Fujinuma, Toyama | Lyon |"""


@pytest.mark.parametrize(
    ("text", "source", "not_"),
    [
        (
            "The kickoff was planned for 14 March 2025.",
            "The kickoff will be held on 14 March 2025.",
            "modality",
        ),
        (
            "The reports were planned for May.",
            "The reports are to be handed in in May.",
            "modality",
        ),
        (
            "The kickoff was planned for 14 March 2025.",
            "The kickoff shall be held on 14 March 2025.",
            "modality",
        ),
        ("学生は応募できません。", "学生の応募はありません。", "modality"),
        ("Students do not apply.", "Students cannot apply.", "modality"),
        (
            "Travel is paid over five years.",
            "Period of travel: five years. Travel is paid.",
            "direction",
        ),
        ("課題は11件から15件に増えた。", "課題は11件、次の年の課題は15件である。", "direction"),
        (
            "The British team is paid by EMC.",
            "The UK side is paid by EMC; the Japanese side by NSTA.",
            "name",
        ),
        ("The closing went from 30 June to 7 July.", "It is moved from 30 June to 7 July.", "date"),
        ("アルゼンチンの機関は番号を出す。", "Argentine institutions give a number.", "name"),
        ("Stays are up to three months.", "Stays: three months.", "direction"),
        ("Stays are under three months.", "Stays are up to three months.", "direction"),
        ("SL2-17: budget, period 30 months.", ROWS, "number"),
        ("Part C has 6,000 characters.", "Part B has 20,000 characters, part C 6,000.", "number"),
        ("Those who lived there over half a year.", "Who lived there over six months.", "number"),
        ("The limit of 45 was an error.", "The age limit of 45 years was an error.", "number"),
        ("Doctorates are under ten years old.", "博士号取得後10年未満とします。", "number"),
        ("The first payment is in May.", "初年度の交付は5月です。", "number"),
        ("Type B is open.", "Only LUMINA-B is open.", "number"),
        ("Twelve pages, instead of ten.", "The plan is changed from 10 to 12 pages.", "negation"),
        ("Friday the 21st is the day.", "It is on 21 November 2025.", "number"),
        ("ヒアリングは20日です。", "The hearing is on 20 August.", "number"),
        ("A programmer comes from Delft.", "デルフトからプログラマーが来る。", "name"),
        ("She is of Nagasaki University.", "長崎大学の方です。", "name"),
        ("7か国の63人です。", "7か国から63名が参加した。", "bound"),
        ("理由は教えてもらえません。", "採否の理由にはお答えできません。", "negation"),
        ("型とは無関係です。", "型とは関係がありません。", "negation"),
        ("It is no exchange of students.", "学生を交換する事業ではない。", "negation"),
        ("届け出なしで移せます。", "届け出なしで流用できます。", "modality"),
        ("9人のうち4人は日本以外です。", "Four of nine work outside Japan.", "negation"),
        ("会議は非公開です。", "会議は公開していません。", "negation"),
        ("Inaba of Akita leads the work.", ROW_OF_LEADS, "name"),
        ("50万円までの機器は買えます。", "50万円を超える機器は買えません。", "direction"),
        ("皆川の出席が予定されていました。", "皆川が出席します。", "modality"),
        ("It is down from 28 June to 1 July.", CLOSING, "date"),
        ("100万円とあったのは誤記です。", "誤:100万円以下;正:80万円以下", "unit"),
        ("One project has no ceiling; up to six come.", SINGLE, "number"),
        ("Dustline is led by Italy.", DUSTLINE, "name"),
        (
            "The team was chosen and held talks.",
            "They choose the team; it holds talks.",
            "coverage",
        ),
        ("A project has no upper limit.", "There is no ceiling for a project.", "negation"),
        ("Follow recommendations 1, 3 and 5, but not number 4.", RECOMMENDED, "negation"),
    ],
)
def test_no_fault_is_found_in_what_is_said_otherwise(text: str, source: str, not_: str) -> None:
    assert not_ not in reasons(text, source)


@pytest.mark.parametrize(
    ("text", "source", "why"),
    [
        ("Students can apply.", "Students cannot apply.", "negation"),
        ("Students cannot apply.", "Students can apply.", "negation"),
        ("学生は応募できます。", "学生は応募できません。", "negation"),
        ("The kickoff was planned for May.", "The kickoff was held in May.", "modality"),
        ("SL2-17 runs for 36 months.", ROWS, "number"),
        ("The Chilean institutions give a number.", "アルゼンチンの機関は番号を出す。", "name"),
        ("Stays are at least three months.", "Stays are at most three months.", "direction"),
        ("Stays are three months.", "Stays are up to three months.", "bound"),
        ("Calls close on 30 June.", "Closing is moved from 30 June to 7 July.", "date"),
        ("Three Rising projects came.", "Three Leading and five Rising projects came.", "number"),
        ("Of type Rising there are 3 projects.", "Leading: 3 projects; Rising: 5.", "number"),
        ("We reply within a week.", "We reply within a month.", "number"),
        (
            "You get a reply within a week.",
            "The desk works seven days a week. We reply to you within one month.",
            "number",
        ),
        ("C型ではできます。", "C型では認めません。", "modality"),
        ("報告書を提出してもよい。", "The report must be handed in.", "modality"),
        (
            "He is at the Institute for Advanced Photonics of Kita University.",
            "He is at the Institute for Advanced Photonics, Mina University. Kita University is far.",
            "name",
        ),
        ("Part B has 6,000 characters.", "Part B has 20,000 characters, part C 6,000.", "number"),
        ("Stays last over five years.", "Stays last at most five years.", "coverage"),
        ("Those who lived there over half a year.", "Who lived there over five months.", "number"),
        ("The limit of 45 was an error.", "The age limit of 40 years was an error.", "number"),
        ("Doctorates are under ten years old.", "博士号取得後8年未満とします。", "number"),
        ("The first payment is in May.", "第2回の支払いは5月です。", "number"),
        ("Type C is open.", "Only LUMINA-B is open.", "number"),
        ("Ten pages, instead of twelve.", "The plan is changed from 10 to 12 pages.", "unit"),
        ("Friday the 22nd is the day.", "It is on 21 November 2025.", "number"),
        ("A programmer comes from Graz.", "デルフトからプログラマーが来る。", "name"),
        ("She is of Kobe University.", "長崎大学の方です。", "name"),
        ("It is planned for the first time.", "2年ぶりに予定している。", "number"),
        ("50万円を超える機器は買えます。", "50万円を超える機器は買えません。", "negation"),
        ("50万円以上の機器は買えます。", "50万円までの機器は買えます。", "direction"),
        ("The closing went from 7 July to 30 June.", CLOSING, "date"),
        ("The area is closed to type B.", "The area was opened for LUMINA-B.", "negation"),
        ("Dustline is led by Australia.", DUSTLINE, "name"),
        ("Two quotes are needed.", "(2)物品は、3社の見積書を取る。", "number"),
        ("They write at least four pages.", "報告書は4ページまでとする。", "direction"),
        ("皆川の出席が予定されていました。", "皆川が出席しました。", "modality"),
        ("Follow recommendations 1, 3 and 4, but not number 5.", RECOMMENDED, "negation"),
        ("理由はお答えできます。", "採否の理由にはお答えできません。", "negation"),
        ("型と関係があります。", "型とは無関係です。", "negation"),
        ("It came late.", "It came early.", "negation"),
        ("会議は非公開です。", "会議は公開しています。", "negation"),
        (
            "Anybody over 30 years old may apply.",
            "Anybody up to 30 years old may apply.",
            "direction",
        ),
    ],
)
def test_the_lies_beside_it_are_found(text: str, source: str, why: str) -> None:
    assert why in reasons(text, source)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "Copies are withdrawn if the two arms each get one.",
            "If both arms receive it, copies are withdrawn.",
        ),
        (
            "Copies are withdrawn if the two arms each get one.",
            "If both arms receive all 6,000 characters, copies are withdrawn.",
        ),
        ("Each group names one listener.", "Each group names a listener."),
        ("班に一人ずつ係を決めた。", "班ごとに係を決めた。"),
    ],
)
def test_one_or_two_in_words_are_a_doubt_where_nothing_is_counted(text: str, source: str) -> None:
    found = reasons(text, source)
    assert "number" not in found
    assert not found or "count" in found


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The two arms pay.", "The three arms pay."),
        ("Each group names two listeners.", "Each group names one listener and three speakers."),
        ("2 arms pay.", "Both arms pay."),
    ],
)
def test_where_something_is_counted_another_number_is_wrong(text: str, source: str) -> None:
    assert "number" in reasons(text, source)


@pytest.mark.parametrize(
    ("text", "source", "is_turned"),
    [
        ("Fees do not rise.", "Fees stay as they were.", False),
        ("Fees do not rise.", "Fees rise.", True),
        ("学生の会費は上がりません。", "学生の会費は従来どおりです。", False),
        ("学生の会費は上がりません。", "学生の会費は上がります。", True),
        ("人文が加わったのは2022年度です。", "2022年度から人文も対象です。", False),
        ("A stay of 7 days is short.", "A stay of up to 7 days is short.", True),
    ],
)
def test_a_doubt_is_the_contrary_where_the_source_says_the_very_thing(
    text: str, source: str, is_turned: bool
) -> None:
    faults = decided(text, source).faults
    assert any(fault.reason in ("negation", "bound") for fault in faults)
    assert any(fault.is_turned for fault in faults) is is_turned
