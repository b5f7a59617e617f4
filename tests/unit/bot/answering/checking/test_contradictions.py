"""What a statement says stands in its source, but of another thing, or the other way round."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from tests.unit.bot.answering import made
from tests.unit.bot.answering.checking.test_support import Silent, Zeros

from aspire_bot.answering.checking import Decision, Statement, Verifier
from aspire_bot.answering.checking.contradictions import denied, exchanged, misplaced
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
A guest pays 8 euros in Oslo, 20 euros in Rome. Oslo will send boats, Rome nets. Guests wait.
"""
ARCHIVE_JA = """# 文書館

食事が出るときは日当を半額にする。締切後の差し替えは、理由を問わず受け付けない。\
届出を出さないと、税が引かれる。見学会は春に開き、講習会は秋に開く。
"""
INDEX = made.index(
    (ARCHIVE, made.info("archive", title="Visits")),
    (ARCHIVE_JA, made.info("archive-ja", title="利用案内", language="ja")),
)
_GLOSSARY = load_glossary(None, analyze)
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
    matcher = Matcher(read(said, "en" if said.isascii() else "ja"), [_GLOSSARY])
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
        (
            "Ida Berg reported that her team's lamp had survived a winter at 900 metres.",
            "Ada Lund reported that her team's lamp had survived a winter at 900 metres.",
            "archive",
        ),
    ],
)
def test_a_true_statement_is_kept_and_its_lie_is_not(true: str, lie: str, source: str) -> None:
    assert decide(true, source).verdict == "kept", decide(true, source)
    assert decide(lie, source).verdict == "dropped", decide(lie, source)
