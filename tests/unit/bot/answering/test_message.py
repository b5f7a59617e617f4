"""From what the model says of a message to what the message does and asks."""

from collections.abc import Sequence

import numpy as np
import pytest

from aspire_bot.answering.message.encode import MOST_OF_MESSAGE
from aspire_bot.answering.message.message import MOST_ASKED, Message, is_for_us, read_message
from aspire_bot.answering.message.prepare import shortened
from aspire_bot.answering.message.things.pieces import Piece
from aspire_bot.answering.message.types import ACTS, LABELS, Label, MessageReading
from aspire_bot.answering.types import Act, Place, Question, Turn

HISTORY = (Turn(role="user", text="When is the meeting?"),)


class Saying:
    """Says what a test wants it to: chances of acts, and a label for each piece."""

    def __init__(self, acts: dict[Act, float], labels: Sequence[Label]) -> None:
        self._acts = np.array([acts.get(act, 0.0) for act in ACTS], np.float32)
        self._labels = labels

    def read(
        self, text: str, pieces: Sequence[Piece], place: Place, history: Sequence[Turn]
    ) -> MessageReading:
        del text, place, history
        assert len(pieces) == len(self._labels), pieces
        rows = [[float(label == one) for one in LABELS] for label in self._labels]
        return MessageReading(acts=self._acts, labels=np.array(rows, np.float32))


def _read(
    text: str, labels: Sequence[Label], history: Sequence[Turn] = (), **acts: float
) -> Message:
    chances: dict[Act, float] = {name.replace("_", "-"): value for name, value in acts.items()}  # pyright: ignore[reportAssignmentType]
    return read_message(Question(text=text, history=tuple(history)), Saying(chances, labels))


def test_what_asks_is_taken_out_of_what_stands_around_it() -> None:
    text = "Hi team, my name: Alex. Tell me the deadline? Best regards"
    labels: list[Label] = ["other", "other", "other", "begins", "other"]
    message = _read(text, labels, question=1.0)
    assert message.asks == ("Tell me the deadline?",)
    assert "Alex" in message.rest


def test_things_asked_in_one_sentence_share_its_words() -> None:
    message = _read("樫公募の締切と予算は?", ["begins", "goes on"], question=1.0)
    assert message.full == ("樫公募の締切", "樫公募の予算は?")
    assert message.of_some(("予算は?",), "").full == ("樫公募の予算は?",)
    assert message.of_some(("様式は?",), "").full == ("様式は?",)
    apart = _read("樫公募の締切は? 予算は?", ["begins", "begins"], question=1.0)
    assert apart.full == ("樫公募の締切は?", "予算は?")


def test_pieces_that_go_on_belong_together_and_joints_to_nobody() -> None:
    text = "who can apply and by when"
    message = _read(text, ["begins", "begins"], question=1.0)
    assert message.asks == ("who can apply", "by when")
    # what goes on with nothing begins something
    assert _read(text, ["other", "goes on"], question=1.0).asks == ("by when",)


@pytest.mark.parametrize(
    ("text", "labels", "asks"),
    [
        ("alto-n second call: how much does it pay", ["begins"] * 2, ()),
        ("ALTO vs BRIO: is there an interview?", ["begins"] * 2, ()),
        ("ALTO rules, 2nd edition: how many days off?", ["begins", "other", "begins"], ()),
        ("アルト：締切は?", ["begins", "begins"], ()),
        ("アルト（若手）：月額は?", ["other", "begins", "begins"], ()),
        (
            "ALTO 2026: who reads it, and when are the talks?",
            ["begins", "begins", "begins"],
            ("ALTO 2026: who reads it", "ALTO 2026: when are the talks?"),
        ),
        # what leads from one thing to the next names nothing
        ("also: who reads it?", ["begins"], ("who reads it?",)),
        ("one more thing: who reads it?", ["other", "begins"], ("who reads it?",)),
        (
            "PS: who reads it, and who pays?",
            ["other", "begins", "begins"],
            ("who reads it", "who pays?"),
        ),
        ("not urgent: who reads it?", ["other", "begins"], ("who reads it?",)),
        ("追伸：締切は?", ["other", "begins"], ("締切は?",)),
        ("あと：締切は?", ["other", "begins"], ("締切は?",)),
        # what asks is no heading, nor is what nobody would take up
        ("Who pays: does ALTO?", ["begins", "begins"], ("Who pays", "does ALTO?")),
        ("ALTO pays. It ends: when?", ["other", "begins", "begins"], ("It ends: when?",)),
    ],
)
def test_what_heads_a_question_asks_nothing_itself(
    text: str, labels: Sequence[Label], asks: tuple[str, ...]
) -> None:
    assert _read(text, labels, question=1.0).asks == (asks or (text,))


