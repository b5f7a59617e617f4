"""Messages as people at universities type them: mails, lists, tables, passages of others.

Read by the shipped model of messages; the texts are our own and were never trained on.
"""

from functools import cache

import pytest

from aspire_bot.answering.message.message import LazyMessageModel, read_message
from aspire_bot.answering.types import Question, Turn
from aspire_bot.settings import Settings


@cache
def model() -> LazyMessageModel:
    return LazyMessageModel(Settings().cache)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        # numbered
        (
            "お世話になっております。東都大学研究推進部の佐藤です。\n下記につきましてご教示いただけますでしょうか。\n\n"
            "１．領域会議はいつ開催されましたか。\n２．司会はどなたでしたか。\n\n何卒よろしくお願い申し上げます。\n\n"
            "――――――\n東都大学　研究推進部\n佐藤　花子\nTEL：03-0000-0000\n――――――",
            ("領域会議はいつ開催されましたか。", "司会はどなたでしたか。"),
        ),
        (
            "1. when was the field meeting held 2. who moderated it 3. what are the goals",
            ("when was the field meeting held", "who moderated it", "what are the goals"),
        ),
        (
            "Q1．領域会議の開催日はいつですか？\nQ2．目的は何ですか？\n\n以上、よろしくお願いいたします。",
            ("領域会議の開催日はいつですか？", "目的は何ですか？"),
        ),
        (
            "Could somebody explain (a) the role of the PO, (b) the mid-term review and "
            "(c) reporting duties?",
            ("the role of the PO", "the mid-term review", "reporting duties?"),
        ),
        (
            "We were asked by a visiting professor (1) what the goals of ASPIRE are and "
            "(2) when the bio field meeting was held. Could you let us know by Friday?",
            ("what the goals of ASPIRE are", "when the bio field meeting was held."),
        ),
        (
            "お世話になっております。山手大学URAの森です。ASPIREについて、①応募資格、②予算規模、③研究期間の3点を"
            "ご教示いただけますと幸いです。",
            ("ASPIREについて、応募資格", "予算規模", "研究期間を教えてください。"),
        ),
        (
            "標題の件、2点確認させてください。\n1点目：間接経費の割合は何％ですか。\n"
            "2点目：年度をまたぐ出張は認められますか。",
            ("間接経費の割合は何％ですか。", "年度をまたぐ出張は認められますか。"),
        ),
        # lists and tables
        (
            "<@U123> 教えてください :pray:\n・領域会議の開催日\n・司会者\n"
            "・<https://example.ac.jp/a|ASPIRE>の目的",
            ("領域会議の開催日", "司会者", "ASPIREの目的"),
        ),
        (
            "| 項目 | 質問 |\n|---|---|\n| 1 | 領域会議はいつですか |\n| 2 | 司会は誰ですか |",
            ("領域会議はいつですか", "司会は誰ですか"),
        ),
        (
            "a) goals of ASPIRE\nb) moderator of the bio field meeting\n"
            "c) date of the energy-field meeting",
            (
                "goals of ASPIRE",
                "moderator of the bio field meeting",
                "date of the energy-field meeting",
            ),
        ),
        (
            "【質問】\n・ASPIREの目的\n・領域会議の司会\n【回答期限】\n12月5日（金）17時",
            ("ASPIREの目的", "領域会議の司会"),
        ),
        (
            "Give me the next deadline and the evaluation criteria.",
            ("Give me the next deadline", "the evaluation criteria."),
        ),
        # forwarded
        (
            "<@U123> FYI see below\n&gt; When was the bio field meeting held?\n"
            "&gt; Who moderated it?\nCan you answer these?",
            ("When was the bio field meeting held?", "Who moderated it?"),
        ),
        (
            "経理課の小林です。研究室から照会がありましたので転送いたします。\n\n"
            "----- 転送メッセージ -----\n差出人：岡田研究室\n\n"
            "小林様\n\n次の点についてお知らせください。\n(1) 旅費の上限額\n(2) 物品の購入期限\n"
            "(3) 報告書の様式\n\n岡田\n（内線 5678）",
            ("旅費の上限額", "物品の購入期限", "報告書の様式"),
        ),
        (
            "田中先生から以下のご質問を頂戴しました。\n\n「領域会議はいつ開催されましたでしょうか。また、"
            "ASPIREの目的についても教えていただけますと幸いです。」\n\nどなたかご存じでしたらお願いします。",
            ("領域会議はいつ開催されましたでしょうか。", "ASPIREの目的についても教えてください。"),
        ),
        # a passage in the other language
        (
            '英語版には "Costs incurred before the start date are not eligible." とありますが、'
            "開始日はいつですか？",
            (
                '英語版には "Costs incurred before the start date are not eligible." とありますが、'
                "開始日はいつですか？",
            ),
        ),
        (
            "The page says:\n> 領域会議はオンラインで開催されました。\nWhen was it held?",
            ("When was it held?",),
        ),
        # in order, in a row
        (
            "First, when was the bio field meeting held? Second, who moderated it? "
            "Lastly, what are the goals of ASPIRE?",
            (
                "when was the bio field meeting held?",
                "who moderated it?",
                "what are the goals of ASPIRE?",
            ),
        ),
        (
            "まず、領域会議の開催日を教えてください。次に、キックオフ・ミーティングの場所を教えてください。",
            (
                "領域会議の開催日を教えてください。",
                "キックオフ・ミーティングの場所を教えてください。",
            ),
        ),
        (
            "Good morning. Our president would like to know the total budget of the programme, "
            "the number of projects and the partner countries.",
            (
                "the total budget of the programme",
                "the number of projects",
                "the partner countries.",
            ),
        ),
        (
            "質問：ASPIREの採択率は？\n回答希望日：11月30日（月）",
            ("ASPIREの採択率は？",),
        ),
        # below a heading
        (
            "kagari-n second call: how much does the final report count",
            ("kagari-n second call: how much does the final report count",),
        ),
        (
            "KAGARI FY2026: how many reviewers read a proposal, and when are the interviews?",
            (
                "KAGARI FY2026: how many reviewers read a proposal",
                "KAGARI FY2026: when are the interviews?",
            ),
        ),
        ("かがり：締切は？", ("かがり：締切は？",)),
        (
            "Hibiki: who handles visas, and who pays the grants?",
            ("Hibiki: who handles visas", "Hibiki: who pays the grants?"),
        ),
    ],
)
def test_each_thing_asked_is_found_and_nothing_else(text: str, asks: tuple[str, ...]) -> None:
    message = read_message(Question(text=text), model())
    assert message.act == "question"
    assert message.asks == asks


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (
            "転送します。\n\n差出人：森 太郎\n送信日時：2026年5月1日 9:00\n宛先：林\n"
            "件名：Re: 海洋研究のためのASPIRE\n\n林様\n面接はいつ行われますか。",
            "海洋研究のためのASPIRE 面接はいつ行われますか。",
        ),
        (
            "-----Original Message-----\nFrom: Jo Doe\nDate: Mon, 4 May 2026 09:12\nTo: office\n"
            "Subject: RE: travel\n\nWho pays for the flight to Kiel?",
            "Who pays for the flight to Kiel?",
        ),
        ("`who led the panel` of the larch meeting?", "who led the panel of the larch meeting?"),
    ],
)
def test_headers_of_a_mail_and_code_marks_are_no_context(text: str, whole: str) -> None:
    assert read_message(Question(text=text), model()).whole == whole


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("That's wrong. I asked when it closes for Japan", ("when it closes for Japan",)),
        ("違います。締切はいつかと聞いたんですが", ("締切はいつか",)),
        ("そうじゃなくて、質問は若手枠の上限額です", ("若手枠の上限額は？",)),
        ("that is not what I asked", ()),
        ("そんなこと聞いてない", ()),
    ],
)
def test_a_complaint_that_repeats_its_question_asks_it(text: str, asks: tuple[str, ...]) -> None:
    before = (
        Turn(role="user", text="When is the meeting?"),
        Turn(role="assistant", text="In May."),
    )
    message = read_message(Question(text=text, history=before), model())
    assert message.asks == asks
    assert message.act == ("follow-up" if asks else "complaint")


