"""What takes a value back is said before the value; nothing else is."""

from dataclasses import replace

import pytest
from tests.unit.bot.answering.made import evidence, in_one_passage, info

from aspire_bot.answering.quotes.choose import PartSelection, Selection
from aspire_bot.answering.quotes.compose import compose, compose_parts
from aspire_bot.answering.quotes.corrections import with_corrections
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_ingest.index.text.table_rows import column_of_wrong

CALL = info("call", title="Call for proposals")
SAID = "A Large grant pays up to EUR 240,000 a year."


def _said(text: str = SAID) -> Selection:
    return Selection(evidence=(evidence(text, CALL, passage_id="call"),))


def _notice(
    *sentences: str, title: str = "Correction to the call", language: str = "en"
) -> list[Evidence]:
    about = info("notice", title=title, language=language)
    join = "" if language == "ja" else " "
    found = in_one_passage(join.join(sentences), *((one, -5.0) for one in sentences))
    return [replace(one, passage=replace(one.passage, document=about)) for one in found]


@pytest.mark.parametrize(
    "sentences",
    [
        (
            "In section 2 the maximum of a Large grant was given as EUR 240,000.",
            "The correct amount is EUR 255,000.",
        ),
        ("For a Large grant the call should read EUR 255,000 instead of EUR 240,000.",),
        ("The maximum of a Large grant is corrected from EUR 240,000 to EUR 255,000 a year.",),
        ("The call wrongly states EUR 240,000 for a Large grant; it is EUR 255,000.",),
    ],
)
def test_a_notice_that_takes_the_value_back_is_said_with_what_holds(
    sentences: tuple[str, ...],
) -> None:
    corrected = with_corrections(_said(), _notice(*sentences))
    assert [one.text for one in corrected.corrections] == list(sentences)
    assert [one.text for one in corrected.evidence] == [SAID]


@pytest.mark.parametrize(
    "sentences",
    [
        ("公募要領でLarge型の上限を240,000ユーロとしたのは誤りで、正しくは255,000ユーロです。",),
        ("Large型の上限額は240,000ユーロではなく255,000ユーロです。",),
        ("Large型の上限額：誤)240,000ユーロ 正)255,000ユーロ",),
    ],
)
def test_a_notice_in_another_language_counts_by_its_value(sentences: tuple[str, ...]) -> None:
    notice = _notice(*sentences, title="公募要領の訂正について", language="ja")
    assert [one.text for one in with_corrections(_said(), notice).corrections] == list(sentences)


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Correction", "A Small grant was given as EUR 60,000."),  # another value
        ("Correction", "The correct amount of a Large grant is EUR 240,000 a year."),  # it holds
        ("Report", "A Large grant pays EUR 255,000 instead of EUR 240,000."),  # no correction
        ("Correction", "Travel of guests was given as EUR 240,000."),  # of another thing
    ],
)
def test_what_takes_nothing_of_it_back_is_not_said(title: str, sentence: str) -> None:
    assert with_corrections(_said(), _notice(sentence, title=title)) == _said()


def test_days_are_corrected_as_amounts_are() -> None:
    said = _said("Large grants close on 15 March 2027.")
    notice = _notice("The closing date of Large grants was printed as 15 March 2027 by mistake.")
    assert with_corrections(said, notice).corrections
    assert not with_corrections(_said("Large grants close on 16 March 2027."), notice).corrections


def test_what_is_said_already_is_not_said_twice() -> None:
    notice = _notice("A Large grant was wrongly given as EUR 240,000.", "It should be EUR 255,000.")
    wrong = evidence(SAID, CALL, passage_id="call")
    corrected = with_corrections(Selection(evidence=(notice[1], wrong)), notice)
    assert corrected.corrections == tuple(notice)
    assert corrected.evidence == (wrong,)
    alone = Selection(evidence=tuple(notice))
    assert with_corrections(alone, notice) == alone


def test_the_correction_is_read_first_and_has_the_first_marker() -> None:
    notice = _notice("A Large grant was wrongly given as EUR 240,000.", "It should be EUR 255,000.")
    text, citations = compose(with_corrections(_said(), notice), "en", first=3)
    assert text.split("\n") == [
        "There is a correction:",
        "A Large grant was wrongly given as EUR 240,000. [3] It should be EUR 255,000. [4]",
        "The text that it corrects says:",
        f"{SAID} [5]",
    ]
    assert [one.marker for one in citations] == [3, 4, 5]


def test_a_notice_older_than_what_is_said_corrects_nothing_of_it() -> None:
    notice = _notice("A Large grant was wrongly given as EUR 240,000.", "It should be EUR 255,000.")

    def corrected(of_notice: str, of_call: str) -> bool:
        about = info("notice", title="Correction", published=of_notice)
        found = [replace(one, passage=replace(one.passage, document=about)) for one in notice]
        call = info("call", published=of_call)
        said = Selection(evidence=(evidence(SAID, call, passage_id="call"),))
        return bool(with_corrections(said, found).corrections)

    assert corrected("2026-11-16", "2026-10-05")
    assert corrected("2026-11-16", "2026-11")
    assert corrected("2026", "2026-10-05")
    assert not corrected("2025-11-16", "2026-10-05")
    assert not corrected("2025", "2026")


