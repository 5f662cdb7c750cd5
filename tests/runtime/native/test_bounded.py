"""The longest text of each family that 64 kB can say is compiled by both engines, or refused, in bounded work."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ...families import FAMILIES, of_size

SECONDS, BYTES = 60, 1 << 30
"""Beyond what is promised (ten seconds, a gigabyte), for a machine that does other things at the same time."""

COMPILE = """
import resource, sys
from stratagem.lang.compile import compile_text
from stratagem.lang.diagnostics.model import CompileError
from stratagem.lang.plan.build import plan
from stratagem.runtime.interpreted.engine import compiled
from stratagem.runtime.machine.engines import kernel_of
try:
    made = plan(compile_text(sys.stdin.read()))
except CompileError as error:
    print(error.diagnostics[0].code)
else:
    compiled(made), kernel_of(made)
    print("compiled")
usage = resource.getrusage(resource.RUSAGE_SELF)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)
"""


@pytest.mark.soak
@pytest.mark.parametrize("name", FAMILIES)
def test_what_64_kb_can_say_is_compiled_or_refused(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", COMPILE], input=of_size(name, 64_000), capture_output=True, text=True,
        timeout=10 * SECONDS,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    outcome, usage = done.stdout.splitlines()
    assert outcome == "compiled" or outcome[0] == "E"
    seconds, most = usage.split()
    assert float(seconds) < SECONDS and float(most) < BYTES, f"{outcome}: {usage}"
