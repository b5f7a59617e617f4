"""HTML: what is text, what is furniture, what the page says of itself."""

import pytest

from aspire_ingest.errors import LoadError
from aspire_ingest.load.assemble import assemble
from aspire_ingest.load.html.document import parse
from aspire_ingest.load.parse_result import Parsed, Raw
from aspire_ingest.load.types import LoadOptions

FILLER = "<p>" + "The programme supports joint research with partners abroad. " * 4 + "</p>"


def page(body: str, head: str = "", options: LoadOptions | None = None) -> Parsed:
    source = f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{body}</body></html>"
    return parse(Raw(name="x.html", data=source.encode(), options=options or LoadOptions()))


def main(body: str, head: str = "") -> str:
    text = page(f"<main>{body}{FILLER}</main>", head).text
    return text[: text.rindex("The programme supports joint", 0, text.index("abroad.")) - 2]


def test_blocks_become_markdown_blocks() -> None:
    text = main(
        "<h1>Title</h1><p>One <b>bold</b> <a href=x>link</a><br>next line.</p><h3>Sub</h3>"
        "<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul>"
        "<ol start=3><li>three</li><li>four</li></ol><dl><dt>Q. Who?</dt><dd>A. All.</dd></dl>"
        "<pre>x\n y</pre><blockquote>said</blockquote>"
    )
    assert text == (
        "# Title\n\nOne bold link\nnext line.\n\n### Sub\n\n- a\n  - b\n- c d\n\n"
        "3. three\n4. four\n\nQ. Who?\n\nA. All.\n\nx\ny\n\nsaid"
    )


def test_tables_keep_every_cell_and_repeat_what_spans_rows() -> None:
    text = main(
        "<table><caption>Table 1</caption><tr><th>Field</th><th>PO</th><th>n</th></tr>"
        "<tr><td rowspan=2>Energy</td><td>A</td><td>1</td></tr><tr><td>B | C</td><td>2</td></tr>"
        "<tr><td colspan=2>all</td><td>3</td></tr></table>"
    )
    assert text == (
        "Table 1\n\n| Field | PO | n |\n| --- | --- | --- |\n| Energy | A | 1 |\n"
        "| Energy | B \\| C | 2 |\n| all | all | 3 |"
    )


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    text = page(
        f"<table><tr><td>menu</td><td><h1>Title</h1>{FILLER}</td></tr><tr><td>a<td>b</tr></table>"
    ).text
    assert "|" not in text
    assert "Title" in text


def test_furniture_is_left_out() -> None:
    text = page(
        "<header>Logo</header><nav>Home</nav><div class='breadcrumbs'>You are here</div>"
        f"<div id='contents'><h1>Title</h1>{FILLER}<div class='sns-share'>Tweet</div></div>"
        "<aside>Other news</aside><script>code()</script><p hidden>secret</p>"
        "<div style='display: none'>hidden too</div><footer>Imprint</footer>"
    ).text
    assert text.startswith("# Title")
    for word in ("Logo", "Home", "here", "Tweet", "Other", "code", "secret", "hidden", "Imprint"):
        assert word not in text


def test_a_page_without_marks_is_read_too() -> None:
    text = page(
        f"<div><h2>Title</h2>{FILLER}<p>Last words of the page, with some length.</p></div>"
    ).text
    assert "The programme supports" in text
    assert "Last words of the page" in text


def test_japanese_source_lines_join_without_a_space() -> None:
    assert main("<p>先端国際共同\n    研究推進事業</p>") == "先端国際共同研究推進事業"


def test_readings_of_characters_are_left_out() -> None:
    assert main("<p><ruby>公募<rt>こうぼ</rt></ruby>の案内</p>") == "公募の案内"


