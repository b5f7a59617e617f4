"""A writer that is killed or that fails, at any moment: readers go on, and the next run mends it.

The long form is `python -m tests.soak.ingest`.
"""

import errno
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.soak.ingest_storm import Storm, Writer
from tests.soak.ingest_trace import NOTHING

_KILLS = 8
_PUBLISHING = (
    "after COMMIT",
    "after write_manifest",
    r"before fsync index\.sqlite",
    "before rename",  # of the folder to its place; nothing points to it
    r"before replace current\.json",
    r"after replace current\.json",
)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storm]:
    with Writer() as process:
        yield Storm(process, tmp_path_factory.mktemp("storm"))


@pytest.fixture
def storm(clean: Storm, tmp_path: Path) -> Storm:
    return clean.begin(tmp_path / "home")


def test_killed_at_any_moment(storm: Storm) -> None:
    chance = random.Random(7)  # noqa: S311 - the same each time
    with storm.asked():
        for _ in range(_KILLS):
            storm.cut_at_random(chance)
    assert storm.findings.wrong == []
    assert storm.findings.killed >= _KILLS / 2, str(storm.findings)
    assert storm.findings.asked > _KILLS


def test_killed_at_each_step_of_publishing(storm: Storm) -> None:
    storm.clean()  # so that there is a generation to fall back to
    with storm.asked():
        for wanted in _PUBLISHING:
            at = first(storm.points(), wanted)
            ended = storm.cut({**NOTHING, "mode": "kill", "at": at})
            assert ended["status"] == -9
    assert storm.findings.wrong == []
    # Only a writer that had replaced the pointer had published.
    assert storm.findings.published == 1


@pytest.mark.parametrize(
    ("error", "wanted"),
    [
        (errno.ENOSPC, "before copytree"),
        (errno.ENOSPC, "before COMMIT"),
        (errno.EIO, "before fsync"),
        (errno.ENOSPC, r"before replace current\.json"),
    ],
)
def test_a_disk_that_fails_is_one_sentence_and_no_harm(
    storm: Storm, error: int, wanted: str
) -> None:
    storm.clean()
    with storm.asked():
        at = first(storm.points(), wanted)
        ended = storm.cut({**NOTHING, "mode": "fail", "at": at, "error": error})
    assert ended["status"] == 1, ended
    assert "Readers keep the last complete generation" in ended["said"][0]
    assert storm.findings.wrong == []


@pytest.mark.parametrize("largest", [4_000, 40_000])
def test_files_that_cannot_grow_are_one_sentence_and_no_harm(storm: Storm, largest: int) -> None:
    storm.clean()
    with storm.asked():
        ended = storm.cut({**NOTHING, "largest": largest})
    assert ended["status"] == 1, ended
    assert len(ended["said"][0].splitlines()) == 1
    assert storm.findings.wrong == []


def first(points: list[str], wanted: str) -> int:
    return next(at for at, point in enumerate(points) if re.match(wanted, point))
