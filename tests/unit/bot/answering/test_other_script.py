"""Names of a question as the documents of the other language write them."""

from dataclasses import replace

import pytest
from tests.unit.bot.answering.made import index, info

from aspire_bot.answering.message.query.glossary import Glossary
from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.message.query.query_terms import names_what_few_hold
from aspire_bot.answering.message.query.rewrite import Rewriter
from aspire_bot.answering.message.query.spelling import Spelling
from aspire_bot.answering.message.query.vocabulary import shipped_vocabulary
from aspire_bot.answering.types import Question, Turn
from aspire_ingest.index.text.analysis import analyze
from aspire_ingest.index.text.sounds import romanised

REWRITER = Rewriter(Glossary([]), Spelling())
INDEX = index(
    "Prof. Kujirai spoke of whales and was thanked.",
    "Dr. Yamane leads the repository. Her home is near the base.",
    "The Zeidler group measured the river.",
    "Applications are read by Sato.",
    "The Tamarisk line establishes teams by tracks.",
    "Osaka University lends its aquarium.",
    ("性について話した。", info("sei", language="ja")),
    ("電子のスピンを測る。", info("spin", language="ja")),
    ("北海道の会場は雪の中にある。", info("hokkaido", language="ja")),
    "The Ariake centre is closed in August.",
    ("有明センターは海の観測を担う。", info("ariake", language="ja")),
    ("保科教授は洪水の予測について話した。", info("hoshina", language="ja")),
    ("架け橋事業の上限は五百万円である。", info("kakehashi", language="ja")),
    ("ほのあかり賞は若手に贈られる。", info("honoakari", language="ja")),
    ("こもれび助成は森を研究する人を助ける。", info("komorebi", language="ja")),
    ("シュナイダー博士は氷を測った。", info("schneider", language="ja")),
    ("はやて事業は若手を派遣する。", info("hayate", language="ja")),
    ("公募を始めます。", replace(info("minato", language="ja"), title="みなと公募")),
    ("褒めることが大切だ。伊達市の研究者が集まった。", info("date", language="ja")),
    ("佐藤さん、左藤さん、佐東さん、砂糖さんが来た。", info("sato", language="ja")),
)


def query(text: str, *earlier: str) -> Query:
    history = tuple(Turn(role="user", text=turn) for turn in earlier)
    return REWRITER.rewrite(Question(text=text, history=history), INDEX)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("What did Prof. Hoshina speak about?", "What did Prof. Hoshina (保科) speak about?"),
        ("what did hoshina say", "what did hoshina (保科) say"),
        ("Limit of the Kakehashi grant?", "Limit of the Kakehashi (架け橋) grant?"),
        ("Who gets the Honoakari prize?", "Who gets the Honoakari (ほのあかり) prize?"),
        ("Whom does Hayate send?", "Whom does Hayate (はやて) send?"),
        ("When does the Minato call open?", "When does the Minato (みなと) call open?"),
        ("What is Komorebi's aim?", "What is Komorebi (こもれび)'s aim?"),
        ("What did Dr. Schneider measure?", "What did Dr. Schneider (シュナイダー) measure?"),
        ("鯨井教授は何を話しましたか", "鯨井 (Kujirai)教授は何を話しましたか"),
        ("山根博士は何を率いていますか", "山根 (Yamane)博士は何を率いていますか"),
        ("タマリスクは何のためですか", "タマリスク (Tamarisk)は何のためですか"),
        ("タマリスクズは何のためですか", "タマリスクズ (Tamarisk)は何のためですか"),
        ("エスタブリッシュトの条件は", "エスタブリッシュト (Establish)の条件は"),
        ("トラッキングは誰がしますか", "トラッキング (Track)は誰がしますか"),
        ("大阪大学は何を貸しますか", "大阪大学 (Osaka)は何を貸しますか"),
        ("ツァイドラーさんは何を測りましたか", "ツァイドラー (Zeidler)さんは何を測りましたか"),
    ],
)
def test_a_name_is_known_in_the_other_script(text: str, shown: str) -> None:
    asked = query(text)
    assert asked.with_writings(asked.text) == shown
    (name,) = (one for one in asked.query_terms if one.elsewhere)
    other = "en" if asked.language == "ja" else "ja"
    assert name.is_strict is (other == "ja")  # in Japanese, names are words like others
    assert name.weight_in(other) == name.weight


