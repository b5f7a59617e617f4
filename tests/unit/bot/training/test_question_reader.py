"""What reads two questions says the same in training as shipped, where torch is.

.venv-train/bin/python -m pytest tests/unit/bot/training
"""

# torch is not in the environment that is checked for types
# pyright: basic

import hashlib
from pathlib import Path
from typing import Any

import pytest

from aspire_bot.answering.message.query.glossary import load_glossary
from aspire_bot.answering.reader.weights import parse_weights
from aspire_ingest.index.text.analysis import analyze
from aspire_training.question_pairs import Pair

torch: Any = pytest.importorskip("torch", reason="torch is not here: see docs/howto-train.md")

PAIRS = [
    Pair(one="Who pays for travel?", other="旅費は誰が払いますか", is_same=True),
    Pair(one="Who pays for travel to the meeting?", other="When is travel paid?", is_same=False),
]


def test_padded_pairs_are_read_as_single_ones() -> None:
    from aspire_training.padded import run  # noqa: PLC0415
    from aspire_training.question_reader import FrozenLayers, QuestionReader  # noqa: PLC0415

    model, read = QuestionReader().eval(), FrozenLayers()
    ones, others = ([read(text) for text in texts] for texts in zip(*_texts(), strict=True))
    with torch.no_grad():
        both = run(model, ones, others)
        for at, (one, other) in enumerate(zip(ones, others, strict=True)):
            state, _, body = model.run([one], [other])
            second = both.states[at, both.second : both.second + len(other.ids)]
            alone = state[body[0] : body[0] + len(other.ids)]
            assert (both.states[at, 0] - state[0]).abs().mean() < 0.02
            assert (second - alone).abs().mean() < 0.02 < alone.abs().mean() / 5


def test_it_learns_and_goes_on_from_where_it_stood(tmp_path: Path) -> None:
    from aspire_training.question_reader import train  # noqa: PLC0415

    for steps in (6, 12):
        model = train(iter([PAIRS] * 12), tmp_path, steps=steps, start=None, seed=1)
        same, near = _said(model)
        assert same > 1 > -1 > near
    kept = torch.load(tmp_path / "question-reader.pt", weights_only=True)
    assert kept["step"] == 12


def test_what_is_shipped_says_the_same(tmp_path: Path) -> None:
    from aspire_bot.answering.approved.same_question.model import open_pair_model  # noqa: PLC0415
    from aspire_training.question_reader import QuestionReader  # noqa: PLC0415

    model = QuestionReader().eval()
    content = model.file()
    name = hashlib.sha256(content).hexdigest()
    shipped = open_pair_model(tmp_path / "cache", parse_weights(content), name)
    glossary = load_glossary(None, analyze)
    for (one, other), wanted in zip(_texts(), _said(model), strict=True):
        pair = shipped.read(one, glossary), shipped.read(other, glossary)
        assert shipped.together(*pair) == pytest.approx(wanted, abs=0.7)


def _said(model: Any) -> list[float]:
    """The log-odds of each pair, the mean of both orders."""
    from aspire_training.question_reader import FrozenLayers  # noqa: PLC0415

    read = FrozenLayers()
    with torch.no_grad():
        return [
            float(model.same([read(a)], [read(b)])[0] + model.same([read(b)], [read(a)])[0]) / 2
            for a, b in _texts()
        ]


def _texts() -> list[tuple[str, str]]:
    return [(pair.one, pair.other) for pair in PAIRS]
