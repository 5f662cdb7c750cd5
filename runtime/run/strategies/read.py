"""`read_portfolio`: a YAML file, or a mapping of Python, that says which strategies share a capital.

    portfolio: Trend and reversion    # what it is called, if it is not as the file
    capital: 100_000
    strategies:
      trend:
        file: golden_cross.strat      # beside this file
        share: 60%
        params: {fast: 20}
      reversion:
        file: rsi2_reversion.strat
        share: 40%
        data: sample:AAPL
    limits:
      drawdown: 15% then flatten

It is read strictly: an error names the line and what is expected there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ....lang.diagnostics.brief import brief, named
from ....lang.diagnostics.suggest import nearest
from ....lang.inputs.assumptions import check_one
from ....lang.inputs.errors import AssumptionError, ParameterError
from ....lang.inputs.parameters import chosen
from ...compiled.compiled import Compiled
from ...compiled.program import CompiledProgram, compile
from ...data.declared_file import declared_text, declared_yaml
from ...data.errors import DataChoiceError, DataError
from ...data.source import SAMPLE, existing
from ...errors import ProgramFileError, UsageFault
from ...given import path as checked_path
from ...marked import Marked
from ..read import timeframe_of
from ..several.said import asked_for
from .limits import Limit, read_limit
from .model import Declared, Strategy
from .shares import all_shares

if TYPE_CHECKING:
    from .declared import OfStrategy

OPTIONS = ("symbol", "symbols", "universe", "instruments", "fx", "magnify", "timeframe")
"""What a strategy may say of its own data, beside which they are."""
_PATHS = ("universe", "instruments", "fx", "magnify")
_DATA = ("data", "fx", "magnify")
"""What from Python may be of any kind that data are."""
_TEXT = "constrained-str"
"""What pydantic calls the text in the place of a value that may be a mapping, too."""
_NAME = re.compile(r"\w([\w .-]{0,38}[\w-])?")


@dataclass(frozen=True, slots=True)
class Text:
    """A document, and where it came from: the file's name, "" if none; the folder that its paths count from."""

    marked: Marked
    source: str = ""
    folder: Path | None = None

    def place(self, way: Sequence[str | int]) -> str:
        """Where a value stands, in words; "" of a document that is no file."""
        return f"{self.source}, line {self.marked.line(way)}" if self.source else ""

    def error(self, way: Sequence[str | int], told: str) -> DataChoiceError:
        """An error at the line of a value."""
        return DataChoiceError(f"{self.place(way) or 'portfolio'}: {told}")

    def paths(self, given: str | Mapping[str, str]) -> object:
        """A path that it names, or several by symbol, as they are from here."""
        return self.path(given) if isinstance(given, str) else {name: self.path(each) for name, each in given.items()}

    def path(self, given: str) -> str:
        """A path that it names, as it is from here."""
        if self.folder is None or given.startswith(SAMPLE) or os.path.isabs(given):
            return given
        return str(self.folder / given)


def read_portfolio(path: object, programs: Mapping[str, Compiled] | None = None) -> Declared:
    """The portfolio that a YAML file declares. programs: given beside it, by name: those of strategies that name no
    file. DataError names the file, the line and what is expected there."""
    place = existing(checked_path("portfolio", path), str(path))
    try:
        marked = declared_yaml(declared_text(place, "a portfolio", "a YAML file of strategies"), place.name)
    except DataError as error:  # of a portfolio no data are at fault, but what was chosen
        raise DataChoiceError(str(error)) from None
    return made(Text(marked, place.name, place.parent), place.stem, programs or {}, {})


