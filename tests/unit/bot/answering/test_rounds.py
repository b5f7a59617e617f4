"""A sentence of the third call is no sure answer to a question about the second."""

from dataclasses import replace

import pytest
from tests.unit.bot.answering.made import evidence, info, query

from aspire_bot.answering.search.rounds import is_of_another_round


@pytest.mark.parametrize(
    ("question", "sentence", "is_other"),
    [
        ("When did the first call close?", "The second call closed on 7 July.", True),
        ("When did the second call close?", "The second joint call closed on 7 July.", False),
        ("When did the second call close?", "It closed on 7 July.", False),
        ("How many calls were there?", "The second call closed on 7 July.", False),
        ("Did the 2nd round differ from the 3rd round?", "The 1st round was small.", False),
        ("What is new in edition 3?", "The second edition has no such rule.", True),
        ("What is new in the third version?", "第2版にはない。", True),
        ("第3版では上限はいくらですか", "The limit of the third edition is 9 million yen.", False),
        ("第１２回の応募は何件でしたか", "第11回:応募143件", True),
        ("第十二回の応募は何件でしたか", "第12回:応募143件", False),
        ("第2次公募の締切は", "The first call closed in June.", True),
        ("第1期の成果は", "第2期は2030年に終わる。", True),
        ("What was said at the 10th symposium?", "The 9th symposium was in Kobe.", True),
        ("What was said at the tenth workshop?", "第10回は神戸で開かれた。", False),
        ("Who spoke at the second meeting?", "The third meeting 15 May had two speakers.", True),
        ("Who spoke at the meeting 12 May?", "The third meeting had two speakers.", False),
        ("What does phase 2 add?", "Stage 1 ends in March.", True),
        ("第3条は何を定めていますか", "第5条 旅費は実費とする。", True),
        ("What does article 3 say?", "第3条 旅費は実費とする。", False),
        ("What does chapter 4 say?", "第3章 旅費", True),
        ("What stands in issue 12?", "第11号は休刊した。", True),
        ("Who won in the second round?", "The first round had no winner.", True),
        ("Who won in round 2?", "Round no. 1 had no winner.", True),
        ("What was said at the first workshop?", "The second workshop was in Kobe.", True),
        ("What is new in version 4?", "Version 3 has no such rule.", True),
        ("What does stage 1 add?", "Stage 3 ends in March.", True),
        ("What does the fourth chapter say?", "Chapter 3: travel.", True),
        ("第二十三回の応募は", "第20回:応募143件", True),
        ("第二十三回の応募は", "第23回:応募143件", False),
        ("第十回の応募は", "第10回:応募143件", False),
    ],
)
def test_the_round_that_is_named(question: str, sentence: str, *, is_other: bool) -> None:
    assert is_of_another_round(query(question), evidence(sentence)) is is_other


def test_title_edition_and_headings_say_it_for_sentences_that_do_not() -> None:
    asked = query("What is the limit in the third edition?")
    second = evidence("The limit is 9 million yen.", info(title="Rules, second edition"))
    third = evidence("The limit is 9 million yen.", info(edition="第3版"))
    assert is_of_another_round(asked, second)
    assert not is_of_another_round(asked, third)
    passage = replace(second.passage.passage, heading=("Changes in the third edition",))
    below = replace(second, passage=replace(second.passage, passage=passage))
    assert not is_of_another_round(asked, below)
    quoted = evidence("The third edition has none.", info(title="Rules, second edition"))
    assert not is_of_another_round(asked, quoted), "what the sentence says counts more"


@pytest.mark.parametrize("number", range(1, 13))
def test_each_number_in_words_is_the_one_in_figures(number: int) -> None:
    word = (
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth", "eleventh", "twelfth",
    )[number - 1]  # fmt: skip
    asked = query(f"Who spoke at the {word} meeting?")
    assert not is_of_another_round(asked, evidence(f"第{number}回は神戸で開かれた。"))
    assert is_of_another_round(asked, evidence(f"第{number + 1}回は神戸で開かれた。"))