def test_one_correction_of_two_things_asked_is_said_once() -> None:
    notice = _notice("A Large grant was wrongly given as EUR 240,000.", "It should be EUR 255,000.")
    parts = [
        PartSelection(selection=with_corrections(_said(text), notice), asks=(ask,))
        for text, ask in (
            (SAID, "How much is it?"),
            ("A Large grant of EUR 240,000 runs for four years.", "How long does it run?"),
        )
    ]
    text, citations = compose_parts(parts, (), "en")
    assert text.count("wrongly given") == 1
    assert [one.marker for one in citations] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "title",
    [
        *("Correction", "Erratum", "Errata", "Corrigendum", "An error", "A mistake", "Misprint"),
        *(
            "What was wrong",
            "Incorrect amount",
            "Erroneous amount",
            "訂正",
            "正誤表",
            "お詫び",
            "誤記",
        ),
    ],
)
def test_a_notice_is_known_by_what_it_is_called(title: str) -> None:
    assert with_corrections(
        _said(), _notice("A Large grant was given as EUR 240,000.", title=title)
    ).corrections


_VERBS = ["given", "stated", "printed", "shown", "listed", "published", "quoted", "announced"]
_BY_MISTAKE = ("wrongly", "incorrectly", "mistakenly", "erroneously", "by mistake", "in error")


@pytest.mark.parametrize(
    "sentence",
    [
        *(f"A Large grant was {verb} as EUR 240,000." for verb in _VERBS),
        *(f"A Large grant was given {how} as EUR 240,000." for how in _BY_MISTAKE),
        *(f"The call {how} gave EUR 240,000 for a Large grant." for how in _BY_MISTAKE),
        *(
            f"A Large grant pays EUR 255,000{than} EUR 240,000."
            for than in (" instead of", " rather than", " in place of", ", not")
        ),
        "For a Large grant EUR 255,000 replaces EUR 240,000.",
        *(
            f"A Large grant is {verb} from EUR 240,000 to EUR 255,000."
            for verb in ("corrected", "changed", "amended")
        ),
        "Large grant: for EUR 240,000 read EUR 255,000.",
        "Large grant: for EUR 240,000, please read EUR 255,000.",
    ],
)
def test_a_value_is_taken_back_in_any_of_these_words(sentence: str) -> None:
    assert with_corrections(_said(), _notice(sentence)).corrections


@pytest.mark.parametrize(
    "sentence",
    [
        *(
            f"上限を240,000ユーロ{said}のは誤りでした。"
            for said in ("とある", "とした", "と記載した")
        ),
        *(f"240,000ユーロは255,000ユーロ{said}。" for said in ("の誤りです", "に訂正します")),
        *(f"240,000ユーロを255,000ユーロ{said}ます。" for said in ("に修正し", "に改め")),
        "誤：240,000ユーロ　正：255,000ユーロ",
        "上限は240,000ユーロではなく255,000ユーロです。",
        "上限を240,000ユーロと誤って記載しました。",
        "上限を240,000ユーロと誤記しました。",
    ],
)
def test_a_value_is_taken_back_in_japanese(sentence: str) -> None:
    notice = _notice(sentence, title="公募要領について", language="ja")
    about = [
        replace(
            one,
            passage=replace(one.passage, document=info("n", title="訂正のお知らせ", language="ja")),
        )
        for one in notice
    ]
    assert with_corrections(_said(), about).corrections


@pytest.mark.parametrize(
    "goes_on",
    [
        *(
            "The correct amount is EUR 255,000.",
            "EUR 255,000 is right.",
            "It should be EUR 255,000.",
        ),
        *("Read EUR 255,000 instead.", "It is now EUR 255,000."),
    ],
)
def test_what_holds_is_said_with_it(goes_on: str) -> None:
    notice = _notice("A Large grant was given as EUR 240,000.", goes_on)
    assert len(with_corrections(_said(), notice).corrections) == 2


def test_a_next_sentence_that_says_nothing_of_it_is_left_out() -> None:
    notice = _notice("A Large grant was given as EUR 240,000.", "A Small one pays EUR 60,000.")
    assert len(with_corrections(_said(), notice).corrections) == 1
    notice = _notice("A Large grant was given as EUR 240,000.", "We should have seen it.")
    assert len(with_corrections(_said(), notice).corrections) == 1


@pytest.mark.parametrize(
    ("headers", "column"),
    [
        (["Where", "Wrong", "Correct"], 1),
        (["項目", "誤", "正"], 1),
        (["正", "誤"], 1),
        (["", "変更前", "変更後"], 1),
        (["As published", "Should read"], 0),
        (["Old deadline", "New deadline"], None),
        (["誤", "備考"], None),
        (["Scheme", "Amount", "Deadline"], None),
    ],
)
def test_a_table_of_corrections_has_a_column_of_what_was_wrong(
    headers: list[str], column: int | None
) -> None:
    assert column_of_wrong(headers) == column
