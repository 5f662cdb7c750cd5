"""Higher timeframes: the block that runs when a bar of one closes, and the peek at the bar that is growing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

from ..program.nodes import Node
from ..program.timeframe import Timeframe
from .lower import Block, Common
from .model import Clock, Column, Copy, Forming, Hold
from .wanted import series


def clocks_of(nodes: Iterable[Node]) -> tuple[Timeframe, ...]:
    """The higher timeframes that nodes live on or ask about, coarse before fine."""
    found = {node.clock for node in nodes if isinstance(node.clock, Timeframe)}
    found |= {frame for node in nodes if node.kind == "closes" for frame in node.data if isinstance(frame, Timeframe)}
    return tuple(sorted(found, key=lambda frame: (-frame.seconds, str(frame))))


def lower_clocks(common: Common, nodes: Sequence[Node], base: Block) -> tuple[Clock, ...]:
    """The clocks of the plan. `nodes` are all its series; `base` is the lowered base block."""
    own: dict[object, list[Node]] = defaultdict(list)
    sampled: dict[object, list[Node]] = defaultdict(list)
    for node in nodes:
        own[node.clock].append(node)
        if node.kind == "sample":
            sampled[node.args[0].clock].append(node)
    return tuple(_lowered(common, frame, own[frame], sampled[frame], base) for frame in common.clocks)


def _lowered(common: Common, frame: Timeframe, own: Sequence[Node], sampled: Sequence[Node], base: Block) -> Clock:
    """One clock: the nodes that live on it, and the samples that read it."""
    at = common.layout.clock(str(frame))
    block = Block(common, frame)
    block.lower(own)
    holds = {node.args[0].id: node.args[0] for node in sampled}
    peek, forming = _peek(common, frame, [node for node in sampled if node.data[0] == "forming"], base)
    return Clock(
        timeframe=str(frame),
        end=common.column(Column("bucket_end", str(frame), timeframe=str(frame), whole=True)),
        at=at,
        fields=tuple(common.fields.get(frame, {}).values()),
        ops=tuple(block.ops),
        commits=tuple(block.commits),
        holds=tuple(Hold(block.ids[node.id], node.type, common.hold(node)) for node in holds.values()),
        copies=tuple(merged(peek.copies)),
        peek=tuple(peek.ops),
        forming=forming,
    )


def _peek(common: Common, frame: Timeframe, samples: Sequence[Node], base: Block) -> tuple[Block, tuple[Forming, ...]]:
    """One step of what the forming samples read, on copies."""
    block = Block(common, frame, peek=True)
    needed = series((node.args[0] for node in samples), common.cells, common.given, past=False)
    block.lower(node for node in needed if node.clock == frame)
    forming = (
        Forming(base.ids[node.id], node.type, block.ids[node.args[0].id], common.hold(node.args[0])) for node in samples
    )
    return block, tuple(forming)


def merged(copies: Sequence[Copy]) -> list[Copy]:
    """Neighbouring copies as one."""
    found: list[Copy] = []
    for _, group in groupby(sorted(copies, key=lambda c: (c.array, c.source)), key=lambda c: c.array):
        for copy in group:
            last = found[-1] if found else None
            if last and (last.array, last.source + last.count, last.target + last.count) == (
                copy.array, copy.source, copy.target,
            ):  # fmt: skip
                found[-1] = Copy(last.array, last.source, last.target, last.count + copy.count)
            else:
                found.append(copy)
    return found
