"""Slips in front matter and bulk lines: refused by name, so that nothing of them is indexed."""

import json
from pathlib import Path

import pytest

from aspire_ingest.errors import LoadError
from aspire_ingest.load.bulk import parse_line
from aspire_ingest.load.parse_result import Raw
from aspire_ingest.load.stated.frontmatter import read_stated
from aspire_ingest.load.stated.impossible_dates import is_impossible_date
from aspire_ingest.load.stated.keys import slip_of
from aspire_ingest.load.text.plain import parse_markdown, parse_text
from aspire_ingest.load.types import LoadOptions

FIELD = Path(__file__).parent / "field"


def refused(front_matter: str) -> str:
    with pytest.raises(LoadError) as caught:
        parse_markdown(Raw(name="x.md", data=f"---\n{front_matter}\n---\nText.\n".encode()))
    return caught.value.reason


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("audiance", "audience"),
        ("Audience", "audience"),
        ("audiences", "audience"),
        ("audeince", "audience"),
        ("odience", None),
        ("Tittle", "title"),
        ("titel", "title"),
        ("publised", "published"),
        ("dates", "date"),
        ("dtae", "date"),
        ("knid", "kind"),
        ("kinds", "kind"),
        ("URL", "url"),
        ("ulr", "url"),
        ("langauge", "language"),
        ("supercedes", "supersedes"),
        ("Document-ID", "document_id"),
        ("ｔｉｔｌｅ", "title"),
    ],
)
def test_a_slip_of_a_known_key_is_known_for_one(key: str, meant: str | None) -> None:
    assert slip_of(key, [key]) == meant


@pytest.mark.parametrize(
    "key",
    [
        "lang",
        "id",
        "source",
        "licence",
        "license",
        "data",
        "uri",
        "mind",
        "author",
        "editor",
        "tags",
        "note",
        "text_form",
        "date_from_url",
        "doc_id",
        "domain",
        "attack",
        "position",
        "instruction",
        "approved_by",
        "approved_on",
        "valid_until",
        "also_asked",
        "publish",
        "ur",
        "subtitle",
        "updated",
        "description",
        "layout",
        "draft",
        "type",
        "name",
        "対象",
        "section",
        "category",
        "summary",
        "marks",
        "file",
        "guidance",
        "credit",
        "condition",
    ],
)
def test_other_keys_are_keys_of_their_own(key: str) -> None:
    assert slip_of(key, [key]) is None


def test_a_near_key_beside_the_known_one_is_its_own_unless_it_keeps_secrets() -> None:
    assert slip_of("urls", ["url", "urls"]) is None
    assert slip_of("dates", ["published", "dates"]) is None
    assert slip_of("audiance", ["audience", "audiance"]) == "audience"


def test_the_error_names_key_line_and_what_to_write() -> None:
    reason = refused("title: X\naudiance: staff")
    assert "`audiance` (line 3)" in reason
    assert "`audience`" in reason


@pytest.mark.parametrize(
    ("front_matter", "said"),
    [
        ("title: X\n\nkind: guidlines", "`kind` (line 4) is 'guidlines'; write `guideline`"),
        ("kind: newsletter", "news, guideline"),
        ("audience: Stuff", "write `staff`"),
        ("audience: none", "public, staff"),
        ("date: 2026-13-45", "`date` (line 2) is '2026-13-45'"),
        ("published: 令和8年2月30日", "令和8年2月30日"),
        ("title: X\nlanguage: japanisch", "`language` (line 3) is 'japanisch'; write `ja`"),
        ("language: Japanes", "write `ja`"),
        ("language: englisch", "write `en`"),
        ("language: koreanisch", "write `ko`"),
        ("language: jnp", "write `ja`"),
        ("language: jap", "write `ja`"),
        ("language: x", "no language that is known"),
        ("language: klingon", "no language that is known; write its code, for example `ja`"),
        ("language: xx", "no language that is known"),
        ("language: kli", "no language that is known"),
        ("audience: staff\naudience: public", "stands twice (line 3)"),
        ("audience:staff\ntitle:X", "colon and a space"),
        ("audience：staff", "colon and a space"),
        ("url: https://a b.example/x", "space"),
    ],
)
def test_values_that_cannot_be_are_refused(front_matter: str, said: str) -> None:
    assert said in refused(front_matter)