def made(
    text: Text, title: str, programs: Mapping[str, Compiled], data: Mapping[str, Mapping[str, object]]
) -> Declared:
    """The portfolio of a document. data: of Python, by the name of a strategy, then as `_DATA` calls them."""
    from pydantic import ValidationError

    from .declared import DeclaredPortfolio

    try:
        declared = DeclaredPortfolio.model_validate(text.marked.value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise text.error(first["loc"], _told(first)) from None
    named_here = declared.strategies or {name: _nothing() for name in programs}
    _names(named_here, text)
    programs = _by_file(named_here, programs)
    if unnamed := [name for name in programs if name not in named_here]:
        near = nearest(unnamed[0], named_here)
        hint = f": did you mean {near}?" if near else f"; it has {', '.join(named_here)}"
        raise text.error(("strategies",), f"no strategy is called {named(unnamed[0])}, as the program given{hint}")
    try:
        shares = all_shares({name: each.share for name, each in named_here.items()})
    except ValueError as error:
        raise text.error(("strategies",), str(error)) from None
    return Declared(
        declared.portfolio or title,
        tuple(_strategy(name, each, shares[name], text, programs, data.get(name, {}))
              for name, each in named_here.items()),
        tuple(_limit(measure, given, text) for measure, given in declared.limits.items()),
        declared.capital,
        all(each.share is None for each in named_here.values()),
        str(declared.rebalance or ""),
    )


def _limit(measure: str, given: object, text: Text) -> Limit:
    try:
        return read_limit(measure, given)
    except ValueError as error:
        raise text.error(("limits", measure), str(error)) from None


def _by_file(strategies: Mapping[str, OfStrategy], programs: Mapping[str, Compiled]) -> dict[str, Compiled]:
    """The programs given beside a document by the strategies that they are: by their names, or by their files."""
    found = dict(programs)
    for name, program in programs.items():
        own = [other for other, told in strategies.items() if told.file and _file(told.file) == _file(program.name)]
        if name not in strategies and own:
            del found[name]
            found |= dict.fromkeys(own, program)
    return found


def _file(path: str) -> str:
    return Path(path).name


def _nothing() -> OfStrategy:
    from .declared import OfStrategy

    return OfStrategy()


def _names(strategies: Mapping[str, object], text: Text) -> None:
    """DataError where a name is none, or two are the same in other letters."""
    if not strategies:
        raise text.error((), "no strategy is named: expected `strategies:`, and below it each by its name")
    known: dict[str, str] = {}
    for name in strategies:
        way = ("strategies", name)
        if not _NAME.fullmatch(name):
            raise text.error(way, f"{named(name) or brief(name)} is no name of a strategy: up to 40 letters, digits "
                                  "and `_ - .`, with blanks only between them")  # fmt: skip
        if name.lower() in known:
            raise text.error(way, f"{named(name)} is {named(known[name.lower()])} in other letters")
        known[name.lower()] = name


def _strategy(
    name: str, told: OfStrategy, share: Fraction, text: Text, programs: Mapping[str, Compiled],
    given: Mapping[str, object],
) -> Strategy:  # fmt: skip
    options = {each: getattr(told, each) for each in OPTIONS if getattr(told, each) is not None}
    options |= {each: text.paths(options[each]) for each in _PATHS if each in options}
    options |= {each: given[each] for each in _DATA[1:] if each in given}
    data = given.get("data")
    if data is None and told.data is not None:
        data = text.paths(told.data)
    for each in ("capital", "timezone"):
        if each in told.assume:
            is_ = "its share of the portfolio's" if each == "capital" else "one for all: --tz (timezone=) sets it"
            raise text.error(("strategies", name, "assume", each), f"{each} of a strategy is {is_}")
    program = _program(name, told.file, text, programs)
    if text.source:
        _values(name, told, program, text)
    places = {each: text.place(("strategies", name, "assume", each)) for each in told.assume} if text.source else {}
    return Strategy(name, program, share, data, dict(told.params), dict(told.assume), options, places)


def _values(name: str, told: OfStrategy, program: Compiled, text: Text) -> None:
    """Parameters, assumptions and options of a file, each at its line; from Python the run tells of them, as
    everywhere."""
    for option, read in (("symbols", asked_for), ("timeframe", timeframe_of)):
        if (found := getattr(told, option)) is not None:
            try:
                read(found)
            except UsageFault as error:
                raise text.error(("strategies", name, option), f"{name}: {error}") from None
    for each, value in told.params.items():
        try:
            chosen(program.plan.params, {each: value})
        except ParameterError as error:
            raise text.error(("strategies", name, "params", each), f"{name}: {error}") from None
    for each, value in told.assume.items():
        try:
            check_one(each, value)
        except AssumptionError as error:
            raise text.error(("strategies", name, "assume", each), f"{name}: {error}") from None


def _program(name: str, file: str | None, text: Text, programs: Mapping[str, Compiled]) -> Compiled:
    """The program of a strategy: the one given beside the document, or of the file that it names."""
    way = ("strategies", name)
    if name in programs:
        given = programs[name]
        if file is not None and _file(file) != _file(given.name):
            raise text.error((*way, "file"), f"{named(name)} is of {brief(_file(file))}, and for it "
                                             f"{brief(_file(given.name))} is given: keep one of the two")  # fmt: skip
        return given
    if file is None:
        raise text.error(way, f"{named(name)} has no `file:`, and no program of that name is given")
    place = Path(text.path(file))
    try:
        return compile(place)
    except ProgramFileError as error:
        raise text.error((*way, "file"), str(error)) from None
    except UsageFault:
        raise text.error((*way, "file"), f"file: expected the path of a program, found {brief(file)}") from None


def _told(fault: Any) -> str:
    """A fault of pydantic in words."""
    way, found = fault["loc"], brief(fault["input"])
    if fault["type"] == "extra_forbidden":
        known: tuple[str, ...] = ("portfolio", "capital", "strategies", "limits", "rebalance")
        if len(way) > 1:
            known = ("file", "share", "data", *OPTIONS, "params", "assume")
        if way[-1] == "rebalance":
            return "rebalance is of the portfolio: it stands beside `strategies:`"
        near = nearest(str(way[-1]), known)
        of = "a strategy" if len(way) > 1 else "a portfolio"
        hint = f"did you mean {near}?" if near else f"{of} has {', '.join(known)}"
        return f"{named(way[-1])} is not known: {hint}"
    known_here = [each for each in way if each != _TEXT]
    what = named(known_here[-1]) if way else ""
    by = "pair" if what == "fx" else "symbol"
    a_text = f"a path, or paths by {by}" if what in _DATA else "a text"
    words = {
        "string_type": f"{what}: expected {a_text}; found {found}",
        "too_short": "no strategy is named: expected each by its name below `strategies:`",
        "string_too_short": f"{what} is empty",
        "string_too_long": f"{what}: expected up to 80 characters",
        "model_type": (
            f"expected what {what} is, such as `file:` and `share:`; found {found}" if way
            else f"expected `strategies:`, and below it each by its name; found {found}"
        ),
        "dict_type": f"{what}: expected names and values; found {found}",
        "value_error": str(fault.get("ctx", {}).get("error", "")),
    }  # fmt: skip
    return words.get(fault["type"]) or f"{what}: {fault['msg']}, found {found}"


# --- from Python -----------------------------------------------------------------------------------------


def of_python(
    strategies: object, shares: Mapping[str, object] | None, capital: object, limits: Mapping[str, object] | None,
    title: str, rebalance: object = None,
) -> Declared:  # fmt: skip
    """The portfolio of programs by name, or of a list of them; each may be a mapping with `program` and what a file may
    say of it."""
    document: dict[str, Any] = {"strategies": {}}
    programs: dict[str, Compiled] = {}
    data: dict[str, dict[str, object]] = {}
    for name, given in _by_name(strategies).items():
        own = dict(given) if isinstance(given, Mapping) else {"program": given}
        if "program" not in own:
            raise UsageFault(f"portfolio: {named(name)} has no program: expected a compiled program, its text or its "
                             'path, or a mapping such as {"program": program, "share": "60%"}')  # fmt: skip
        programs[name] = _compiled(own.pop("program"))
        data[name] = {each: found for each in _DATA if (found := own.pop(each, None)) is not None}
        document["strategies"][name] = {key: _plain(key, value) for key, value in own.items()}
    for name, share in _mapping("shares", shares).items():
        if name not in programs:
            near = nearest(str(name), programs)
            hint = f"did you mean {near}?" if near else f"there are {', '.join(programs)}"
            raise UsageFault(f"shares: there is no strategy {brief(name)}: {hint}")
        if "share" in document["strategies"][name]:
            raise UsageFault(f"shares: {named(name)} has a share of its own already")
        document["strategies"][name]["share"] = share
    document["limits"] = _mapping("limits", limits)
    if capital is not None:
        document["capital"] = capital
    if rebalance is not None:
        document["rebalance"] = rebalance
    if title:
        document["portfolio"] = title
    return made(Text(Marked(document, {})), " + ".join(programs), programs, data)


def _by_name(strategies: object) -> dict[str, object]:
    if isinstance(strategies, Mapping):
        return _mapping("portfolio", strategies)
    if isinstance(strategies, (list, tuple)):
        found: dict[str, object] = {}
        for given in strategies:
            program = _compiled(given)
            name = name_of(program)
            if name in found:
                raise UsageFault(f"portfolio: two strategies are called {named(name)}: name them, as in "
                                 '{"fast": program, "slow": program}')  # fmt: skip
            found[name] = program
        return found
    raise UsageFault("portfolio: expected the path of a YAML file, or programs by name, such as "
                     f'{{"trend": program}}; found {brief(strategies)}')  # fmt: skip


def name_of(program: Compiled) -> str:
    """What a strategy is called that nobody named: as its file, else as its title."""
    stem = Path(program.name).stem if program.name.endswith(".strat") else program.title
    name = re.sub(r"[^\w .-]+", " ", stem).strip(" .")[:40].strip(" .")
    return name or "strategy"


def _compiled(given: object) -> Compiled:
    return given if isinstance(given, CompiledProgram) else compile(given)  # type: ignore[arg-type]


def _plain(name: str, value: object) -> object:
    return _mapping(name, value) if isinstance(value, Mapping) else value


def _mapping(name: str, given: object) -> dict[str, object]:
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise UsageFault(f"{name}: expected a mapping by name, found {brief(given)}")
    for key in given:
        if not isinstance(key, str):
            raise UsageFault(f"{name}: expected names that are texts, found {brief(key)}")
    return dict(given)
