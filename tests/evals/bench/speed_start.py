"""How long a one-shot answer takes from a cold start, beside the imports it does without."""

from collections.abc import Callable
from pathlib import Path

from tests.evals.bench import programs
from tests.evals.bench.results import Table
from tests.evals.bench.timing import median_of, ratio_of

_ROUNDS = 7
_QUESTION = "Who moderated the meeting of the bio field?"

Say = Callable[[str], None]


def measure_starts(home: Path, say: Say) -> Table:
    """Start each in turn, after one round that fills the system's file cache."""
    say(f"speed: {_ROUNDS} cold starts")
    ask = [str(programs.BIN / "aspire-bot"), "ask", "--json", _QUESTION]
    commands = {
        "aspire-bot ask": lambda: programs.run(ask, home),
        "import chromadb": lambda: programs.run_python("import chromadb", home),
        "import llama_index.core": lambda: programs.run_python("import llama_index.core", home),
    }
    took: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(_ROUNDS + 1):
        for name, command in commands.items():
            seconds, _ = command()
            if number > 0:
                took[name].append(seconds)
    chromadb = took["import chromadb"]
    return {
        name: {"s": median_of(seconds), "ratio": ratio_of(seconds, chromadb)}
        for name, seconds in took.items()
    }
