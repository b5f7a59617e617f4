"""No call of a logger is given what somebody wrote: found by reading the code."""

import ast
from collections.abc import Iterator
from pathlib import Path

import aspire_bot

ROOT = Path(aspire_bot.__file__).parent
LEVELS = {"info", "warning", "error", "exception", "critical"}
# Names of what holds words, payloads or names of people, wherever they stand in an argument.
WORDS = {
    "answer", "blocks", "body", "channel_name", "comment", "content", "display_name", "email",
    "event", "files", "history", "message", "payload", "profile", "question", "questions",
    "quote", "quotes", "real_name", "reason_given", "reply", "said", "subject", "text", "texts",
    "title", "topic", "user_name", "value", "values", "view", "wording", "words",
}  # fmt: skip
# What is a code or a number although it hangs on one of these.
CODES = {
    "outcome", "model", "index_version", "timings_ms", "confidence", "user", "metadata", "act",
    "operation_id", "attempts", "error",
}  # fmt: skip


def logger_calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in {"logger", "_log", "log", "logging"}
            and node.func.attr in LEVELS
        ):
            yield node


def spoken(argument: ast.expr) -> set[str]:
    """Names in an argument that stand for words; `x.user` is a code, whatever `x` is."""
    match argument:
        case ast.Attribute(attr=name, value=inner):
            if name in CODES:
                return set()
            return {name} & WORDS | spoken(inner)
        case ast.Name(id=name):
            return {name} & WORDS
        case _:
            found: set[str] = set()
            for child in ast.iter_child_nodes(argument):
                if isinstance(child, ast.expr):
                    found |= spoken(child)
            return found


def offences(tree: ast.AST, name: str) -> list[str]:
    return [
        f"{name}:{call.lineno}: {', '.join(sorted(words))}"
        for call in logger_calls(tree)
        if (words := {one for argument in call.args[1:] for one in spoken(argument)})
        or (words := {"an f-string"} if isinstance(call.args[0], ast.JoinedStr) else set())
    ]


def test_no_logger_is_given_what_somebody_wrote() -> None:
    trees = {
        str(file.relative_to(ROOT)): ast.parse(file.read_text()) for file in ROOT.rglob("*.py")
    }
    calls = [call for tree in trees.values() for call in logger_calls(tree)]
    assert len(calls) > 50  # the search finds what there is
    found = [one for name, tree in sorted(trees.items()) for one in offences(tree, name)]
    assert found == []


def test_what_is_written_is_found_wherever_it_stands() -> None:
    said = (
        'logger.info("%s", said.text)',
        'logger.warning("%s", question)',
        'logger.error("%s", job.arrival.body["x"])',
        'logger.info("%s", f"{event}")',
        'logger.info("%s %s", 1, str(view.values))',
        'logger.exception("%s", [one.title for one in documents])',
        'logger.info(f"{name}")',
    )
    assert [len(offences(ast.parse(one), "x")) for one in said] == [1] * len(said)
    harmless = 'logger.info("%s %s", answer.outcome, said.user)'
    assert offences(ast.parse(harmless), "x") == []
