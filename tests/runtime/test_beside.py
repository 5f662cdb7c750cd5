"""A thread beside others: where there is a processor for it, and one to be had."""

from __future__ import annotations

import concurrent.futures
import threading

import pytest
from stratagem.runtime import beside as module
from stratagem.runtime.beside import one_thread


def test_what_is_submitted_is_done_in_its_order_on_another_thread() -> None:
    pool, done = one_thread(), []
    assert pool is not None
    for number in range(5):
        pool.submit(lambda number=number: done.append((number, threading.get_ident())))
    pool.shutdown()
    assert [number for number, _ in done] == [0, 1, 2, 3, 4]
    assert len({thread for _, thread in done} | {threading.get_ident()}) == 2


def test_where_no_thread_can_begin_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*given: object) -> None:
        raise RuntimeError("cannot schedule new futures after interpreter shutdown")

    monkeypatch.setattr(concurrent.futures.ThreadPoolExecutor, "submit", refuses)
    assert one_thread() is None


@pytest.mark.parametrize(
    ("count", "waiting", "told"), [(1, 0.0, False), (2, 1.2, True), (2, 2.6, False), (8, 3.0, True)]
)
def test_a_processor_is_spare_where_no_more_wait_than_there_are(
    count: int, waiting: float, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "processors", lambda: count)
    monkeypatch.setattr(module.os, "getloadavg", lambda: (waiting, 0.0, 0.0))
    assert module.spare() is told
