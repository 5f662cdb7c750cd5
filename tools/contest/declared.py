"""The shape of a contest, as a person writes it, and its reading: every fault is told at its line.

    contest: dips
    rules:
      metric: sharpe               # by which the best is chosen; any metric that is more the better
      trades: 20                   # fewer on the practice bars are no strategy
      fee: 0.1%                    # assumptions: what every entrant pays
    data:
      apple:
        source: sample:AAPL
        practice: {from: 2000, to: 2008}
        held_out: {from: 2008, to: 2013}
    entrants:
      cross: {file: golden_cross.strat}
      mine: {folder: tries}        # each file is a try
      model: {model: gpt-5, request: request.txt, tries: 3}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ...lang.diagnostics.brief import brief, named
from ...lang.diagnostics.suggest import nearest
from ...lang.inputs.assumptions import check_one
from ...lang.inputs.errors import AssumptionError
from ...runtime.data.declared_file import declared_text, declared_yaml
from ...runtime.data.errors import DataError
from ...runtime.data.source import SAMPLE, existing
from ...runtime.marked import Marked
from ...runtime.results.metrics.definitions import DEFINITIONS

Text = Annotated[str, Field(min_length=1, max_length=400)]
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
_STRICT = ConfigDict(extra="forbid")


class ContestError(Exception):
    """A contest's file is wrong; the message names the line and what is expected there."""


class Period(BaseModel):
    """A part of the bars; `to` is not in it."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    from_: Annotated[Text | None, Field(alias="from")] = None
    to: Text | None = None


class Data(BaseModel):
    """Bars: what entrants may try themselves on, and what they are judged on."""

    model_config = _STRICT

    source: Text
    practice: Period
    held_out: Period
    symbol: Text | None = None
    timeframe: Text | None = None


class Rules(BaseModel):
    """How it is judged. What else stands there are assumptions by their names, of every run."""

    model_config = ConfigDict(extra="allow")

    metric: Text = "sharpe"
    trades: Annotated[int, Field(ge=0)] = 10
    seconds: Annotated[float, Field(gt=0, le=3600)] = 30
    memory: Annotated[int, Field(ge=256, le=64_000)] = 4_000
    """Megabytes of a run."""


class Entrant(BaseModel):
    """Who takes part: the file of a strategy, a folder of tries, or a model that is asked."""

    model_config = _STRICT

    file: Text | None = None
    folder: Text | None = None
    model: Text | None = None
    url: Text | None = None
    request: Text | None = None
    tries: Annotated[int, Field(ge=1, le=100)] = 1

    @model_validator(mode="after")
    def _one(self) -> Self:
        given = [name for name in ("file", "folder", "model") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(f"expected one of file, folder, model, found {', '.join(given) or 'none'}")
        if (self.model is None) != (self.request is None):
            raise ValueError("a model has a request, a file of plain words; nothing else has one")
        if self.url is not None and self.model is None:
            raise ValueError("url is the address of a model")
        return self


class Contest(BaseModel):
    """A contest."""

    model_config = _STRICT

    contest: Annotated[str, Field(max_length=80)] = ""
    rules: Rules = Field(default_factory=Rules)
    data: Annotated[dict[str, Data], Field(min_length=1, max_length=100)]
    entrants: Annotated[dict[str, Entrant], Field(min_length=1, max_length=1_000)]

    @property
    def assumptions(self) -> dict[str, str]:
        """What every run is made with."""
        return {name: str(value) for name, value in (self.rules.model_extra or {}).items()}

    @property
    def key(self) -> str:
        """A hash of what makes results comparable: rules and data. Entrants may come and go."""
        said = self.model_dump_json(include={"rules", "data"})
        return blake2b(said.encode(), digest_size=8).hexdigest()


def read_contest(path: Path) -> tuple[Contest, Path]:
    """A contest's file, and the folder that its paths count from. ContestError names the line."""
    try:
        place = existing(str(path), str(path))
        marked = declared_yaml(declared_text(place, "a contest", "a YAML file of a contest"), place.name)
    except DataError as error:
        raise ContestError(str(error)) from None
    try:
        made = Contest.model_validate(marked.value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise _at(place, marked, first["loc"], _told(first)) from None
    _check(made, place, marked)
    return made, place.parent


def located(folder: Path, given: str) -> str:
    """A path that the file names, as it is from here; a sample as it is."""
    return given if given.startswith(SAMPLE) else str(folder / given)


def _check(made: Contest, place: Path, marked: Marked) -> None:
    metric = made.rules.metric
    if metric not in DEFINITIONS:
        near = nearest(metric, DEFINITIONS)
        hint = f": did you mean {near}?" if near else ""
        raise _at(place, marked, ("rules", "metric"), f"there is no metric {named(metric)}{hint}")
    for name, value in made.assumptions.items():
        try:
            check_one(name, value)
        except AssumptionError as error:
            raise _at(place, marked, ("rules", name), str(error)) from None
    for kind, names in (("entrants", made.entrants), ("data", made.data)):
        for name in names:
            if not _NAME.fullmatch(name):
                told = f"{brief(name)} is no name: up to 40 letters, digits and `_ - .`"
                raise _at(place, marked, (kind, name), told)


def _at(place: Path, marked: Marked, way: tuple[str | int, ...], told: str) -> ContestError:
    return ContestError(f"{place.name}, line {marked.line(way)}: {told}")


def _told(error: Mapping[str, Any]) -> str:
    """A fault as pydantic found it, in words."""
    where = ".".join(str(part) for part in error["loc"] if part != "from_") or "the contest"
    if error["type"] == "missing":
        return f"{where} is missing"
    if error["type"] == "extra_forbidden":
        return f"nothing is called {brief(error['loc'][-1])} here"
    return f"{where}: {error['msg'].removeprefix('Value error, ')}, found {brief(error['input'])}"
