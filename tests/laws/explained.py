"""The laws of explanations on one program: what is told differs exactly where the meaning does.

By hand, over many: `python tests/laws/explained.py 0 2000` tries the programs of these seeds.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[0] = str(ROOT)
    __package__ = "tests.laws"

from stratagem.lang.compile import check_text  # noqa: E402
from stratagem.lang.explain.changes import changes  # noqa: E402
from stratagem.lang.explain.explain import explain  # noqa: E402
from stratagem.lang.explain.meaning import meaning  # noqa: E402
from stratagem.lang.program.program import Program  # noqa: E402

from ..lang.explain import golden  # noqa: E402
from .changed import changed, laid_anew  # noqa: E402
from .programs import Writer  # noqa: E402

EACH = 4
"""Changes tried of one program."""
_NAMES = re.compile(r"\b(?:a|b|c|s|n)\d\b")
"""What a random program calls its definitions and parameters."""


def texts() -> list[str]:
    """Programs that people wrote: the shipped strategies, those of the pages, and one for each construct."""
    found = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "strategies").glob("*.strat"))]
    for page in sorted((ROOT / "docs").glob("*.md")):
        found += re.findall(r"```strat\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    found += [block.source for path in golden.files() for block in golden.blocks(path) if path.stem not in golden.MADE]
    return [text for text in found if check_text(text).program is not None]


def written(seed: int) -> str:
    """The random program of a number."""
    return Writer(Random(seed)).program()


def hold(text: str, random: Random) -> int:
    """Every law on one program; gives how many changes of it compiled."""
    one = check_text(text).program
    if one is None:
        return 0
    lasting(one, text, random)
    compiled = 0
    for _ in range(EACH):
        other_text = changed(text, random)
        other = check_text(other_text).program
        if other is not None:
            compiled += 1
            apart(one, other, f"{text}\n--- or ---\n{other_text}")
    return compiled


def apart(one: Program, other: Program, shown: str) -> None:
    """Programs of different meaning are told differently; what differs is told where something does."""
    same = meaning(one) == meaning(other)
    alike = _sentences(one) == _sentences(other)
    assert same or not alike, f"two meanings have one text\n{shown}"
    assert changes(one, other).same is same, f"a difference is not told, or one that is none\n{shown}"


def lasting(one: Program, text: str, random: Random) -> None:
    """Layout, comments and the order of definitions change nothing that is told; names nothing that is meant."""
    anew = laid_anew(text, random)
    laid = check_text(anew).program
    assert laid is not None and explain(laid) == explain(one), f"a layout changed what is told\n{text}\n---\n{anew}"
    renamed = check_text(_NAMES.sub(lambda name: f"{name[0]}_" if name[0][0] != "n" else name[0], text)).program
    if renamed is not None:
        assert changes(one, renamed).same, f"a name is told as a difference\n{text}"


def _sentences(program: Program) -> list[tuple[str, str]]:
    """All that is told but the name of the strategy."""
    return [(sentence.about, sentence.text) for sentence in explain(program).sentences()]


def main(arguments: Iterable[str]) -> None:
    first, stop = map(int, arguments)
    compiled = sum(hold(written(seed), Random(seed)) for seed in range(first, stop))
    people = texts()
    compiled += sum(hold(people[seed % len(people)], Random(seed)) for seed in range(first, stop))
    sys.stdout.write(f"{compiled} changes held\n")


if __name__ == "__main__":
    main(sys.argv[1:])
