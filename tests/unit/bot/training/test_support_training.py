"""The model of support learns, and says the same as what is shipped of it, where torch is.

.venv-train/bin/python -m pytest tests/unit/bot/training
"""

# torch is not in the environment that is checked for types
# pyright: basic

import hashlib
import random
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest

from aspire_bot.answering.checking.support_text import source_text, statement_text
from aspire_bot.answering.reader.weights import parse_weights
from aspire_training.support_data import Example

torch: Any = pytest.importorskip("torch", reason="torch is not here: see docs/howto-train.md")

FERRY = "The harbour office sells tickets until noon. 切符は正午まで売られる。"
CHOIR = "市の合唱団は毎年春に演奏会を開催している。"


def _example(passage: str, statement: str, *, is_supported: bool) -> Example:
    return Example(
        name=statement,
        source="own",
        passage=passage,
        statement=statement,
        is_supported=is_supported,
        title="The ferry",
        passage_language="ja" if passage == CHOIR else "en",
        unsaid=() if is_supported else ((0, 5),),
    )


EXAMPLES = [
    _example(FERRY, "Tickets are sold until noon.", is_supported=True),
    _example(FERRY, "Boats are sold at night.", is_supported=False),
    _example(CHOIR, "合唱団は春に演奏会を開く。", is_supported=True),
]


def test_what_is_shipped_says_what_was_trained(tmp_path: Path) -> None:
    from aspire_bot.answering.checking.support_model import open_support_model  # noqa: PLC0415
    from aspire_training.support import StatementReader  # noqa: PLC0415

    torch.manual_seed(1)
    model = StatementReader().eval()
    model.begin()
    content = model.file()
    assert len(content) < 13_000_000
    name = hashlib.sha256(content).hexdigest()
    shipped = open_support_model(tmp_path / "cache", parse_weights(content), name)
    for one, odds in zip(EXAMPLES, _said(model, EXAMPLES), strict=True):
        read = shipped.read(source_text(one.title, one.passage), statement_text(one.statement))
        assert read.log_odds == pytest.approx(odds, abs=0.3)


def test_a_statement_reads_the_same_alone_and_beside_others() -> None:
    from aspire_training.support import StatementReader  # noqa: PLC0415

    torch.manual_seed(1)
    model = StatementReader().eval()
    model.begin()
    together = _said(model, EXAMPLES)
    alone = [_said(model, [one])[0] for one in EXAMPLES]
    assert together == pytest.approx(alone, abs=0.05)
    other = [_example(CHOIR, one.statement, is_supported=False) for one in EXAMPLES[:2]]
    assert abs(_said(model, other)[0] - together[0]) > 0.1, "the passage counts"


def test_it_learns_and_goes_on_from_where_it_stood(tmp_path: Path, monkeypatch: Any) -> None:
    from aspire_training import support  # noqa: PLC0415

    monkeypatch.setattr(support, "_KEEP_EVERY", 4)
    steps = []
    for minutes in (0.1, 0.2):
        model = support.train(
            repeat([EXAMPLES[:2], EXAMPLES[2:]]), tmp_path, minutes=minutes, seed=1
        )
        steps.append(torch.load(tmp_path / "support.pt", weights_only=True)["step"])
        true, false, other = _said(model, EXAMPLES)
        assert min(true, other) > 1 > -1 > false
    assert steps[1] > steps[0]


def test_a_batch_holds_each_passage_once_and_says_which_tokens_are_unsaid() -> None:
    from aspire_training.support_batches import FrozenTexts, batches, halves  # noqa: PLC0415

    (batch,) = batches([EXAMPLES], random.Random(1))
    assert sorted(one.statement for group in batch for one in group) == sorted(
        one.statement for one in EXAMPLES
    )
    parts = halves(batch)
    assert {tuple({one.passage for one in part}) for part in parts} == {(FERRY,), (CHOIR,)}
    read = FrozenTexts().batch(EXAMPLES)
    assert read.owners == [0, 0, 1]
    assert len(read.passages) == 2
    first, last = read.said[1]
    ((begin, end),) = read.unsaid[1]
    assert first <= begin < end < last


def _said(model: Any, examples: list[Example]) -> list[float]:
    from aspire_training.support_batches import FrozenTexts  # noqa: PLC0415

    batch = FrozenTexts().batch(examples)
    with torch.no_grad():
        odds = model(batch.passages, batch.statements, batch.owners, batch.said)[0]
    return odds.tolist()
