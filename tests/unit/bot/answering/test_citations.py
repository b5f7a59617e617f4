"""Links a browser can follow to the sentence, and markers that agree with citations."""

import re
from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.unit.bot.answering.made import evidence, info

from aspire_bot.answering.quotes.citations import cite, deep_link, holds, markers, markers_match
from aspire_ingest.index import Document

URL = "https://example.org/news.html"
_ANYTHING = st.text(st.characters())  # lone surrogates too


def _directive(quoted: str, url: str = URL) -> str:
    link = deep_link(url, quoted)
    assert link is not None
    target, _, directive = link.partition(":~:text=")
    assert target == f"{url}#"
    return directive


def test_a_short_quote_stands_in_the_link_whole() -> None:
    quoted = "The programme funds joint research."
    assert _directive(quoted) == "The%20programme%20funds%20joint%20research."


@pytest.mark.parametrize(
    ("quoted", "directive"),
    [
        ("early-career, and more", "early%2Dcareer%2C%20and%20more"),
        ("R&D costs", "R%26D%20costs"),
        ("50% of it (all #1)", "50%25%20of%20it%20%28all%20%231%29"),
        ("a/b?c=d+e", "a%2Fb%3Fc%3Dd%2Be"),
        ("目標", "%E7%9B%AE%E6%A8%99"),
    ],
)
def test_what_has_a_meaning_in_a_link_is_encoded(quoted: str, directive: str) -> None:
    assert _directive(quoted) == directive


def test_block_markup_is_no_part_of_what_a_browser_shows() -> None:
    assert unquote(_directive("- travel of students")) == "travel of students"
    assert unquote(_directive("3. Fill in the form")) == "Fill in the form"
    assert unquote(_directive("## Costs")) == "Costs"
    assert unquote(_directive("one\n  line")) == "one line"


def test_a_row_is_found_by_its_longest_cell() -> None:
    assert unquote(_directive("| Travel | 30,000 yen a day | yes |")) == "30,000 yen a day"


def test_a_long_quote_is_given_by_its_first_and_last_words() -> None:
    quoted = (
        "The flexibility of the funding system is expected to help seamless international "
        "cooperation and the growth of early-career researchers."
    )
    first, last = _directive(quoted).split(",")
    assert unquote(first) == "The flexibility of the funding"
    assert unquote(last) == "the growth of early-career researchers."


@pytest.mark.parametrize(
    "quoted",
    [
        "Internationalisation-of-graduate-education considerations notwithstanding, "
        "programme-administration responsibilities remain.",
        "国際共同研究を通じて国際的なトップ研究者コミュニティへの参画を促し、世界で活躍できる若手研究者の"
        "育成と、国際頭脳循環の促進に長期的に取り組むことを、この事業では目標として掲げています。",
    ],
)
def test_a_long_quote_of_few_words_is_cut_between_words(quoted: str) -> None:
    first, last = (unquote(part) for part in _directive(quoted).split(","))
    assert quoted.startswith(first)
    assert quoted.endswith(last)
    assert len(first) + len(last) < len(quoted)
    rest = quoted[len(first) : -len(last)]
    assert not re.search(r"[A-Za-z]$", first) or not re.match(r"[A-Za-z]", rest)
    assert not re.search(r"[A-Za-z]$", rest) or not re.match(r"[A-Za-z]", last)


def test_a_japanese_quote_is_cut_where_a_word_ends() -> None:
    quoted = (
        "また、学生がワークショップを主催するなど人材育成の好事例も挙げられ、このような自発的な取り組みが"
        "新しい国際共同研究のスタイルを形づくる可能性があるとの期待が示されました。"
    )
    first, last = (unquote(part) for part in _directive(quoted).split(","))
    # the end of a first part and the beginning of a last one fall between two words
    assert quoted[len(first) - 1] in "、をがのにはもと"
    assert quoted[-len(last) - 1] in "、をがのにはもと"


def test_a_long_quote_that_cannot_be_cut_surely_stands_whole() -> None:
    for quoted in ("先端国際共同研究推進事業" * 8, "x" * 90):
        assert unquote(_directive(quoted)) == quoted


@pytest.mark.parametrize("url", [None, "file:///home/a.pdf", "javascript:alert(1)", "docs/a.md"])
def test_only_web_addresses_are_links(url: str | None) -> None:
    assert deep_link(url, "words") is None


def test_a_fragment_of_the_address_is_kept() -> None:
    assert deep_link(f"{URL}#part-2", "words") == f"{URL}#part-2:~:text=words"


def test_nothing_to_show_is_a_plain_link() -> None:
    assert deep_link(URL, "  ") == URL
    assert deep_link(URL, "| | |") == URL


@given(_ANYTHING)
@example("\ud800")
@example("|")
@example("あ" * 200)
def test_any_quote_gives_a_link_of_plain_characters(quoted: str) -> None:
    link = deep_link(URL, quoted)
    assert link is not None
    assert link.startswith(URL)
    assert re.fullmatch(r"[A-Za-z0-9_.~%:/#,=]*", link)


@given(text=_ANYTHING, data=st.data())
def test_a_quote_holds_where_it_was_taken_from(text: str, data: st.DataObject) -> None:
    document = Document(info=info(), text=text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    citation = cite(1, evidence(text[start:end], start=start))
    assert holds(citation, document) == (end > start)
    moved = replace(citation, start=start + 1, end=end + 1)
    assert holds(moved, document) == (text[start + 1 : end + 1] == citation.quote != "")
    assert not holds(replace(citation, quote=citation.quote + "!"), document)


def test_a_citation_says_where_it_comes_from() -> None:
    source = info("minutes", url=URL)
    citation = cite(2, evidence("It was held online.", source, start=40))
    assert (citation.marker, citation.document) == (2, source)
    assert (citation.start, citation.end) == (40, 59)
    assert citation.deep_link == f"{URL}#:~:text=It%20was%20held%20online."


@given(_ANYTHING)
def test_markers_are_read_out_of_any_text(text: str) -> None:
    assert markers(text) == [int(found) for found in re.findall(r"\[(\d{1,3})\]", text)]


def test_every_marker_has_its_citation_and_every_citation_is_used() -> None:
    one, two = cite(1, evidence("One.")), cite(2, evidence("Two."))
    assert markers("Two [2]. One [1]. Two again [2].") == [2, 1, 2]
    assert markers_match("Two [2]. One [1]. Two again [2].", (one, two))
    assert not markers_match("One [1].", (one, two))
    assert not markers_match("One [1]. Three [3].", (one, two))
    assert not markers_match("One [1]. Two [2].", (one,))
    assert markers_match("None.", ())
