"""What two runs have in common where their results must be equal: checksums of text, assumptions and data; versions."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from .... import __version__
from ...data.bars import Bars
from ..output import RunOutput

_LIBRARIES = ("numpy", "numba", "llvmlite", "pyarrow", "lark", "bokeh")
"""What figures, kernels, tables and pages are made by."""


def hashes(out: RunOutput) -> dict[str, object]:
    """Of the text, of what was assumed, and of the data by their columns in order, of every symbol that was read."""
    import numpy as np
    from xxhash import xxh3_128

    data, rates = xxh3_128(), str(out.assumptions.get("conversion", ""))
    every: tuple[Bars, ...] = (out.bars,) if out.several is None else out.several.panel.bars
    for bars in every:
        if out.several is not None:
            data.update(bars.symbol.encode())
        for name in ("ts", "open", "high", "low", "close", "volume"):
            data.update(np.ascontiguousarray(getattr(bars, name)).data)
        if rates in bars.extra:
            data.update(np.ascontiguousarray(bars.extra[rates]).data)
    return {"source": out.source_hash, "assumptions": out.assumptions_hash, "data": data.hexdigest()}


@cache
def versions() -> dict[str, str]:
    """Of what made the result, each by its name."""
    found = {"stratagem": __version__, "Python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # put there by other means than a package
            found[name] = "unknown"
    return found
