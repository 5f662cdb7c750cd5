"""A compiled program and the data of several symbols brought together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...calendar.instants import Moment
from ...compiled.compiled import Compiled
from .prepare import PreparedSeveral, prepare_several
from .wishes import wishes_of


def prepared_for(
    program: Compiled,
    data: object,
    params: Mapping[str, object] | None,
    *,
    from_: Moment | None,
    to: Moment | None,
    close_at_end: bool,
    assumptions: Mapping[str, object],
    **data_options: Any,
) -> PreparedSeveral:
    """A program and the data of several symbols brought together."""
    several = program.several
    return prepare_several(
        wishes_of(program), several.plans, several.assumed, data, params, program=program.name, from_=from_, to=to,
        close_at_end=close_at_end, assumptions=assumptions, **data_options,
    )  # fmt: skip
