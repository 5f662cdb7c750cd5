"""A program and its data brought together: of one symbol, or of several."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from ..compiled.compiled import Compiled
from ..data.errors import SeveralSymbolsError
from ..data.scan import Scan
from .prepare import Prepared, prepare

if TYPE_CHECKING:
    from .several.prepare import PreparedSeveral

T = TypeVar("T")


def brought_together(
    program: Compiled, data: object, params: Mapping[str, object] | None, period: dict[str, Any],
    data_options: dict[str, Any], *, scan: Scan | None = None,
) -> Prepared | PreparedSeveral:  # fmt: skip
    """A program and its data: of one symbol, or of several where either of them is. scan: see `Reading`."""

    def one() -> Prepared | PreparedSeveral:
        return prepare(program.plan, data, params, scan=scan, **period, **data_options)

    def of_several() -> Prepared | PreparedSeveral:
        from .several.together import prepared_for

        return prepared_for(program, data, params, **period, **data_options)

    return one_or_several(program.is_several, program.symbols, data_options, one, of_several)


def one_or_several(
    is_several: bool, symbols: Sequence[str], data_options: Mapping[str, object], one: Callable[[], T],
    of_several: Callable[[], T],
) -> T:  # fmt: skip
    """What is made of a program and data of one symbol; of several, where the program or the data are of several.

    A program that names one symbol takes that one of the data; one that names none takes all that there are.
    """
    if not (is_several or any(data_options.get(name) is not None for name in ("symbols", "universe"))):
        try:
            return one()
        except SeveralSymbolsError:
            if symbols:
                raise
    return of_several()
