"""A compiled program and the data of several symbols brought together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...compiled.compiled import Compiled
from .prepare import PreparedSeveral, gather, prepare_several
from .wishes import wishes_of


def prepared_for(
    program: Compiled, data: object, params: Mapping[str, object] | None, **options: Any
) -> PreparedSeveral:  # fmt: skip
    """A program and the data of several symbols brought together; options: those of `gather`."""
    several = program.several
    return prepare_several(
        wishes_of(several), several.plans, several.assumed, data, params, program=program.name, **options
    )


def gathered_for(program: Compiled, data: object, **options: Any) -> PreparedSeveral:
    """The same without values of the parameters."""
    several = program.several
    return gather(wishes_of(several), several.plans, several.assumed, data, program=program.name, **options)