def test_the_page_states_its_metadata() -> None:
    head = (
        "<title>Meeting | Agency</title><meta property='og:site_name' content='Agency'>"
        "<meta property='article:published_time' content='2025-11-11T09:00:00+09:00'>"
        "<link rel='canonical' href='https://a.example/report/x.html'>"
    )
    parsed = page(f"<main><h1>Meeting</h1>{FILLER}</main>", head)
    info = assemble(parsed, source="x.html", name="x", options=LoadOptions()).info
    assert (info.title, info.publisher, info.published) == ("Meeting", "Agency", "2025-11-11")
    assert (info.url, info.kind, info.language) == ("https://a.example/report/x.html", "news", "en")


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        (
            '<script type="application/ld+json">'
            '{"@graph": [{"datePublished": "2024-05-01"}]}</script>',
            "",
            "2024-05-01",
        ),
        ('<script type="application/ld+json">{broken</script>', "", None),
        ("", "<p class='date'>2025年11月11日</p>", "2025年11月11日"),
        ("", "<time itemprop='datePublished' datetime='2024-01-02'>yesterday</time>", "2024-01-02"),
        ("", "<ul><li class=date>2025-01-01</li><li class=date>2025-02-02</li></ul>", None),
        ("", "<p>The meeting was on <time datetime='2024-01-02'>2 January</time>.</p>", None),
        ("<meta property='article:modified_time' content='2024-03-03'>", "", "2024-03-03"),
    ],
)
def test_dates_of_the_page_itself_are_found(head: str, body: str, published: str | None) -> None:
    assert page(f"<main><h1>T</h1>{body}{FILLER}</main>", head).stated.published == published


def test_the_title_loses_the_name_of_the_site_only() -> None:
    site = "<meta property='og:site_name' content='Agency'>"
    assert (
        page(FILLER, f"<title>Call - Part 2 | Agency</title>{site}").stated.title == "Call - Part 2"
    )
    assert page(FILLER, "<title>Japan-UK | Call</title>").stated.title == "Japan-UK | Call"
    two = f"<h1>Call</h1>{FILLER}<h1>Rules</h1>{FILLER}"
    assert page(two, "<title>Call | News of the agency</title>").stated.title == "Call"
    logo = "<header><h1>Agency</h1></header>"
    assert page(f"{logo}<main><h1>Call</h1>{FILLER}</main>", site).stated.title == "Call"


@pytest.mark.parametrize(
    ("body", "reason"),
    [("<div>" * 5000 + "x", "nests"), ("<nav>only menu</nav>", "no text"), ("", "no text")],
)
def test_pages_that_cannot_be_read_say_why(body: str, reason: str) -> None:
    with pytest.raises(LoadError, match=reason):
        page(body)


def test_a_page_over_its_limit_is_refused_before_parsing() -> None:
    with pytest.raises(LoadError, match="limit"):
        page(FILLER, options=LoadOptions(max_markup_bytes=100))


def test_spans_cannot_blow_a_table_up() -> None:
    text = main(
        "<table><tr><td rowspan=999999999 colspan=99999999>a<td>b</tr><tr><td>c<td>d</tr></table>"
    )
    assert len(text) < 5000


def test_a_page_that_repeats_itself_is_not_cut_to_its_first_part() -> None:
    assert page(f"<div>{FILLER}</div>" * 20).text.count("\n\n") == 19


def test_links_that_robots_are_asked_not_to_follow_are_left_out() -> None:
    links = "<a href=/a>a</a><a href=/b rel=nofollow>b</a>"
    assert page(f"<main>{FILLER}{links}</main>").links.hrefs == ("/a",)
    robots = "<meta name=robots content='noindex, nofollow'>"
    asked = page(f"<main>{FILLER}{links}</main>", robots).links
    assert (asked.hrefs, asked.is_indexed) == ((), False)


def test_of_two_long_articles_none_is_lost() -> None:
    body = (
        f"<div><article>{FILLER * 2}</article><article>{FILLER}<p>Last words.</p></article></div>"
    )
    assert "Last words." in page(body).text