def test_a_question_of_which_no_piece_is_sure_to_ask_is_its_likeliest_sentence() -> None:
    message = _read("Thanks a lot. The deadline", ["other", "other"], question=1.0)
    assert len(message.asks) == 1


def test_what_is_asked_beyond_the_most_is_named_as_unread() -> None:
    text = ", ".join(f"the {n}th rule" for n in range(1, 8))
    labels: list[Label] = ["begins"] * 7
    message = _read(text, labels, question=1.0)
    assert len(message.asks) == MOST_ASKED
    assert message.unread == ("the 6th rule", "the 7th rule")


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ({"greeting": 0.6, "question": 0.4}, "question"),
        ({"greeting": 0.9, "question": 0.1}, "greeting"),
        ({"off_topic": 0.9, "question": 0.1}, "question"),
        ({"off_topic": 0.98, "question": 0.02}, "off-topic"),
        ({"chatter": 0.5, "follow_up": 0.3, "question": 0.2}, "follow-up"),
    ],
)
def test_a_search_for_small_talk_costs_less_than_small_talk_to_a_question(
    acts: dict[str, float], expected: Act
) -> None:
    assert _read("so", ["begins"], HISTORY, **acts).act == expected


def test_without_a_conversation_there_is_nothing_to_follow() -> None:
    assert _read("Where?", ["begins"], follow_up=1.0).act == "question"
    assert _read("Where?", ["begins"], HISTORY, follow_up=1.0).act == "follow-up"


def test_an_unclear_question_is_asked_back_and_other_unclear_words_are_not() -> None:
    asked = _read("And it?", ["other"], unclear=1.0)
    assert (asked.is_asked_back, asked.is_tried, asked.rest) == (True, True, "")
    lost = _read("hm", ["other"], unclear=1.0)
    assert (lost.act, lost.is_searched, lost.is_tried) == ("unclear", False, False)


@pytest.mark.parametrize(
    ("acts", "is_tried"),
    [
        ({"off_topic": 1.0}, True),
        ({"request_action": 0.94, "question": 0.06}, True),
        ({"request_action": 0.99, "question": 0.01}, False),
        ({"greeting": 0.94, "question": 0.06}, False),
        ({"question": 1.0}, False),
    ],
)
def test_what_may_be_a_question_is_tried(acts: dict[str, float], *, is_tried: bool) -> None:
    assert _read("so", ["begins"], (), **acts).is_tried is is_tried


def test_what_was_not_addressed_to_the_bot_must_surely_be_for_it() -> None:
    sure = _read("The deadline", ["begins"], question=0.95, chatter=0.05)
    assert is_for_us(sure, "The deadline")
    assert not is_for_us(sure, "@Ken The deadline")
    assert not is_for_us(sure, "<@U1> The deadline")
    unsure = _read("The deadline", ["begins"], question=0.75, chatter=0.25)
    assert not is_for_us(unsure, "The deadline")


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Hello!", "greeting"),
        ("ありがとうございます。", "thanks"),
        ("Hello, who leads it?", "question"),
    ],
)
def test_without_the_model_all_but_the_shortest_words_is_a_question(text: str, act: Act) -> None:
    assert read_message(Question(text=text), None).act == act


@pytest.mark.parametrize(
    ("text", "labels", "asks"),
    [
        # words that only lead to a question
        (
            "can u pls tell me who signs it",
            ["begins", "goes on", "goes on", "begins"],
            ("who signs it",),
        ),
        ("質問です。締切はいつですか。", ["begins", "begins"], ("締切はいつですか。",)),
        # the verb of a statement
        (
            "They say it was the dean. Who signs it?",
            ["other", "begins", "begins"],
            ("Who signs it?",),
        ),
        # what is named, and then asked about
        (
            "annual report - when is it due?",
            ["begins", "begins"],
            ("annual report - when is it due?",),
        ),
        ("審査の件、誰がやるの?", ["other", "begins"], ("審査の件、誰がやるの?",)),
        # each question word after a comma, each entry of a list
        (
            "who pays, how much, and by when?",
            ["begins", "goes on", "goes on"],
            ("who pays", "how much", "by when?"),
        ),
        (
            "会場はどこで、定員は何名ですか",
            ["begins", "goes on"],
            ("会場はどこで", "定員は何名ですか"),
        ),
        ("- page limit\n- font size", ["begins", "goes on"], ("page limit", "font size")),
        ("① 様式 ② 提出先", ["begins", "begins"], ("様式", "提出先")),
        ("Who pays? いくらですか", ["begins", "goes on"], ("Who pays?", "いくらですか")),
        # in plain words
        ("WHO SIGNS THE CONTRACT???", ["begins"], ("who signs the contract?",)),
        (
            "提出先をご教示いただけますと幸いです。",
            ["begins"],
            ("提出先を教えてください。",),
        ),
    ],
)
def test_each_thing_asked_is_taken_in_plain_words(
    text: str, labels: list[Label], asks: tuple[str, ...]
) -> None:
    assert _read(text, labels, question=1.0).asks == asks


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("👍", "feedback-positive"),
        (":tada: :tada:", "feedback-positive"),
        ("🤔", "unclear"),
        ("...", "unclear"),
        ("\u200b", "unclear"),
        ("```x = 1```", "unclear"),
        ("https://example.org/a", "unclear"),
    ],
)
def test_a_message_without_words_asks_nothing(text: str, act: Act) -> None:
    message = _read(text, [], question=1.0)
    assert (message.act, message.asks) == (act, ())


