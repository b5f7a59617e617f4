"""Weights as differences to a shipped file, where torch is not needed."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from aspire_bot.answering.reader.weights import SINCE_FILE, WEIGHTS_FILE, parse_numbers, with_since
from aspire_ingest.index.embedding.builder import quantise
from aspire_training.since import differences, main, shipped_content


def _numbers(seed: int, moved: float = 0.0) -> dict[str, Any]:
    chance = np.random.default_rng(seed)
    matrix = chance.normal(size=(8, 6)).astype(np.float32)
    matrix += moved * np.random.default_rng(9).normal(size=matrix.shape).astype(np.float32)
    whole, scales = quantise(matrix)
    return {
        "shape": np.array([6, 1], np.int32),
        "l4.q.w": whole,
        "l4.q.scale": scales,
        "l4.q.b": np.full(6, moved, np.float32),
        "head.first.w": np.full((2, 2), 1 + moved, np.float16),
    }


def _values(numbers: dict[str, Any]) -> NDArray[np.float32]:
    return numbers["l4.q.w"].astype(np.float32) * numbers["l4.q.scale"]


def test_the_first_file_and_the_differences_make_the_whole() -> None:
    first, whole = _numbers(1), _numbers(1, 0.1)
    since = differences(first, whole)
    both = with_since(first, since)
    step = first["l4.q.scale"].astype(np.float32).mean()
    assert np.abs(_values(both) - _values(whole)).mean() < 0.5 * step
    assert np.abs(_values(first) - _values(whole)).mean() > step
    assert both["l4.q.b"].tolist() == whole["l4.q.b"].tolist()
    assert both["head.first.w"].tolist() == whole["head.first.w"].tolist()
    # as they are: the shape, and the scales, in whose steps the differences are
    assert set(since) == {"l4.q.w", "l4.q.b", "head.first.w"}
    assert np.abs(both["l4.q.w"].astype(int)).max() <= 63


def test_what_did_not_change_is_not_written() -> None:
    assert differences(_numbers(2), _numbers(2)) == {}


def test_a_shipped_file_is_read_with_what_was_learnt_since(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, whole = tmp_path / WEIGHTS_FILE, tmp_path / "whole.npz"
    np.savez(first, **_numbers(3))
    np.savez(whole, **_numbers(3, 0.05))
    assert shipped_content(first) == first.read_bytes()
    main(first, whole, tmp_path / SINCE_FILE)
    assert SINCE_FILE in capsys.readouterr().out
    both = parse_numbers(shipped_content(first))
    assert both["l4.q.b"].tolist() == _numbers(3, 0.05)["l4.q.b"].tolist()
    with np.load(io.BytesIO((tmp_path / SINCE_FILE).read_bytes())) as since:
        assert (both["l4.q.w"] == _numbers(3)["l4.q.w"] + since["l4.q.w"]).all()
