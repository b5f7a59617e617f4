"""A Containerfile as stages of steps, and which files its builder is sent."""

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import TypedDict

from dockerfile_parse import DockerfileParser  # pyright: ignore[reportMissingTypeStubs]

ROOT = Path(__file__).parents[2]
CONTAINERFILE = ROOT / "deploy" / "Containerfile"


class _Instruction(TypedDict):
    instruction: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One instruction, `${NAME}` not yet filled in."""

    word: str
    value: str

    @property
    def words(self) -> list[str]:
        """The value in parts: of a JSON list, or between spaces; options left out."""
        if self.value.startswith("["):
            return json.loads(self.value)
        return [part for part in self.value.split() if not part.startswith("--")]

    @property
    def options(self) -> dict[str, str]:
        """`--from=build` and the like."""
        found = re.findall(r"(?:^|\s)--([a-z-]+)=(\S+)", self.value)
        return dict(found)

    @property
    def pairs(self) -> dict[str, str]:
        """What ENV or ARG sets; an ARG without a value sets nothing."""
        found = re.findall(r'([A-Z_0-9]+)=("[^"]*"|\S*)', self.value)
        return {name: value.strip('"') for name, value in found}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What follows one FROM."""

    name: str
    base: str
    steps: tuple[Step, ...]

    def last(self, word: str) -> Step | None:
        """The instruction of its kind that counts."""
        return next((step for step in reversed(self.steps) if step.word == word), None)


def read_stages(text: str) -> tuple[Stage, ...]:
    """Read the stages, in order.

    Raises:
        ValueError: a FROM names no stage.
    """
    parser = DockerfileParser(fileobj=io.BytesIO(text.encode()))  # pyright: ignore[reportArgumentType]  # its annotation is wrong
    instructions: list[_Instruction] = parser.structure  # pyright: ignore[reportAssignmentType, reportUnknownMemberType]
    steps = [
        Step(word=one["instruction"], value=" ".join(one["value"].split()))
        for one in instructions
        if one["instruction"] != "COMMENT"
    ]
    starts = [number for number, step in enumerate(steps) if step.word == "FROM"]
    stages: list[Stage] = []
    for start, end in zip(starts, [*starts[1:], len(steps)], strict=True):
        found = re.fullmatch(r"(\S+) AS (\S+)", steps[start].value)
        if found is None:
            raise ValueError(f"FROM {steps[start].value}: a stage without a name")
        stages.append(Stage(name=found[2], base=found[1], steps=tuple(steps[start + 1 : end])))
    return tuple(stages)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put values in for `${NAME}` and `$NAME`; unset ones are empty."""
    return re.sub(
        r"\$\{([A-Z_0-9]+)\}|\$([A-Z_0-9]+)", lambda m: values.get(m[1] or m[2], ""), text
    )


def sent_files(root: Path, names: Iterator[str]) -> list[str]:
    """Those of `names` that `.dockerignore` lets through: its last line that fits decides."""
    lines = (root / ".dockerignore").read_text(encoding="utf-8").splitlines()
    patterns = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return [name for name in names if not _is_ignored(name, patterns)]


def _is_ignored(name: str, patterns: list[str]) -> bool:
    ignored = False
    above = [name, *map(str, PurePosixPath(name).parents)]
    for pattern in patterns:
        wanted = pattern.removeprefix("!")
        if any(_fits(one, wanted) for one in above):
            ignored = not pattern.startswith("!")
    return ignored


def _fits(name: str, pattern: str) -> bool:
    if pattern.startswith("**/"):
        return fnmatchcase(name.rpartition("/")[2], pattern.removeprefix("**/"))
    return name.count("/") == pattern.count("/") and fnmatchcase(name, pattern)
