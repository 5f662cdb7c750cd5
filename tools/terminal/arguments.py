"""The command line as argparse reads it, with mistakes told as every other command's failure is."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from ...lang.diagnostics.suggest import nearest
from ...lang.diagnostics.suggest import option as option_meant
from .console import UsageError

_DEFAULTS: dict[str, Any] = {"formatter_class": argparse.RawDescriptionHelpFormatter, "allow_abbrev": False}


LATER = ("--session", "--portfolio")
"""Options of later versions, of every command that does not have them."""


class _Once(argparse.Action):
    """An option with one value, said once: of two values the last would win, and the first be forgotten."""

    def __call__(
        self, parser: argparse.ArgumentParser, found: argparse.Namespace, value: Any, option: str | None = None
    ) -> None:
        given: set[str] = found.__dict__.setdefault(_GIVEN, set())
        if option in given:
            parser.error(f"{option} is given twice, first {getattr(found, self.dest)!s:.40}: keep one of the two")
        if option:
            given.add(option)
        setattr(found, self.dest, value)


class Sources(argparse.Action):
    """`--data`, `--magnify`, once for each source: one is what it is, several are sources by the symbols that their
    names tell.

    `NAME=PATH` names one itself.
    """

    def __call__(
        self, parser: argparse.ArgumentParser, found: argparse.Namespace, value: Any, option: str | None = None
    ) -> None:
        given: list[str] = found.__dict__.setdefault(f"{_SOURCES} {self.dest}", [])
        given.append(value)
        alone = len(given) == 1 and not _named(value)[0]
        setattr(found, self.dest, value if alone else _by_symbol(parser, self.option_strings[0], given))


_SOURCES = " sources"


class Pairs(argparse.Action):
    """`--fx`, once for each source of pairs: a list of paths, or of names and paths where `NAME=PATH` names one."""

    def __call__(
        self, parser: argparse.ArgumentParser, found: argparse.Namespace, value: Any, option: str | None = None
    ) -> None:
        name, path = _named(value)
        setattr(found, self.dest, [*(getattr(found, self.dest) or ()), {name: path} if name else path])


def _named(source: str) -> tuple[str, str]:
    """The name that is written before a path, "" without one, and the path."""
    name, _, path = source.partition("=")
    return (name, path) if name and path and not os.path.exists(source) else ("", source)


def _by_symbol(parser: argparse.ArgumentParser, option: str, sources: Sequence[str]) -> dict[str, str]:
    """Sources by their symbols."""
    from ...runtime.data.folder import symbol_of

    found: dict[str, str] = {}
    for source in sources:
        name, path = _named(source)
        name = name or symbol_of(os.path.basename(path.removeprefix("sample:")))
        if name in found:
            parser.error(f"{option} {found[name]} and {option} {path} are both of {name}: name one, as in "
                         f"{option} X={path}")  # fmt: skip
        found[name] = path
    return found


_GIVEN = " given"
"""Where the options are kept that were given, a name that no option has."""


_BELOW_ZERO = re.compile(r"-\.?\d.*")
"""What is a value and no option: `-0.01%`, not `-5` alone as argparse has it."""


def _behind_a_switch(value: str, arguments: Sequence[str]) -> str:
    """Of a value behind an option that takes none, `--resample 5m`, that it does not."""
    before = arguments[at - 1] if value in arguments and (at := arguments.index(value)) else ""
    switch = before.startswith("--") and "=" not in before and value[:1] != "-"
    return f": `{before}` takes no value" if switch else ""


class Parser(argparse.ArgumentParser):
    """No abbreviated options, which would change their meaning when one is added; UsageError in place of an exit."""

    command: Parser | None = None
    """The parser of the command that is being run."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{**_DEFAULTS, **options})
        self.register("action", None, _Once)
        self._negative_number_matcher = _BELOW_ZERO

    def parse(self, arguments: Sequence[str]) -> argparse.Namespace:
        """The arguments; UsageError names the nearest option where one is unknown."""
        found, unknown = self.parse_known_args(arguments)
        if unknown:
            option, refused = unknown[0].partition("=")[0], self.command or self
            if option in LATER:
                refused.error(f"`{option}` is not available yet")
            near = _option(option, self.command.options()) if self.command and option[:1] == "-" else ""
            refused.error(f"unexpected argument {unknown[0]}{near or _behind_a_switch(unknown[0], arguments)}")
        return found

    def options(self) -> list[str]:
        """Every option by its long name."""
        return [text for action in self._actions for text in action.option_strings if text.startswith("--")]

    def error(self, message: str) -> NoReturn:
        message = message.replace("ignored explicit argument", "it takes no value, found")  # nothing is ignored
        example = next((f", for example `{text}`" for name, text in _EXAMPLES.items() if message.endswith(name)), "")
        raise UsageError(f"{message}{example}; `{self.prog} --help` says what it takes")


_EXAMPLES = {
    " required: --data": "--data prices.csv` or `--data sample:AAPL",
    " required: --grid": "--grid fast=10:60:10` or, for its whole domain, `--grid fast",
}
"""What is often left out, by how the message ends."""


def place(text: str) -> str:
    """Where something is read or written, as argparse's `type`."""
    if not text.strip():
        raise argparse.ArgumentTypeError("expected a path, found an empty text")
    return text


def count(text: str) -> int:
    """A whole number, 0 or more, as argparse's `type`."""
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise argparse.ArgumentTypeError(f"expected a whole number from 0 to {10**12 - 1:,}, found {text[:40]!r}")
    return int(text)


def _option(name: str, known: Iterable[str]) -> str:
    close = option_meant(name, known)
    return f": did you mean `{close}`?" if close else ""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`: did you mean X?` where one of the known names is near."""
    near = nearest(name, known)
    return f": did you mean `{near}`?" if near else ""