@pytest.mark.parametrize(
    "language",
    ["ja", "EN", "Japanese", "日本語", "ja-JP", "no", "und", "haw", "ja, en", "~", "none", '""'],
)
def test_languages_that_are_known_are_taken(language: str) -> None:
    text = f"---\nlanguage: {language}\n---\nText.\n"
    assert parse_markdown(Raw(name="x.md", data=text.encode())).text.strip() == "Text."


def test_a_bulk_line_in_no_known_language_is_refused() -> None:
    line = json.dumps({"id": "a", "text": "x", "language": "japanisch"}).encode()
    with pytest.raises(LoadError, match="write `ja`"):
        parse_line(line, source="b.jsonl", name="b.jsonl:1", options=LoadOptions())


@pytest.mark.parametrize(
    "text",
    ["---\ntitle: X\naudience: staff\n\nText.\n", "\n\n---\naudience: staff\n---\nText.\n"],
)
def test_front_matter_that_would_not_count_is_refused(text: str) -> None:
    with pytest.raises(LoadError, match="audience"):
        parse_text(Raw(name="x.txt", data=text.encode()))


@pytest.mark.parametrize(
    "value",
    [
        "2026-13-45",
        "2026-02-30",
        "2026/00/01",
        "31 June 2026",
        "June 31, 2026",
        "R8.13.1",
        "2026年13月1日",
        "20261345",
        "２０２６-１３-０１",
        "2025-02-29 (draft)",
        "2026-13",
        "31/04/2026",
        "31.04.2026",
        "31-04-2026",
        "04/31/2026",
        "02/29/2025",
        "31. 4. 2026",
        "26/13/45",
        "2026-02-30T10:00",
        "2026-02-30 10:00:00+09:00",
        "2026–02–30",
        "31/04/2026 10:00",
        "10:00 31 April 2026",
        "31st of April 2026",
        "April 31st, 2026",
        "April 45, 2026",
        "45 April 2026",
        "31-Apr-26",
        "2026-Apr-31",
        "2026 February 29",
        "Thursday, 31 April 2026",
        "31 April",
        "31/04",
        "13/2026",
        "Published: 2026-02-30",
        "2026-04-01 to 2026-04-31",
        "4月31日",
        "2026年2月30日 10時",
        "2026年2月30日(月) 午後3時",
        "午前10時 2026年4月31日",
        "26年2月30日",
        "令和八年二月三十日",
        "二〇二六年十三月",
        "令和8年(2026年)2月30日",
        "2026年(令和8年)2月30日",
        "Ｒ８/２/３０",
        "令和8.2.30",
        "㍻28年2月30日",
        "令和0年4月1日",
        "平成40年4月1日",
        "31042026",
        "202604311200",
        "20260431T1000",
        "202613",
        "2026-366",
        "2026-W54",
        "2026W54",
        "2025-02-29T1000",
        "30th February 2026",
        "32nd April 2026",
        "33rd April 2026",
        "昭和65年1月1日",
        "大正16年1月1日",
        "明治46年1月1日",
        "R.8.2.30",
        "13/2026 (draft)",
        "31/04 (draft)",
    ],
)
def test_a_date_that_no_calendar_has_is_impossible(value: str) -> None:
    assert is_impossible_date(value)


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-05",
        "2024-02-29",
        "2025-26",
        "2025/26",
        "Oct. 6",
        "deadline 2024-05-28",
        "FY2025",
        "1899-12-31",
        "03/04/2025",
        "2024 (start preliminarily early June 2024)",
        "soon",
        "",
        "2026",
        "Updated February 2025",
        "20261105",
        "第3版 2026年5月",
        "31/12/2026",
        "12/31/2026",
        "03/04/25",
        "29 Feb 2024",
        "30 April",
        "12 May 45",
        "Volume 31 April 2026",
        "No 31 April 2026",
        "No. 31 April 2026",
        "Vol 31 April 2026",
        "Vol. 31 April 2026",
        "Issue 31 April 2026",
        "Number 31 April 2026",
        "Dismay 32",
        "Marches 32",
        "令和元年5月1日",
        "0026-04-30",
        "Junior 31",
        "12/2026",
        "20122013",
        "2024-366",
        "2026-W53",
        "令和六年二月二十九日",
        "平成31年4月30日 10時",
        "2025年度版",
        "第31号",
    ],
)
def test_other_values_are_not(value: str) -> None:
    assert not is_impossible_date(value)


