"""Deadlines, openings and validity: what says one, what does not, and which ends a window has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_ingest.index import Document, DocumentInfo, Occasion
from aspire_ingest.index.text.dates.occasions import find_occasions


def found(
    text: str, title: str = "Notice", published: str | None = None, *, is_call: bool = False
) -> list[Occasion]:
    info = DocumentInfo(
        document_id="d",
        source="d.md",
        title=title,
        published=published,
        kind="call" if is_call else "other",
    )
    return [one for one in find_occasions(Document(info=info, text=text)) if one.is_term]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("## Dates\nProposals are due on 7 July 2026.", ["2026-07-07"]),
        ("### 締切はいつですか\n応募の締切は2026年7月7日(火)17時です。", ["2026-07-07"]),
        ("# 公募\n## 締切\n提案書は2026年7月7日までに提出してください。", ["2026-07-07"]),
    ],
)
def test_a_date_right_below_a_heading_is_read(text: str, days: list[str]) -> None:
    assert [one.last for one in found(text)] == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "Round: 2; Opens: 2 March 2026; Closes: 30 April 2026; Council: 24 June 2026; "
            "Letters: 9 July 2026; Start: 1 to 5 October 2026",
            ["2026-03-02/2026-04-30"],
        ),
        ("Call: 4 May 2026; deadline: 3 July 2026; interviews: 8 September 2026", ["2026-07-03"]),
        (
            "Event: Deadline for proposals; Line A: 15 May 2026; Line B: 12 June 2026",
            ["2026-05-15", "2026-06-12"],
        ),
        ("Step: full proposal, due; Date: 8 May 2026; Note: by mail", ["2026-05-08"]),
        (
            "受付開始:2026年5月7日;締切:2026年6月12日;面接:2026年7月21日から23日;結果通知:2026年8月7日",
            ["2026-05-07/2026-06-12"],
        ),
        ("書類:収支の報告;期限:2026年5月8日;様式:A", ["2026-05-08"]),
        ("段階:面接の案内;期間:2026年9月7日から11日;すること:応募した人に知らせる", []),
    ],
)
def test_in_a_row_on_one_line_each_date_is_of_its_own_label(text: str, days: list[str]) -> None:
    told = [one.last if one.first == one.last else f"{one.first}/{one.last}" for one in found(text)]
    assert told == days


def test_what_a_row_on_one_line_speaks_of_can_be_applied_for() -> None:
    (one,) = found("Call: 4 May 2026; deadline: 3 July 2026; interviews: 8 September 2026")
    assert one.kinds == ("deadline", "application")


@pytest.mark.parametrize(
    ("text", "first", "last", "kinds"),
    [
        (
            "応募書類は2026年6月1日から6月30日まで受け付けます。",
            "2026-06-01",
            "2026-06-30",
            "opening deadline application",
        ),
        (
            "Proposals have to be sent in by 7 July 2026.",
            "2026-07-07",
            "2026-07-07",
            "deadline application",
        ),
        (
            "Nominations can be submitted until Friday, 3 July 2026.",
            "2026-07-03",
            "2026-07-03",
            "deadline application",
        ),
        (
            "The Rowan call closes on 4 July 2026 at noon.",
            "2026-07-04",
            "2026-07-04",
            "deadline application",
        ),
        (
            "Deadline for applications: 5 July 2026",
            "2026-07-05",
            "2026-07-05",
            "deadline application",
        ),
        ("Annual reports are due on 30 April 2026.", "2026-04-30", "2026-04-30", "deadline"),
        (
            "Registration for the workshop closes on 6 July 2026.",
            "2026-07-06",
            "2026-07-06",
            "deadline",
        ),
        (
            "Applications open on 1 June 2026.",
            "2026-06-01",
            "2026-06-01",
            "opening application",
        ),
        (
            "The call opens on 1 June 2026 and closes on 31 August 2026.",
            "2026-06-01",
            "2026-08-31",
            "opening deadline application",
        ),
        (
            "Applications are accepted from June 1 to September 30, 2026.",
            "2026-06-01",
            "2026-09-30",
            "opening deadline application",
        ),
        ("応募締切:2026年7月8日(水)17時", "2026-07-08", "2026-07-08", "deadline application"),
        (
            "申請書は令和8年7月9日(木)正午までに提出してください。",
            "2026-07-09",
            "2026-07-09",
            "deadline application",
        ),
        (
            "募集期間:2026年6月1日(月)〜2026年8月31日(月)",
            "2026-06-01",
            "2026-08-31",
            "opening deadline application",
        ),
        (
            "公募は2026年6月1日に開始し、2026年8月31日に締め切ります。",
            "2026-06-01",
            "2026-08-31",
            "opening deadline application",
        ),
        ("受付開始は2026年6月1日です。", "2026-06-01", "2026-06-01", "opening application"),
        ("報告書の提出期限は2026年5月29日です。", "2026-05-29", "2026-05-29", "deadline"),
        ("These rules are valid from 1 April 2026 until 31 March 2027.", "2026-04-01", "2027-03-31",
         "validity"),
        ("The permit expires on 30 June 2026.", "2026-06-30", "2026-06-30", "validity until"),
        ("本要領は2026年4月1日から適用する。", "2026-04-01", "2026-04-01", "validity from"),
        ("有効期限は2027年3月31日です。", "2027-03-31", "2027-03-31", "validity until"),
    ],
)  # fmt: skip
def test_what_closes_opens_or_holds(text: str, first: str, last: str, kinds: str) -> None:
    (one,) = found(text)
    assert (one.first, one.last, " ".join(one.kinds)) == (first, last, kinds)
    assert text[one.start : one.end].strip()


@pytest.mark.parametrize(
    "text",
    [
        "2026年5月11日、12日の両日、第1回公募で採択された5チームが札幌に集まりました。",
        "2026年5月11日から12日まで、応募者向けの見学会を開きました。",
        "2026年3月3日・4日、成果報告会を東京で行います。",
        "2026年3月3日から4日にかけて、提案者が仙台を訪れた。",
        "2026年3月3日と4日に、提案の審査会を開いた。",
        "期間: 9月7日から11日; すること: 申請者に質問を送る(2026年)",
        "On 11-12 May 2026 the proposal writers gathered in Bergen.",
        "From 3 to 5 March 2026 a report meeting in Oslo.",
        "The call was published on 3 June 2026.",
        "Results of the call are announced by 3 October 2026.",
        "Successful applicants are notified by 3 October 2026.",
        "The research period runs from 1 April 2027 until 31 March 2030.",
        "The stay has to begin by 31 March 2027.",
        "The museum closes on 28 December 2026.",
        "The exhibition is open until 3 May 2026.",
        "The application was submitted on 3 March 2026.",
        "The closing ceremony was held on 3 June 2026.",
        "The deadline of 3 June 2026 is cancelled.",
        "The fee is due to the change of 3 June 2026.",
        "研究期間は2027年4月1日から2030年3月31日までです。",
        "採択結果は2026年10月3日に公表します。",
        "面接審査は2026年9月3日に行います。",
        "2026年6月3日に公募要領を更新しました。",
    ],
)
def test_other_dates_are_no_terms(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The deadline of 1 July 2026 has been extended to 8 July 2026.",
        "The deadline was moved from 1 July 2026 to 8 July 2026.",
        "締切を2026年7月1日から7月8日に延長しました。",
        "Applications close on 1 July 2026.\n\nThe deadline of 1 July 2026 is extended to "
        "8 July 2026.",
    ],
)
def test_a_deadline_that_moved_is_the_new_one(text: str) -> None:
    assert [one.last for one in found(text)] == ["2026-07-08"]


def test_rows_are_read_by_their_label_and_by_the_head_of_their_column() -> None:
    head = "| Call | Opens | Closes |\n| --- | --- | --- |\n"
    (one,) = found(f"{head}| Rowan | 1 June 2026 | 31 August 2026 |\n")
    assert (one.first, one.last, one.kinds) == (
        "2026-06-01",
        "2026-08-31",
        ("opening", "deadline", "application"),
    )
    (other,) = found("| 項目 | 内容 |\n| --- | --- |\n| 応募締切 | 2026年8月31日 |\n")
    assert other.kinds == ("deadline", "application")
    assert found("| Call | Announced |\n| --- | --- |\n| Rowan | 31 August 2026 |\n") == []


@pytest.mark.parametrize(
    ("text", "published", "days"),
    [
        ("The call closes on 29 May.", "2026-03-02", ["2026-05-29"]),
        ("応募は1月15日まで受け付けます。", "2025-11-02", ["2026-01-15"]),
        ("The call closed on 29 May.", "2026-06-10", ["2026-05-29"]),
        ("The call closes on 29 May.", None, []),
        ("The call closes on 29 May.", "2026", []),
        ("The call closes on 29 May.", "2026-06-10", []),  # eleven months on: nobody can tell
    ],
)
def test_the_year_of_a_term_is_that_after_its_publication(
    text: str, published: str | None, days: list[str]
) -> None:
    assert [one.last for one in found(text, published=published)] == days


def test_in_a_call_what_closes_can_be_applied_for() -> None:
    (one,) = found("Closing date: 3 June 2026", is_call=True)
    assert "application" in one.kinds


@given(
    st.text(
        alphabet="1月4日締切まで から2026年応募提出 due by until July 5,|#\n:有効-", max_size=200
    )
)
def test_any_text_is_read_and_windows_have_their_ends_in_order(text: str) -> None:
    for one in found(text, published="2026-01-20"):
        assert one.first <= one.last
        assert text[one.start : one.end].strip()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("〆切:2031年7月4日", "deadline"),
        ("締切日時:2031年7月4日 正午", "deadline"),
        ("応募書類は2031年7月4日必着とする。", "deadline application"),
        ("論文の投稿は2031年7月4日まで受け付ける。", "deadline application"),
        ("推薦の期限は2031年7月4日である。", "deadline"),
        ("エントリーは2031年7月4日から受け付ける。", "opening application"),
        ("Cut-off date for nominations: 4 July 2031", "deadline application"),
        ("The last day to apply is 4 July 2031.", "deadline application"),
        ("End of submissions: 4 July 2031", "deadline"),
        ("Submissions open from 4 July 2031.", "opening"),
        ("The rules take effect on 4 July 2031.", "validity from"),
        ("Effective from: 4 July 2031", "validity from"),
        ("この規程は2031年7月4日に施行する。", "validity from"),
        ("Expiry date: 4 July 2031", "validity until"),
        ("有効期間:2031年7月4日まで", "validity until"),
    ],
)
def test_a_term_is_told_by_any_of_its_words(text: str, kinds: str) -> None:
    (term,) = found(text)
    assert (term.first, term.last) == ("2031-07-04", "2031-07-04")
    assert term.kinds == tuple(kinds.split())
