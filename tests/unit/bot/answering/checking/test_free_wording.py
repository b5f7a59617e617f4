"""True statements in words of their own, and lies beside them that rules alone must tell."""

import pytest
from tests.unit.bot.answering import made
from tests.unit.bot.answering.checking.test_support import Reads, Silent, Zeros

from aspire_bot.answering.checking import Decision, Statement, Verifier
from aspire_bot.answering.checking.clauses import Clauses
from aspire_bot.answering.checking.matching import Matcher
from aspire_bot.answering.checking.reading import read
from aspire_bot.answering.checking.replaced import share_in_order
from aspire_bot.answering.checking.sources import Line, Source
from aspire_bot.answering.checking.thesaurus import Thesaurus, shipped_thesaurus
from aspire_bot.answering.message.glossary import load_glossary
from aspire_bot.answering.types import ScoredPassage
from aspire_ingest.index.text.analysis import analyze

LIBRARY = """# Reading room

The reading room is open only to members. Parcels are accepted within three working days. \
Denmark pays for the boats, and Finland lends the nets. The fee is charged once the loan has been \
approved. Copies are not sold. Norwegian groups brought lamps, ropes and a stove. \
Keys must be returned on Mon and Thu. Guests are expected to bring slippers.
"""
LIBRARY_JA = """# 閲覧室

申込書は開館日の翌日から3年間保存すること。場所は未定である。10万円未満の備品も登録する。\
C型は書面だけで審査する。貸出しは英国から始める。
"""
INDEX = made.index(
    (LIBRARY, made.info("library", title="Reading room")),
    (LIBRARY_JA, made.info("library-ja", title="閲覧室", language="ja")),
)
PROMPT = tuple(
    ScoredPassage(passage=passage, document=INDEX.documents()[name], score=1.0, rank=rank)
    for rank, (name, passage) in enumerate(
        ((name, one) for name in ("library", "library-ja") for one in INDEX.passages_of(name)), 1
    )
)
_GLOSSARY = load_glossary(None, analyze)


def decide(text: str, log_odds: float = 6.0) -> Decision:
    """Hold a statement against its passage; the model has no doubt about words, if not told to."""
    language = "en" if text.isascii() else "ja"
    number = next(n for n, one in enumerate(PROMPT, 1) if one.document.language == language)
    by = Verifier(_GLOSSARY, Zeros(), support=Reads(log_odds))
    return by.verify(
        Statement(text=text, markers=(number,)),
        PROMPT,
        question="",
        language=language,
        vectors=Silent(),
    )


@pytest.mark.parametrize(
    ("true", "lie"),
    [
        ("The reading room can only be used by members.", "The reading room is not open to members."),
        ("Parcels are taken in three working days.", "Parcels are taken in four working days."),
        ("Parcels are accepted within three working days.", "Parcels are accepted after at least three working days."),
        ("You only pay the fee after the loan was approved.", "The fee is charged if the loan has not been approved."),
        ("There are no copies for sale.", "Copies are sold."),
        ("The groups from Norway brought lamps and ropes.", "The groups from Sweden brought lamps and ropes."),
        ("Keys have to be brought back on Monday and Thursday.", "Keys must be returned on Tuesday and Thursday."),
        ("Guests will be expected to bring slippers.", "Guests must bring slippers."),
        ("Finland lends the nets, while Denmark pays for the boats.", "Finland pays for the boats, while Denmark lends the nets."),
        ("申込書は開館日の次の日から3年間、保管が必要です。", "申込書は開館日の次の日から5年間、保管が必要です。"),
        ("場所はまだ決まっていません。", "場所は本館に決まっています。"),
        ("10万円に満たない備品も登録します。", "10万円に満たない備品は登録しません。"),
        ("C型は書面のみの審査です。", "B型は書面のみの審査です。"),
    ],
)  # fmt: skip
def test_a_true_statement_is_kept_and_its_lie_is_not(true: str, lie: str) -> None:
    assert decide(true).verdict == "kept", decide(true)
    assert decide(lie).verdict == "dropped", decide(lie)


