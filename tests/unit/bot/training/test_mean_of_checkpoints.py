"""The mean of checkpoints, where torch is installed."""

# torch is not in the environment that is checked for types
# pyright: basic

from pathlib import Path
from typing import Any

import pytest

torch: Any = pytest.importorskip("torch", reason="torch is not here: see docs/howto-train.md")

SHIPPED = Path("bot/aspire_bot/answering/reader/reader.npz")


def test_numbers_of_the_same_name_are_averaged() -> None:
    from aspire_training.export import mean_of  # noqa: PLC0415  it needs torch

    states = [{"w": torch.tensor([1.0, 2.0])}, {"w": torch.tensor([3.0, 6.0])}]
    assert mean_of(states)["w"].tolist() == [2.0, 4.0]
    assert mean_of(states[:1])["w"].tolist() == [1.0, 2.0]


def test_a_shipped_file_may_be_one_of_them(tmp_path: Path) -> None:
    from aspire_training.export import main, state_of  # noqa: PLC0415

    alone = tmp_path / SHIPPED.name  # without what was learnt since, which lies beside the other
    alone.symlink_to(SHIPPED.resolve())
    main([alone, alone], tmp_path / "mean.npz")
    mean, first = state_of(tmp_path / "mean.npz"), state_of(alone)
    assert mean.keys() == first.keys()
    assert all(torch.equal(mean[name], first[name]) for name in first)
    shipped = state_of(SHIPPED)
    assert any(not torch.equal(shipped[name], first[name]) for name in first)
