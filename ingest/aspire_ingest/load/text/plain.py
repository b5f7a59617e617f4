"""Plain text and Markdown: kept to the letter, with what their head says of them.

Markdown body offsets are what anyone can check against the file, so nothing is cleaned but what no
text may hold (NUL, lone surrogates, BOM, foreign line ends) and, in Markdown, what is not shown
(comments, hidden and struck passages). Plain text loses, beyond that, only
captions that are repeated right after their list item.
"""

import re
from dataclasses import replace

from aspire_ingest.load.encoding.encoding import decode, unread_remarks
from aspire_ingest.load.parse_result import Parsed, Raw, Stated
from aspire_ingest.load.stated.frontmatter import read_stated, split_front_matter
from aspire_ingest.load.text.markdown import as_shown
from aspire_ingest.load.writing.clean import scrub, without_repeated_captions

_URL_LINE = re.compile(r"(?:URL|Source|出典)?\s*[:：]?\s*<?(https?://[^\s<>]+)>?", re.IGNORECASE)
_LABELS = frozenset(
    {
        "news", "topics", "news & topics", "news and topics", "news release", "press release",
        "press releases", "announcement", "announcements", "information", "report", "event report",
        "event reports", "what's new", "what’s new", "latest news", "お知らせ", "ニュース",
        "トピックス", "新着情報", "プレスリリース", "プレス発表", "報告", "開催報告", "イベント",
        "ニュース&トピックス", "ニュース＆トピックス",
    }
)  # fmt: skip
"""Section labels that sites print above a headline."""
_NEWS_LABELS = frozenset({"news", "news & topics", "news and topics", "ニュース", "トピックス"})
_HEAD_BLOCKS = 6
_MAX_HEADLINE = 250
_SENTENCE_END = re.compile(r"[。．]$|(?<!\bet al)(?<!\b[A-Z])\.$")


def parse_markdown(raw: Raw) -> Parsed:
    """Read Markdown: front matter apart, the body as it is shown."""
    text = scrub(decode(raw.data, raw.name, charset=raw.charset))
    values, body = split_front_matter(text, raw.name)
    body, hidden = as_shown(body)
    stated = read_stated(values, raw.name)
    if stated.title is None and not body.lstrip().startswith("#"):
        stated = replace(stated, title=headline(body))
    return Parsed(text=body, stated=stated, remarks=(*hidden, *unread_remarks(body)))


def parse_text(raw: Raw) -> Parsed:
    """Read plain text: front matter where there is some, title and address found in the head."""
    text = scrub(decode(raw.data, raw.name, charset=raw.charset))
    values, body = split_front_matter(text, raw.name)
    body = without_repeated_captions(body)
    stated = read_stated(values, raw.name)
    return Parsed(text=body, stated=_with_head(stated, body), remarks=unread_remarks(body))


def _with_head(stated: Stated, body: str) -> Stated:
    if stated.title is None:
        stated = replace(stated, title=headline(body))
    if stated.url is None and stated.found_url is None:
        stated = replace(stated, found_url=_address_in_head(body))
    if stated.kind is None and stated.url is None and _opens_as_news(body):
        stated = replace(stated, kind="news")
    return stated


def _opens_as_news(text: str) -> bool:
    """Tell whether the text begins with the label of a news section."""
    blocks = _head_blocks(text)
    return bool(blocks) and blocks[0].lower() in _NEWS_LABELS


def headline(text: str) -> str | None:
    """The first block that can be a title, its lines joined; None where the text just begins.

    A section label ("News & Topics") is passed over. A block that reads as a sentence, or is long,
    is already the text: then there is no headline.
    """
    for block in _head_blocks(text):
        lines = [line.strip() for line in block.split("\n")]
        if " ".join(lines).lower() in _LABELS or _URL_LINE.fullmatch(lines[0]):
            continue
        first = lines[0].lstrip("#").strip()
        subtitle = len(lines) == 2 and lines[1][:1] in "-‐–—―~〜～" and len(lines[1]) > 1
        joined = f"{first} {lines[1]}" if subtitle else first
        is_headline = len(first) <= _MAX_HEADLINE and not _SENTENCE_END.search(first)
        return joined if is_headline and (subtitle or len(lines) <= 2) else None
    return None


def _address_in_head(text: str) -> str | None:
    """An address that stands alone on a line of the first blocks."""
    for block in _head_blocks(text):
        for line in block.split("\n"):
            match = _URL_LINE.fullmatch(line.strip())
            if match is not None:
                return match[1]
    return None


def _head_blocks(text: str) -> list[str]:
    blocks = re.split(r"\n[ \t]*\n", text.strip("\n")[:8192], maxsplit=_HEAD_BLOCKS + 1)
    return [block.strip() for block in blocks[:_HEAD_BLOCKS] if block.strip()]
