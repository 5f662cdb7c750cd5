"""The shape of a portfolio of strategies, as a person writes it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from ....lang.inputs.errors import AssumptionError
from ....lang.inputs.readers import read_one
from .shares import read_share
from .turns import read_period

Told = object
"""A number or a text, held to its kind by whoever reads it."""
Text = Annotated[str, Field(min_length=1)]


class OfStrategy(BaseModel):
    """A strategy: its program, its share, and what it is run with. What is not said is as for the others."""

    model_config = ConfigDict(extra="forbid")

    file: Text | None = None
    share: Told = None
    data: Text | dict[str, Text] | None = None
    symbol: Text | None = None
    symbols: Text | None = None
    universe: Text | None = None
    instruments: Text | None = None
    fx: Text | dict[str, Text] | None = None
    magnify: Text | dict[str, Text] | None = None
    timeframe: Text | None = None
    params: dict[str, Told] = Field(default_factory=dict)
    assume: dict[str, Told] = Field(default_factory=dict)

    @field_validator("share", mode="after")
    @classmethod
    def _share(cls, value: Told) -> Told:
        if value is not None:
            read_share(value)
        return value


class DeclaredPortfolio(BaseModel):
    """A portfolio."""

    model_config = ConfigDict(extra="forbid")

    portfolio: Annotated[str, Field(min_length=1, max_length=80)] = ""
    capital: Told = None
    strategies: Annotated[dict[str, OfStrategy], Field(min_length=1)] = Field(default_factory=dict)
    limits: dict[str, Told] = Field(default_factory=dict)
    rebalance: Told = None

    @field_validator("rebalance", mode="after")
    @classmethod
    def _rebalance(cls, value: Told) -> Told:
        if value is not None:
            read_period(value)
        return value

    @field_validator("capital", mode="after")
    @classmethod
    def _capital(cls, value: Told) -> Told:
        if value is not None:
            try:
                read_one("capital", value)
            except AssumptionError as error:
                raise ValueError(str(error)) from None
        return value
