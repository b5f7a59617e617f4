"""Names in the other language: what they find, and that they make no synonyms within one."""

from importlib import resources

import pytest
from tests.unit.bot.answering.made import index, info

from aspire_bot.answering.coverage import coverage
from aspire_bot.answering.message.query.glossary import Glossary, load_glossary
from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.message.query.rewrite import Rewriter
from aspire_bot.answering.message.query.spelling import Spelling
from aspire_bot.answering.message.query.vocabulary import Vocabulary, read_lines, shipped_vocabulary
from aspire_bot.answering.types import Question
from aspire_ingest.index.text.analysis import analyze
from aspire_ingest.index.text.script import is_japanese

SHIPPED = (resources.files("aspire_bot.answering.message.query") / "vocabulary.txt").read_text(
    "utf-8"
)
LINES = read_lines(SHIPPED)
GLOSSARY = load_glossary(None, analyze)
WITHOUT = Rewriter(GLOSSARY, Spelling())
WITH = Rewriter(GLOSSARY, Spelling(), shipped_vocabulary(analyze))
INDEX = index(
    "The rent of the guest house is paid by the guest.",
    "Volcanoes are watched by drones in winter.",
    "The library lends books to neighbours.",
    "Receipts are kept for seven years.",
    ("宿舎の家賃は利用者が負担する。", info("yachin", language="ja")),
    ("火山の観測には冬もドローンを使う。", info("kazan", language="ja")),
    ("図書館は近所の人にも本を貸し出す。", info("toshokan", language="ja")),
    ("領収書は七年間保管する。", info("ryoshu", language="ja")),
)


def _query(text: str, rewriter: Rewriter = WITH) -> Query:
    return rewriter.rewrite(Question(text=text), INDEX)


def _found(text: str, rewriter: Rewriter, language: str) -> list[str]:
    """The documents of a language that the words find, the best first."""
    terms = _query(text, rewriter).terms.get(language, {})
    found = INDEX.search_words(terms, language=language, audiences=frozenset(("public",)), k=9)
    return list(dict.fromkeys(INDEX.document_ids([one.passage_id for one in found])))


def _text(document: str) -> str:
    return " ".join(one.text for one in INDEX.passages_of(document))


def _vocabulary(text: str) -> Vocabulary:
    return Vocabulary(text, analyze)


def _name(text: str, language: str) -> frozenset[str]:
    return frozenset(analyze(text, language))


ACROSS = [
    ("Who pays the rent?", "ja", "yachin"),
    ("Are drones flown over the volcano?", "ja", "kazan"),
    ("Can neighbours use the library?", "ja", "toshokan"),
    ("where do I put my receipts", "ja", "ryoshu"),
    ("家賃は誰が払うのですか", "en", "d0"),
    ("火山は冬にどう見張りますか", "en", "d1"),
    ("図書館で借りられますか", "en", "d2"),
    ("領収書はどうすればよいですか", "en", "d3"),
]


@pytest.mark.parametrize(("text", "language", "document"), ACROSS)
def test_a_page_in_the_other_language_is_found_by_its_words(
    text: str, language: str, document: str
) -> None:
    assert _found(text, WITHOUT, language) == []
    assert _found(text, WITH, language)[0] == document


@pytest.mark.parametrize(("text", "language", "document"), ACROSS)
def test_the_page_that_answers_names_more_of_the_question_than_others(
    text: str, language: str, document: str
) -> None:
    query = _query(text)
    covered = {
        name: coverage(query.query_terms, set(analyze(_text(name), language)), language)
        for name, info_ in INDEX.documents().items()
        if info_.language == language
    }
    assert max(covered, key=lambda name: covered[name]) == document
    assert sorted(covered.values())[-2] < covered[document]


@pytest.mark.parametrize("text", [text for text, _, _ in ACROSS])
def test_within_the_asker_s_language_nothing_changes(text: str) -> None:
    with_, without = _query(text), _query(text, WITHOUT)
    own = with_.language
    assert with_.terms[own] == without.terms[own]
    assert [one.names[own] for one in with_.query_terms] == [
        one.names[own] for one in without.query_terms
    ]
    assert [one.weight for one in with_.query_terms] == [one.weight for one in without.query_terms]


def test_no_line_makes_synonyms() -> None:
    vocabulary = shipped_vocabulary(analyze)
    for english, japanese in LINES:
        for language, names in (("en", english), ("ja", japanese)):
            for name in names:
                for one in vocabulary.find(analyze(name, language), language):
                    other = {"en": "ja", "ja": "en"}[language]
                    assert all(_is_of(term, other) for given in one.names for term in given), name


