"""A thread beside others: where there is a processor for it, and one to be had."""

from __future__ import annotations

import concurrent.futures
import os
import threading
from pathlib import Path

import pytest
from stratagem.runtime import beside as module
from stratagem.runtime.beside import one_thread


def test_what_is_submitted_is_done_in_its_order_on_another_thread() -> None:
    done: list[tuple[int, int]] = []
    with one_thread() as pool:
        assert pool is not None
        for number in range(5):
            pool.submit(lambda number=number: done.append((number, threading.get_ident())))
    assert [number for number, _ in done] == [0, 1, 2, 3, 4]
    assert len({thread for _, thread in done} | {threading.get_ident()}) == 2


def test_where_no_thread_can_begin_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*given: object) -> None:
        raise RuntimeError("cannot schedule new futures after interpreter shutdown")

    monkeypatch.setattr(concurrent.futures.ThreadPoolExecutor, "submit", refuses)
    with one_thread() as pool:
        assert pool is None
    with one_thread() as pool:  # nor where one was kept
        assert pool is None


def test_a_thread_that_is_left_is_taken_by_who_wants_one_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_idle", [])
    with one_thread() as first:
        pass
    with one_thread() as second, one_thread() as third:
        assert second is first is not third, "one that is in use is not shared"
    assert module._idle == [third], "one is kept"
    with one_thread() as again:
        assert again is third


def test_what_fails_in_the_body_leaves_the_thread_idle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_idle", [])
    done: list[int] = []
    with pytest.raises(ZeroDivisionError), one_thread() as pool:
        assert pool is not None
        for number in range(3):
            pool.submit(done.append, number)
        raise ZeroDivisionError
    assert done == [0, 1, 2] and module._idle == [pool]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_forked_process_takes_no_thread_of_its_parent() -> None:
    with one_thread():
        pass
    assert module._idle
    child = os.fork()
    if not child:
        with one_thread() as pool:
            answered = pool is not None and pool.submit(int).result(timeout=10) == 0
        os._exit(0 if answered else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.parametrize(
    ("count", "own", "told", "spare"),
    [
        (2, 2, "0.00 0.00 0.00 1/126 7\n", True),
        (2, 2, "9.00 9.00 9.00 1/126 7\n", True),  # what was a minute ago is over
        (2, 2, "0.00 0.00 0.00 2/126 7\n", False),
        (8, 2, "0.00 0.00 0.00 7/126 7\n", True),
        (8, 2, "0.00 0.00 0.00 8/126 7\n", False),
        (8, 1, "0.00 0.00 0.00 1/126 7\n", False),  # of many processors this process may use one
        (2, 2, "nothing of use\n", True),
        (1, 1, "0.00 0.00 0.00 1/126 7\n", False),
    ],
)
def test_a_processor_is_spare_where_fewer_run_than_there_are(
    count: int, own: int, told: str, spare: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "loadavg").write_text(told)
    monkeypatch.setattr(module, "NOW", tmp_path / "loadavg")
    monkeypatch.setattr(module, "processors", lambda: own)
    monkeypatch.setattr(module.os, "cpu_count", lambda: count)
    monkeypatch.setattr(module.os, "getloadavg", lambda: (1.2, 0.0, 0.0))
    assert module.spare() is spare


@pytest.mark.parametrize(("mean", "spare"), [(1.2, True), (2.6, False)])
def test_where_nobody_tells_of_now_the_last_minute_counts(
    mean: float, spare: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "NOW", tmp_path / "loadavg")
    monkeypatch.setattr(module, "processors", lambda: 2)
    monkeypatch.setattr(module.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(module.os, "getloadavg", lambda: (mean, 0.0, 0.0))
    assert module.spare() is spare


@pytest.mark.parametrize("idle", [True, False])
def test_what_is_done_beside_is_done_when_the_body_is(idle: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "spare", lambda: idle)
    for many in (1, module.ENOUGH):
        done: list[int] = []
        with module.beside(lambda done=done: done.append(threading.get_ident()), many):  # type: ignore[misc]
            begun = list(done)
        assert len(done) == 1
        if not idle or many == 1:
            assert begun == done == [threading.get_ident()], "before the body, by the same thread"
        else:
            assert done != [threading.get_ident()]


@pytest.mark.parametrize("idle", [True, False])
def test_what_goes_wrong_beside_is_told_before_what_goes_wrong_in_the_body(
    idle: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "spare", lambda: idle)

    def fails() -> None:
        raise ValueError("the times are others now")

    with pytest.raises(ValueError, match="the times are others now"), module.beside(fails, module.ENOUGH):
        raise ZeroDivisionError
    with pytest.raises(ZeroDivisionError), module.beside(int, module.ENOUGH):
        raise ZeroDivisionError
