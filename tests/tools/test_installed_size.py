"""The size of an installation: every distribution that is needed, once, and no extra."""

from __future__ import annotations

from importlib.metadata import distribution

from stratagem.tools.installed_size import _bytes, sizes, table


def test_it_counts_what_is_needed_and_no_extra() -> None:
    found = sizes("bokeh")
    assert {"bokeh", "jinja2", "markupsafe", "numpy"} <= found.keys(), "what is needed by what is needed"
    assert not {"pytest", "hypothesis"} & found.keys()
    assert found["markupsafe"] == _bytes(distribution("markupsafe")) > 10_000


def test_the_table_has_the_largest_first_and_the_sum() -> None:
    lines = table({"a": 1_000_000, "b": 2_500_000}).splitlines()
    assert [line.split() for line in lines] == [["2.5", "MB", "b"], ["1.0", "MB", "a"], ["3.5", "MB", "in", "all"]]
