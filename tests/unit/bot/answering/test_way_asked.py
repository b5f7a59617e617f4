"""A summary, a translation or another language is asked for: what is asked can still be found."""

import pytest

from aspire_bot.answering.message.query.way_asked import way_asked


@pytest.mark.parametrize(
    ("text", "asked", "language"),
    [
        ("summarise the Larch call", "give me an overview of the Larch call", None),
        (
            "Please summarize the May meeting in three bullet points",
            "give me an overview of the May meeting",
            None,
        ),
        ("give me a short summary of Larch for a slide", "give me an overview of Larch", None),
        ("translate the goals of Larch into Japanese please", "the goals of Larch", "ja"),
        ("What are the goals? in Japanese please", "What are the goals", "ja"),
        ("What are the goals of Larch in Japanese please", "What are the goals of Larch", "ja"),
        ("唐松公募の目的を日本語で教えてください", "唐松公募の目的を教えてください", "ja"),
        ("唐松公募とは何ですか。英語でお願いします", "唐松公募とは何ですかを教えてください", "en"),
        ("what are the goals, answer in English", "what are the goals", "en"),
        ("唐松公募を3行でまとめて", "唐松公募の概要を教えてください", None),
        ("会議の内容を簡単に要約してください", "会議の概要を教えてください", None),
        ("唐松公募の目的を英訳して", "唐松公募の目的を教えてください", "en"),
        ("会議の報告、日本語でざっくり教えて", "会議の報告の概要を教えてください", "ja"),
    ],
)
def test_what_is_asked_is_told_from_the_way(text: str, asked: str, language: str | None) -> None:
    assert way_asked(text) == (asked, language)


@pytest.mark.parametrize(
    "text",
    [
        "Is the summary of the proposal in Japanese or English?",
        "Can I write the proposal in Japanese or in English by hand?",
        "Who writes the summary of results?",
        "次の文を英語に訳してください：本事業は",
        "Translate this into Japanese",
        "申請書は日本語で書けますか",
        "要約は何字ですか",
        "Can I submit in English?",
        "Are the guidelines available in Japanese?",
        "The summary of the proposal is due when?",
        "申請書を要約する必要がありますか",
        "要旨を英訳する必要はありますか",
        "ポスターは日本語で説明できますか",
        "Is the briefing held in English",
    ],
)
def test_a_question_on_languages_or_summaries_stays(text: str) -> None:
    assert way_asked(text) == (text, None)
