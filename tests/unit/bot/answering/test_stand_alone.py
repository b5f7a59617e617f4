"""A follow-up as a question that stands alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_bot.answering.message.follow_up.stand_alone import completed


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        # what "it" means
        ("When was the annual review held?", "who led it?", "who led the annual review?"),
        ("Who signs the contract?", "And when is it due?", "And when is the contract due?"),
        ("応募要領の改訂はいつですか", "それは誰が決めた?", "応募要領の改訂は誰が決めた?"),
        # another question word
        ("When was the annual review held?", "Where?", "Where was the annual review held?"),
        ("Where is the form kept?", "since when", "since when is the form kept?"),
        ("報告会はいつ開かれましたか", "どこで?", "報告会はどこで開かれましたか"),
        ("報告会はいつでしたか", "どこで?", "報告会はどこでしたか"),
        ("報告会はどこですか", "いつからですか", "報告会はいつですか"),
        ("助成金はいくらまで出ますか", "じゃあ、いつまで?", "助成金はいつまで出ますか"),
        # something of what was asked about
        ("中間評価はいつですか", "評価者は?", "中間評価の評価者は?"),
        ("中間評価はいつ", "評価者は誰ですか", "中間評価の評価者は誰ですか"),
        # another one of the same kind
        ("When was the pilot call opened?", "and the main call?", "When was the main call opened?"),
        (
            "Who chaired the soil panel?",
            "sorry, I meant the water panel",
            "Who chaired the water panel?",
        ),
        ("How much can French teams get?", "and Dutch teams?", "How much can Dutch teams get?"),
        (
            "When was the soil kick-off?",
            "what about the water one?",
            "When was the water kick-off?",
        ),
        ("通信分野の報告会はいつでしたか", "宇宙分野は?", "宇宙分野の報告会はいつでしたか"),
        (
            "When was the soil field meeting?",
            "sorry, I meant the water one",
            "When was the water field meeting?",
        ),
        (
            "When was the annual soil meeting?",
            "and the water one?",
            "When was the annual water meeting?",
        ),
        ("Who leads the soil area?", "the water one", "Who leads the water area?"),
        (
            "When is the Dutch deadline of the pilot call?",
            "sorry, the Belgian one",
            "When is the Belgian deadline of the pilot call?",
        ),
        ("When was the 2025 workshop?", "oops, 2024", "When was the 2024 workshop?"),
        ("How many won under Spark?", "sorry Beam", "How many won under Beam?"),
        ("報告会の主催者は?", "その方の所属は?", "報告会の主催者の所属は?"),
        ("日英共同公募の締切は", "間違えました、日独です", "日独共同公募の締切は"),
        ("日英共同公募の締切は", "日独のほうは?", "日独共同公募の締切は"),
        ("樫分野の報告会はいつでしたか", "では司会は?", "樫分野の報告会の司会は?"),
        # what a question with "does" is about
        ("What does Larch stand for?", "and who runs it?", "and who runs Larch?"),
        ("What is the Larch call about?", "is it open?", "is the Larch call open?"),
        ("What does the Larch call cover?", "who funds it?", "who funds the Larch call?"),
        ("通信の報告会はいつでしたか", "じゃあ宇宙は?", "宇宙の報告会はいつでしたか"),
        ("通信分野の報告会はいつ?", "すみません、宇宙分野の間違いです", "宇宙分野の報告会はいつ?"),
        ("北海道側の窓口は誰ですか", "京都側は?", "京都側の窓口は誰ですか"),
        ("通信分野では何件ですか", "宇宙分野では?", "宇宙分野では何件ですか"),
        ("How much does ALTO pay a team?", "and BRIO?", "How much does BRIO pay a team?"),
        ("How much does ALTO pay a team?", "BRIO-N?", "How much does BRIO-N pay a team?"),
        ("Does ALTO ask PhD students?", "what about BRIO", "Does BRIO ask PhD students?"),
        ("Until when is ALTO of FY2026 open?", "BRIO?", "Until when is BRIO of FY2026 open?"),
        ("ALTOの共同チーム助成の上限額は?", "BRIOは?", "BRIOの共同チーム助成の上限額は?"),
        ("ALTOの面接はいつですか", "BRIOの場合は?", "BRIOの面接はいつですか"),
        # of something else, what the question named an attribute of
        ("What is the venue of the review?", "and the chair?", "Who is the chair of the review?"),
        ("Who is the chair of the review?", "and its venue?", "What is the venue of the review?"),
        ("What is the fee of the pilot call?", "is it open?", "is the pilot call open?"),
        ("Who chaired the annual meeting?", "When?", "When was the annual meeting held?"),
        ("Who spoke at the soil workshop?", "where was that?", "where was the soil workshop held?"),
        (
            "Who gave a short talk at the soil workshop?",
            "and when?",
            "when was the soil workshop held?",
        ),
        ("報告会の講師は誰ですか", "いつ?", "報告会はいつですか"),
        ("報告会の会場はどこですか", "何人?", "報告会は何人ですか"),
        ("報告会の参加者は誰ですか", "何人?", "報告会の参加者は何人ですか"),
        ("試行公募の締切はいつですか", "上限額は?", "試行公募の上限額は?"),
        ("締切はいつですか", "上限額は?", "上限額は?"),
        ("試行公募では誰が応募できますか", "いつまでに?", "試行公募ではいつまでに応募できますか"),
        ("報告会では何が話されましたか", "それは誰の提案?", "報告会は誰の提案?"),
        ("報告会はいつですか", "その司会はどなたですか", "報告会の司会はどなたですか"),
        ("報告会はいつですか。", "その司会はどなたですか。", "報告会の司会はどなたですか。"),
        ("報告会の会場はどこですか", "その日程は?", "報告会の日程は?"),
        ("報告会の開催日", "司会者", "報告会の司会者"),
        ("報告会の開催日を教えてください", "会場は?", "報告会の会場は?"),
        # in the same place
        ("Can we hire a nurse?", "and a driver?", "Can we hire a driver?"),
        ("Who pays for a long stay?", "for a short one?", "Who pays for a short stay?"),
        ("Is childcare covered?", "Meals too?", "Are meals covered?"),
        ("How many won in the soil field?", "and water?", "How many won in the water field?"),
        ("When does the Dutch call close?", "what about Spain?", "When does the Spain call close?"),
        ("保育費は出ますか", "食費は?", "食費は出ますか"),
        ("看護師を雇えますか", "運転手は?", "運転手を雇えますか"),
        ("試行公募は受付中ですか", "締切は?", "試行公募の締切は?"),
        ("Who can join the pilot call?", "since when?", "since when can one join the pilot call?"),
        # another time
        ("How many were chosen in FY2021?", "And in FY2022?", "How many were chosen in FY2022?"),
        ("2021年度の採択率は?", "2022年度は?", "2022年度の採択率は?"),
    ],
)
def test_a_follow_up_is_completed(before: str, text: str, whole: str) -> None:
    assert completed(before, text) == whole


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("How much can a team get?", "And the Dutch side?"),
        ("When was the annual review held?", "司会は誰?"),
        ("中間評価はいつですか", "何人来たの?"),
        # it may be what the follow-up names itself
        ("Who signs the contract?", "if the report is late, when is it due?"),
        ("Thanks", "who led it?"),
        # it may be what something is done to
        ("Does the Larch call accept foreign partners?", "could they pay?"),
        ("報告会の開催日を教えてください", "来週の天気は?"),
        # two names, or none, to stand in the place of
        ("Do ALTO and BRIO pay teams?", "CELLO?"),
        ("Who pays teams?", "CELLO?"),
        ("Does ALTO pay teams?", "PI?"),
        ("Does ALTO pay teams?", "FAQ?"),
        # nothing leads to it as to a name
        ("Is childcare covered?", "Really?"),
        ("How many won in the soil field?", "details?"),
        ("試行公募では誰が応募できますか", "企業も?"),
    ],
)
def test_what_has_no_sure_form_is_left_as_it_is(before: str, text: str) -> None:
    assert completed(before, text) is None


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_are_taken(before: str, text: str) -> None:
    whole = completed(before, text)
    assert whole is None or whole


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        (
            "量子分野の研究主幹は誰ですか",
            "すみません、量子ではなく半導体でした",
            "半導体分野の研究主幹は誰ですか",
        ),
        ("旅費は出ますか", "旅費じゃなくて宿泊費のほうです。", "宿泊費は出ますか"),
        (
            "Who leads the quantum field?",
            "I meant not quantum but energy",
            "Who leads the energy field?",
        ),
        (
            "Who leads the quantum field?",
            "energy instead of quantum",
            "Who leads the energy field?",
        ),
        ("How long is a stay in Kobe?", "no, not Kobe, but Nara!", "How long is a stay in Nara?"),
        ("How long is a stay in Kobe?", "Sorry, not Kobe, Nara", "How long is a stay in Nara?"),
        ("How long is a stay in Kobe?", "no I meant Nara, not Kobe", "How long is a stay in Nara?"),
        ("How long is a stay in Kobe?", "Nara, not Kobe, sorry", "How long is a stay in Nara?"),
        (
            "When is the AMED deadline?",
            "Sorry, I meant the Canadian, not the AMED one",
            "When is the Canadian deadline?",
        ),
    ],
)
def test_who_names_both_has_one_in_the_place_of_the_other(
    before: str, text: str, whole: str
) -> None:
    assert completed(before, text) == whole


def test_a_question_that_denies_corrects_nothing() -> None:
    assert completed("What is paid?", "is it not paid, but lent?") != "What is lent?"
    assert completed("Who leads it?", "not the head, but the deputy") is None
