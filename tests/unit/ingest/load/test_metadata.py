"""Front matter, bulk lines and what is derived from them."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aspire_ingest.errors import LoadError
from aspire_ingest.index.types import DocumentInfo
from aspire_ingest.load.assemble import assemble, canonical_url
from aspire_ingest.load.bulk import parse_line
from aspire_ingest.load.parse_result import Parsed, Raw, Stated
from aspire_ingest.load.stated.frontmatter import read_stated, split_front_matter
from aspire_ingest.load.text.plain import parse_markdown
from aspire_ingest.load.types import LoadOptions

KEYS = [
    "title",
    "url",
    "publisher",
    "date",
    "language",
    "kind",
    "edition",
    "supersedes",
    "audience",
]


def assembled(text: str = "Text.", source: str = "a/b.md", **stated: str) -> DocumentInfo:
    parsed = Parsed(text=text, stated=replace(Stated(), **stated))
    return assemble(parsed, source=source, name=source, options=LoadOptions()).info


def markdown(text: str) -> Parsed:
    return parse_markdown(Raw(name="x.md", data=text.encode()))


def test_the_body_is_kept_to_the_letter() -> None:
    body = "# Title  \n\n\tA  line *with* [links](x) ﬁ ①\n\n\n---\n\nend  \n"
    assert markdown(f"---\ntitle: T\n---\n\n{body}").text == body
    assert markdown(body).text == body


def test_line_ends_nul_and_bom_are_the_only_changes() -> None:
    raw = Raw(name="x.md", data="\ufeffone\r\ntwo\rthr\x00ee\n".encode())
    assert parse_markdown(raw).text == "one\ntwo\nthree\n"


def test_every_key_is_read_and_unknown_ones_are_kept() -> None:
    parsed = markdown(
        "---\ntitle: 'T: one'\nurl: https://a.example/x\npublisher: P\ndate: 2025-11-11\n"
        "language: ja\nkind: news\nedition: 令和8年度版\nsupersedes: old\naudience: staff\n"
        "note: kept\nnested:\n  a: [1, 2]\nempty:\n---\ntext\n"
    )
    info = assemble(parsed, source="x.md", name="x.md", options=LoadOptions()).info
    assert (info.title, info.url, info.publisher) == ("T: one", "https://a.example/x", "P")
    assert (info.published, info.language, info.kind) == ("2025-11-11", "ja", "news")
    assert (info.edition, info.supersedes, info.audience) == ("FY2026", "old", "staff")
    assert info.extra == {"note": "kept", "nested": '{"a": ["1", "2"]}', "empty": ""}


@pytest.mark.parametrize(
    "text", ["---\nno keys here\n---\nx", "---\n\nrule\n", "---", "--- a\nb: c\n---\n"]
)
def test_a_rule_at_the_top_is_no_front_matter(text: str) -> None:
    assert split_front_matter(text, "x") == ({}, text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("---\ntitle: [a, b]\n---\nx", "one value"),
        ("---\ntitle: 'open\n---\nx", "YAML"),
        ("---\na: " + "x" * 70_000 + "\n---\nx", "65,536"),
        ("---\na: " + "[" * 200 + "\n---\nx", "nests"),
        ("---\na: &a 1\nb: *a\n---\nx", "aliases"),
        ("---\na: \x07\n---\nx", "odd characters"),
    ],
)
def test_front_matter_that_cannot_be_read_says_why(text: str, reason: str) -> None:
    with pytest.raises(LoadError, match=reason) as caught:
        markdown(text)
    assert caught.value.target == "x.md"


@given(st.text() | st.text(alphabet="ab:-[]{}&*!|>'\"#%@`,?\n \t\x85\u2028"))
@settings(deadline=None)
def test_front_matter_never_raises_anything_else(yaml: str) -> None:
    for text in (f"---\n{yaml}\n---\nbody", f"---\ntitle: {yaml}\n---\nbody", yaml):
        try:
            parsed = markdown(text.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
            assemble(parsed, source="x.md", name="x.md", options=LoadOptions())
        except LoadError:
            continue


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(
    st.binary(max_size=80)
    | st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass"))
    | st.dictionaries(st.sampled_from(["id", "text", "date", "x", *KEYS]), _VALUES).map(
        lambda value: json.dumps(value).encode()
    )
)
@settings(deadline=None)
def test_a_bulk_line_never_raises_anything_else(line: bytes) -> None:
    try:
        document = parse_line(line, source="b.jsonl", name="b.jsonl:1", options=LoadOptions())
    except LoadError:
        return
    json.dumps([document.text, document.document_id, document.info.title]).encode()
    document.text.encode()
    assert "\x00" not in document.text
    assert document.document_id.strip()


def test_a_bulk_line_gives_its_own_id_and_keeps_its_text() -> None:
    line = json.dumps(
        {"id": "q#1", "title": "T", "text": " a\n\n- b ", "date": "2024年4月", "domain": "x"}
    )
    document = parse_line(line.encode(), source="b.jsonl", name="b", options=LoadOptions())
    assert (document.document_id, document.text, document.info.source) == (
        "q#1",
        " a\n\n- b ",
        "b.jsonl",
    )
    assert (document.info.published, document.info.extra) == ("2024-04", {"domain": "x"})


def test_a_document_is_known_by_its_address_or_its_path() -> None:
    one = assembled(url="https://A.example:443/x?utm_source=y#part", source="one.md")
    two = assembled(url="https://a.example/x", source="elsewhere/two.md")
    assert one.document_id == two.document_id
    assert assembled(source="a/b.md").document_id != assembled(source="c/b.md").document_id
    assert (
        assembled(source="a/b.md").document_id == assembled(source="a/b.md", title="T").document_id
    )


def test_addresses_that_may_hold_two_editions_stay_apart() -> None:
    assert canonical_url("https://a.example/call/") != canonical_url(
        "https://a.example/call/index.html"
    )


def test_an_address_with_a_remark_opens_but_names_no_document() -> None:
    stated = read_stated({"url": "https://a.example/c.html (stored copy of 2023)"}, "x")
    parsed = Parsed(text="x", stated=stated)
    info = assemble(parsed, source="c.md", name="c.md", options=LoadOptions()).info
    assert info.url == "https://a.example/c.html"
    assert info.document_id != assembled(url="https://a.example/c.html").document_id
    assert info.extra["url"] == "https://a.example/c.html (stored copy of 2023)"


def test_any_change_of_text_or_metadata_changes_the_hash() -> None:
    hashes = {
        assembled().content_hash,
        assembled(text="Text!").content_hash,
        assembled(title="T").content_hash,
        assembled(audience="staff").content_hash,
        assembled(source="b.md").content_hash,
    }
    assert len(hashes) == 5
    assert assembled().content_hash == assembled().content_hash


def test_a_wrong_audience_is_an_error_and_never_public() -> None:
    with pytest.raises(LoadError, match="public, staff"):
        assembled(audience="internal")


def test_values_that_are_not_ours_are_kept_aside() -> None:
    info = assembled(kind="newsletter", published="deadline 2024-05-28")
    assert (info.kind, info.published) == ("other", None)
    assert info.extra == {"kind": "newsletter", "date": "deadline 2024-05-28"}


@pytest.mark.parametrize(
    ("title", "edition"),
    [
        ("ASPIRE Handbook FY2026", "FY2026"),
        ("令和8年度 事務処理要領", "FY2026"),
        ("2025年度 委託研究契約事務処理説明書", "FY2025"),
        ("Guidelines, version 1.2", "version 1.2"),
        ("事務処理要領 第3版", "第3版"),
        ("Handbook for FY2025 and FY2026", None),
        ("Handbook", None),
    ],
)
def test_the_year_or_version_in_the_title_of_a_guideline_is_its_edition(
    title: str, edition: str | None
) -> None:
    info = assembled(title=title)
    assert (info.kind, info.edition) == ("guideline", edition)


@pytest.mark.parametrize(
    ("stated", "published", "origin"),
    [
        (
            {"published": "2026-01-02", "published_from": "front matter"},
            "2026-01-02",
            "front matter",
        ),
        ({"published": "2026-01-02"}, "2026-01-02", "metadata"),
        ({"text": "Published: 3 May 2026\n\nText."}, "2026-05-03", "text"),
        ({"url": "https://example.org/2026/05/04/a.html"}, "2026-05-04", "url"),
        ({"published": "soon", "text": "掲載日 2026年5月5日\n\n本文。"}, "2026-05-05", "text"),
        ({}, None, None),
    ],
)
def test_a_date_of_publication_says_where_it_comes_from(
    stated: dict[str, str], published: str | None, origin: str | None
) -> None:
    info = assembled(**stated)
    assert (info.published, info.published_from) == (published, origin)


def test_where_a_date_comes_from_is_part_of_what_a_document_is() -> None:
    known = assembled(published="2026-01-02")
    assert (
        known.content_hash
        != assembled(
            text="Text.", published="2026-01-02", published_from="front matter"
        ).content_hash
    )


@pytest.mark.parametrize(
    ("title", "edition"),
    [
        ("Handbook, FY2026 edition", "FY2026"),
        ("手引 令和8年度版", "FY2026"),
        ("2025年度版 手引", "FY2025"),
        ("Call for FY2023 projects", None),
        ("令和5年度の公募", None),
    ],
)
def test_an_edition_is_read_from_a_title_that_says_so(title: str, edition: str | None) -> None:
    assert assembled(title=title).edition == edition


@pytest.mark.parametrize("title", ["経費に関するQ&A集", "ＱＡではなくＱ＆Ａ", "FAQ", "質疑応答集"])
def test_questions_and_answers_are_told_by_the_title(title: str) -> None:
    assert assembled(title=title).kind == "faq"


@pytest.mark.parametrize(
    ("title", "text", "edition"),
    [
        ("Handbook FY2027", "This handbook replaces the FY2026 edition.\n", "FY2027"),
        ("公募要領 2025年度", "2024年度版からの主な変更点は次のとおりです。\n", "FY2025"),
        ("About Sakura", "The rules are in the FY2024 edition of the handbook. More.\n", None),
        ("News of FY2027", "# FY2026 edition\n\nAll is new.", None),
        ("海陽の概要", "海陽の概要（2025年度版）\n\n目的は次のとおりです。", "FY2025"),
        ("R8年度 公募要領", "目的は次のとおりです。", "FY2026"),
        ("Q&A集（25年度版）", "令和7年6月30日更新\n\n目的は次のとおりです。", "FY2025"),
        ("Q&A集（25年度版）", "平成25年6月30日更新\n\n目的は次のとおりです。", None),
    ],
)
def test_a_title_says_more_of_the_edition_than_a_sentence(
    title: str, text: str, edition: str | None
) -> None:
    assert assembled(text, title=title).edition == edition
