"""Golden texts, many to a file: `python tests/lang/explain/golden.py` writes what is told now.

A block is `=== name`, a program, `---` and what is told of it: whole for a strategy, and for a construct the lines that
are not told of the plainest program. Of a function the values of its example are told.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "golden"
STRATEGIES = Path(__file__).resolve().parents[3] / "strategies"
if __name__ == "__main__":
    sys.path[0] = str(FOLDER.parents[3])

from stratagem.lang.compile import compile_text  # noqa: E402
from stratagem.lang.explain.explain import explain  # noqa: E402
from stratagem.lang.explain.model import Sentence  # noqa: E402
from stratagem.lang.explain.words import Words  # noqa: E402
from stratagem.lang.program.nodes import Node  # noqa: E402
from stratagem.lang.words.table import words  # noqa: E402
from stratagem.stdlib.catalogue import catalogue  # noqa: E402

PLAINEST = ("enter long when close > open\nexit long when close < open\n", "on A, B\n", "emit signal when true\n")
WHOLE, VALUES, READS, NEVER = "strategies", "functions", "readings", "rules"
"""Files that are told whole, value by value, and in their headline and last sections."""
MADE = (WHOLE, VALUES, READS)
"""Files whose blocks are made from lists."""
ACROSS = frozenset(row.name for row in catalogue() if row.family == "several symbols")
"""Functions that need symbols to go over."""


@dataclass(frozen=True, slots=True)
class Block:
    name: str
    source: str
    told: str

    def __str__(self) -> str:
        return f"=== {self.name}\n{self.source}---\n{self.told}"


def blocks(path: Path) -> Iterator[Block]:
    """The blocks of a file."""
    for text in ("\n" + path.read_text(encoding="utf-8")).split("\n=== ")[1:]:
        name, _, rest = text.partition("\n")
        source, _, told = f"\n{rest.strip()}\n".partition("\n---\n")
        yield Block(name, f"{source.strip()}\n", told)


def files() -> list[Path]:
    return sorted(FOLDER.glob("*.txt"))


@cache
def _plainest() -> frozenset[str]:
    """What is told of the plainest programs, which nobody has to read again for each construct."""
    return frozenset(sentence.text for text in PLAINEST for sentence in explain(compile_text(text)).sentences())


def told(group: str, source: str, name: str) -> str:
    """What is told of a program now."""
    if group in (VALUES, READS):
        return _values(source)
    if group == WHOLE:
        return explain(compile_text((STRATEGIES / f"{name}.strat").read_bytes(), name)).text()
    told = explain(compile_text(source))
    if group == NEVER:
        general = (told.headline, *(section.sentences for section in told.sections[-3:]))
        return "".join(f"{sentence.text}\n" for part in general for sentence in part)
    return "".join(_lines((*told.headline, *(each for section in told.sections for each in section.sentences))))


def _lines(sentences: Sequence[Sentence], before: str = "") -> Iterator[str]:
    for sentence in sentences:
        if sentence.key and sentence.text not in _plainest():
            yield f"{before}{sentence.text}\n"
        yield from _lines(sentence.details, before + "  - ")


def _values(source: str) -> str:
    """Each definition in words, those of a record field by field."""
    program = compile_text(source)
    found = []
    for name, value in program.lets.items():
        nodes = {"": value} if isinstance(value, Node) else value
        for field, node in nodes.items():
            assert isinstance(node, Node)
            found.append(f"{name}{'.' * bool(field)}{field}: {Words(program).inside(node)}\n")
    return "".join(found)


def written(path: Path) -> str:
    """A file as it should be now."""
    if path.stem == VALUES:
        made = [Block(row.name, _example(row.example, row.name), "") for row in catalogue()]
    elif path.stem == READS:
        made = [Block(word.name, f"let {word.name.replace('.', '_')}_ = {word.name}\n", "")
                for kind in ("series", "time", "book") for word in words(kind)]  # fmt: skip
    elif path.stem == WHOLE:
        made = [Block(each.stem, "", "") for each in sorted(STRATEGIES.glob("*.strat"))]
    else:
        made = list(blocks(path))
    return "".join(str(Block(b.name, b.source, told(path.stem, b.source, b.name))) for b in made)


def _example(example: str, name: str) -> str:
    symbols = "on AAPL, SPY\n" if "SPY" in example or name in ACROSS else ""
    return f"{symbols}let {name}_ = {example}\n"


if __name__ == "__main__":
    for path in (*files(), FOLDER / f"{WHOLE}.txt", FOLDER / f"{VALUES}.txt", FOLDER / f"{READS}.txt"):
        path.write_text(written(path), encoding="utf-8")