def test_of_a_long_message_what_asks_is_read_wherever_it_stands() -> None:
    filler = "We had many meetings that year. " * 60
    text = f"Dear office. {filler}Who signs the contract? {filler}Best regards."
    short = shortened(text)
    assert len(short) <= MOST_OF_MESSAGE
    assert all(one in short for one in ("Dear office.", "Who signs the contract?", "Best regards."))
    assert shortened("あ" * 5_000) == "あ" * MOST_OF_MESSAGE


@pytest.mark.parametrize(
    ("text", "labels", "asks"),
    [
        (
            "Which calls are open and which deadlines are near?",
            ["begins", "begins", "begins", "goes on"],
            ("Which calls are open", "which deadlines are near?"),
        ),
        (
            "What is the Larch call and when does it close?",
            ["begins", "other"],
            ("What is the Larch call", "when does it close?"),
        ),
        (
            "How much is paid, and which fields are open?",
            ["begins", "other", "other"],
            ("How much is paid", "which fields are open?"),
        ),
        (
            "Tell me who signs, and when we met I forgot it.",
            ["begins", "begins", "other"],
            ("who signs",),
        ),
    ],
)
def test_the_form_of_a_piece_puts_its_label_right(
    text: str, labels: list[Label], asks: tuple[str, ...]
) -> None:
    assert _read(text, labels, question=1.0).asks == asks


@pytest.mark.parametrize(
    ("text", "labels", "asks"),
    [
        # what adds a thing of the same rank
        (
            "Show me the open calls as well as the cost rules.",
            ["begins", "other"],
            ("Show me the open calls", "the cost rules."),
        ),
        (
            "Show me the ceiling as well as how we pay",
            ["begins", "goes on"],
            ("Show me the ceiling", "how we pay"),
        ),
        (
            "When is it due plus the printer is broken again",
            ["begins", "other", "other"],
            ("When is it due",),
        ),
        # years that are compared in what is asked
        (
            "R7年度とR8年度で言語は変わりますか",
            ["begins", "begins"],
            ("R7年度とR8年度で言語は変わりますか",),
        ),
        # a date, and something else
        ("締切と上限額は?", ["begins", "goes on"], ("締切", "上限額は?")),
        ("審査基準と面接の日程", ["begins", "goes on"], ("審査基準", "面接の日程")),
        ("締切と面接の日程", ["begins", "goes on"], ("締切と面接の日程",)),
        ("様式と宛先", ["begins", "goes on"], ("様式と宛先",)),
        # two attributes of one thing
        ("樫公募の締切と研究期間は?", ["begins", "goes on"], ("樫公募の締切", "研究期間は?")),
        (
            "会議の司会、参加者を教えて",
            ["begins", "goes on"],
            ("会議の司会", "参加者を教えて"),
        ),
        ("楓分野と樫分野の締切は?", ["begins"], ("楓分野と樫分野の締切は?",)),
        ("誰と、どこで会うの?", ["begins", "goes on"], ("誰", "どこで会うの?")),
        ("締切は様式と同じ日?", ["begins"], ("締切は様式と同じ日?",)),
        ("and so far this year", ["begins"], ("so far this year",)),
    ],
)
def test_two_things_that_a_word_joins_are_two(
    text: str, labels: list[Label], asks: tuple[str, ...]
) -> None:
    assert _read(text, labels, question=1.0).asks == asks


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        # when or why something is asked
        ("When the call opens, who may apply for it?", ["begins", "begins"]),
        ("If a plan goes abroad, is it paid by the office?", ["begins", "begins"]),
        (
            "Although we are few, how many plans may we hand in?",
            ["begins", "goes on", "begins", "goes on"],
        ),
        ("応募する際に、推薦状は必要ですか", ["begins", "begins"]),
        ("採択された場合、契約はいつですか", ["begins", "begins"]),
        ("樫公募に応募したいのですが、様式は募集してますか？", ["begins", "begins"]),
        # of what it is asked
        ("樫分野の報告会、次回はいつどこで？", ["begins", "begins"]),
        # the same in another way
        ("様式は要りますか？それとも図だけ？", ["begins", "begins"]),
        ("Is the form needed? Or only the plan?", ["begins", "begins"]),
    ],
)
def test_what_belongs_to_one_question_is_one_thing_asked(text: str, labels: list[Label]) -> None:
    assert _read(text, labels, question=1.0).asks == (text,)


