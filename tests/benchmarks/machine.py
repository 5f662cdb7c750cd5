"""What the figures were taken on, in general terms."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("numpy", "numba", "llvmlite", "pyarrow", "pandas")


def machine() -> dict[str, str]:
    """Processor, load, Python and the packages that matter."""
    found = {
        "processor": f"{_model()}, {os.cpu_count()} cores",
        "load": f"{os.getloadavg()[0]:.1f} processes at the end of the run",
        "system": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
    }
    return found | {name: _version(name) for name in PACKAGES}


def _model() -> str:
    """What the system calls the processor."""
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        wanted = ("model name", "cpu family", "model\t")
        lines = facts.read_text().split("\n\n")[0].splitlines()
        told = [line.partition(":")[2].strip() for name in wanted for line in lines if line.startswith(name)]
        return " ".join(told[:1]) + (f" (family {told[1]}, model {told[2]})" if len(told) == 3 else "")
    return platform.processor() or platform.machine()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
