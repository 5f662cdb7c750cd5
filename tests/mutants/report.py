"""What a trial found: a table by module, and `build/mutants.json` with every mutant and what became of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .equal import Equal
from .judge import KILLED, Outcome, count_kill
from .rewrite import Mutant

EQUAL, UNTRIED = "equal", "not tried"


@dataclass
class Report:
    """Rows by key. A later trial of some mutants replaces their rows and keeps the others."""

    rows: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Report:
        """What is there from before, or nothing."""
        if not path.exists():
            return cls()
        return cls({row["key"]: row for row in json.loads(path.read_text(encoding="utf-8"))["mutants"]})

    def write(self, path: Path) -> None:
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps({"mutants": list(self.rows.values())}, indent=1) + "\n", encoding="utf-8")

    def begin(self, every: Sequence[Mutant], equal: Mapping[str, Equal]) -> None:
        """Every mutant there is now has its row; rows of code that is no more go."""
        rows = {}
        for mutant in every:
            before = {name: self.rows.get(mutant.key, {}).get(name) for name in ("status", "by", "seconds")}
            if before["status"] in (None, EQUAL):
                before = {"status": UNTRIED, "by": "", "seconds": 0.0}
            if mutant.key in equal:
                before = {"status": EQUAL, "by": "", "seconds": 0.0, "reason": equal[mutant.key].reason}
            rows[mutant.key] = _row(mutant) | before
        self.rows = rows

    def put(self, outcome: Outcome) -> None:
        """What became of a mutant."""
        self.rows[outcome.mutant.key] |= {
            "status": outcome.status, "by": outcome.by, "seconds": round(outcome.seconds, 2)
        }  # fmt: skip

    @property
    def open(self) -> set[str]:
        """Mutants that no test noticed and nobody has explained."""
        return {key for key, row in self.rows.items() if row["status"] not in (KILLED, EQUAL, UNTRIED)}

    def kills(self) -> Counter[tuple[str, str]]:
        """Which tests have killed mutants of which functions and modules."""
        found: Counter[tuple[str, str]] = Counter()
        for row in self.rows.values():
            count_kill(found, row["module"], row["function"], row["by"])
        return found

    def table(self) -> str:
        """A line a module: how many there are, what became of them, and the file that killed most."""
        lines = [f"{'module':<14}{'mutants':>8}{'killed':>8}{'equal':>7}{'open':>6}{'untried':>9}  killed by"]
        for module in sorted({row["module"] for row in self.rows.values()}):
            lines.append(self._line(module, [row for row in self.rows.values() if row["module"] == module]))
        return "\n".join([*lines, self._line("all", list(self.rows.values()))])

    def _line(self, name: str, rows: list[dict[str, Any]]) -> str:
        count = Counter(row["status"] for row in rows)
        files = Counter(row["by"].split("::")[0].rpartition("/")[2] for row in rows if row["status"] == KILLED)
        unnoticed = sum(row["key"] in self.open for row in rows)
        by = ", ".join(f"{file.removesuffix('.py')} {times}" for file, times in files.most_common(4))
        return f"{name:<14}{len(rows):>8}{count[KILLED]:>8}{count[EQUAL]:>7}{unnoticed:>6}{count[UNTRIED]:>9}  {by}"

    def survivors(self) -> Iterator[str]:
        """Each of the open ones, as a change to read."""
        for key, row in self.rows.items():
            if key in self.open:
                yield f"\n{row['status']}: {key} {row['module']}.py:{row['number']} {row['function']}\n{row['diff']}"


def _row(mutant: Mutant) -> dict[str, Any]:
    return {
        "key": mutant.key, "module": mutant.module, "function": mutant.function, "number": mutant.number,
        "label": mutant.label, "diff": f"  {mutant.line}\n- {mutant.before}\n+ {mutant.after}",
    }  # fmt: skip
