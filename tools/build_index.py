"""Writes `stdlib/index.json`: where each function of the `.strat` library begins and ends.

    python -m stratagem.tools.build_index

A small scanner finds them, not the parser: a function begins at `fn` and ends before
the next statement that does not belong to it, its comments left out. The unit of each
result and the bars it waits for are asked of the compiler, with the defaults.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..lang.compile import compile_text
from ..lang.plan.build import plan
from ..lang.plan.constants import evaluate_params, warmup
from ..lang.program.nodes import BOOL, Node
from ..stdlib import library

STDLIB = Path(__file__).resolve().parents[1] / "stdlib"
_HEAD = re.compile(r"^fn\s+([a-z_][a-z0-9_]*)\s*\(", re.MULTILINE)
_OPEN, _CLOSE = "([{", ")]}"


def index() -> list[dict[str, object]]:
    """A row a function, in the order of the files; ValueError if a name is used twice."""
    rows = [row for path in sorted((STDLIB / "indicators").glob("*.strat")) for row in _functions(path)]
    seen: dict[object, object] = {}
    for row in rows:
        if row["name"] in seen:
            raise ValueError(f"{row['file']}: {row['name']!r} is defined in {seen[row['name']]} already")
        seen[row["name"]] = row["file"]
    return rows


def _functions(path: Path) -> Iterator[dict[str, object]]:
    text = path.read_text(encoding="utf-8")
    heads = list(_HEAD.finditer(text))
    for at, head in enumerate(heads):
        stop = heads[at + 1].start() if at + 1 < len(heads) else len(text)
        end = head.start() + len(_without_comments_after(text[head.start() : stop]))
        yield {
            "name": head[1],
            "file": path.name,
            "start": head.start(),
            "end": end,
            "parameters": _parameters(text, head.end()),
            "doc": _doc(text[: head.start()]),
        }


def _without_comments_after(text: str) -> str:
    """The text without the blank lines and comments at its end: those belong to the next function."""
    lines = text.split("\n")
    while lines and (not lines[-1].strip() or lines[-1].startswith("#")):
        lines.pop()
    return "\n".join(lines)


def _doc(before: str) -> str:
    """The `##` lines directly above."""
    lines = []
    for line in reversed(before.rstrip("\n").split("\n")):
        if not line.startswith("##"):
            break
        lines.append(line.removeprefix("##").strip())
    return "\n".join(reversed(lines))


def _parameters(text: str, at: int) -> list[list[str | None]]:
    """Name and default of each parameter, from the character after the opening parenthesis."""
    return [_parameter(part) for part in _split(text, at) if part.strip()]


def _split(text: str, at: int) -> Iterator[str]:
    """The parts between the commas of this level, up to the closing parenthesis."""
    depth, start = 0, at
    while depth or text[at] != ")":
        depth += (text[at] in _OPEN) - (text[at] in _CLOSE)
        if text[at] == "," and not depth:
            yield text[start:at]
            start = at + 1
        at += 1
    yield text[start:at]


def _parameter(part: str) -> list[str | None]:
    name, has_default, default = part.partition("=")
    return [name.strip(), default.strip() if has_default else None]


# --- what the compiler knows ---------------------------------------------------------------------


def given(parameters: Iterable[Iterable[str | None]]) -> list[str]:
    """What each parameter without a default is given: `close`, and the returns of it where returns belong."""
    return ["close / close[1] - 1" if name == "market" else "close" for name, default in parameters if default is None]


def facts(name: str, parameters: list[list[str | None]]) -> dict[str, dict[str, object]]:
    """Unit and warm-up of each field of the result ("" where it is no record), of `close` and the defaults."""
    call = f"{name}({', '.join(given(parameters))})"
    value = compile_text(f"let it = {call}").lets["it"]
    fields = {"": value} if isinstance(value, Node) else {f".{field}": node for field, node in value.items()}
    found = {field: _facts(call + field, node) for field, node in fields.items() if isinstance(node, Node)}
    return {key: {field.lstrip("."): fact[key] for field, fact in found.items()} for key in ("unit", "warmup")}


def _facts(expression: str, node: Node) -> dict[str, object]:
    condition = expression if node.type == BOOL else f"({expression}) > 0"
    planned = plan(compile_text(f"enter long when {condition}"))
    bars = max(warmup(planned, evaluate_params(planned, {}, 0)).values()) - 1
    return {"unit": "bool" if node.type == BOOL else str(node.unit), "warmup": bars}


def render(rows: list[dict[str, object]]) -> str:
    """The text of the file."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f"[\n{lines}\n]\n"


def complete() -> list[dict[str, object]]:
    """The rows with their facts; the index on disk must find every function already."""
    return [row | facts(str(row["name"]), row["parameters"]) for row in index()]  # type: ignore[arg-type]


def main() -> None:
    """Write where the functions are, and then, as the compiler can find them, what it says of them."""
    path = STDLIB / "index.json"
    path.write_text(render([row | {"unit": {}, "warmup": {}} for row in index()]), encoding="utf-8")
    library.forget()
    path.write_text(render(complete()), encoding="utf-8")


if __name__ == "__main__":
    main()