@pytest.mark.parametrize(
    ("text", "labels", "asks"),
    [
        ("when does it open, who may apply?", ["begins", "begins"], 2),
        ("if a plan goes on, and does the end move?", ["begins", "begins"], 2),
        ("締切を知りたいのですが、様式はどこですか", ["begins", "begins"], 2),
        ("締切、次回はいつ？", ["begins", "begins"], 2),
    ],
)
def test_what_asks_something_of_its_own_stays_apart(
    text: str, labels: list[Label], asks: int
) -> None:
    assert len(_read(text, labels, question=1.0).asks) == asks


@pytest.mark.parametrize(
    ("text", "labels", "asks"),
    [
        (
            "He told me of a call, I forgot which one it was. is the Larch call open?",
            ["other", "other", "begins", "goes on", "begins"],
            ("is the Larch call open?",),
        ),
        (
            "どの件か忘れました。樫公募の締切は？今後ともよろしくお願いします。",
            ["begins", "begins", "begins"],
            ("樫公募の締切は？",),
        ),
        (
            "カナダの先生と会う予定です。締切はいつですか？",
            ["begins", "other", "begins"],
            ("締切はいつですか？",),
        ),
        ("ok and when does Larch open", ["begins", "begins"], ("when does Larch open",)),
        (
            "あ、次世代の様式は？",
            ["begins", "begins"],
            ("次世代の様式は？",),
        ),
        (
            "様式は要りますか。図のことも確認したいです。",
            ["begins", "begins"],
            ("様式は要りますか。", "図のことも確認したいです。"),
        ),
        # told behind a question
        (
            "who pays for it? anyway the train was late",
            ["begins", "begins", "goes on"],
            ("who pays for it?",),
        ),
        (
            "who pays for it? and may partners travel",
            ["begins", "begins"],
            ("who pays for it?", "may partners travel"),
        ),
        # leads to the words of others
        ("【転送】\n様式は要りますか", ["begins", "begins"], ("様式は要りますか",)),
        (
            "様式は要りますか\n上記、分かりますか",
            ["begins", "goes on", "begins"],
            ("様式は要りますか 上記",),
        ),
        ("えっと、様式は要りますか", ["begins", "begins"], ("様式は要りますか",)),
        ("ところで様式は要りますか", ["begins"], ("様式は要りますか",)),
        ("FYI, forwarded below\nwho pays?", ["begins", "begins", "begins"], ("who pays?",)),
        (
            "I forgot the form. I don't know when the talk is. who pays?",
            ["other", "other", "begins", "goes on", "begins"],
            ("when the talk is.", "who pays?"),
        ),
    ],
)
def test_what_only_tells_something_is_not_asked(
    text: str, labels: list[Label], asks: tuple[str, ...]
) -> None:
    assert _read(text, labels, question=1.0).asks == asks


def test_a_mere_please_asks_what_stands_before_it() -> None:
    text = "my boss asked me. contact of the office please"
    message = _read(text, ["other", "other", "goes on"], question=1.0)
    assert message.asks == ("contact of the office please",)


@pytest.mark.parametrize(
    ("text", "labels", "asks"),
    [
        # words of others, and what stands in brackets
        (
            "「様式は一枚」とのことですが、図は別紙でも可能ですか？",
            ["begins", "other", "begins"],
            ("様式は一枚」とのことですが、図は別紙でも可能ですか？",),
        ),
        (
            "Does the guide (the new one) cover childcare?",
            ["begins", "other", "goes on"],
            ("Does the guide (the new one) cover childcare?",),
        ),
        (
            "「様式は要るか」「図は要るか」の2点、分かりますか",
            ["begins", "goes on", "goes on", "goes on"],
            ("様式は要るか", "図は要るか」、分かりますか"),
        ),
        # what heads a mail
        (
            "Subject: visa\n\nHi,\nWho writes the letter?",
            ["other", "goes on", "begins", "begins"],
            ("Who writes the letter?",),
        ),
        ("件名：様式\n提出先は？", ["other", "begins", "begins"], ("提出先は？",)),
    ],
)
def test_what_others_said_and_what_heads_a_mail_asks_nothing_by_itself(
    text: str, labels: list[Label], asks: tuple[str, ...]
) -> None:
    assert _read(text, labels, question=1.0).asks == asks


