"""Generate, verify, report; with `--fit` learn the calibration first."""

import argparse
import json
import sys
from collections.abc import Sequence

from tests.evals.checking.fitting import fit
from tests.evals.checking.judging import Judged, summary
from tests.evals.checking.running import judged_of, verifier_of
from tests.evals.sets import SETS, shared_folder


def main(arguments: Sequence[str]) -> int:
    """Verify the cases of all sets and print what became of them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=25, help="of each kind, set and language")
    parser.add_argument("--sets", nargs="*", default=list(SETS))
    parser.add_argument("--half", choices=("held-out", "development"), default="held-out")
    parser.add_argument("--wrong", action="store_true", help="print what went wrong")
    parser.add_argument("--fit", action="store_true", help="learn on the development half")
    parser.add_argument("--without-reading", action="store_true", help="words and vectors alone")
    parser.add_argument("--strictness", choices=("strict", "balanced"), default="strict")
    asked = parser.parse_args(arguments)
    shared = shared_folder()
    if shared is None:
        sys.stderr.write("The question sets are not on this machine; set ASPIRE_SHARED.\n")
        return 2
    judged = judged_of(
        asked.sets,
        shared,
        asked.cases,
        say=lambda what: print(what, file=sys.stderr),
        half="development" if asked.fit else asked.half,
        verifier=verifier_of(
            reads=not (asked.without_reading or asked.fit),
            strictness=asked.strictness,
            is_thorough=asked.fit,
        ),
    )
    if asked.fit:
        fit(judged)
        return 0
    for (language, side, kind), (wrong, count) in summary(judged).items():
        print(f"{language:18} {side:18} {kind:18} {wrong:4}/{count:<5} {wrong / count:6.1%}")
    seconds = sorted(one.seconds for one in judged)
    print(
        f"ms a statement: p50 {seconds[len(seconds) // 2] * 1000:.1f}, "
        f"p95 {seconds[int(len(seconds) * 0.95)] * 1000:.1f}"
    )
    if asked.wrong:
        for one in judged:
            if one.is_wrong:
                _show(one)
    return 0


def _show(one: Judged) -> None:
    made, decision = one.case.made, one.decision
    print(
        json.dumps(
            {
                "set": one.case.set_name,
                "kind": made.kind,
                "true": made.is_true,
                "text": made.text,
                "source": [place.text for place in made.places],
                "verdict": decision.verdict,
                "reasons": [*decision.reasons, *(f.said for f in decision.faults)],
                "p": round(decision.probability, 3),
                "coverage": str(decision.coverage),
                "markers": [one.case.markers, one.case.right, decision.markers],
            },
            ensure_ascii=False,
        )
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
