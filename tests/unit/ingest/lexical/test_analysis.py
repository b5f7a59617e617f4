import importlib
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.memory_words import query_terms

from aspire_ingest.index.text import japanese
from aspire_ingest.index.text.analysis import analyze, analyze_label, analyze_pairs, entity_terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The meetings were held", ["meet", "held"]),
        ("ASPIRE-A", ["aspirea", "aspir"]),
        ("e-Rad", ["erad", "rad"]),
        ("long-term", ["longterm", "long", "term"]),
        ("3.1", ["3.1"]),
        ("12,000, or 1,234,567.", ["12000", "1234567", "n:1234567"]),
        ("007", ["7"]),
        ("programme's centres organisation", ["program", "center", "organiz"]),
        ("the U.S. and US, us", ["usa", "usa"]),
        ("R&D Ph.D. C++", ["r&d", "phd", "ph", "c++"]),
        ("IT helps WHO", ["it", "help", "who"]),
        ("WHAT IS IT ABOUT", []),
        ("How do I apply?", ["appli"]),
        ("ＡＳＰＩＲＥ　ﾌﾟﾛｼﾞｪｸﾄ", ["aspir", "プロジェクト"]),
        ("한국어", ["한국어", "한국"]),
        ("Программа", ["программа"]),
        ("", []),
        ("\ud800", []),
    ],
)
def test_terms(text: str, terms: list[str]) -> None:
    assert analyze(text, "en") == terms


def test_identifiers_give_one_term_in_both_languages() -> None:
    for name in ("ASPIRE-A", "e-Rad", "FY2026"):
        assert set(analyze(name, "en")) <= set(analyze(f"{name}の登録について", "ja"))


def test_japanese_words_are_normalised_and_particles_dropped() -> None:
    terms = analyze("附属の研究所を引っ越しました", "ja")
    assert terms == ["付属", "研究所", "引っ越す"]


def test_dates_and_amounts_meet_across_languages() -> None:
    english = set(analyze("On January 28, 2026 (FY2025), up to 5 million yen or 30 percent", "en"))
    japanese_terms = set(analyze("令和8年1月28日（令和7年度）、500万円又は3割まで", "ja"))
    canonical = {"d:2026-01-28", "d:2026-01", "d:01-28", "fy:2025", "n:5000000jpy", "n:30percent"}
    assert canonical <= english & japanese_terms


def test_a_long_text_is_read_in_pieces() -> None:
    text = "研究費の使用。" * 9_000
    assert analyze(text, "ja").count("研究費") == 9_000
    assert analyze("研" * 50_000, "ja")


def test_other_languages_have_their_own_stems() -> None:
    assert analyze("les projets financés", "fr") == ["le", "projet", "financ"]
    assert analyze("研究计划", "zh") == ["研究", "究计", "计划"]


def test_pairs_leave_out_what_is_only_hiragana() -> None:
    assert analyze_pairs("使えるかABC予算") == ["2:使え", "2:予算"]
    assert analyze_pairs("No Japanese") == []


def test_each_sign_that_is_not_hiragana_makes_a_pair() -> None:
    for code in range(0x3041, 0x3100):
        is_hiragana = code <= 0x309F
        assert (japanese.character_pairs(f"あ{chr(code)}") == []) == is_hiragana, hex(code)


def test_a_label_has_the_terms_of_any_text() -> None:
    for text in ("", "令和8年度 公募要領", "Call for Proposals, FY2026"):
        for _ in range(2):  # the second time they are remembered
            assert analyze_label(text, "ja") == tuple(analyze(text, "ja"))


def test_terms_and_names_of_one_text_do_not_depend_on_which_is_asked_first() -> None:
    texts = ("山田が東京に来た。", "会議は終わった。", "山田が東京に来た。")
    names = [entity_terms(text) for text in texts]
    terms = [analyze(text, "ja") for text in texts]
    assert names == [{"is:person", "is:place"}, frozenset(), {"is:person", "is:place"}]
    assert [(analyze(text, "ja"), entity_terms(text)) for text in texts] == list(
        zip(terms, names, strict=True)
    )
    assert "山田" in terms[0]
    assert "山田" not in terms[1]


def test_a_sentence_is_cut_once_for_its_terms_and_its_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cut: list[str] = []
    real = importlib.import_module("sudachipy").Dictionary(dict="core").tokenizer()

    class Counting:
        def tokenize(self, text: str) -> object:
            cut.append(text)
            return real.tokenize(text)

    monkeypatch.setattr(japanese, "_tokenizer", Counting)
    analyze("森が京都へ行った。", "ja")
    entity_terms("森が京都へ行った。")
    assert cut == ["森が京都へ行った。"]


def test_query_terms_weigh_words_and_pairs() -> None:
    assert query_terms("予算の予算", "ja") == {
        "予算": 1.0,
        "2:予算": 1.0,
        "2:算の": 1.0,
        "2:の予": 1.0,
    }


def test_without_sudachi_pairs_of_characters_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(japanese, "_tokenizer", lambda: None)
    assert analyze("ASPIREの予算", "ja") == ["aspir", "の予", "予算"]


def test_a_missing_dictionary_is_noticed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def missing(name: str) -> None:
        asked.append(name)
        raise ImportError(name)

    monkeypatch.setattr(japanese, "_dictionary", None)
    monkeypatch.setattr(japanese, "_is_missing", False)
    monkeypatch.setattr(japanese, "_local", threading.local())
    monkeypatch.setattr(japanese.importlib, "import_module", missing)
    assert analyze("予算", "ja") == analyze("予算", "ja") == ["予算"]
    assert asked == ["sudachipy"]


def test_threads_share_the_dictionary() -> None:
    text = "先端国際共同研究推進事業の公募について" * 20
    expected = analyze(text, "ja")
    found: list[list[str]] = []
    threads = [threading.Thread(target=lambda: found.append(analyze(text, "ja"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


@settings(deadline=None)
@given(st.text(), st.sampled_from(["en", "ja", "und", "de", "zh", "xx"]))
def test_terms_hold_no_white_space(text: str, language: str) -> None:
    for term in (*analyze(text, language), *analyze_pairs(text)):
        assert term.split() == [term]
