"""The shape of a universe's file, as a person writes it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from ...calendar.civil import DAY
from ...calendar.instants import instant
from ..declared_groups import Groups


def _day(value: Any) -> int | None:
    """A date as days since 1970; a year or a month is its first day; nothing and `-` are no bound."""
    if value in ("", "-", None):
        return None
    found = instant(value, "the date", daily=True)
    if found % DAY:
        raise ValueError(f"{value!r:.40} has a time of day; expected a date")
    return found // DAY


def _symbol(value: Any) -> Any:
    """`AAPL` alone is a symbol that always belongs."""
    return {"symbol": value} if isinstance(value, str) else value


_SYMBOL = r"^\S(.{0,78}\S)?$"


class Member(BaseModel):
    """A symbol, when it belongs (from the day `from` on, before the day `to`), and the groups that it is in."""

    model_config = ConfigDict(extra="forbid")

    symbol: Annotated[str, Field(pattern=_SYMBOL)]
    begin: Annotated[int | None, BeforeValidator(_day)] = Field(default=None, alias="from")
    end: Annotated[int | None, BeforeValidator(_day)] = Field(default=None, alias="to")
    group: Groups | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Member:
        if self.begin is not None and self.end is not None and self.begin >= self.end:
            raise ValueError("`to` is the first day on which it no longer belongs, and must come after `from`")
        return self


class Declared(BaseModel):
    """A universe: its name, that of the file if it has none, and its members."""

    model_config = ConfigDict(extra="forbid")

    universe: Annotated[str, Field(pattern=_SYMBOL)] | None = None
    symbols: Annotated[list[Annotated[Member, BeforeValidator(_symbol)]], Field(min_length=1)]
