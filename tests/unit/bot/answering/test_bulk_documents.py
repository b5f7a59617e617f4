"""Documents of many programmes in one index, most without an address of their own."""

from dataclasses import replace
from datetime import date

import pytest
from tests.unit.bot.answering.made import evidence, info, query, query_term

from aspire_bot.answering.linear import LinearModel
from aspire_bot.answering.quotes.calibration import Rule
from aspire_bot.answering.quotes.choose import says_the_same, select
from aspire_bot.answering.quotes.publishers import are_of_two
from aspire_bot.answering.quotes.translations import is_translation
from aspire_bot.answering.search.editions import editions_named, is_of, replaced_by
from aspire_bot.answering.search.rounds import is_of_another_round
from aspire_bot.answering.timeline.candidates import Candidate, of_titles_named
from aspire_ingest.index.text.dates.dates import find_dates

_SAKURA, _MAPLE = "Sakura Foundation", "Maple Council"


@pytest.mark.parametrize(
    ("left", "right", "is_one"),
    [
        ("en-017", "ja-017", False),
        ("doc_en_12", "doc_ja_12", False),
        ("E-12", "J-12", False),
        ("en/0001", "ja/0001", False),
        ("nsf-guide-en", "nsf-guide-ja", True),
        ("応募要領_en", "応募要領_ja", True),
    ],
)
def test_numbers_of_two_lists_are_no_names(left: str, right: str, *, is_one: bool) -> None:
    one, other = info(left, source="all.jsonl"), info(right, source="all.jsonl", language="ja")
    assert is_translation(one, other) is is_one


@pytest.mark.parametrize(
    ("title", "other", "publishers"),
    [
        ("Application Guidelines FY2025", "Application Guidelines FY2026", (_SAKURA, _MAPLE)),
        ("公募要領（令和7年度）", "公募要領（令和8年度）", ("桜財団", "楓機構")),
        ("Moonshot Goal 3: rules FY2025", "Moonshot Goal 6: rules FY2026", (None, None)),
        ("第1種 公募要領 2025年度", "第2種 公募要領 2026年度", (None, None)),
        ("公募要領 2025年度（タイプ1）", "公募要領 2026年度（タイプ2）", (None, None)),
    ],
)
def test_alike_titles_of_other_programmes_are_no_editions(
    title: str, other: str, publishers: tuple[str | None, str | None]
) -> None:
    older = info("a", title=title, edition="FY2025", publisher=publishers[0])
    newer = info("b", title=other, edition="FY2026", publisher=publishers[1])
    assert replaced_by([older, newer]) == {}


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Application Guidelines FY2025", "Application Guidelines FY2026"),
        ("公募要領（令和7年度）", "公募要領（令和8年度）"),
        ("第1種 公募要領 2025年度 4月", "第1種 公募要領 2026年度 5月"),
        ("Rules, 2nd edition", "Rules, 3rd edition"),
        ("規程 第2版", "規程 第3版"),
    ],
)
def test_titles_that_differ_in_their_edition_alone_are_editions(title: str, other: str) -> None:
    older = info("a", title=title, edition="FY2025", publisher="JST")
    newer = info("b", title=other, edition="FY2026", publisher="JST International Department")
    assert replaced_by([older, newer]) == {"a": "b"}


@pytest.mark.parametrize(
    ("left", "right", "are_two"),
    [
        (_SAKURA, _MAPLE, True),
        (_SAKURA, "Maple Foundation", True),
        ("JST", "JST, Department of Partnerships", False),
        ("The Sakura Foundation", "Sakura Foundation", False),
        ("評価室", "評価・広報室", False),
        ("桜財団", "楓機構", True),
        ("桜研究財団（SRF）", "Sakura Research Foundation (SRF)", False),
        ("桜研究財団（SRF）", "Maple Research Council (MRC)", True),
        ("Sakura Research Foundation (SRF)", "Southern River Fund (SRF)", True),
        (None, _MAPLE, False),
    ],
)
def test_publishers(left: str | None, right: str | None, *, are_two: bool) -> None:
    assert are_of_two(info("a", publisher=left), info("b", publisher=right)) is are_two


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What does the third edition say?", ("version 3",)),
        ("3版と4版の違いは", ("version 3", "version 4")),
        ("第3版の上限は", ("version 3",)),
        ("the twelfth version", ("version 12",)),
        ("2024年版の上限は", ("FY2024",)),
    ],
)
def test_editions_by_number_and_word(question: str, named: tuple[str, ...]) -> None:
    assert editions_named(question, find_dates(question)) == named


