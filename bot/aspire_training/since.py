"""Weights as differences to a file that is shipped already: what a further training learnt.

python -m aspire_training.since FIRST.npz WHOLE.npz FILE

FIRST is what the package carries, WHOLE what `export` wrote of the training that went on from it.
A matrix is written as the whole numbers by which it differs, in steps of FIRST's own scales: mostly
-1, 0 and 1, so that the file takes a third of the room and the history of the sources does not
grow by a whole model each time. Everything that is not a matrix in whole numbers is written anew.
"""

import hashlib
import io
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.reader.weights import SINCE_FILE, Numbers, parse_numbers, with_since

_LARGEST = 63
"""Of a whole number of 7 bits, as `quantise` makes them."""


def differences(first: Numbers, whole: Numbers) -> dict[str, NDArray[np.generic]]:
    """Give what `with_since` makes `whole` of `first` with, but for roundings."""
    found: dict[str, NDArray[np.generic]] = {}
    for name, value in whole.items():
        scale = name.removesuffix(".w") + ".scale"
        if name.endswith(".scale") or np.array_equal(first[name], value):
            continue
        if scale not in whole:
            found[name] = value
            continue
        real = value.astype(np.float32) * whole[scale]
        steps = np.rint(real / first[scale]).clip(-_LARGEST, _LARGEST)
        found[name] = (steps - first[name]).clip(-128, 127).astype(np.int8)
    return found


def shipped_content(file: Path) -> bytes:
    """Read a file of whole weights; beside the reader's own, with what was learnt since."""
    since = file.with_name(SINCE_FILE)
    if not since.exists():
        return file.read_bytes()
    both = with_since(parse_numbers(file.read_bytes()), parse_numbers(since.read_bytes()))
    return _as_file(both)


def main(first: Path, whole: Path, target: Path) -> None:
    """Write the differences and say their hash."""
    numbers = parse_numbers(first.read_bytes()), parse_numbers(whole.read_bytes())
    content = _as_file(differences(*numbers), compress=True)
    target.write_bytes(content)
    sys.stdout.write(f"{target}: {len(content):,} bytes, {hashlib.sha256(content).hexdigest()}\n")


def _as_file(numbers: Numbers, *, compress: bool = False) -> bytes:
    buffer = io.BytesIO()
    (np.savez_compressed if compress else np.savez)(buffer, **dict(numbers))
    return buffer.getvalue()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
