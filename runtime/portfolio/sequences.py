"""Instructions that follow one another, as the interpreted driver takes them (see `trading/steps.py`).

The native driver has the same in `native/emit_sequences.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..trading import layout
from .groups import Call, Leg, acting


def reconcile(call: Call, steps: Sequence[Leg]) -> None:
    """Before anything is decided: where an instruction has filled, the next one's turn has come, or all of it ends."""
    for place, step in enumerate(steps):
        status = call("step_status", step.book, statement=step.statement)
        if not status:
            continue
        following = steps[place + 1] if place + 1 < len(steps) else None
        if following is not None and status == 1:
            acting(call, "step_turn", step, turn=layout.NO_LEG if place else layout.IDLE)
            acting(call, "step_turn", following, turn=layout.TURN)
            return
        if following is not None:
            acting(call, "end_step", step)
        else:
            acting(call, "step_turn", step, turn=layout.NO_LEG)
        if place:
            acting(call, "step_turn", steps[0], turn=layout.NO_LEG)
        return


def instruct(call: Call, steps: Sequence[Leg]) -> None:
    """After what leaves: the instruction whose turn it is is placed whole, or the sequence is over."""
    for place, step in enumerate(steps):
        if not (step.present and call("leg_wishes", step.book, statement=step.statement)):
            continue
        if acting(call, "propose_leg", step) >= 0:
            acting(call, "settle_step", step)
            return
        acting(call, "withdraw_leg", step, failed=1)
        if place:
            acting(call, "step_turn", steps[0], turn=layout.NO_LEG)
        return
