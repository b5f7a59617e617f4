"""Questions in groups: which pairs are the same, which are near, which have nothing in common."""

import random

from aspire_training.question_groups import drawn_pairs, read_groups

LINES = [
    [["Who pays for travel?", "旅費は誰が払う?"], ["When is travel paid?", "旅費はいつ払う?"]],
    [["Is Oslo far?"], ["Is Bern far?"]],
]


def test_wordings_of_a_group_are_the_same_and_others_are_not() -> None:
    pairs = drawn_pairs(LINES, ["What is tea?"], random.Random(1))
    group = {
        text: (at, n) for at, line in enumerate(LINES) for n, g in enumerate(line) for text in g
    }
    known = [p for p in pairs if p.other in group or not p.is_same]
    same = {frozenset((p.one, p.other)) for p in known if p.is_same}
    assert same == {frozenset(g) for line in LINES for g in line if len(g) == 2}
    for pair in known:
        assert pair.is_same == (group[pair.one] == group.get(pair.other))
    near = {frozenset((p.one, p.other)) for p in pairs if not p.is_same}
    assert frozenset(("Is Oslo far?", "Is Bern far?")) in near
    assert any("What is tea?" in pair for pair in near)
    assert len(pairs) - len(known) == 4 + 2, "edits of a question are the same"


def test_the_same_chance_draws_the_same() -> None:
    assert drawn_pairs(LINES, [], random.Random(2)) == drawn_pairs(LINES, [], random.Random(2))


def test_near_pairs_of_like_letters_are_drawn_first() -> None:
    others = [[f"{n} quite different words"] for n in range(40)]
    line = [["Who pays for travel?"], ["Who pays for travels?"], *others]
    for seed in range(5):
        drawn = drawn_pairs([line], [], random.Random(seed))
        assert len(drawn) <= 9 + 10 + 3 + 4
    wanted = frozenset(("Who pays for travel?", "Who pays for travels?"))
    small = [line[0], line[1], *others[:6]]
    for seed in range(20):
        near = [
            frozenset((p.one, p.other))
            for p in drawn_pairs([small], [], random.Random(seed))
            if not p.is_same
        ]
        assert wanted in near
        assert len(set(near)) == 10, "and some by chance alone"


def test_shipped_groups_leave_out_what_was_judged_whatever_its_marks() -> None:
    lines = read_groups()
    text = lines[0][0][0]
    assert len(lines) > 1_000
    left = read_groups([f"  {text.upper()} ??"])
    assert text not in left[0][0]
    assert left[1:] == lines[1:]
    assert all(len(line) > 1 for line in lines)
