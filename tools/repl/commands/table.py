"""The commands of the shell: one table, of which the help is made, and by which a command is told from the language."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ....lang.syntax.stuck import STATEMENT_WORDS
from ....lang.words.table import WORDS

if TYPE_CHECKING:
    from ..reply import Reply
    from ..session import Session

_CALLED = re.compile(r"\s*(\.?)([A-Za-z]+)(?=\s|\Z)")
_ASKED = re.compile(r"\s*\?\s*([A-Za-z_][\w.]*)\s*\Z|\s*([A-Za-z_][\w.]*)\s*\?\s*\Z")
_VALUES = ("series", "time", "constant", "weekday", "bracket", "book")
_LEAVE = re.compile(r"\s*(exit|quit)\s*(\(\s*\))?\s*;?\s*\Z")
"""What is typed to leave another shell."""


@dataclass(frozen=True, slots=True)
class Command:
    """name; takes: its arguments, as help shows them; does: what it does, in a line; place: module and function."""

    name: str
    takes: str
    does: str
    place: str
    group: str

    def run(self, session: Session, rest: str) -> Reply:
        """Do it. rest: what was typed behind the name."""
        module, _, function = self.place.partition(":")
        answer: Callable[[Session, str], Reply] = getattr(
            importlib.import_module(f".{module}", __package__), function or self.name
        )  # fmt: skip
        return answer(session, rest if self.group else self.name)  # one that there is not is told by its name


_ROWS = """
# program
show    |                     | the program, its statements numbered                | files
load    | FILE                | a program from a file, in the place of this one     | files
save    | [FILE] [--over]     | the program to its file, or to a new one            | files
edit    | [FILE]              | the program in $EDITOR, read again when it is saved | edit
drop    | NAME or NUMBER      | a statement, out of the program                     | files
clear   |                     | an empty program                                    | files
undo    |                     | everything as it was before the last change         | files
fmt     |                     | the program in the one layout                       | files
check   |                     | all that is said of the program, and its warm-up    | about
explain | [OTHER FILE]        | the program in plain English; what OTHER changes    | about
param   | [NAME=VALUE …]      | the parameters; `fast = 20` moves one, too          | runs

# data and results
data    | [SRC …]             | the data, or others, read as `--data` does          | data
run     | [OPTION …]          | the program over the data; options of a backtest    | runs
trades  | [N]                 | the last trades                                     | runs
why     | N or TIME, not TIME | why a trade was made, or not at a time              | runs
sweep   | NAME=LO:HI:STEP …   | every combination of parameters, a map of two       | sweeps
test    | [NAME]              | the tests in the program's text                     | runs
report  | [FILE] [--over]     | the run as a page                                   | runs
plot    | [WHAT] [last N]     | candles, equity, drawdown, or any expression        | plots
time    | EXPRESSION          | how long it takes, the first time and again         | about

# from plain words
ask     | [--new] WORDS       | a strategy from plain words; again, a change of it  | ask
answer  | [N] VALUE           | what a question of it asks for                      | ask
yes     |                     | what was drafted becomes the program                | ask
no      |                     | it does not                                         | ask

# help
help    | [NAME]              | the commands; what a name is and means              | about
functions | [QUERY]           | the functions of the language                       | about
quit    |                     | leave                                               | about
"""


@cache
def commands() -> Mapping[str, Command]:
    """Every command by its name, in the order of help."""
    found: dict[str, Command] = {}
    group = ""
    for line in filter(None, map(str.strip, _ROWS.splitlines())):
        if line.startswith("#"):
            group = line[1:].strip()
            continue
        name, takes, does, place = (part.strip() for part in line.split("|"))
        found[name] = Command(name, takes, does, place, group)
    return found


@cache
def _of_the_language() -> frozenset[str]:
    """The words that begin a statement, or are a value of their own."""
    values = (word.name for word in WORDS if word.kind in _VALUES)
    return frozenset((*values, *STATEMENT_WORDS, "if", "not", "true", "false", "na"))


def called(text: str, names: Collection[str] = ()) -> Command | None:
    """The command that a text calls: `.run`, or `run` where no word of the language and no name of the program is so.

    names: those of the program. `?rsi` and `rsi?` ask for help; `exit` and `quit()` leave.
    """
    if _LEAVE.match(text):
        return commands()["quit"]
    if _ASKED.match(text):
        return commands()["help"]
    found = _CALLED.match(text)
    if found is None or "\n" in text.strip():
        return None
    dotted, name = found.groups()
    if dotted:
        return commands().get(name, _unknown(name))
    if name not in commands() or name in names or name in _of_the_language():
        return None
    rest = text[found.end() :].lstrip()
    path = rest[:1] == "/" and rest[1:2].strip() != ""  # `save /tmp/x.strat`; `save / 2` divides
    return None if rest[:1] in ("=", ">", "<", "+", "*", "/", "@", "!") and not path else commands()[name]


def rest_of(text: str) -> str:
    """What is typed behind the name of a command."""
    asked = _ASKED.match(text)
    if asked:
        return asked[1] or asked[2]
    found = _CALLED.match(text)
    return text[found.end() :].strip() if found and not _LEAVE.match(text) else ""


def _unknown(name: str) -> Command:
    return Command(name, "", "", "unknown:answer", "")
