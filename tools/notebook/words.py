"""What stands behind `%%strat` and `%strat`: options as on the command line, and the rest."""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Sequence
from dataclasses import dataclass, field

from IPython.core.error import UsageError

from ...lang.words.vocabulary import ASSUMPTIONS

USAGE = {
    "%%strat": "%%strat [NAME] [--data DATA] [--param K=V] [--fee V] [--assume NAME=VALUE] [--plot]",
    "%strat": "%strat EXPRESSION [--data DATA] [--param K=V]",
}


@dataclass(slots=True)
class Words:
    """What was said. rest: the words that belong to no option; data: as written, None where none were named."""

    magic: str
    rest: list[str] = field(default_factory=list)
    data: str | None = None
    params: dict[str, str] = field(default_factory=dict)
    assumed: dict[str, str] = field(default_factory=dict)
    plot: bool = False

    def wrong(self, told: str) -> UsageError:
        """What is wrong with it, and what may be said."""
        return UsageError(f"{self.magic}: {told}\nusage: {USAGE[self.magic]}")


def read(words: Sequence[str], magic: str) -> Words:
    """The options and the rest; UsageError names what is no option, has no value, or is said twice."""
    found = Words(magic)
    left = list(words)
    while left:
        word = left.pop(0)
        option, sign, value = word.partition("=")
        if not word.startswith("--") or word == "--":
            found.rest.append(word)
        elif magic == "%%strat" and _assumption(option) in ASSUMPTIONS:
            if not sign and not left:
                raise found.wrong(f"{option} takes a value")
            _say(found, "--assume", f"{_assumption(option)}={value if sign else left.pop(0)}")
        elif option not in USAGE[magic].replace("[", " ").split():
            raise found.wrong(f"there is no option {option}")
        elif option == "--plot":
            found.plot = True
        else:
            if not sign and not left:
                raise found.wrong(f"{option} takes a value")
            _say(found, option, value if sign else left.pop(0))
    return found


def _assumption(option: str) -> str:
    return option.removeprefix("--").replace("-", "_")


def _say(found: Words, option: str, value: str) -> None:
    if option == "--data":
        if found.data is not None:
            raise found.wrong("--data is given twice: several symbols are one name, a mapping of bars by symbol")
        found.data = value
        return
    name, sign, worth = value.partition("=")
    told = found.params if option == "--param" else found.assumed
    if not name or not sign:
        raise found.wrong(f"{option} takes NAME=VALUE, found {value!r}")
    if name in told:
        raise found.wrong(f"{name} is given twice, first {told[name]}: keep one of the two")
    told[name] = worth


def name_of(found: Words, taken: Sequence[str]) -> str:
    """What a program is called; taken: names that are the shell's own."""
    if len(found.rest) > 1:
        raise found.wrong(f"one name is enough, found {' '.join(found.rest)}")
    name = found.rest[0] if found.rest else "program"
    own = keyword.iskeyword(name) or hasattr(builtins, name) or name in taken or name.startswith("_")
    if not name.isidentifier() or own:
        raise found.wrong(f"{name!r} cannot be the name of a program: it is Python's own, the shell's, or no name")
    if found.data is None and (found.params or found.assumed or found.plot):
        raise found.wrong("what is said of a run needs --data; without it the cell is only compiled")
    return name