@pytest.mark.parametrize(
    ("text", "labels", "expected"),
    [
        ("who can apply and by when", ("begins", "begins"), True),
        ("Who can apply? By when?", ("begins", "begins"), False),
        ("who can apply? and by when", ("begins", "begins"), False),
        ("1. who can apply 2. who signs", ("other", "begins", "begins"), False),
        ("who can apply\nwho signs", ("begins", "begins"), False),
    ],
)
def test_one_sentence_may_be_one_question(
    text: str, labels: tuple[Label, ...], *, expected: bool
) -> None:
    message = _read(text, labels, question=1.0)
    assert len(message.asks) == 2
    assert message.is_one_sentence is expected


def test_some_of_what_is_asked_is_asked_without_the_rest() -> None:
    text = "Who signs? Who pays?"
    message = _read(text, ["begins", "begins"], question=1.0)
    assert message.whole == text
    some = message.of_some(message.asks[:1], "Who pays?")
    assert (some.asks, some.whole, some.rest) == (("Who signs?",), "", "Who pays?")


@pytest.mark.parametrize(
    ("text", "labels", "asks"),
    [
        (
            "In the FY2025 edition, who decides?",
            ["begins", "begins"],
            ("In the FY2025 edition, who decides?",),
        ),
        (
            "As of 2026, who decides, and how long before?",
            ["begins", "begins", "begins"],
            ("As of 2026, who decides", "how long before?"),
        ),
        ("For how long, and by whom?", ["begins", "begins"], ("For how long", "by whom?")),
        ("In which year, and where?", ["begins", "begins"], ("In which year", "where?")),
    ],
)
def test_what_is_but_said_beforehand_is_no_question_of_its_own(
    text: str, labels: list[Label], asks: tuple[str, ...]
) -> None:
    assert _read(text, labels, question=1.0).asks == asks


def test_things_that_are_announced_are_several_though_one_sentence_asks_them() -> None:
    text = "Two things about Rowan: who pays, and when does it end?"
    labels: list[Label] = ["begins", "begins", "begins"]
    message = _read(text, labels, question=1.0)
    assert message.asks == ("Rowan: who pays", "Rowan: when does it end?")
    assert not message.is_one_sentence
    plain = _read("Who pays, and when does it end?", labels[1:], question=1.0)
    assert plain.is_one_sentence


@pytest.mark.parametrize(
    "text",
    [
        "I'm a technician, may I lead a project?",
        "We're a small museum, how much may we get?",
        "I missed the first call, may I apply for Rowan?",
        "英国側で、学生を雇えますか。",
        "英国側では、学生を雇えますか。",
        "樫公募に応募するには、推薦状はいつまでに要りますか。",
        "学生として、代表者になれますか。",
    ],
)
def test_what_says_who_asks_or_where_belongs_to_the_question_behind_it(text: str) -> None:
    assert _read(text, ["begins", "begins"], question=1.0).asks == (text,)


def test_what_says_how_things_are_is_no_question_where_it_was_cut() -> None:
    text = "Our sponsor is abroad, who signs the form?"
    assert _read(text, ["begins", "goes on", "begins"], question=1.0).asks == (text,)


@pytest.mark.parametrize(
    "text",
    [
        "I need the page limit, what is the fee?",
        "I'm interested in the fee, who may apply?",
        "締切はいつで、予算はいくらですか。",
        "予算、期間は？",
    ],
)
def test_what_is_asked_itself_does_not(text: str) -> None:
    assert len(_read(text, ["begins", "begins"], question=1.0).asks) == 2


def test_what_stands_in_brackets_behind_a_question_is_no_question() -> None:
    labels: list[Label] = ["begins", "begins", "begins", "begins"]
    message = _read("Who signs the form (T-4)? When is it due (T-3)?", labels, question=1.0)
    assert message.asks == ("Who signs the form (T-4)?", "When is it due (T-3)?")
    message = _read("署名するのは誰ですか(T-4)。", labels[:2], question=1.0)
    assert message.asks == ("署名するのは誰ですか(T-4)。",)
    message = _read("Who signs the form (and when)?", labels[:2], question=1.0)
    assert len(message.asks) == 2
