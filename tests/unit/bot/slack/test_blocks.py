import re
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.local_slack.answers import (
    ABSTAINED,
    ENGLISH_ANSWER,
    GOALS,
    GUIDE,
    JAPANESE_ANSWER,
    answer,
    cite,
)

from aspire_bot.answering.types import Answer, Citation, Question
from aspire_bot.local_slack.blocks.limits import message_problems, message_texts
from aspire_bot.slack.render.blocks import render_answer, render_notice
from aspire_bot.slack.render.buttons import Controls
from aspire_bot.slack.render.message import SlackMessage
from aspire_bot.slack.render.mrkdwn import safe_url
from aspire_ingest.index.types import DocumentInfo


def _json(message: SlackMessage) -> list[dict[str, object]]:
    return [dict(block) for block in message.blocks]


def _section(text: str) -> dict[str, object]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _context(text: str) -> dict[str, object]:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def test_golden_english() -> None:
    message = render_answer(ENGLISH_ANSWER)
    assert message.text == (
        "The goals are joint research &amp; exchange of young researchers. [1] "
        "Costs of travel may be moved between items up to 50 %. [2]"
    )
    assert _json(message) == [
        _section(
            "The goals are joint research &amp; exchange of young researchers. "
            "<https://www.example.org/en/goals.html#:~:text=The%20goals%20are|[1]> "
            "Costs of travel may be moved between items up to 50 %. "
            "<https://www.example.org/en/guide.pdf?a=1&amp;b=2|[2]>"
        ),
        _context(
            "[1] <https://www.example.org/en/goals.html|Goals of the programme> · "
            "Example Agency · 11 November 2025 · About › Goals\n"
            "[2] <https://www.example.org/en/guide.pdf?a=1&amp;b=2|Guide to joint research costs>"
            " · Example Agency · April 2025 · edition FY2025 · Use of funds · p. 12"
        ),
        _context(
            "Documents as of 21 November 2026 · Automated answer from the indexed documents; "
            "it can be wrong. Please check the sources."
        ),
    ]


def test_golden_japanese() -> None:
    message = render_answer(JAPANESE_ANSWER)
    assert message.text == "旅費は費目間で流用できます。[1]"
    assert _json(message) == [
        _section("旅費は費目間で流用できます。<https://www.example.org/guide.pdf|[1]>"),
        _context(
            "[1] <https://www.example.org/guide.pdf|共同研究費の手引き> · 例示機構 · "
            "2025年4月1日 · 版: 令和7年度 · 経費の使用 · 3ページ"
        ),
        _context(
            "2026年11月21日時点の文書に基づく · "
            "文書から自動で作成した回答で、誤りの可能性があります。出典をご確認ください。"
        ),
    ]


def test_golden_abstained() -> None:
    blocks = _json(render_answer(ABSTAINED, contact="office@example.org"))
    assert blocks[:3] == [
        _section("The documents do not answer this."),
        _context(
            "Nearest documents:\n"
            "• <https://www.example.org/en/goals.html|Goals of the programme> · Example Agency · "
            "11 November 2025\n"
            "• <https://www.example.org/en/guide.pdf?a=1&amp;b=2|Guide to joint research costs>"
            " · Example Agency · April 2025 · edition FY2025"
        ),
        _context("Contact: office@example.org"),
    ]
    assert len(blocks) == 4


def test_a_contact_in_the_text_is_not_named_again() -> None:
    told = answer("No. Write to office@example.org", outcome="abstained")
    assert len(render_answer(told, contact="office@example.org").blocks) == 2


def test_what_is_not_sure_names_the_way_to_the_office() -> None:
    hedged = replace(answer("Perhaps. [1]", cite(1, GOALS)), certainty="hedged")
    controls = Controls(answer_id="a", office="the office")
    for said, is_open in ((hedged, True), (replace(hedged, certainty="sure"), False)):
        blocks = _json(render_answer(said, contact="office@example.org", controls=controls))
        assert (_context("Contact: office@example.org") in blocks) == is_open
        assert ("the office" in str(blocks)) == is_open


