"""Measure which messages in a channel, addressed to nobody, the bot takes for its own.

    python -m tests.evals.measure_overheard [--from SHARE]

`overheard.jsonl`: half are questions about the programme to whoever knows; half are what people say
to each other: logistics, small talk, questions to a person, rhetorical ones. Written by hand, never
trained on. Precision counts most: to stay silent costs a mention, to speak where people talk costs
the bot its welcome. With `--from`, the figures of another threshold are printed.
"""

import argparse
import json
import sys
from math import sqrt
from pathlib import Path

from aspire_bot.answering.message.message import FOR_US_FROM, is_for_us, read_message
from aspire_bot.answering.message.model import load_message_model
from aspire_bot.answering.types import Question
from aspire_bot.settings import Settings
from aspire_bot.slack.listeners.questions import looks_like_question

FILE = Path(__file__).with_name("overheard.jsonl")
_Z = 1.96


def main() -> None:
    """Print precision and recall, each with its 95 % interval, and what failed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--from", dest="enough", type=float, default=FOR_US_FROM)
    enough = parser.parse_args().enough
    model = load_message_model(Settings().cache)
    rows = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    failed: list[str] = []
    right = wrong = missed = 0
    for row in rows:
        text = row["text"]
        message = read_message(Question(text=text, place="channel"), model)
        taken = looks_like_question(text) and is_for_us(message, text, enough)
        right += taken and row["is_for_bot"]
        wrong += taken and not row["is_for_bot"]
        missed += row["is_for_bot"] and not taken
        if taken != row["is_for_bot"]:
            failed.append(f"{row['kind']}, {message.act} {message.searched:.2f}: {text}")
    _tell("precision", right, right + wrong)
    _tell("recall", right, right + missed)
    sys.stdout.writelines(f"  - {one}\n" for one in failed)


def _tell(what: str, right: int, number: int) -> None:
    low, high = interval(right, number)
    share = right / number if number else 0.0
    sys.stdout.write(f"{what} {right}/{number} ({share:.3f}, {low:.3f} to {high:.3f})\n")


def interval(right: int, number: int) -> tuple[float, float]:
    """Give the 95 % interval of a share (Wilson's)."""
    if not number:
        return 0.0, 1.0
    share, squared = right / number, _Z**2
    middle = (share + squared / (2 * number)) / (1 + squared / number)
    spread = sqrt(share * (1 - share) / number + squared / (4 * number**2))
    spread *= _Z / (1 + squared / number)
    return middle - spread, middle + spread


if __name__ == "__main__":
    main()
