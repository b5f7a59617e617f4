"""Which signs count as Japanese."""

import pytest

from aspire_ingest.index.text.script import is_japanese


@pytest.mark.parametrize(
    "text", ["ひらがな", "カナ", "ﾃｽﾄ", "漢", "々", "〇", "ASPIRE の", "𠮷", "\uf900"]
)
def test_kana_and_kanji_are_japanese(text: str) -> None:
    assert is_japanese(text)


@pytest.mark.parametrize("text", ["", "ASPIRE", "42 %", "。、「」", "한국어", "ñ é ü", "½ ㎡"])
def test_signs_that_others_write_too_are_not(text: str) -> None:
    assert not is_japanese(text)