def test_a_year_says_nothing_of_versions() -> None:
    assert is_of("version 4", ("FY2026",)) is None
    assert is_of("FY2025", ("FY2026",)) is False
    assert is_of("第3版", ("FY2026", "version 3")) is True
    assert is_of("spring", ("FY2026",)) is None


@pytest.mark.parametrize(
    ("question", "heading", "sentence", "is_other"),
    [
        ("What does Article 5 say?", "Article 5 Payment", "The costs named in Article 3.", False),
        ("Who may apply for phase 2?", "Phase 2", "Teams that finished phase 1 may.", False),
        ("第2期に応募できるのは誰ですか", "第2期の募集", "第1期を終えた課題。", False),
        ("third vs fourth call: how many?", "", "The fourth call had 12.", False),
        ("third vs fourth call: how many?", "", "The third call had 9.", False),
        ("3版と4版の違いは", "", "第3版では100万円。", False),
        ("Who may apply for phase 2?", "Phase 1", "Teams of one university may.", True),
    ],
)
def test_what_stands_above_speaks_for_a_sentence(
    question: str, heading: str, sentence: str, *, is_other: bool
) -> None:
    one = evidence(sentence)
    passage = replace(one.passage.passage, heading=(heading,) if heading else ())
    one = replace(one, passage=replace(one.passage, passage=passage))
    assert is_of_another_round(query(question), one) is is_other


def test_the_same_words_with_another_value_are_another_rule() -> None:
    text = "Indirect costs of up to {} percent may be claimed by the host institution."
    sakura, maple = (
        evidence(text.format(share), info(name), passage_id=name)
        for share, name in ((30, "sakura"), (10, "maple"))
    )
    assert not says_the_same(sakura, maple)
    assert says_the_same(sakura, evidence(text.format(30), info("other"), passage_id="o"))
    below = evidence(text.format(10), info("sakura"), passage_id="s2")
    assert says_the_same(sakura, below), "one document says it for one thing, or `differ` tells"


def test_a_translation_stands_in_for_a_sentence_that_says_as_much_only() -> None:
    twin = info("sakura-en", source="all.jsonl")
    best = evidence(
        "支援額は年間300万円です。",
        info("sakura-ja", source="all.jsonl", language="ja"),
        score=2.5,
        passage_id="ja",
    )
    deadline = evidence("Applications close on 31 May 2026.", twin, score=1.0, passage_id="en")
    amount = evidence("The grant is 3 million yen a year.", twin, score=0.9, passage_id="en2")
    rule = Rule(adding=LinearModel(weights={}), add_from=1.0)
    said = select(query("How much is paid a year?"), [best, deadline, amount], rule)
    assert [one.text for one in said.evidence] == [amount.text]


def test_of_many_documents_those_of_the_topic_are_looked_at() -> None:
    day = date(2026, 1, 1)
    many = [
        Candidate(document=info(f"d{n}", title=f"Call {n}"), first=day, last=day) for n in range(70)
    ]
    wanted = Candidate(document=info("w", title="Sakura Fellowship"), first=day, last=day)
    topic = [query_term("sakura"), query_term("fellowship")]
    found = of_titles_named([*many, wanted], topic, 60)
    assert len(found) == 60
    assert found[-1] is wanted
    assert [one.document.document_id for one in found[:3]] == ["d0", "d1", "d2"]
    assert wanted not in of_titles_named([*many, wanted], (), 60)
