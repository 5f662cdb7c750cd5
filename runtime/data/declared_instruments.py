"""The shape of a catalogue of instruments, as a person writes it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from ...lang.inputs.currency import CODE
from ...lang.inputs.errors import AssumptionError
from ...lang.inputs.readers import read_one
from .declared_groups import Groups

Told = float | str | None
"""A number or a text, as `assume` takes it."""


class Instrument(BaseModel):
    """What is known of one symbol; what is not said is not known."""

    model_config = ConfigDict(extra="forbid")

    tick: Told = None
    lot: Told = None
    point_value: Told = None
    minimum: Told = None
    fee: Told = None
    slippage: Told = None
    spread: Told = None
    margin: Told = None
    maintenance: Told = None
    currency: Annotated[str, Field(pattern=f"^{CODE}$")] | None = None
    group: Groups | None = None

    @field_validator(
        "tick", "lot", "point_value", "minimum", "fee", "slippage", "spread", "margin", "maintenance", mode="before"
    )
    @classmethod
    def _read(cls, value: Any, info: ValidationInfo) -> Any:
        """Held to what `assume` of this name takes, before a bool becomes a number."""
        if value is not None:
            try:
                read_one(str(info.field_name), value)
            except AssumptionError as error:
                raise ValueError(str(error)) from None
        return value


class Declared(BaseModel):
    """A catalogue."""

    model_config = ConfigDict(extra="forbid")

    instruments: Annotated[dict[str, Instrument], Field(min_length=1)]
