from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_ingest.index.generations.fingerprint import Shape, differences

SHAPE = Shape(schema=1, embedding="e5@1", dimension=384, splitter="1", analysis="1")


@pytest.mark.parametrize(
    "other",
    [
        replace(SHAPE, schema=2),
        replace(SHAPE, embedding="e5@2"),
        replace(SHAPE, dimension=385),
        replace(SHAPE, splitter="2"),
        replace(SHAPE, analysis="2"),
    ],
)
def test_every_part_changes_the_fingerprint_and_is_named(other: Shape) -> None:
    assert other.fingerprint != SHAPE.fingerprint
    (difference,) = differences(SHAPE, other)
    (part,) = (part for part in asdict(SHAPE) if asdict(SHAPE)[part] != asdict(other)[part])
    assert difference == f"{part}: {asdict(SHAPE)[part]} -> {asdict(other)[part]}"


def test_equal_shapes_have_equal_fingerprints() -> None:
    assert replace(SHAPE).fingerprint == SHAPE.fingerprint
    assert differences(SHAPE, replace(SHAPE)) == ()
    # Written down: a fingerprint that changes by itself would refuse every index there is.
    assert SHAPE.fingerprint.startswith("98c5c25c21f36bf7")


texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(first=st.tuples(texts, texts, texts), second=st.tuples(texts, texts, texts))
def test_parts_do_not_run_together(
    first: tuple[str, str, str], second: tuple[str, str, str]
) -> None:
    shapes = [
        Shape(schema=1, embedding=parts[0], dimension=1, splitter=parts[1], analysis=parts[2])
        for parts in (first, second)
    ]
    assert (shapes[0].fingerprint == shapes[1].fingerprint) == (first == second)
