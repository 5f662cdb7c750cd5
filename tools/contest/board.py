"""The leaderboard: who is where, by what nobody was shown, and how likely that is luck."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from html import escape
from typing import Any

from ...runtime.results.metrics.definitions import DEFINITIONS
from .declared import Contest
from .rounds import chosen
from .store import HELD_OUT, PRACTICE, Store

FEW = 10
"""Trades of which odds are said; of fewer they would say more than is known."""


@dataclass(frozen=True, slots=True)
class Place:
    """An entrant. score: the mean of the metric over the held-out bars of all data, None where it is not judged.

    practice: the same on the practice bars. odds: how probable it is that the true Sharpe ratio beats the best to be
    expected of as many tries without skill, the least over the data. tries: different texts, over all rounds. text:
    what it is judged by. told: why it is not.
    """

    rank: int | None
    entrant: str
    score: float | None
    practice: float | None
    odds: float | None
    tries: int
    trades: int
    told: str
    text: str


def board(contest: Contest, store: Store) -> list[Place]:
    """Everybody as of the last round: the judged by their score, then the others by name."""
    better = DEFINITIONS[contest.rules.metric].better or 1
    found = [_place(contest, store, name) for name in contest.entrants]
    judged = sorted((p for p in found if p.score is not None), key=lambda p: (-better * (p.score or 0.0), p.entrant))
    others = sorted((p for p in found if p.score is None), key=lambda p: p.entrant)
    ranked = [Place(**{**asdict(place), "rank": at}) for at, place in enumerate(judged, 1)]
    return ranked + others


def _place(contest: Contest, store: Store, entrant: str) -> Place:
    round = store.last_round()
    best = chosen(contest, store, round, entrant)
    tries = store.count_tries(entrant)
    if best is None:
        return Place(None, entrant, None, None, None, tries, 0, _why(contest, store, round, entrant), "")
    shown = [run for run in store.runs(round, entrant, PRACTICE) if run.number == best.number]
    held = [run for run in store.runs(round, entrant, HELD_OUT) if run.number == best.number]
    practice = _mean([run.value for run in shown])
    trades = sum(run.trades for run in held)
    bad = next((run for run in held if run.state != "ok"), None)
    if bad is not None or len(held) < len(contest.data):
        told = f"{bad.data}: {bad.state}, {bad.told}" if bad else "not judged yet"
        return Place(None, entrant, None, practice, None, tries, trades, told, best.text)
    odds = [run.odds for run in held if run.odds is not None and run.trades >= FEW]
    return Place(
        None, entrant, _mean([run.value for run in held]), practice, min(odds) if len(odds) == len(held) else None,
        tries, trades, "", best.text,
    )  # fmt: skip


def _mean(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known and len(known) == len(values) else None


def _why(contest: Contest, store: Store, round: int, entrant: str) -> str:
    """Why there is nothing to judge: what is wrong with the last try."""
    tries = store.tries(round, entrant)
    if not tries:
        return "no try yet"
    if tries[-1].told:
        return tries[-1].told
    runs = [run for run in store.runs(round, entrant, PRACTICE) if run.number == tries[-1].number]
    bad = next((run for run in runs if run.state != "ok"), None)
    if bad is not None:
        return f"{bad.state}: {bad.told}"
    trades = sum(run.trades for run in runs)
    return f"{trades} trades on the practice bars, where {contest.rules.trades} are the least"


def text_board(contest: Contest, places: list[Place]) -> list[str]:
    """The board for a terminal."""
    metric = contest.rules.metric
    width = max(len("entrant"), *(len(place.entrant) for place in places))
    lines = [f"{'':>3}  {'entrant':<{width}}  {metric:>10}  {'practice':>10}  {'odds':>5}  {'tries':>5}  {'trades':>6}"]
    for place in places:
        head = f"{place.rank or '-':>3}  {place.entrant:<{width}}"
        if place.score is None:
            lines.append(f"{head}  {place.told}")
            continue
        odds = "–" if place.odds is None else f"{place.odds:.0%}"
        lines.append(
            f"{head}  {place.score:>10.3f}  {place.practice or 0.0:>10.3f}  {odds:>5}  {place.tries:>5}"
            f"  {place.trades:>6}"
        )
    total = sum(place.tries for place in places)
    shown = f"{metric} of bars that nobody was shown; {total} tries by all, and the first is the luckiest of them, too"
    odds = "odds: that the true Sharpe ratio beats the best to be expected of as many tries without skill"
    return [*lines, "", shown, odds]


_STYLE = """
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% } td, th { padding: .35rem .6rem; border-bottom: 1px solid #8884 }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
pre { overflow-x: auto; padding: .6rem; background: #8881 }
"""


def page(contest: Contest, places: list[Place], round: int) -> str:
    """The board as a page that needs nothing but itself."""
    metric = escape(DEFINITIONS[contest.rules.metric].title)
    title = escape(contest.contest or "Contest")
    rows = "".join(_row(place) for place in places)
    said = ", ".join(f"{name} {value}" for name, value in contest.assumptions.items())
    rules = escape(said or "as each program says")
    total = sum(place.tries for place in places)
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>{title}</title><style>{_STYLE}</style><h1>{title}</h1>"
        f"<p>Round {round}. {metric} of bars that no entrant was shown; costs: {rules}. {total} tries in all.</p>"
        f"<table><tr><th class=n>#<th>entrant<th class=n>{metric}<th class=n>practice<th class=n>odds"
        f"<th class=n>tries<th class=n>trades</tr>{rows}</table>"
        f"<p>Odds: how probable it is that the true Sharpe ratio beats the best to be expected of as many tries "
        f"without skill (Bailey and López de Prado 2014).</p></html>\n"
    )


def _row(place: Place) -> str:
    text = f"<details><summary>text</summary><pre>{escape(place.text)}</pre></details>" if place.text else ""
    name = f"<td>{escape(place.entrant)}{text}"
    if place.score is None:
        return f"<tr><td class=n>–{name}<td colspan=5>{escape(place.told)}</tr>"
    odds = "–" if place.odds is None else f"{place.odds:.0%}"
    figures = (f"{place.score:.3f}", f"{place.practice or 0.0:.3f}", odds, f"{place.tries:,}", f"{place.trades:,}")
    return f"<tr><td class=n>{place.rank}{name}" + "".join(f"<td class=n>{figure}" for figure in figures) + "</tr>"


def document(contest: Contest, places: list[Place], round: int) -> dict[str, Any]:
    """The board as plain data, for JSON."""
    return {
        "contest": contest.contest, "round": round, "metric": contest.rules.metric,
        "assumptions": contest.assumptions, "entrants": [asdict(place) for place in places],
    }  # fmt: skip