def test_a_deep_link_into_another_document_is_not_followed() -> None:
    stray = cite(1, GOALS, deep_link="https://evil.example/#:~:text=goals")
    text = message_texts(_json(render_answer(answer("Yes. [1]", stray))))[0]
    assert text == "Yes. <https://www.example.org/en/goals.html|[1]>"


def test_documents_without_urls_and_dates_are_named_without_them() -> None:
    plain = DocumentInfo(document_id="d", source="d.md", title="Notes")
    text, source, footer = message_texts(
        _json(render_answer(answer("Yes. [1]", cite(1, plain), as_of="")))
    )
    assert (text, source) == ("Yes. [1]", "[1] Notes")
    assert footer.startswith("Automated answer")


def test_a_document_that_is_gone_from_its_site_says_so() -> None:
    gone = DocumentInfo(document_id="d", source="d.md", title="Notes", gone_since="2026-03-01")
    _, source, *_ = message_texts(_json(render_answer(answer("Yes. [1]", cite(1, gone)))))
    assert source == "[1] Notes · gone from the site since 1 March 2026"


@pytest.mark.parametrize("published", ["2025-13-40", "soon", "0000"])
def test_a_date_that_is_none_is_shown_as_it_came(published: str) -> None:
    odd = DocumentInfo(document_id="d", source="d", title="N", published=published)
    assert message_texts(_json(render_answer(answer("Y. [1]", cite(1, odd)))))[1] == (
        f"[1] N · {published}"
    )


def test_long_answers_fall_back_to_short_links_before_they_are_cut() -> None:
    deep = "https://www.example.org/en/goals.html#:~:text=" + "a" * 1000
    cited = [cite(n, GOALS, deep_link=deep) for n in range(1, 7)]
    text = " ".join(f"Sentence number {n} says so. [{n}]" for n in range(1, 7))
    shown = message_texts(_json(render_answer(answer(text, *cited))))[0]
    assert "Sentence number 6" in shown
    assert not shown.endswith("…")


def test_sources_that_do_not_fit_are_counted() -> None:
    guides = [replace(GUIDE, document_id=f"guide-{n}") for n in range(1, 40)]
    cited = [cite(n, guide, heading=("h" * 200,)) for n, guide in enumerate(guides, 1)]
    shown = message_texts(_json(render_answer(answer("Yes.", *cited))))
    assert re.fullmatch(r"and \d+ more", shown[-2])


def test_five_nearest_documents_are_enough() -> None:
    plain = DocumentInfo(document_id="d", source="d", title="Notes")
    told = answer("No.", outcome="abstained", nearest=(plain,) * 9)
    assert message_texts(_json(render_answer(told)))[1].count("•") == 5


def test_a_notice_is_inert() -> None:
    message = render_notice("<!here> `x`", footnote="Incident <1>")
    assert message_texts(_json(message)) == ["&lt;!here&gt; ˋxˋ", "Incident &lt;1&gt;"]
    assert message_problems(message.text, _json(message)) == []


