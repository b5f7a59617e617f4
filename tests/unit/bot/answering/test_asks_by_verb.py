"""Orders to be told something and questions of what one may use ask the documents."""

import pytest

from aspire_bot.answering.message.asks_by_verb import asks_by_verb


@pytest.mark.parametrize(
    "text",
    [
        "Recap the soil forum",
        "could you please sum up the rules for travel?",
        "Talk us through the steps after the interview",
        "Give me a short overview of the fees",
        "Put together a timeline of the larch call.",
        "応募の流れを整理して",
        "旅費の規程について簡潔に説明してください",
        "審査の日程を表にまとめてもらえますか",
        "様式の一覧をください",
        "May we use DeepL for the forms?",
        "Are applicants allowed to use an LLM?",
        "翻訳ソフトを使ってもよいですか",
        "申請に生成AIは使えますか",
    ],
)
def test_what_asks_by_its_verb(text: str) -> None:
    assert asks_by_verb(text)


@pytest.mark.parametrize(
    "text",
    [
        "Translate the rules for travel",
        "Send the list of forms to Jo",
        "Register us for the soil forum",
        "Book the room on Monday",
        "Write a proposal for me",
        "Summarise this thread",
        "summarise that",
        "sum up what you said",
        "describe yourself",
        "can you compare programmes, is that something you do",
        "summarise the proposal I'm writing",
        "この会話を要約して",
        "私の提案書をまとめて",
        "議事録をまとめてください",
        "要項を英訳して",
        "表にまとめるのって可能?",
        "Can I use this bot in a DM?",
        "Can I use Japanese?",
        "このボットを使っていいですか",
        "Are you ChatGPT?",
        "ありがとう、まとめて読みました",
    ],
)
def test_what_wants_a_deed_or_speaks_of_the_bot(text: str) -> None:
    assert not asks_by_verb(text)
