"""A minute of training, where torch is: it learns, and what it ships says the same.

.venv-train/bin/python -m pytest tests/unit/bot/training
"""

# torch is not in the environment that is checked for types
# pyright: basic

import random
from pathlib import Path
from typing import Any

import pytest

from aspire_bot.answering.reader.encode import passage_text, question_text
from aspire_ingest.index import Document, DocumentInfo, Passage
from aspire_ingest.split import split_document

torch: Any = pytest.importorskip("torch", reason="torch is not here: see docs/howto-train.md")

_NAMES = ["Mori", "Tanaka", "Ito", "Keller", "Novak", "Silva", "Berg", "Okada", "Rossi", "Lindt"]
_PLACES = [
    "Kyoto",
    "Sendai",
    "Oslo",
    "Vienna",
    "Lisbon",
    "Nagoya",
    "Turin",
    "Osaka",
    "Prague",
    "Bern",
]
_STEPS = 24


def _example(number: int, chance: random.Random) -> tuple[DocumentInfo, Passage, str, int]:
    """A passage of three sentences, a question, and which sentence answers it."""
    name, place = chance.choice(_NAMES), chance.choice(_PLACES)
    facts = [
        f"Dr. {name} chaired the session.",
        f"It was held in {place}.",
        f"{chance.randrange(20, 90)} people attended.",
    ]
    asked = ["Who chaired the session?", "Where was it held?", "How many people attended?"]
    chance.shuffle(order := [0, 1, 2])
    wanted = chance.randrange(3)
    info = DocumentInfo(document_id=f"d{number}", source="d", title="Report", language="en")
    text = " ".join(facts[at] for at in order)
    (passage,) = split_document(Document(info=info, text=text))
    return info, passage, asked[wanted], order.index(wanted)


def test_a_minute_of_training_learns_and_ships_what_it_learnt(tmp_path: Path) -> None:
    from aspire_bot.answering.reader.model import open_reader  # noqa: PLC0415  torch first
    from aspire_bot.answering.reader.weights import parse_weights  # noqa: PLC0415
    from aspire_training.examples import (  # noqa: PLC0415
        Group,
        Pair,
        Prepared,
    )
    from aspire_training.export import exported_reader, restore  # noqa: PLC0415
    from aspire_training.train import Trainer  # noqa: PLC0415

    torch.manual_seed(1)
    chance = random.Random(1)
    passages: dict[str, tuple[DocumentInfo, Passage]] = {}
    groups: list[Group] = []
    for number in range(16 * _STEPS + 16):
        info, passage, question, right = _example(number, chance)
        key = str(number)
        passages[key] = (info, passage)
        marks = [int(at == right) for at in range(3)]
        groups.append(Group(key, "made", "en", question, (), [Pair(key, marks, 1)]))
    trainer = Trainer(Prepared(passages, groups, [], {}, {}, {}), tmp_path, 1)
    trainer.centre()
    losses = [
        trainer.learn(groups[16 * at : 16 * at + 16], random.Random(at), min(1.0, (at + 1) / 8))[0]
        for at in range(_STEPS)
    ]
    assert losses[0] > 0.6
    assert sum(losses[-4:]) / 4 < 0.25

    trainer.reader.eval()
    held = groups[-16:]
    with torch.no_grad():
        said, _, _ = trainer.forward(held, None)
    content = exported_reader(trainer.reader)
    with torch.no_grad():
        restore(trainer.reader, content)  # as training that goes on from a shipped file
        again, _, _ = trainer.forward(held, None)
    assert torch.corrcoef(torch.stack([said, again]))[0, 1] > 0.995
    reader = open_reader(tmp_path, parse_weights(content), "trained")
    read = [
        reader.read(question_text(one.question), [passage_text(*passages[one.name])])[0]
        for one in held
    ]
    shipped = torch.tensor([value for one in read for value in one.sentences])
    assert torch.corrcoef(torch.stack([said, shipped]))[0, 1] > 0.99
    best = [max(range(3), key=one.sentences.__getitem__) for one in read]
    assert sum(one.pairs[0].marks[at] for one, at in zip(held, best, strict=True)) >= 14


def test_layers_that_are_held_stay_as_they_are(tmp_path: Path) -> None:
    from aspire_training.examples import Group, Pair, Prepared  # noqa: PLC0415  torch first
    from aspire_training.train import Trainer  # noqa: PLC0415

    torch.manual_seed(1)
    info, passage, question, right = _example(1, random.Random(1))
    marks = [int(at == right) for at in range(3)]
    group = Group("q", "made", "en", question, (), [Pair("p", marks, 1)])
    trainer = Trainer(Prepared({"p": (info, passage)}, [group], [], {}, {}, {}), tmp_path, 1)
    trainer.hold_lower()
    before = {name: one.clone() for name, one in trainer.reader.state_dict().items()}
    trainer.learn([group], random.Random(1), 1.0)
    changed = {
        name
        for name, one in trainer.reader.state_dict().items()
        if not torch.equal(one, before[name])
    }
    assert not {name for name in changed if name.startswith(("lower.", "across"))}
    assert {name.split(".")[0] for name in changed} >= {"layers", "aligned", "sentence", "passage"}
