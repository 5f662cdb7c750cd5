"""Files that declare something are read in bounded time, whatever stands in their place."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import stratagem as sg
from stratagem.runtime.data import bounded
from stratagem.runtime.data.instruments import read_instruments
from stratagem.runtime.data.universe import read_universe
from stratagem.tools.contest.declared import ContestError, read_contest

READERS: tuple[Callable[[Path], Any], ...] = (read_instruments, read_universe, sg.portfolio, read_contest)


@pytest.mark.parametrize("read", READERS)
def test_a_pipe_without_a_writer_and_a_device_end_in_one_error(
    read: Callable[[Path], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "_WRITER_WAIT", 100)
    os.mkfifo(tmp_path / "silent.yaml")
    with pytest.raises((sg.DataError, sg.RunError, ContestError), match="a pipe into which nobody writes"):
        read(tmp_path / "silent.yaml")
    with pytest.raises((sg.DataError, sg.RunError, ContestError), match="is a device"):
        read(Path("/dev/zero"))


def test_a_pipe_that_somebody_writes_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "shares.yaml"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_text, args=("symbols: [A, B]\n",))
    writer.start()
    found = read_universe(pipe)
    writer.join()
    assert found.symbols == ("A", "B")
