"""One run of one entrant's text, in a process of its own: `python -m stratagem.tools.contest.worker`, a job on standard
input, what came of it on standard output. What it does to itself it does to nobody else.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Mapping
from typing import Any

from ...lang.diagnostics.model import CompileError
from ...runtime.compiled.program import CompiledProgram
from ...runtime.data.errors import DataError
from ...runtime.errors import RunError

KEPT = ("return", "annual_return", "sharpe", "max_drawdown", "trades", "exposure", "fees")


def ran(job: Mapping[str, Any]) -> dict[str, Any]:
    """What came of a job: `{"state": "ok", "value": …, "stats": …, "odds": …}`, or why there is nothing.

    job: text, name, data, metric, from, to, assumptions, and of data symbol and timeframe; tried: the yearly Sharpe
    ratios of every try of the entrant, for the odds that the true one is more than the best of as many without skill.
    """
    try:
        program = CompiledProgram(job["text"].encode("utf-8", "surrogatepass"), job["name"])
        narrowed = {name: job[name] for name in ("symbol", "timeframe") if job.get(name)}
        result = program.backtest(
            job["data"], from_=job.get("from"), to=job.get("to"), close_at_end=True, assumptions=job["assumptions"],
            **narrowed,
        )  # fmt: skip
    except CompileError as error:
        return {"state": "does not compile", "told": str(error)}
    except (DataError, RunError) as error:
        return {"state": "does not run", "told": str(error)}
    metrics = result.metrics()
    value = metrics[job["metric"]]
    odds = metrics.deflated_sharpe(job["tried"]) if len(job["tried"]) > 1 else metrics["probabilistic_sharpe"]
    stats = {name: result.stats[name] for name in KEPT}
    return {"state": "ok", "value": value, "odds": odds, "stats": stats}


def main() -> None:
    """Read a job, do it, say what came of it."""
    job = json.load(sys.stdin)
    most = job["memory"] * 1_000_000
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    try:
        told = ran(job)
    except MemoryError:
        told = {"state": "too large", "told": f"it needs more than {job['memory']:,} MB"}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