def test_bulk_lines_are_checked_alike() -> None:
    good: dict[str, object] = {"id": "a", "text": "T.", "lang": "en", "source": "s"}
    good |= {"licence": "CC0", "urls": []}
    slips: list[dict[str, object]] = [
        {"audiance": "staff"},
        {"kind": "guidlines"},
        {"kind": 5},
        {"kind": ["news"]},
        {"date": "2026-13-45"},
        {"date": 20261345},
        {"published": False},
        {"audience": None},
        {"audience": []},
        {"audience": [" "]},
        {"audience": {}},
        {"audience": True},
    ]
    for wrong in slips:
        line = json.dumps({**good, **wrong}).encode()
        with pytest.raises(LoadError, match=next(iter(wrong))):
            parse_line(line, source="b.jsonl", name="b.jsonl:7", options=LoadOptions())
    line = json.dumps({**good, "url": "https://a.example/"}).encode()
    document = parse_line(line, source="b.jsonl", name="b.jsonl:1", options=LoadOptions())
    assert document.info.extra["lang"] == "en"


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("https://a.example/my file.pdf", "https://a.example/my%20file.pdf"),
        ("https://a.example/手引 二版.pdf", "https://a.example/手引%20二版.pdf"),
        ("https://a.example/手引　二版.pdf", "https://a.example/手引%E3%80%80二版.pdf"),
        ("https://a.example/x{1}", "https://a.example/x%7B1%7D"),
        ("https://a.example/plan (old).pdf", "https://a.example/plan%20(old).pdf"),
        ("https://a.example/plan (1)/x y", "https://a.example/plan%20(1)/x%20y"),
        ("https://a.example/plan - final.docx", "https://a.example/plan%20-%20final.docx"),
        ("https://a.example/wiki/Pine_(tree)", "https://a.example/wiki/Pine_(tree)"),
        ("https://a.example/手引（旧版）", "https://a.example/手引（旧版）"),
        ("https://a.example/a%20b c?q=1&r=2#s", "https://a.example/a%20b%20c?q=1&r=2#s"),
    ],
)
def test_an_address_with_spaces_is_encoded_whole(url: str, read: str) -> None:
    assert read_stated({"url": url}, "x").url == read


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/x - archived in 2024",
        "https://a.example/x; seen in May",
        "https://a.example/x, and more",
        "https://a.example/x https://b.example/y",
        "https://a.example/x.pdf https://b.example/y.pdf",
        "https://a.example/" + "x " * 2_000,
    ],
)
def test_an_address_whose_end_nobody_can_tell_is_refused(url: str) -> None:
    with pytest.raises(LoadError, match="`url`"):
        read_stated({"url": url}, "x")


@pytest.mark.parametrize("name", ["front-matter-typo.md"])
def test_reported_files_are_refused(name: str) -> None:
    with pytest.raises(LoadError, match="audience"):
        parse_markdown(Raw(name=name, data=(FIELD / name).read_bytes()))


