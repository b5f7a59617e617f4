"""What a self-check of the index found and repaired, on stdout, and the exit code that fits."""

from aspire_ingest.cli.output import print_json, print_text
from aspire_ingest.index.check.verify import Check
from aspire_ingest.index.program import DONE, IN_PART


def print_check(check: Check, *, as_json: bool) -> int:
    """Each problem and each repair, then whether the index is sound. Gives the exit code."""
    if as_json:
        print_json({"ok": check.is_sound, "problems": check.problems, "repaired": check.repaired})
    else:
        lines = [f"problem: {problem}" for problem in check.problems]
        lines += [f"repaired: {repair}" for repair in check.repaired]
        lines.append("The index is sound." if check.is_sound else "The index is not sound.")
        print_text("\n".join(lines))
    return DONE if check.is_sound else IN_PART
