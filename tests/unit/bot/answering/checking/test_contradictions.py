"""What a statement says stands in its source, but of another thing, or the other way round."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from tests.unit.bot.answering import made
from tests.unit.bot.answering.checking.test_support import Silent, Zeros

from aspire_bot.answering import checking
from aspire_bot.answering.checking import Decision, Statement, Verifier
from aspire_bot.answering.checking.choosing import Chooser
from aspire_bot.answering.checking.contradictions import (
    contradictions,
    denied,
    exchanged,
    misplaced,
)
from aspire_bot.answering.checking.faults import Fault
from aspire_bot.answering.checking.matching import Matcher
from aspire_bot.answering.checking.reading import read
from aspire_bot.answering.checking.sources import Line, Source
from aspire_bot.answering.message.glossary import load_glossary
from aspire_bot.answering.types import ScoredPassage
from aspire_ingest.index.text.analysis import analyze

ARCHIVE = """# Archive

The archive is open on weekdays. The cellar was painted blue. Fees do not rise if a loan is \
extended. Group I reads letters, and Group II copies maps. Prof. Ada Lund found a boat. \
Dr. Ida Berg reported that her team's lamp had survived a winter at 900 metres. \
A guest pays 8 euros in Oslo, 20 euros in Rome. Oslo will send boats, Rome nets. Guests wait. \
Bread keeps fresh for six days at 35 degrees. The house is shared by Denmark, Finland and Iceland. \
Loans end on 5 May. A parcel of nine ropes came. The desk does not take paper or cloth. \
The desk is open on weekdays, and the attic is not open on weekdays. \
The aim of the club is not a device; it is that in 2030 thirty young people sit in the rooms where \
standards are made. A tent is free only for ten days. Guests do not wait. The cabin is open on Sundays. \
A warning was given in spring, and another in autumn. Two parcels came.
"""
ARCHIVE_JA = """# 文書館

