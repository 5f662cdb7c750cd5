"""A web service that compiles and backtests strangers' strategies within limits, and streams a live session of them.

pip install 'fastapi[standard]' stratagem
fastapi run examples/embedding/web_service.py

    curl -d '{"source": "enter long when close > sma(close, 50)\\nexit long when close < sma(close, 50)"}' \\
         -H 'content-type: application/json' localhost:8000/backtest
"""

from __future__ import annotations

import asyncio
import math
from typing import Annotated, Any

import stratagem as sg
from fastapi import FastAPI, Request, WebSocket, WebSocketDisconnect
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

# What a stranger may ask for. One request runs for two seconds at most, whatever its text says.
LIMITS = sg.Limits(source=20_000, state=4 << 20, cost=5_000, code=20_000, bars=20_000, rows=50_000, combinations=400,
                   seconds=2.0)  # fmt: skip
# A strategy reads what is here and nothing else: no columns by name, no files, no other symbols.
HOST = sg.Host(without=["column"], limits=LIMITS)
DATA = {name: sg.load_bars(f"sample:{name}") for name in ("AAPL", "MSFT")}

app = FastAPI(title="Backtests")


class Asked(BaseModel):
    """A strategy and what it is to run on."""

    source: Annotated[str, Field(max_length=LIMITS.source)]
    symbol: str = "AAPL"
    params: dict[str, float | str] = {}
    grid: dict[str, list[float]] = {}


def faults(error: sg.CompileError) -> list[dict[str, Any]]:
    """Diagnostics as values: code, message, and where."""
    return [
        {"code": each.code, "severity": each.severity, "message": each.message, "start": each.span.start,
         "end": each.span.end, "help": each.help} for each in error.diagnostics
    ]  # fmt: skip


@app.exception_handler(sg.CompileError)
def not_a_program(request: Request, error: sg.CompileError) -> JSONResponse:
    return JSONResponse({"error": "the text does not compile", "diagnostics": faults(error)}, 422)


@app.exception_handler(sg.RunError)
def not_to_be_run(request: Request, error: sg.RunError) -> JSONResponse:
    limit = getattr(error, "limit", None)
    return JSONResponse({"error": str(error), "limit": limit}, 429 if limit else 422)


@app.post("/check")
def check(asked: Asked) -> dict[str, Any]:
    """What a text means, and what it asks for."""
    program = HOST.compile(asked.source)
    return {"title": program.title, "params": {p.name: p.default for p in program.params}, "warmup": program.warmup,
            "explained": str(program.explain())}  # fmt: skip


# Functions without `async` run in a thread of their own; two requests do not wait for each other.
@app.post("/backtest")
def backtest(asked: Asked) -> dict[str, Any]:
    """The statistics, and the last of the trades."""
    result = HOST.compile(asked.source).backtest(bars_of(asked), asked.params, fee="0.1%")
    trades = result.trades.slice(max(0, len(result.trades) - 20)).to_pylist()
    found: dict[str, Any] = plain({"stats": dict(result.stats), "trades": trades, "notes": list(result.notes)})
    return found


@app.post("/sweep")
def sweep(asked: Asked) -> list[dict[str, Any]]:
    """A row for each combination of a grid."""
    rows: list[dict[str, Any]] = HOST.compile(asked.source).sweep(bars_of(asked), asked.grid, fee="0.1%").to_pylist()
    return [plain(row) for row in rows]


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    """Takes one request, and then sends the events of a live session, bar after bar, until either side ends it."""
    await socket.accept()
    token = sg.Cancel()
    try:
        asked = Asked.model_validate(await socket.receive_json())
        session = HOST.compile(asked.source).session(asked.params, timeframe="1d", cancel=token)
        for bar in feed(bars_of(asked)):
            for event in await asyncio.to_thread(session.push, bar):
                await socket.send_json(plain({"kind": event.kind, "ts": event.ts, **event.data}))
        await socket.send_json({"kind": "end", "equity": session.equity})
    except sg.CompileError as error:
        await socket.send_json({"kind": "error", "diagnostics": faults(error)})
    except (sg.RunError, ValueError) as error:
        await socket.send_json({"kind": "error", "error": str(error)})
    except WebSocketDisconnect:
        token.cancel()  # a push that runs in its thread is the last
        return
    await socket.close()


def bars_of(asked: Asked) -> sg.Bars:
    if asked.symbol not in DATA:
        raise sg.RunError(f"there is no {asked.symbol!r}: there are {', '.join(DATA)}")
    return DATA[asked.symbol]


def feed(bars: sg.Bars) -> list[sg.Bar]:
    """A venue's bars; here those of the sample."""
    return [sg.Bar(*row) for row in zip(*(getattr(bars, name).tolist() for name in
            ("ts", "open", "high", "low", "close", "volume")), strict=True)]  # fmt: skip


def plain(value: Any) -> Any:
    """JSON knows no nan: what is missing is null."""
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
