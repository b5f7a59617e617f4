"""Codes and names of languages: which are known, and which one is meant."""

import pytest

from aspire_ingest.index.text.language_names import CODE_BY_NAME, is_language, language_code


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("en-US", "en"),
        ("JA", "ja"),
        ("ja-JP", "ja"),
        ("ja_JP", "ja"),
        ("ｊａ", "ja"),
        ("jp", "ja"),
        ("jpn", "ja"),
        ("Japanese", "ja"),
        (" Japanese ", "ja"),
        ("日本語", "ja"),
        ("日本語（にほんご）", "ja"),
        ("ja (Japanese)", "ja"),
        ("英語", "en"),
        ("British English", "en"),
        ("English (UK)", "en"),
        ("pt_BR", "pt"),
        ("zh-Hant-TW", "zh"),
        ("fre", "fr"),
        ("Français", "fr"),
        ("Norwegian Bokmål", "nb"),
        ("haw", None),
        ("klingon", None),
        ("japanisch", None),
        ("xx", None),
        ("xx-JP", None),
        ("not written in Japanese", None),
        ("", None),
    ],
)
def test_stated_languages_are_read_as_codes(stated: str, code: str | None) -> None:
    assert language_code(stated) == code


@pytest.mark.parametrize(
    "stated",
    ["ja", "haw", "und", "mul", "ja, en", "ja/en", "Japanese and English", "日本語・英語",
     "日本語と英語", "en; ja"],
)  # fmt: skip
def test_languages_that_are_known(stated: str) -> None:
    assert is_language(stated)


@pytest.mark.parametrize(
    "stated", ["japanisch", "klingon", "xx", "xyz", "qqq-JP", "ja, xx", "日木語", "false", "1"]
)
def test_languages_that_are_not_known(stated: str) -> None:
    assert not is_language(stated)


def test_each_code_is_there_once_and_has_a_name() -> None:
    assert len(set(CODE_BY_NAME.values())) == 184
    assert all(len(code) == 2 for code in CODE_BY_NAME.values())
    assert all(language_code(name) == code for name, code in CODE_BY_NAME.items())