@pytest.mark.parametrize(
    "text",
    [
        '+++\naudience = "staff"\n+++\n\nThe rate is 5 yen.\n',
        "<!-- audience: staff -->\n\nThe rate is 5 yen.\n",
        "audience: staff\n\nThe rate is 5 yen.\n",
        "# Rates\n\n---\nAudience: Staff\n---\n\nThe rate is 5 yen.\n",
        "----\naudience: staff\n----\nThe rate is 5 yen.\n",
        "－－－\naudience： staff\n－－－\nThe rate is 5 yen.\n",
        "```yaml\naudience: staff\n```\nThe rate is 5 yen.\n",
        "  ---\n  title: Rates of the fund for the year of grace\n  audience: 'staff'\n  ---\nA",
        "a: b\n" * 39 + "audience: staff\n\nThe rate is 5 yen.\n",
        "# The rates of the fund for the year of grace\naudience: staff\n\nText.\n",
        "[audience: staff]\n\nText.\n",
        "# audience: staff\n\nText.\n",
        "> * /audience: staff\n\nText.\n",
        "audience: staf\n\nText.\n",
        '{"title": "Rates",\n "audience": "staff"}\n\nThe rate is 5 yen.\n',
        "---\ntitle: Rates\n---\n\n---\naudience: staff\n---\nText.\n",
    ],
)
def test_an_audience_that_would_not_count_is_refused(text: str) -> None:
    for parse in (parse_markdown, parse_text):
        with pytest.raises(LoadError, match="does not count"):
            parse(Raw(name="x.md", data=text.encode()))


@pytest.mark.parametrize(
    "text",
    [
        "Audience: staff of partner institutions\n\nText.\n",
        "audience: everyone\n\nText.\n",
        "audience: public\n\nText.\n",
        "a: b\n" * 40 + "audience: staff\n\nThe rate is 5 yen.\n",
        "助成金公募要領旅費規程一覧表令和八年度版第三\n\naudience: staff\n",
        f"audience: staff{' ' * 200}-\n\nText.\n",
        "The keys of a file say who reads it, and how.\n\n```yaml\naudience: staff\n```\n",
        "鍵は誰が読むかを決めるものであり、次のように書く。\n\naudience: staff\n",
    ],
)
def test_talk_of_an_audience_is_text(text: str) -> None:
    assert "udience" in parse_markdown(Raw(name="x.md", data=text.encode())).text


@pytest.mark.parametrize(
    ("front_matter", "reason"),
    [
        ("meta:\n  audience: staff", "stands inside `meta`"),
        ("meta:\n- a: 1\n  Audiance: staff", "stands inside `meta`"),
        ("published: false", "not published"),
        ("date: No", "not published"),
        ("date: off", "not published"),
        ("audience:", "`audience` (line 2) has no value; write `audience: staff`"),
        ("title: X\naudience: # staff", "`audience` (line 3) has no value"),
        ("audience: ''", "has no value"),
        ("audience: '\u3000\u200b'", "has no value"),
        ("audience: '\u00a0'", "has no value"),
        ("audience: '\ufeff '", "has no value"),
        ("audience: NULL", "has no value"),
        ("audience: null", "has no value"),
        ("audience: ~", "has no value"),
        ("audience: []", "has no value"),
        ("audience: ['']", "has no value"),
        ("audience: {}", "has no value"),
        ("audience: [staff]", "`audience` (line 2) must be one value"),
        ("title: [Draft] Plan", "not valid YAML"),
        ("title: [Plan]", "in quotes"),
        ("- audience: staff", "does not count"),
        ("meta:\n  who:\n    audience: staff", "stands inside `meta`"),
    ],
)
def test_keys_that_would_make_a_closed_document_public_are_refused(
    front_matter: str, reason: str
) -> None:
    assert reason in refused(front_matter)
