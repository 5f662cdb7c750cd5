"""The pictures of the documents show what the commands say today."""

from __future__ import annotations

import re
from html import unescape

import pytest
from stratagem.tools.build_pictures import ALL, PICTURES, Picture, shown

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def words(text: str) -> list[str]:
    """What is written, without where: a terminal and a picture break lines otherwise."""
    return re.sub(r"\s", " ", text).split()


@pytest.mark.parametrize("picture", ALL, ids=lambda picture: picture.name)
def test_a_picture_is_up_to_date(picture: Picture) -> None:
    svg = (PICTURES / f"{picture.name}.svg").read_text(encoding="utf-8")
    body = svg[svg.index(f'<g class="{picture.name}-matrix">') :]
    drawn = unescape(" ".join(re.findall(r"<text[^>]*>([^<]*)</text>", body))).replace("\xa0", " ")
    told = "".join(words(_ESCAPES.sub("", shown(picture))))
    assert "".join(words(drawn)) == told, "run python -m stratagem.tools.build_pictures"


def test_every_picture_is_of_a_command_and_loads_nothing() -> None:
    assert sorted(path.stem for path in PICTURES.glob("*.svg")) == sorted(picture.name for picture in ALL)
    for path in PICTURES.glob("*.svg"):
        assert "@font-face" not in path.read_text(encoding="utf-8")