食事が出るときは日当を半額にする。締切後の差し替えは、理由を問わず受け付けない。\
届出を出さないと、税が引かれる。見学会は春に開き、講習会は秋に開く。\
応募しなかったときは、翌年度からの3年間、この助成を申請できない。\
研究の開始は10月1日である。4月1日現在の研究者が対象である。第一の目標は道具を集めることである。第二の目標は若い研究者を育てることである。
"""
INDEX = made.index(
    (ARCHIVE, made.info("archive", title="Visits")),
    (ARCHIVE_JA, made.info("archive-ja", title="利用案内", language="ja")),
)
_GLOSSARY = load_glossary(None, analyze)
_EVERYDAY = load_glossary(Path(checking.__file__).with_name("lexicon.yaml"), analyze)
Check = Callable[[Matcher, Sequence[Line]], Iterator[Fault]]


def prompt_of(name: str) -> tuple[ScoredPassage, ...]:
    info = INDEX.documents()[name]
    return tuple(
        ScoredPassage(passage=one, document=info, score=1.0, rank=rank)
        for rank, one in enumerate(INDEX.passages_of(name), 1)
    )


def found_by(check: Check, said: str, name: str, about: str) -> list[str]:
    """Hold a text against the sentence that holds `about`, and those beside it."""
    source = Source(1, prompt_of(name)[0])
    main = next(n for n, _ in enumerate(source.sentences) if about in source.text_of(n))
    lines = [
        Line(source=source, at=at, weight=1.0 if at == main else 0.5)
        for at in (main, main - 1, main + 1)
        if 0 <= at < len(source.sentences)
    ]
    matcher = Matcher(read(said, "en" if said.isascii() else "ja"), [_GLOSSARY, _EVERYDAY])
    return [fault.reason for fault in check(matcher, lines)]


@pytest.mark.parametrize(
    ("check", "true", "lie", "about"),
    [
        (misplaced, "In Rome it is 20 euros.", "In Rome it is 8 euros.", "guest pays"),
        (exchanged, "Rome sends nets and Oslo boats.", "Rome sends boats and Oslo nets.", "boats, Rome"),
        (denied, "Fees do not rise if one extends a loan.", "Fees rise if one extends a loan.", "Fees"),
    ],
)  # fmt: skip
def test_each_check_finds_its_lie_and_not_the_truth(
    check: Check, true: str, lie: str, about: str
) -> None:
    assert found_by(check, true, "archive", about) == []
    assert found_by(check, lie, "archive", about)
    assert found_by(contradictions, lie, "archive", about)


@pytest.mark.parametrize(
    ("true", "lie"),
    [
        ("届出がないと税が引かれる。", "届出があると税が引かれる。"),
        ("届出を出さないと税が引かれる。", "届出を出すと税が引かれる。"),
    ],
)
def test_a_denial_is_found_whatever_denies(true: str, lie: str) -> None:
    assert found_by(denied, true, "archive-ja", "届出") == []
    assert found_by(denied, lie, "archive-ja", "届出") == ["negation"]


@pytest.mark.parametrize(
    ("check", "said", "name", "about"),
    [
        # the second clause says no more of it than the first, though it denies or says the opposite
        (denied, "見学会は春に開く。", "archive-ja", "見学会"),
        # "neither paper nor cloth" denies twice what is denied once
        (denied, "The desk takes neither paper nor cloth.", "archive", "cloth"),
        # what the other clause denies is said of another thing
        (denied, "The desk is open on weekdays.", "archive", "the attic"),
        # each clause denies
        (denied, "応募しないと、翌年度から3年間は申請できません。", "archive-ja", "応募"),
        # a clause of which only a word is said is not meant
        (denied, "2030年に若手30人が標準を決める場にいることを目指しています。", "archive", "2030"),
        # "only" denies what it does not name
        (denied, "A tent is not free above ten days.", "archive", "tent"),
        # what a sentence beside denies
        (denied, "For guests the cabin is open on Sundays.", "archive", "cabin"),
    ],
)
def test_what_is_said_in_another_way_is_no_contradiction(
    check: Check, said: str, name: str, about: str
) -> None:
    assert found_by(check, said, name, about) == []


def decide(text: str, source: str) -> Decision:
    return Verifier(_GLOSSARY, Zeros()).verify(
        Statement(text=text, markers=(1,)),
        prompt_of(source),
        question="",
        language="en" if text.isascii() else "ja",
        vectors=Silent(),
    )


@pytest.mark.parametrize(
    ("true", "lie", "source"),
    [
        ("締切後の差し替えは受け付けない。", "締切後の差し替えも受け付ける。", "archive-ja"),
        ("In Oslo it is 8 euros.", "In Rome it is 8 euros.", "archive"),
        ("Oslo will send boats, Rome nets.", "Rome will send boats, Oslo nets.", "archive"),
        ("見学会は春に開く。", "講習会は春に開く。", "archive-ja"),
        ("Group II copies maps.", "Group I copies maps.", "archive"),
        # the value of the sentence beside
        ("Research starts on 1 October.", "Research starts on 1 April.", "archive-ja"),
        # a value that stands apart from all the rest
        ("A warning was given in spring.", "A warning was given twice in spring.", "archive"),
    ],
)
def test_a_true_statement_is_kept_and_its_lie_is_not(true: str, lie: str, source: str) -> None:
    assert decide(true, source).verdict == "kept", decide(true, source)
    assert decide(lie, source).verdict == "dropped", decide(lie, source)


TERMS = made.index(
    ("# Loans\n\nUntil May a loan was free, from June on it costs money.\n", made.info("loans", title="Loans")),
    ("# 2025\n\nA loan was free.\n", made.info("other", title="June 2025")),
)  # fmt: skip


def test_a_statement_is_not_moved_from_a_passage_that_contradicts_it_and_says_as_much() -> None:
    prompt = tuple(
        ScoredPassage(passage=passage, document=TERMS.documents()[name], score=1.0, rank=rank)
        for rank, name in enumerate(("loans", "other"), 1)
        for passage in TERMS.passages_of(name)
    )
    by = Verifier(_GLOSSARY, Zeros())
    verdicts = [
        by.verify(
            Statement(text="A loan was free in June.", markers=markers),
            prompt,
            question="",
            language="en",
            vectors=Silent(),
        ).verdict
        for markers in ((1,), (2,))
    ]
    assert verdicts == ["dropped", "kept"]


def test_abroad_the_nearest_of_sentences_that_say_as_much_is_tried_first() -> None:
    source = Source(1, prompt_of("archive-ja")[0])
    matcher = Matcher(read("The second goal is to train people.", "en"), [_GLOSSARY])
    nearest = next(n for n, _ in enumerate(source.sentences) if "第二" in source.text_of(n))
    chooser = Chooser(matcher, lambda _, at: 0.95 if at == nearest else 0.9)
    (_, first), *_ = next(chooser.choices([source], is_joint=False, is_moving=False))
    assert first == nearest
