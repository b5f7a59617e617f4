"""What is trained says the same as what is shipped of it, where torch is.

.venv-train/bin/python -m pytest tests/unit/bot/training
"""

# torch is not in the environment that is checked for types
# pyright: basic

import hashlib
from pathlib import Path
from typing import Any

import pytest

from aspire_bot.answering.checking.support_text import source_text, statement_text
from aspire_bot.answering.reader.weights import parse_weights
from aspire_training.support_data import Example

torch: Any = pytest.importorskip("torch", reason="torch is not here: see docs/howto-train.md")


def test_the_shipped_form_says_what_the_trained_one_says(tmp_path: Path) -> None:
    from aspire_bot.answering.checking.support_model import open_support_model  # noqa: PLC0415
    from aspire_training.export import compressed, exported  # noqa: PLC0415
    from aspire_training.support import SupportReader  # noqa: PLC0415
    from aspire_training.support_features import Features, prepare  # noqa: PLC0415

    examples = [
        Example(
            name=str(n),
            source="own",
            passage="The harbour office sells tickets until noon. 切符は正午まで売られる。",
            statement=statement,
            is_supported=n == 0,
            title="The ferry",
            unsaid=() if n == 0 else ((0, 5),),
        )
        for n, statement in enumerate(("Tickets are sold until noon.", "Boats are sold at night."))
    ]
    prepared = prepare(examples, Features(tmp_path / "features", tmp_path / "cache"))
    again = prepare(examples, Features(tmp_path / "features", tmp_path / "cache"))
    assert [one.said for one in again] == [one.said for one in prepared]
    assert prepared[1].unsaid
    torch.manual_seed(1)
    model = SupportReader().eval()
    with torch.no_grad():
        trained = model(prepared)[0].tolist()
    heads = {"token": model.token, "support": model.support}
    content = compressed(exported(model, heads))
    assert len(content) < 6_000_000
    name = hashlib.sha256(content).hexdigest()
    shipped = open_support_model(tmp_path / "cache", parse_weights(content), name)
    for one, odds in zip(examples, trained, strict=True):
        read = shipped.read(source_text(one.title, one.passage), statement_text(one.statement))
        assert read.log_odds == pytest.approx(odds, abs=0.02)
