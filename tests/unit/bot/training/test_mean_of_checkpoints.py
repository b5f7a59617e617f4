"""The mean of checkpoints, where torch is installed."""

import pytest

torch = pytest.importorskip("torch", reason="training has an environment of its own")


def test_numbers_of_the_same_name_are_averaged() -> None:
    from aspire_training.export import mean_of  # noqa: PLC0415  it needs torch

    states = [{"w": torch.tensor([1.0, 2.0])}, {"w": torch.tensor([3.0, 6.0])}]
    assert mean_of(states)["w"].tolist() == [2.0, 4.0]
    assert mean_of(states[:1])["w"].tolist() == [1.0, 2.0]
