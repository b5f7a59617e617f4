"""What a statement says stands in its source, but of another thing, or the other way round."""

import pytest
from tests.unit.bot.answering import made
from tests.unit.bot.answering.checking.test_support import Reads, Silent, Zeros

from aspire_bot.answering.checking import Decision, Statement, Verifier
from aspire_bot.answering.message.glossary import load_glossary
from aspire_bot.answering.types import ScoredPassage
from aspire_ingest.index.text.analysis import analyze

ARCHIVE = """# Archive

The archive is open on weekdays. The cellar was painted blue. Fees do not rise if a loan is \
extended. Group I reads letters, and Group II copies maps. Prof. Ada Lund found a boat. \
Dr. Ida Berg reported that her team's lamp had survived a winter at 900 metres. \
The call for Norway-based teams is small. Keys must be returned on Mon and Thu. Guests wait.
"""
ARCHIVE_JA = """# 文書館

食事が出るときは日当を半額にする。締切後の差し替えは、理由を問わず受け付けない。\
届出を出さないと、税が引かれる。旅費は妨げない。机の申込みは廃止した。\
見学会は春に開き、講習会は秋に開く。
"""
INDEX = made.index(
    (ARCHIVE, made.info("archive", title="Visits")),
    (ARCHIVE_JA, made.info("archive-ja", title="利用案内", language="ja")),
)
_GLOSSARY = load_glossary(None, analyze)


def decide(text: str, source: str) -> Decision:
    """Hold a statement against one document; the model has no doubt about words."""
    info = INDEX.documents()[source]
    prompt = tuple(
        ScoredPassage(passage=one, document=info, score=1.0, rank=rank)
        for rank, one in enumerate(INDEX.passages_of(source), 1)
    )
    return Verifier(_GLOSSARY, Zeros(), support=Reads(6.0)).verify(
        Statement(text=text, markers=(1,)),
        prompt,
        question="",
        language="en" if text.isascii() else "ja",
        vectors=Silent(),
    )


@pytest.mark.parametrize(
    ("true", "lie", "source"),
    [
        # opposites in other words, which lists of synonyms bring near
        ("The archive opens on weekdays.", "The archive is closed on weekdays.", "archive"),
        ("食事が出るときは日当が半分になる。", "食事が出るときは日当が倍になる。", "archive-ja"),
        # what is denied in one clause, and the denial left out or put into another one
        ("Fees do not go up if a loan is extended.", "Fees rise if a loan is extended.", "archive"),
        ("締切後の差し替えは受け付けない。", "締切後の差し替えも受け付ける。", "archive-ja"),
        ("届出がないと税が引かれる。", "届出があると税が引かれる。", "archive-ja"),
        ("机の申込みはなくなった。", "机の申込みはまだある。", "archive-ja"),
        # the same across languages
        (
            "After the deadline no replacement is accepted, whatever the reason.",
            "After the deadline a replacement is accepted, whatever the reason.",
            "archive-ja",
        ),
        # one thing of the passage in another's place
        ("The archive opens on weekdays.", "The cellar opens on weekdays.", "archive"),
        (
            "Ida Berg said her team's lamp survived a winter at 900 metres.",
            "Ada Lund said her team's lamp survived a winter at 900 metres.",
            "archive",
        ),
        ("Group II makes copies of maps.", "Group III makes copies of maps.", "archive"),
    ],
)
def test_a_true_statement_is_kept_and_its_lie_is_not(true: str, lie: str, source: str) -> None:
    assert decide(true, source).verdict == "kept", decide(true, source)
    assert decide(lie, source).verdict == "dropped", decide(lie, source)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The call for teams based in Norway is small.", "archive"),
        ("Keys have to be brought back on Monday and Thursday.", "archive"),
        ("旅費は認められる。", "archive-ja"),
    ],
)
def test_other_ways_to_say_it_are_no_contradiction(text: str, source: str) -> None:
    assert decide(text, source).verdict == "kept", decide(text, source)
