"""Comments stay with what they are about."""

from __future__ import annotations

import pytest
from stratagem.lang.format.format import formatted

KEPT = {
    "above and behind": (
        "#top\n\n\n#above\nlet a=1#behind\n# below\n",
        "#top\n\n#above\nlet a = 1  #behind\n# below\n",
    ),
    "of clauses": (
        "enter long when close>open # why\n # before\n size 5% # five\n # left out\nexit long when true",
        "enter long when close > open  # why\n  # before\n  size 5%  # five\n  # left out\nexit long when true\n",
    ),
    "what stands at the left is of the next statement": (
        "enter long when close>open\n size 5%\n# next\nexit long when true",
        "enter long when close > open\n  size 5%\n# next\nexit long when true\n",
    ),
    "within an expression": (
        "let a = close # one\n + open # two\n",
        "let a = close  # one\n    + open  # two\n",
    ),
    "between any two words": (
        "let # a\n x # b\n = # c\n max( # d\n close, # e\n open # f\n ) # g\n",
        "let  # a\n    x  # b\n    =  # c\n    max(  # d\n    close,  # e\n    open  # f\n)  # g\n",
    ),
    "a line of its own within an expression": (
        "let a = close\n # so\n + open",
        "let a = close\n    # so\n    + open\n",
    ),
    "in a list, where a comma is left out": (
        "param a = 1 in [1, # one\n 2, # two\n]",
        "param a = 1 in [\n    1,  # one\n    2  # two\n]\n",
    ),
    "in columns": (
        "let a = 1 # one\nlet bcd = 2 # two\n",
        "let a   = 1  # one\nlet bcd = 2  # two\n",
    ),
    "of legs and functions": (
        "fn f(a) # head\n # above y\n let y = a # y\n # above return\n return y # end\n"
        "atomic when true # head\n # leg\n buy KO size 5% # ko\n",
        "fn f(a)  # head\n  # above y\n  let y = a  # y\n  # above return\n  return y  # end\n"
        "atomic when true  # head\n  # leg\n  buy KO size 5%  # ko\n",
    ),
    "comments alone": ("\n\n# a\n\n\n# b\n\n", "# a\n\n# b\n"),
}


@pytest.mark.parametrize("text, laid", KEPT.values(), ids=KEPT)
def test_comments(text: str, laid: str) -> None:
    found = formatted(text)
    assert found.diagnostics == ()
    assert found.text == laid
    assert formatted(laid).text == laid
