"""Quality and speed against peers, in one run on one machine, written to `docs/benchmarks.md`.

`python -m tests.evals.bench [SECTION…]`, of quality, peers, speed, verification, safety, office,
pages, generated and report: without a section, all of them. What a section measured is kept in
`.eval/bench/`, so that one can be measured anew alone. `ASPIRE_BENCH_ANSWERS` and
`ASPIRE_BENCH_PASSAGES` say over how much the console's pages are timed.
"""
