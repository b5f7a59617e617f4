import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aspire_ingest.index.text.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ASPIRE-Aとは", "ja"),
        ("PDは誰", "ja"),
        ("予算", "ja"),
        ("e-Rad 登録 方法", "ja"),
        ("ASPIRE FOR TOP SCIENTISTS の公募", "ja"),
        ("What does 先端国際共同研究推進事業 mean?", "en"),
        ("Who is 宮野 健次郎", "en"),
        ("wat is key for future research acording to theme 3", "en"),
        ("e-Rad", "en"),
        ("12?", "und"),
        ("", "und"),
        ("연구비는 어떻게 쓰나요", "und"),
        ("Программа исследований", "und"),
    ],
)
def test_languages_of_short_questions(text: str, language: str) -> None:
    assert detect_language(text) == language


@settings(deadline=None)
@given(st.text())
def test_any_text_has_one_of_three_answers(text: str) -> None:
    assert detect_language(text) in ("en", "ja", "und")