def _is_of(term: str, language: str) -> bool:
    return term.isascii() or is_japanese(term) if language == "ja" else not is_japanese(term)


def test_each_name_is_found_as_it_is_written() -> None:
    vocabulary = shipped_vocabulary(analyze)
    for english, japanese in LINES:
        for name in english:
            found = vocabulary.find(analyze(f"the {name}", "en"), "en")
            assert _name(japanese[0], "ja") in {one for each in found for one in each.names}, name
        for name in japanese:
            found = vocabulary.find(analyze(name, "ja"), "ja")
            assert _name(english[0], "en") in {one for each in found for one in each.names}, name


def test_names_of_one_line_stand_apart_in_their_own_language() -> None:
    vocabulary = _vocabulary("rent, lease = 家賃, 賃貸\n")
    rewriter = Rewriter(Glossary([]), Spelling(), vocabulary)
    (rent,) = _query("rent?", rewriter).query_terms
    assert rent.names["en"] == (_name("rent", "en"),)
    assert rent.names["ja"] == (_name("家賃", "ja"), _name("賃貸", "ja"), _name("rent", "en"))


def test_a_word_of_two_lines_means_both() -> None:
    vocabulary = _vocabulary("plant = 植物\nfactory, plant = 工場\n")
    (found,) = vocabulary.find(analyze("the plants", "en"), "en")
    assert found.names == (_name("植物", "ja"), _name("工場", "ja"))


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("a high school teacher", "en", {"高校", "教員"}),
        ("a high-school teacher", "en", {"高校", "教員"}),
        ("a school high up", "en", {"学校", "高い"}),
        ("高校の教員", "ja", {"high school", "teacher"}),
        ("国立大学の学長", "ja", {"national university", "president"}),
    ],
)
def test_a_longer_name_takes_its_words(text: str, language: str, names: set[str]) -> None:
    vocabulary = _vocabulary(
        "high school = 高校\nschool = 学校\nhigh = 高い\nteacher = 教員\n"
        "university = 大学\nnational university = 国立大学\npresident = 学長\n"
    )
    other = {"en": "ja", "ja": "en"}[language]
    found = vocabulary.find(analyze(text, language), language)
    assert {name for one in found for name in one.names} == {_name(name, other) for name in names}


def test_a_compound_is_known_by_its_parts() -> None:
    vocabulary = _vocabulary("cancellation = キャンセル\nfee = 料\nreturn = 帰国\n")
    names = [one.names for one in vocabulary.find(analyze("一時帰国のキャンセル料", "ja"), "ja")]
    assert names == [(_name("return", "en"),), (_name("cancellation", "en"),)]


def test_staff_s_own_names_come_first() -> None:
    vocabulary = _vocabulary("budget = 経費\n")
    (budget,) = _query("the budget?", Rewriter(GLOSSARY, Spelling(), vocabulary)).query_terms
    japanese = [name for name in budget.names["ja"] if all(map(is_japanese, name))]
    assert japanese == [_name("研究費", "ja"), _name("予算", "ja"), _name("経費", "ja")]
    assert _name("経費", "ja") not in budget.names["en"]


def test_a_question_in_a_third_language_asks_for_no_names() -> None:
    assert shipped_vocabulary(analyze).find(["bibliothek"], "de") == []


def test_the_file_has_one_form() -> None:
    written = [line for line in SHIPPED.splitlines() if not line.startswith("#")]
    assert len(written) == len(LINES) >= 1200
    assert [
        f"{', '.join(english)} = {', '.join(japanese)}" for english, japanese in LINES
    ] == written
    for english, japanese in LINES:
        assert not any(is_japanese(name) for name in english), english
        assert all(is_japanese(name) for name in japanese), japanese


def test_japanese_names_are_written_as_they_are_analysed() -> None:
    """They are looked for as the file has them: 締切 would find nothing, 締め切り does."""
    for _, japanese in LINES:
        for name in japanese:
            assert "".join(term for term in analyze(name, "ja") if ":" not in term) == name


def test_each_name_says_something_that_no_other_line_says() -> None:
    said: dict[tuple[str, str], int] = {}
    pairs = [(e, j) for english, japanese in LINES for e in english for j in japanese]
    for pair in pairs:
        said[pair] = said.get(pair, 0) + 1
    for english, japanese in LINES:
        assert len({*english, *japanese}) == len(english) + len(japanese)
        for one in english:
            assert any(said[one, other] == 1 for other in japanese), one
        for one in japanese:
            assert any(said[other, one] == 1 for other in english), one