@pytest.mark.parametrize(
    ("said", "stated", "is_exchanged"),
    [
        ("Rome sends boats and Oslo nets.", "Oslo will send boats, Rome nets.", True),
        ("Oslo sends boats and Rome nets.", "Oslo will send boats, Rome nets.", False),
        ("Rome sends nets and Oslo boats.", "Oslo will send boats, Rome nets.", False),
        ("Boats are sent by Oslo, nets by Rome.", "Oslo will send boats, Rome nets.", False),
        (
            "費用は会社なら財団、学校なら組合が払う。",
            "費用は学校なら財団、会社なら組合が払う。",
            True,
        ),
        (
            "費用は会社なら組合、学校なら財団が払う。",
            "費用は学校なら財団、会社なら組合が払う。",
            False,
        ),
    ],
)
def test_two_things_are_exchanged_where_each_stands_with_what_is_the_others(
    said: str, stated: str, is_exchanged: bool
) -> None:
    language = "en" if said[0].isascii() else "ja"
    matcher = Matcher(read(said, language), [_GLOSSARY], Thesaurus([]))
    assert Clauses(matcher, [read(stated, language)]).are_exchanged() == is_exchanged


def test_a_thesaurus_gives_other_names_and_narrower_words_one_way() -> None:
    thesaurus = Thesaurus(["締め切り\t期日\tdeadlin", "<send\tsubmit\tmail"])
    assert thesaurus.others("期日") == (frozenset({"締め切り"}), frozenset({"deadlin"}))
    assert frozenset({"submit"}) in thesaurus.others("send")
    assert thesaurus.others("submit") == ()
    assert thesaurus.others("boat") == ()


@pytest.mark.parametrize(
    ("word", "other"), [("norway", "norwegian"), ("延期", "先送り"), ("期日", "deadlin")]
)
def test_the_shipped_thesaurus_knows_everyday_words(word: str, other: str) -> None:
    assert frozenset({other}) in shipped_thesaurus().others(word)


@pytest.mark.parametrize(
    ("said", "share"),
    [
        ("Parcels are accepted within three working days.", 1.0),
        ("Parcels are accepted within three sunny days.", 0.4),
        ("The fee is charged once the loan was refused.", 0.0),
        ("Boxes come later.", 0.0),
        ("Parcels.", 0.0),
    ],
)
def test_words_in_their_sources_order_tell_a_copy(said: str, share: float) -> None:
    matcher = Matcher(read(said, "en"), [_GLOSSARY], Thesaurus([]))
    source = Source(1, PROMPT[0])
    at = next(n for n, _ in enumerate(source.sentences) if "Parcels" in source.text_of(n))
    assert share_in_order(matcher, [Line(source=source, at=at, weight=1.0)]) == share


@pytest.mark.parametrize(("log_odds", "verdict"), [(1.0, "dropped"), (9.0, "kept")])
def test_another_word_in_a_copied_sentence_needs_more_than_in_free_wording(
    log_odds: float, verdict: str
) -> None:
    copied = "Norwegian groups brought lamps, ropes and a violin."
    assert decide(copied, log_odds).verdict == verdict
    assert decide("The groups that came brought a violin and lamps.", log_odds).verdict == "kept"


FOUND = made.index(
    (
        "# Sale\n\nCopies of the old plans are not sold at the desk.\n",
        made.info("sale", title="Sale"),
    ),
    (
        "# Desk\n\nWhat is sold at the desk lies beside copies of plans.\n",
        made.info("desk", title="Desk"),
    ),
)


def test_a_statement_is_not_moved_away_from_a_cited_passage_that_contradicts_it() -> None:
    prompt = tuple(
        ScoredPassage(passage=passage, document=FOUND.documents()[name], score=1.0, rank=rank)
        for rank, name in enumerate(("sale", "desk"), 1)
        for passage in FOUND.passages_of(name)
    )
    by = Verifier(_GLOSSARY, Zeros(), support=Reads(6.0))
    said = Statement(text="Copies of plans are sold at the desk.", markers=(1,))
    decision = by.verify(said, prompt, question="", language="en", vectors=Silent())
    assert decision.verdict == "dropped", decision
