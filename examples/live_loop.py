"""A live loop: bars arrive as lines of CSV, events leave as lines of JSON, and a restart loses nothing.

    python examples/live_loop.py STRATEGY TIMEFRAME STATE < bars.csv

Each line is `time,open,high,low,close,volume`. After every bar the state is written to the file STATE, complete or not
at all; a loop that is started again goes on behind the last bar it has run, so the feed may begin earlier.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

import stratagem as sg


def bars(lines: Iterable[str]) -> Iterator[sg.Bar]:
    """The bars of a feed; a heading is passed over."""
    for line in lines:
        time, *numbers = line.strip().split(",")
        if time and time[0].isdigit():
            yield sg.Bar(time, *map(float, numbers))


def keep(content: bytes, state: Path) -> None:
    """Replace the file in one step: whoever reads it sees the old state or the new one."""
    part = state.with_suffix(".part")
    part.write_bytes(content)
    part.replace(state)


def run(session: sg.Session, feed: Iterable[str], state: Path, out: TextIO) -> None:
    """Run what is new in the feed."""
    if state.exists():
        session.restore(state.read_bytes())
    for bar in bars(feed):
        if session.has_run(bar.ts):
            continue
        events = session.push(bar)
        keep(session.snapshot(), state)  # before the events leave: a crash in between may lose some, it repeats none
        for event in events:
            out.write(json.dumps({"event": event.kind, "ts": event.ts, **event.data}) + "\n")
        out.flush()


def main(arguments: list[str]) -> int:
    if len(arguments) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    strategy, timeframe, state = arguments
    session = sg.compile(Path(strategy)).session(timeframe=timeframe)
    run(session, sys.stdin, Path(state), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
