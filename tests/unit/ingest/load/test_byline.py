"""Which date a document has by the line below its title."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_ingest.load.assemble import assemble
from aspire_ingest.load.parse_result import Parsed
from aspire_ingest.load.stated.byline import date_under_title
from aspire_ingest.load.types import LoadOptions


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        ("# Correction to the Maple call\n\nFund for Forests, 16 May 2031", "2031-05-16"),
        ("# New members of the board\n\nTokyo, 3 July 2031", "2031-07-03"),
        ("# New members of the board\n\nTokyo, Thursday, 3 July 2031.", "2031-07-03"),
        ("# New members of the board\n\n3 July 2031, Maple Fund (MF)", None),
        ("# How to report\n\nFor all offices. Maple Fund, June 2031.", "2031-06"),
        ("# 楓公募要領\n\n楓財団(MF)・森会議(FC) 2031年5月4日公表", "2031-05-04"),
        ("# 採択課題を決定しました\n\n2031年7月3日 楓財団", "2031-07-03"),
        ("# 採択課題を決定しました\n\n楓財団 研究助成課 2031年7月3日(木)", "2031-07-03"),
        ("# 採択課題を決定しました\n\n(令和13年7月3日 楓財団)", "2031-07-03"),
        ("# 第3回運営委員会 議事録\n\n日時:2031年9月18日(木)13時から\n場所:本館", "2031-09-18"),
        ("# 第3回運営委員会 議事録\n\n場所:本館\n日時:2031年9月18日", "2031-09-18"),
        ("# Minutes of the board\n\nDate: 18 September 2031", "2031-09-18"),
        ("# Handbook\n\nVersion 3.1, 5 May 2031", "2031-05-05"),
        ("# Handbook\n\nMaple Fund (MF), version 3.1, 5 May 2031", "2031-05-05"),
        ("# Handbook\n\nFor heads of projects\n\nMaple Fund, 5 May 2031", "2031-05-05"),
        ("# 楓の手引\n\n楓財団 第3版 2031年5月5日", "2031-05-05"),
        ("# 楓の手引\n\n研究者の皆様へ\n\n2031年5月5日改訂", "2031-05-05"),
        ("# 楓の手引\n\n(令和13年5月5日版)", "2031-05-05"),
    ],
)
def test_the_line_below_the_title_dates_the_document(lines: str, date: str | None) -> None:
    text = f"{lines}\n\nThe call of 5 October 2030 is closed."
    assert date_under_title(text) == date


@pytest.mark.parametrize(
    "lines",
    [
        "# Maple symposium\n\nTokyo, 3 July 2031",
        "# 楓シンポジウム\n\n2031年7月3日 楓大学",
        "# 楓シンポジウム\n\n日時:2031年7月3日",
        "# Maple call\n\nApplications, 3 July 2031",
        "# Maple call\n\nDeadline, 3 July 2031",
        "# 楓公募\n\n締切 2031年7月3日",
        "# Board\n\nThe board met in Tokyo, 3 July 2031",
        "# Board\n\nTokyo, 3 July 2031 and Kyoto, 5 July 2031",
        "# Board\n\nThe members were chosen.\n\nTokyo, 3 July 2031",
        "# Handbook\n\nVersion 3 replaces version 2 of 3 July 2031",
        "# Handbook\n\nVersion 3 applies from 3 July 2031",
        "# 楓の手引\n\n第3版(2031年7月3日適用)",
        "# Maple symposium\n\nAll are welcome\n\nTokyo, 3 July 2031",
        "# 役員\n\n2031年7月3日 東京会館",
        "# 役員\n\n2031年7月3日に楓財団は役員を選びました。",
        "Tokyo, 3 July 2031",
        "",
    ],
)
def test_no_date_is_guessed(lines: str) -> None:
    assert date_under_title(lines) is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("# Correction\n\nMaple Fund, 16 May 2031\n\nThe call issued on 5 May 2031 is wrong.", 16),
        ("# Correction\n\nThe call issued on 5 May 2031 contains an error.", None),
        ("# Rules\n\nThis document was issued on 5 May 2031 and replaces the former.", 5),
        ("# Rules\n\nMaple Fund (MF), issued 5 May 2031", 5),
        ("# Rules\n\nMaple Fund, 16 May 2031\n\nPublished: 5 May 2031", 5),
    ],
)
def test_what_dates_the_document_goes_before_what_is_told_in_it(
    text: str, date: int | None
) -> None:
    made = assemble(Parsed(text=text), source="a.md", name="a.md", options=LoadOptions())
    assert made.info.published == (date and f"2031-05-{date:02d}")


@given(st.text(alphabet="# \nTokyo,3July2031年7月3日公表財団議事録日時:.()", max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert len(date_under_title(text) or "2031-07-03") in (4, 7, 10)
