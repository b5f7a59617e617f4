"""A name is found in whichever form of its kanji it is asked for, in both directions."""

import unicodedata
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.memory_words import MemoryWords

from aspire_ingest.index.text.analysis import analyze, analyze_pairs
from aspire_ingest.index.text.roles import roles_by_surname
from aspire_ingest.index.text.variants import fold_forms, fold_variants, spelt_otherwise
from aspire_ingest.index.words.types import WordEntry

SAME = (
    ("髙橋", "高橋", "高\ufe00橋", "髙槗"),
    ("山﨑", "山崎", "山嵜", "山\u5d0e\U000e0101"),
    ("渡邉", "渡邊", "渡辺", "渡邉\U000e0104", "渡邊\U000e0110"),
    ("齋藤", "斎藤", "斎\U000e0102藤"),
    ("齊藤", "斉藤"),
    ("濱田", "浜田", "濵田"),
    ("廣瀨", "広瀬", "廣瀬"),
    ("澤村", "沢村", "沢邨"),
    ("國分", "国分", "圀分"),
    ("桒原", "桑原"),
    ("𠮷田", "吉田"),
    ("葛\U000e0100城", "葛城", "葛\U000e0101城"),
    ("辻\U000e0100本", "辻本"),
    ("冨樫", "富樫"),
    ("大嶋", "大島", "大嶌"),
    ("栁澤", "柳沢", "柳澤"),
    ("眞鍋", "真鍋"),
    ("德永", "徳永"),
    ("龍田", "竜田", "\uf9c4田"),
    ("櫻井", "桜井"),
    ("小埜", "小野"),
    ("大舘", "大館"),
    ("馬渕", "馬淵"),
    ("凜子", "凛子"),
    ("神\ufe00谷", "神谷", "\ufa19谷"),
    ("福\ufe00島", "福島", "\ufa1b嶋"),
    ("⻑⾕川", "長谷川"),
)
APART = (
    "斉藤",
    "斎藤",
    "渡部",
    "渡辺",
    "高橋",
    "高梁",
    "杉山",
    "椙山",
    "太田",
    "大田",
    "川島",
    "河島",
)
ORDINARY = (
    "一斉に応募する", "斎場の予約", "周辺の島国", "広い国土と沢", "富士山の高さ", "桑の葉と柳の枝",
    "会議の議事録", "真実と事実", "吉報を待つ", "浜辺の崎", "国際共同研究を支援する",
)  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "stored"), [pair for forms in SAME for pair in permutations(forms, 2)]
)
def test_a_name_is_found_in_any_form(asked: str, stored: str) -> None:
    words = MemoryWords()
    for passage_id, name in (("wanted", stored), ("other", "中村")):
        text = f"広報の担当は{name}である。"
        body, pairs = tuple(analyze(text, "ja")), tuple(analyze_pairs(text))
        words.add([WordEntry(passage_id=passage_id, body=body, pairs=pairs)])
    words.commit()
    terms = [term for term in analyze(f"{asked}さん", "ja") if term != "さん"]
    found = words.search(dict.fromkeys(terms, 1.0), audiences=["public"], k=5)
    assert [entry.passage_id for entry in found] == ["wanted"]
    pairs = words.search(dict.fromkeys(analyze_pairs(asked), 1.0), audiences=["public"], k=5)
    assert [entry.passage_id for entry in pairs] == ["wanted"]


@pytest.mark.parametrize("forms", SAME)
def test_in_text_of_another_language_too(forms: tuple[str, ...]) -> None:
    terms = [set(analyze(f"The office is led by {form} (Tokyo).", "en")) for form in forms]
    assert all(one == terms[0] for one in terms)


@pytest.mark.parametrize(("one", "other"), list(combinations(APART, 2)))
def test_names_of_other_characters_stay_apart(one: str, other: str) -> None:
    assert analyze(one, "ja") != analyze(other, "ja")


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_is_as_it_was(text: str) -> None:
    assert fold_variants(text) == text


def test_the_table_is_in_order() -> None:
    """Every form leads to a common one at once, and NFKC does not lead elsewhere."""
    folded = [(char, fold_forms(char)) for char in map(chr, range(0x2E80, 0x2FFFF))]
    pairs = [(char, kept) for char, kept in folded if char != kept]
    assert len(pairs) > 400
    for char, kept in pairs:
        assert len(kept) == 1
        assert fold_forms(kept) == kept
        assert unicodedata.normalize("NFKC", char) == char
        assert unicodedata.normalize("NFKC", kept) == kept


@settings(deadline=None)
@given(st.text())
def test_forms_move_no_offset(text: str) -> None:
    assert len(fold_forms(text)) == len(text)
    assert fold_variants(fold_variants(text)) == fold_variants(text)


def test_a_character_of_its_own_is_tried_by_a_question_alone() -> None:
    assert list(spelt_otherwise("斉藤")) == ["斎藤"]
    assert list(spelt_otherwise("斎木")) == ["斉木"]
    assert list(spelt_otherwise("山崎")) == ["山碕"]
    assert list(spelt_otherwise("高橋")) == []
    assert list(spelt_otherwise("斉")) == []


@pytest.mark.parametrize("written", ["山﨑", "山崎", "辻\U000e0100本"])
def test_a_role_is_known_of_a_name_in_any_form(written: str) -> None:
    roles = roles_by_surname(f"{written}研究総括が挨拶した。", "ja")
    (surname,) = analyze(written, "ja")
    assert "総括" in "".join(roles[surname])
