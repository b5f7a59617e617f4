import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aspire_bot.slack.render.mrkdwn import (
    ELLIPSIS,
    MAX_LINK_CHARS,
    clean,
    escape,
    link,
    pack,
    safe_url,
    shorten,
)

# An oracle of its own: Slack formats between signs that touch a word on one side only.
_LIVE_SIGN = re.compile(r"`|(?<![A-Za-z0-9\s])[*_~]|[*_~](?![A-Za-z0-9\s])|(?<=\s)[*_~](?=\S)")
_HOSTILE = st.text(
    st.sampled_from("<>&|*_~`!@#[]() \n\t1aあ。.\u200b\u202e\u2066\ud800"), max_size=80
)
_TEXTS = st.one_of(st.text(max_size=200), _HOSTILE)


@given(_TEXTS)
@example("*bold* _it_ ~no~ `code` ```pre```")
@example("> quote\n > quote")
def test_nothing_written_by_others_is_live(text: str) -> None:
    shown = escape(text)
    assert not re.search(r"[<>]", shown)
    assert not re.search(r"&(?!(amp|lt|gt);)", shown)
    assert not _LIVE_SIGN.search(shown)
    assert not re.search(r"^\s*&gt;", shown, re.MULTILINE)
    assert not re.search("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]", shown)
    shown.encode()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<!channel> & <@U1>", "&lt;!channel&gt; &amp; &lt;@U1&gt;"),
        ("snake_case_name, 2*3, 2 * 3, ~5", "snake_case_name, 2*3, 2 * 3, ∼5"),
        ("*b* _i_ ~s~ `c`", "∗b∗ ＿i＿ ∼s∼ ˋcˋ"),
        ("> said\nx > y", "› said\nx &gt; y"),
        ("a\u200bb\u202ec\u2028d\r\ne\tf", "abc\nd\ne f"),
        ("予算は「*」です", "予算は「∗」です"),
    ],
)
def test_escape(text: str, shown: str) -> None:
    assert escape(text) == shown


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://example.org/a|b<c>d", "https://example.org/a%7Cb%3Cc%3Ed"),
        ("https://example.org/?a=1&b=%20", "https://example.org/?a=1&amp;b=%20"),
        ("https://example.org/日本", "https://example.org/%E6%97%A5%E6%9C%AC"),
        ("https://日本.example:8080/", "https://xn--wgv71a.example:8080/"),
        ("https://example.org/\u202egpj", "https://example.org/%E2%80%AEgpj"),
        ("https://example.org/#:~:text=a%20b,c", "https://example.org/#:~:text=a%20b,c"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("ftp://example.org/", None),
        ("//example.org/", None),
        ("https://", None),
        ("https://[broken/", None),
        ("https://example.org/" + "a" * MAX_LINK_CHARS, None),
        ("", None),
    ],
)
def test_safe_url(url: str, written: str | None) -> None:
    assert safe_url(url) == written


@given(st.one_of(_TEXTS, _TEXTS.map("https://example.org/".__add__), _TEXTS.map("http://".__add__)))
@example("https://" + "a" * 70 + "é.org/")
def test_a_url_that_passes_cannot_end_its_link(url: str) -> None:
    written = safe_url(url)
    if written is not None:
        assert re.fullmatch(r"https?://[!-~]+", written, re.IGNORECASE)
        assert not set(written) & set("<>|")
        assert len(written) <= MAX_LINK_CHARS


def test_link() -> None:
    assert link("https://e.org", "<a|b>") == "<https://e.org|&lt;a|b&gt;>"
    assert link(None, "<a>") == "&lt;a&gt;"
    assert link("https://e.org", "\u200b") == ""


@given(_TEXTS, st.integers(1, 50))
def test_shorten_keeps_to_one_line_of_its_length(text: str, max_chars: int) -> None:
    line = shorten(text, max_chars)
    assert len(line) <= max_chars
    assert "\n" not in line


_URLS = st.dictionaries(
    st.integers(1, 9), st.sampled_from(["https://e.org/1", "https://e.org/" + "a" * 100])
)


@given(
    st.lists(st.one_of(_TEXTS, st.sampled_from(["[1]", "[2] ", "word " * 30])), max_size=20),
    _URLS,
    st.integers(200, 400),
    st.integers(0, 600),
)
def test_parts_keep_to_both_limits_and_link_known_urls_only(
    pieces: list[str], urls: dict[int, str], max_part: int, more: int
) -> None:
    parts = pack("".join(pieces), urls, max_part=max_part, max_total=max_part + more)
    assert all(0 < len(part) <= max_part for part in parts)
    assert sum(map(len, parts)) <= max_part + more
    for url, label in re.findall(r"<([^>]*?)\|(.*?)>", "".join(parts)):
        assert urls[int(label[1:-1])] == url
    unlinked = re.sub(r"<https://e\.org/\w+\|(\[\d+\])>", r"\1", "".join(parts))
    assert "<" not in unlinked
    assert ">" not in unlinked


@given(_HOSTILE)
def test_what_fits_is_shown_whole(text: str) -> None:
    assert "".join(pack(text, {}, max_part=1000, max_total=1000)) == escape(text).strip()


def test_parts_end_between_sentences() -> None:
    text = "One is here. [1] Two is there! Three follows? Four ends."
    first, second = pack(text, {1: "https://e.org"}, max_part=55, max_total=110)
    assert first == "One is here. <https://e.org|[1]> Two is there!"
    assert second == "Three follows? Four ends."
    assert pack("文です。[1]次です。", {}, max_part=12, max_total=24) == ("文です。[1]", "次です。")


def test_what_is_too_long_is_cut_between_sentences_with_an_ellipsis() -> None:
    (part,) = pack("One is here. Two is there. Three.", {}, max_part=30, max_total=30)
    assert part == "One is here. Two is there." + ELLIPSIS
    assert pack("x" * 100, {}, max_part=30, max_total=30) == ("x" * 28 + ELLIPSIS,)


def test_markers_without_a_url_stay_text() -> None:
    assert pack("A [1] b [7].", {1: "https://e.org"}, max_part=99, max_total=99) == (
        "A <https://e.org|[1]> b [7].",
    )


def test_clean_leaves_plain_text_alone() -> None:
    text = "Dr. Müller's 3.5 % — 「予算」は50％(上限)です。\nSee §4: a/b+c=d; e-mail x_y@z.org"
    assert clean(text) == text
