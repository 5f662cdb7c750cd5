"""A round of a contest: every entrant's tries on the practice bars, the best of each on those that nobody was shown."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ...runtime.results.metrics.definitions import DEFINITIONS
from .attempts import DrafterOf, attempt, count
from .declared import Contest, Data, located
from .store import HELD_OUT, PRACTICE, Run, Store, Try

Say = Callable[[str], None]
_LONGEST = 400
_SECRET = ("KEY", "TOKEN", "SECRET", "PASSWORD")


def play(contest: Contest, folder: Path, store: Store, drafter_of: DrafterOf, say: Say) -> int:
    """Play the round that is under way, or a new one, to its end; gives its number.

    folder: what the contest's paths count from. What the store has of the round is not done again.
    """
    round = store.round()
    for name, entrant in contest.entrants.items():
        for number in range(count(entrant, folder)):
            known = {made.number: made for made in store.tries(round, name)}
            if number not in known:
                runs = store.runs(round, name, PRACTICE)
                made = attempt(entrant, number, folder, list(known.values()), runs, drafter_of)
                store.add_try(round, name, made)
                known[number] = made
            say(f"{name}, try {number + 1}: " + (known[number].told or "on the practice bars"))
            _run(contest, folder, store, round, name, known[number], PRACTICE)
        best = chosen(contest, store, round, name)
        if best is not None:
            say(f"{name}: judged by try {best.number + 1}")
            _run(contest, folder, store, round, name, best, HELD_OUT)
    store.finish(round)
    return round


def chosen(contest: Contest, store: Store, round: int, entrant: str) -> Try | None:
    """The try that an entrant is judged by: the best on the practice bars of those that trade enough there."""
    better = DEFINITIONS[contest.rules.metric].better or 1
    tries = {made.number: made for made in store.tries(round, entrant)}
    found: list[tuple[float, int]] = []
    runs = store.runs(round, entrant, PRACTICE)
    for number in tries:
        own = [run for run in runs if run.number == number]
        values = [run.value for run in own if run.state == "ok" and run.value is not None]
        enough = sum(run.trades for run in own) >= contest.rules.trades
        if len(values) == len(contest.data) and enough:
            found.append((-better * sum(values) / len(values), number))
    return tries[min(found)[1]] if found else None


def _run(contest: Contest, folder: Path, store: Store, round: int, entrant: str, made: Try, part: str) -> None:
    """A text on a part of all data, where that was not done."""
    done = {run.data for run in store.runs(round, entrant, part) if run.number == made.number}
    for name, data in contest.data.items():
        if name in done or not made.text:
            continue
        tried = store.tried(entrant, name) if part == HELD_OUT else []
        job = _job(contest, folder, entrant, made.text, data, part, tried)
        store.add_run(round, entrant, _came_of(_worked(job, contest.rules.seconds), made.number, name, part))


def _job(
    contest: Contest, folder: Path, entrant: str, text: str, data: Data, part: str, tried: Sequence[float]
) -> dict[str, Any]:  # fmt: skip
    period = data.practice if part == PRACTICE else data.held_out
    return {
        "text": text, "name": entrant, "data": located(folder, data.source), "metric": contest.rules.metric,
        "from": period.from_, "to": period.to, "assumptions": contest.assumptions, "symbol": data.symbol,
        "timeframe": data.timeframe, "memory": contest.rules.memory, "tried": list(tried),
    }  # fmt: skip


def _worked(job: dict[str, Any], seconds: float) -> dict[str, Any]:
    """What a process of its own says of a job; whatever it does, this one goes on."""
    command = [sys.executable, "-m", f"{__package__}.worker"]
    try:
        done = subprocess.run(
            command, input=json.dumps(job), capture_output=True, text=True, timeout=seconds, env=_environment(),
            errors="replace", check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return {"state": "too slow", "told": f"it takes more than {seconds:g} s"}
    try:
        told = json.loads(done.stdout)
    except ValueError:
        last = (done.stderr.strip().splitlines() or [f"it ended with code {done.returncode}"])[-1]
        return {"state": "broken", "told": last}
    return told if isinstance(told, dict) else {"state": "broken", "told": "it said nothing that can be read"}


def _environment() -> dict[str, str]:
    """The environment without what is nobody's business: keys of models, for one."""
    return {name: value for name, value in os.environ.items() if not any(word in name.upper() for word in _SECRET)}


def _came_of(told: dict[str, Any], number: int, data: str, part: str) -> Run:
    state, why = str(told.get("state", "broken")), str(told.get("told", ""))[:_LONGEST]
    if state == "ok" and told.get("value") is None:
        state, why = "no value", "the metric means nothing here: too few trades, or none"
    return Run(number, data, part, state, why, told.get("value"), told.get("odds"), told.get("stats"))
