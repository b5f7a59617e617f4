"""Which calls and guidelines have the year in their titles as their edition."""

import pytest

from aspire_bot.answering.search.editions import replaced_by
from aspire_ingest.index import DocumentInfo
from aspire_ingest.load.assemble import assemble
from aspire_ingest.load.parse_result import Parsed, Stated
from aspire_ingest.load.types import LoadOptions


def loaded(
    title: str, published: str | None = "2030-10-05", kind: str | None = None
) -> DocumentInfo:
    stated = Stated(title=title, published=published, kind=kind)
    source = f"{title}.md"
    parsed = Parsed(text="Some text of a call.", stated=stated)
    return assemble(parsed, source=source, name=source, options=LoadOptions()).info


@pytest.mark.parametrize(
    ("title", "edition"),
    [
        ("Maple Grants 2031: Call for Proposals", "2031"),
        ("Call for applications, Maple Fellowships 2030", "2030"),
        ("Maple FY2031 call for proposals", "FY2031"),
        ("2031年度 楓助成 公募のお知らせ", "FY2031"),
        ("Maple Grants: Call for Proposals", None),
        ("Vision 2050 Grants: Call for Proposals", None),
        ("Maple Grants 2031 and 2032: Call for Proposals", None),
        ("Call for proposals, 5 October 2030", None),
        ("Results of the 2030 call for proposals", None),
        ("Correction to the Maple 2031 call for proposals", None),
        ("Webinar on the 2031 call for proposals", None),
        ("Maple news 2031", None),
        ("Report of the Maple meeting 2030", None),
    ],
)
def test_the_year_in_the_title_of_a_call_is_its_edition(title: str, edition: str | None) -> None:
    assert loaded(title).edition == edition


@pytest.mark.parametrize(
    ("title", "edition"),
    [
        ("Maple Grants: Guideline for Proposals, Fiscal Year 2031", "FY2031"),
        ("Maple Grants Handbook, fiscal 2031", "FY2031"),
        ("Maple Grants: Guide for Applicants 2031", "2031"),
        ("Maple Grants: Instructions to Applicants 2030/31", "2030"),
        ("Maple Grants 2030-2031: Terms and Conditions", "2030"),
        ("Maple Grants Rulebook 2030-2034", None),
        ("Vision 2050 Guidelines", None),
        ("FAQ on Maple Grants 2031", "2031"),
        ("楓助成 2031年 募集要項", "2031"),
        ("令和13年度 楓助成 応募案内", "FY2031"),
    ],
)
def test_the_year_in_the_title_of_a_guideline_is_its_edition(
    title: str, edition: str | None
) -> None:
    assert loaded(title).edition == edition


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "Maple Grants: Guide for Applicants 2029/30",
            "Maple Grants: Guide for Applicants 2030/31",
        ),
        ("Maple Guideline, Fiscal Year 2029", "Maple Guideline, Fiscal Year 2030"),
        ("楓助成 募集要項（2029年）", "楓助成 募集要項（2030年）"),
    ],
)
def test_a_guideline_replaces_that_of_the_year_before(old: str, new: str) -> None:
    before, after = loaded(old, "2029-10-05"), loaded(new)
    assert replaced_by([before, after]) == {before.document_id: after.document_id}


def test_nothing_is_guessed_where_the_day_of_publication_is_not_known() -> None:
    assert loaded("Maple Grants 2031: Call for Proposals", None).edition is None


@pytest.mark.parametrize("title", ["Funded by the Maple call 2031", "楓助成2031年度 採択結果"])
def test_what_is_filed_under_calls_and_tells_of_one_is_no_edition(title: str) -> None:
    assert loaded(title, kind="call").edition is None


def test_a_call_replaces_that_of_the_year_before() -> None:
    old = loaded("Maple Grants 2030: Call for Proposals", "2029-10-05")
    new = loaded("Maple Grants 2031: Call for Proposals")
    other = loaded("Birch Grants 2031: Call for Proposals")
    assert replaced_by([old, new, other]) == {old.document_id: new.document_id}
