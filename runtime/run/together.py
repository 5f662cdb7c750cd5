"""A program and its data brought together: of one symbol, or of several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..compiled.compiled import Compiled
from ..data.errors import SeveralSymbolsError
from .prepare import Prepared, prepare

if TYPE_CHECKING:
    from .several.prepare import PreparedSeveral


def brought_together(
    program: Compiled, data: object, params: Mapping[str, object] | None, period: dict[str, Any],
    data_options: dict[str, Any],
) -> Prepared | PreparedSeveral:  # fmt: skip
    """A program and its data: of one symbol, or of several where either of them is.

    A program that names one symbol takes that one of the data; one that names none takes all that there are.
    """
    several = program.is_several or any(data_options.get(name) is not None for name in ("symbols", "universe"))
    if not several:
        try:
            return prepare(program.plan, data, params, **period, **data_options)
        except SeveralSymbolsError:
            if program.symbols:
                raise
    from .several.together import prepared_for

    return prepared_for(program, data, params, **period, **data_options)