_HOSTILE = st.one_of(
    st.text(max_size=40),
    st.text(st.sampled_from('<>&|*_~`!@#[]12 \n"\\。あ\u200b\u202e'), max_size=60),
    st.sampled_from([60, 400]).map("<&>. ".__mul__),
)
_OPTIONAL = st.none() | _HOSTILE
_URL = st.none() | _HOSTILE | _HOSTILE.map("https://www.example.org/".__add__)
_DOCUMENTS = st.builds(
    DocumentInfo,
    document_id=_HOSTILE,
    source=_HOSTILE,
    title=_HOSTILE,
    url=_URL,
    publisher=_OPTIONAL,
    published=_OPTIONAL,
    edition=_OPTIONAL,
)
_CITATIONS = st.builds(
    Citation,
    marker=st.integers(1, 60),
    document=_DOCUMENTS,
    passage_id=st.just("p"),
    quote=_HOSTILE,
    start=st.just(0),
    end=st.just(1),
    heading=st.lists(_HOSTILE, max_size=3).map(tuple),
    page=st.none() | st.integers(1, 9999),
    deep_link=_URL,
)
_ANSWERS = st.builds(
    Answer,
    question=st.just(Question(text="?")),
    outcome=st.sampled_from(["answered", "abstained", "clarify"]),
    text=st.lists(st.one_of(_HOSTILE, st.integers(1, 60).map(" [{}] ".format))).map("".join),
    language=st.sampled_from(["en", "ja", "ja-JP", "fr", ""]),
    confidence=st.just(0.5),
    citations=st.lists(_CITATIONS, max_size=12).map(tuple),
    nearest=st.lists(_DOCUMENTS, max_size=6).map(tuple),
    as_of=st.sampled_from(["", "2026-11-21T08:00:00+09:00", "yesterday"]),
)


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("filling", ["x", "&", "<&>. ", "。", '"'])
def test_the_largest_answer_fits(language: str, filling: str) -> None:
    long = filling * 3000
    document = DocumentInfo(
        document_id=long,
        source=long,
        title=long,
        url="https://www.example.org/" + "&" * 295,
        publisher=long,
        published=long,
        edition=long,
    )
    cited = [cite(n, document, heading=(long, long), page=10**6) for n in range(1, 60)]
    message = render_answer(
        answer(
            long * 3,
            *cited,
            outcome="abstained",
            nearest=(document,) * 9,
            language=language,
        ),
        contact=long + "!",
    )
    assert message_problems(message.text, _json(message)) == []


@settings(max_examples=40, deadline=None)
@given(_ANSWERS, _OPTIONAL)
def test_whatever_the_answer_slack_takes_it_and_nothing_is_live(
    given_answer: Answer, contact: str | None
) -> None:
    message = render_answer(given_answer, contact=contact)
    blocks = _json(message)
    assert message_problems(message.text, blocks) == []
    shown = [*message_texts(cast("Sequence[object]", blocks)), message.text]
    documents = [*(c.document for c in given_answer.citations), *given_answer.nearest]
    known = {safe_url(url) for url in (d.url for d in documents) if url}
    known |= {safe_url(c.deep_link) for c in given_answer.citations if c.deep_link}
    for text in shown:
        for url in re.findall(r"<([^>]*?)\|[^>]*>", text):
            assert url in known
        bare = re.sub(r"<https?://[^<>|]*\|[^<>]*>", "", text)
        assert not re.search("[<>`\u200b\u202e]", bare)


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "approved by Sa&lt;to&gt; on 2026-11-22"),
        ("ja", "Sa&lt;to&gt;が 2026年11月22日 に承認"),
    ],
)
def test_who_approved_an_answer_stands_beside_its_source(language: str, note: str) -> None:
    extra = {"approved_by": "Sa<to>", "approved_on": "2026-11-22"}
    approved = replace(GOALS, kind="faq", extra=extra)
    message = render_answer(answer("Yes. [1]", cite(1, approved), language=language))
    assert message_texts(_json(message))[1].endswith(note)


def test_one_document_is_named_once_with_all_its_markers() -> None:
    text = "One. [1] Two. [2] Three. [3]"
    cited = (
        cite(1, GOALS, heading=("Aims",), page=1),
        cite(2, GUIDE),
        cite(3, GOALS, heading=("Aims",), page=2),
    )
    sources = message_texts(_json(render_answer(answer(text, *cited))))[1].splitlines()
    assert [line.split(" ")[0] for line in sources] == ["[1][3]", "[2]"]
    assert sources[0].endswith("Aims · p. 1; Aims · p. 2")
