"""What a contest knows, in one DuckDB file: every try and every run, kept as soon as it is made.

A round that was cut off, even by kill -9, goes on where it was: what is in the file is not done again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

PRACTICE, HELD_OUT = "practice", "held_out"
_TABLES = """
create table if not exists contest (key varchar);
create table if not exists rounds (round integer primary key, finished boolean);
create table if not exists tries (
    round integer, entrant varchar, number integer, source_hash varchar, text varchar, told varchar,
    primary key (round, entrant, number));
create table if not exists runs (
    round integer, entrant varchar, number integer, data varchar, part varchar, state varchar, told varchar,
    value double, odds double, stats varchar, primary key (round, entrant, number, data, part));
"""


class StoreError(Exception):
    """The contest's file cannot be used: another contest's, in use, or damaged."""


@dataclass(frozen=True, slots=True)
class Try:
    """A text that an entrant came with. text: "" where there is none, and `told` says why."""

    number: int
    source_hash: str
    text: str
    told: str


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a text on a part of the bars. state: "ok", or why there is nothing in a word or three."""

    number: int
    data: str
    part: str
    state: str
    told: str = ""
    value: float | None = None
    odds: float | None = None
    stats: Mapping[str, Any] | None = None

    @property
    def trades(self) -> int:
        return int((self.stats or {}).get("trades") or 0)

    @property
    def sharpe(self) -> float | None:
        found = (self.stats or {}).get("sharpe")
        return None if found is None else float(found)


class Store:
    """The file of a contest."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._file = connection

    def round(self) -> int:
        """The round that is under way; a new one where the last was finished."""
        row = self._one("select round, finished from rounds order by round desc limit 1")
        if row is not None and not row[1]:
            return int(row[0])
        number = 1 if row is None else int(row[0]) + 1
        self._file.execute("insert into rounds values (?, false)", [number])
        return number

    def finish(self, round: int) -> None:
        self._file.execute("update rounds set finished = true where round = ?", [round])

    def last_round(self) -> int:
        """The last round that was begun; 0 before the first."""
        row = self._one("select max(round) from rounds")
        return int(row[0]) if row and row[0] is not None else 0

    def tries(self, round: int, entrant: str) -> list[Try]:
        """The tries of an entrant in a round, in their order."""
        told = "select number, source_hash, text, told from tries where round = ? and entrant = ? order by number"
        return [Try(*row) for row in self._file.execute(told, [round, entrant]).fetchall()]

    def add_try(self, round: int, entrant: str, made: Try) -> None:
        values = [round, entrant, made.number, made.source_hash, made.text, made.told]
        self._file.execute("insert into tries values (?, ?, ?, ?, ?, ?)", values)

    def runs(self, round: int, entrant: str, part: str) -> list[Run]:
        """The runs of an entrant on a part of the bars in a round: by try, then by the name of the data."""
        told = (
            "select number, data, part, state, told, value, odds, stats from runs "
            "where round = ? and entrant = ? and part = ? order by number, data"
        )
        rows = self._file.execute(told, [round, entrant, part]).fetchall()
        return [Run(*row[:-1], json.loads(row[-1]) if row[-1] else None) for row in rows]  # type: ignore[call-arg]

    def add_run(self, round: int, entrant: str, made: Run) -> None:
        stats = None if made.stats is None else json.dumps(made.stats)
        came_of = [made.state, made.told, made.value, made.odds, stats]
        values = [round, entrant, made.number, made.data, made.part, *came_of]
        self._file.execute("insert into runs values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)

    def tried(self, entrant: str, data: str) -> list[float]:
        """The Sharpe ratios, on practice bars, of every text that an entrant ever tried: each text once."""
        told = """
            select any_value(r.stats order by r.round, r.number)
            from runs r join tries t using (round, entrant, number)
            where entrant = ? and r.data = ? and r.part = ? and r.state = 'ok'
            group by t.source_hash order by min(r.round), min(r.number)
        """
        rows = self._file.execute(told, [entrant, data, PRACTICE]).fetchall()
        found = [json.loads(row[0]).get("sharpe") for row in rows]
        return [float(each) for each in found if each is not None]

    def count_tries(self, entrant: str) -> int:
        """How many different texts an entrant ever tried."""
        told = "select count(distinct source_hash) from tries where entrant = ? and text != ''"
        row = self._one(told, [entrant])
        return int(row[0]) if row else 0

    def _one(self, told: str, values: Sequence[object] = ()) -> tuple[Any, ...] | None:
        found = self._file.execute(told, list(values)).fetchone()
        return None if found is None else tuple(found)


@contextmanager
def opened(path: Path, key: str) -> Iterator[Store]:
    """The file of a contest whose rules and data have this key; made where there is none. StoreError."""
    import duckdb

    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = duckdb.connect(str(path))
    except duckdb.Error as error:
        first = str(error).splitlines()[0]
        why = "another process has it open" if "lock" in first.lower() else first
        raise StoreError(f"{path} cannot be opened: {why}") from None
    try:
        connection.execute(_TABLES)
        known = connection.execute("select key from contest").fetchone()
        if known is None:
            connection.execute("insert into contest values (?)", [key])
        elif known[0] != key:
            raise StoreError(
                f"{path} holds results by other rules or data, which cannot be compared: give another folder with --out"
            )
        yield Store(connection)
    except duckdb.Error as error:
        raise StoreError(f"{path}: {str(error).splitlines()[0]}") from None
    finally:
        connection.close()
