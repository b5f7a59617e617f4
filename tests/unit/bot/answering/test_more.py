"""What more of an answer is wanted."""

import pytest

from aspire_bot.answering.message.more import More, read_more


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("more details", "details"),
        ("can you elaborate?", "details"),
        ("もう少し詳しく", "details"),
        ("show me the source", "source"),
        ("which page says this?", "source"),
        ("出典は?", "source"),
        ("どこに書いてありますか", "source"),
        ("shorter please", "shorter"),
        ("tl;dr", "shorter"),
        ("要するに一言で", "shorter"),
        ("where does it say so?", "source"),
        ("says who?", "source"),
        ("the page number please", "source"),
        ("original text?", "source"),
        ("引用元は?", "source"),
        ("何ページですか", "source"),
        ("どの資料ですか", "source"),
        ("in a nutshell", "shorter"),
        ("more concisely", "shorter"),
        ("in one line", "shorter"),
        ("手短に", "shorter"),
        ("まとめて", "shorter"),
        ("go on", "details"),
        ("explain simply", "details"),
        ("続きは?", "details"),
        ("全文を見せて", "details"),
        ("わかりやすく", "details"),
    ],
)
def test_form(text: str, form: str) -> None:
    more = read_more(text)
    assert more is not None
    assert more.form == form


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("in Japanese please", "ja"),
        ("日本語で", "ja"),
        ("English version?", "en"),
        ("英語で答えて", "en"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert read_more(text) == More(form="language", language=language)


@pytest.mark.parametrize("text", ["give me the criteria", "why not", "手順を教えて", "list them"])
def test_what_asks_the_documents_for_more_is_no_form_of_the_answer(text: str) -> None:
    assert read_more(text) is None