@pytest.mark.parametrize(
    "text",
    ["I asked you who you are", "My question was what you can do", "あなたは誰かと聞いています"],
)
def test_who_repeats_a_question_about_the_bot_is_told_of_it(text: str) -> None:
    assert read_message(Question(text=text), model()).act == "capability"


@pytest.mark.parametrize(
    "text",
    [
        "Topと次世代、両方に出せる?",
        "赤松と唐松、締切はいつですか",
        "日本とノルウェー、それぞれの締切は？",
        "Top or Rising, which one has the page limit?",
        "Oslo and Kiel, is either of them a partner?",
    ],
)
def test_names_of_which_one_thing_is_asked_are_no_questions(text: str) -> None:
    message = read_message(Question(text=text), model())
    assert len(message.asks) == 1
    assert message.whole == text


def test_values_that_are_asked_for_together_are_several() -> None:
    asks = read_message(Question(text="締切と上限額、教えて"), model()).asks
    assert asks == ("締切", "上限額、教えて")


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Break down the categories of the larch call", "question"),
        ("Take me through the change of harbour", "question"),
        ("May I use ChatGPT for writing?", "question"),
        ("Write a proposal for me", "request-action"),
        ("ワークショップに登録して", "request-action"),
        ("Are you ChatGPT?", "capability"),
    ],
)
def test_orders_to_be_told_are_questions_and_deeds_are_none(text: str, act: str) -> None:
    assert read_message(Question(text=text), model()).act == act
