"""Names by how they are said: Hepburn and other spellings, hiragana, katakana from abroad."""

import pytest

from aspire_ingest.index.text.said_terms import by_sound
from aspire_ingest.index.text.sounds import hiragana_of, is_japanese_name, key_of

TERMS = """大野 架け橋 保科 浪江町 広島大学 新聞 藤田 先駆け 走る シュミット ヘルッコネン ファルカン
ハリケーン テム d:2026-01"""
JAPANESE = by_sound(TERMS.split())
ENGLISH = by_sound(["hoshina", "ohno", "schmidt", "kakehashi", "workshop"])


@pytest.mark.parametrize(
    ("name", "term"),
    [
        ("Ono", "大野"),
        ("Ohno", "大野"),
        ("Ōno", "大野"),
        ("Kakehashi", "架け橋"),
        ("hoshina", "保科"),
        ("Namie", "浪江町"),
        ("Hiroshima", "広島大学"),
        ("Shimbun", "新聞"),
        ("Hujita", "藤田"),
        ("Sakigake", "先駆け"),
    ],
)
def test_a_japanese_noun_is_found_by_its_sound(name: str, term: str) -> None:
    assert JAPANESE.said_as(name) == (term,)


@pytest.mark.parametrize("name", ["Hashiru", "Tanaka", "Schmidt", "", "日本"])
def test_what_is_no_noun_of_the_index_is_not_found(name: str) -> None:
    assert JAPANESE.said_as(name) == ()


def test_a_name_from_abroad_is_found_by_its_consonants_the_likest_alone() -> None:
    assert JAPANESE.said_as("Schmidt", is_from_abroad=True) == ("シュミット",)
    assert JAPANESE.said_as("Herkkonen", is_from_abroad=True) == ("ヘルッコネン",)
    assert JAPANESE.said_as("Tam", is_from_abroad=True) == ()  # two consonants tell nothing


def test_latin_words_are_found_by_a_japanese_name() -> None:
    assert ENGLISH.said_as("hoshina") == ("hoshina",)
    assert ENGLISH.said_as("ono") == ("ohno",)
    assert ENGLISH.said_as("shumitto", is_from_abroad=True) == ("schmidt",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Shinbun", "Shimbun"),
        ("Tsuchiya", "Tutiya"),
        ("Fujii", "Huzii"),
        ("Jun'ichi", "Zyun-iti"),
        ("Kyūshū", "Kyushu"),
        ("Itoh", "Ito"),
        ("Satoh", "Satō"),
        ("Matchi", "Macchi"),
        ("Shoda", "Syouda"),
        ("Kuwahara", "Kuwahara"),
    ],
)
def test_spellings_of_a_name_have_one_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(("one", "other"), [("Kato", "Kado"), ("Ono", "Uno"), ("Sano", "Sanno")])
def test_other_names_have_another(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


@pytest.mark.parametrize("name", ["Kakehashi", "Shinjuku", "Hatta", "Gumma", "Ryuichi", "Kitchi"])
def test_japanese_names_are_told_by_their_syllables(name: str) -> None:
    assert is_japanese_name(name)


@pytest.mark.parametrize("name", ["Schmidt", "Rising", "Top", "Beam", "Kyrgyz", ""])
def test_and_others_by_theirs(name: str) -> None:
    assert not is_japanese_name(name)


@pytest.mark.parametrize(
    ("name", "signs"),
    [
        ("Honoakari", "ほのあかり"),
        ("Nijiiro", "にじいろ"),
        ("Shinjuku", "しんじゅく"),
        ("Hatta", "はった"),
        ("Kyushu", "きゅしゅ"),
        ("Schmidt", ""),
    ],
)
def test_a_name_is_written_in_hiragana(name: str, signs: str) -> None:
    assert hiragana_of(name) == signs