@pytest.mark.parametrize(
    "text",
    [
        "Is the Home of the base near?",  # English words that sound Japanese
        "What is the Date of the talk?",
        "what was measured by schneider",  # a small letter marks no name from abroad
        "WHAT DID HOSHINA SAY",  # all in capitals: nothing is a name
        "Who is Tanaka?",  # the documents know none
        "Who lives in Saga?",  # さが is 性, and too short to be put together
        "What is Hokage?",  # 火影, which no document has
        "予算の上限は？",
    ],
)
def test_other_words_are_left_as_they_are(text: str) -> None:
    asked = query(text)
    assert asked.with_writings(asked.text) == text
    assert not any(one.elsewhere for one in asked.query_terms)


@pytest.mark.parametrize(
    ("text", "own", "other"),
    [
        ("When is the Ariake centre closed?", "The ARIAKE centre rests.", "有明センターは休む。"),
        ("有明センターの役割は？", "有明センターは休む。", "The Ariake centre rests."),
    ],
)
def test_what_both_languages_name_is_read_beside_each_in_its_writing(
    text: str, own: str, other: str
) -> None:
    asked = query(text)
    assert asked.with_writings(text, own) == text
    assert "(" in asked.with_writings(text, other)
    name = next(one for one in asked.query_terms if one.elsewhere)
    held = {name for names in name.names.values() for name in names}
    assert held == {frozenset({"有明"}), frozenset({"ariak"})}


def test_a_name_that_is_translated_is_not_looked_for_by_ear() -> None:
    rewriter = Rewriter(Glossary([]), Spelling(), shipped_vocabulary(analyze))
    for text, shown in (
        ("Is Dr. Spain there?", "Is Dr. Spain there?"),  # スペイン, and no スピン
        ("Where in Hokkaido is it?", "Where in Hokkaido (北海道) is it?"),
    ):
        assert rewriter.rewrite(Question(text=text), INDEX).with_writings(text) == shown


def test_a_word_that_is_said_otherwise_is_not_taken_for_a_name_in_hiragana() -> None:
    held = index(("疾風は冬に吹く。", info("wind", language="ja")))
    asked = REWRITER.rewrite(Question(text="Whom does Hayate send?"), held)
    assert not any(one.elsewhere for one in asked.query_terms)


def test_a_sound_of_many_names_is_none_of_them() -> None:
    terms = INDEX.terms_said_as("Sato", "ja")
    assert len(terms) > 3, [romanised(one) for one in terms]
    assert not query("What does Prof. Sato do?").query_terms[-1].elsewhere


def test_documents_of_the_other_language_are_found_by_the_name() -> None:
    terms = query("What did Prof. Hoshina predict?").terms["ja"]
    public = frozenset(("public",))
    found = INDEX.search_words(terms, language="ja", audiences=public, k=3)
    assert INDEX.document_ids([one.passage_id for one in found])[0] == "hoshina"


def test_a_name_said_before_is_known_in_the_follow_up() -> None:
    asked = query("and what was it about?", "Did Prof. Hoshina speak?")
    assert asked.with_writings("Did Prof. Hoshina speak?") == "Did Prof. Hoshina (保科) speak?"


@pytest.mark.parametrize(
    ("text", "is_held"),
    [
        ("how does Kujirai feed whales", True),
        ("what is said of Ariake", True),
        ("保科は何と言った?", True),
        ("伊達市で会う?", True),
        # a name that no document holds, and words that are none
        ("how does Brunner feed whales", False),
        ("is the home near the river?", False),
        ("洪水はこわい?", False),
        ("shall we meet at 10?", False),
    ],
)
def test_names_that_few_documents_hold_are_told_from_other_words(
    text: str,
    is_held: bool,
) -> None:
    assert names_what_few_hold(query(text).query_terms, INDEX) is is_held
