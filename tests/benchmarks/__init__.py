"""What it costs to run: every floor of the project, measured side by side with hand-written loops and with peers.

    python -m tests.benchmarks [PART …] [--rounds N] [--out FILE]

Not a test: machines are noisy, so nothing here fails a build on a time. Results are compared before anything is
timed, and a wrong result does end the run. How to read the table is in `docs/performance.md`.
"""
