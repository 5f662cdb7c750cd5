"""Cuts the text of a large function into pieces of bounded size, each a function that the rest calls in its place.

LLVM's code generator takes time and memory in step with the square of a function, so one with a loop over thousands
of statements takes minutes. A function is cut where it says so (`Function.region`, `Function.joint`): between
statements that rejoin. What is defined in one piece and read in another goes through `%frame`, an array of eight-byte
slots in the function's own frame. What its entry makes of its arguments is made again in each piece that reads it.
No operation changes, so no bit of a result does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

Region = list[list["str | Region"]]
"""Chunks one after another, each of lines and of regions within it; between two chunks a function may be cut."""

LARGE = 2000
"""Lines from which a function is cut: below, one function makes the faster code, and is made as fast."""

PIECE = 200
"""Lines that a piece has at least, if there are so many; many more only where one chunk has them."""

_NAME = re.compile(r"%[\w.]+")
_HEAD = re.compile(r"@(\w+)\((.*)\)[^)]*$", re.DOTALL)
_ARRAY = re.compile(r"alloca \[(\d+) x")


def flat(region: Region) -> Iterator[str]:
    """Its lines, in order."""
    for chunk in region:
        for item in chunk:
            if isinstance(item, str):
                yield item
            else:
                yield from flat(item)


class Entry:
    """Lines of a function's first block: definitions that stand for the same in the whole call, and the others."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.made: dict[str, str] = {}
        self.acting: list[str] = []
        for line in lines:
            if name := _defined(line):
                self.made[name] = line
            else:
                self.acting.append(line)
        self._order = {name: place for place, name in enumerate(self.made)}

    def needed(self, lines: Iterable[str]) -> list[str]:
        """The definitions that these lines need, in their order."""
        found: set[str] = set()
        stack = [name for name in _read(lines) if name in self.made]
        while stack:
            name = stack.pop()
            if name not in found:
                found.add(name)
                stack += [each for each in _NAME.findall(self.made[name]) if each in self.made]
        return [self.made[name] for name in sorted(found, key=self._order.__getitem__)]


class Outliner:
    """One function, which is cut into itself and its pieces."""

    def __init__(self, head: str, entry: Iterable[str], body: Region) -> None:
        """head: its first line, without the bracket. entry: the lines before the first label."""
        found = _HEAD.search(head)
        assert found
        self.head, self.entry, self.body, self.symbol = head, Entry(entry), body, found[1]
        self._arguments = {given.split()[-1]: given.split()[0] for given in found[2].split(",")}
        lines = list(flat(body))
        self._kinds = {name: _kind(line) for line in lines if (name := _defined(line))}
        self._uses = self._counted(lines)
        self._slots: dict[str, int] = {}
        self._width = 0
        self._pieces: list[str] = []
        for name, line in self.entry.made.items():
            if " = alloca " in line:
                size = _ARRAY.search(line)
                self.entry.made[name] = self._address(name, name, int(size[1]) if size else 1)

    def text(self) -> str:
        """The pieces, and the function that calls them."""
        lines = self._shrunk(self.body[0])
        entry = [*self.entry.needed([*lines, *self.entry.acting]), *self.entry.acting]
        frame = f"  %frame = alloca [{max(1, self._width)} x i64]"
        return "\n".join([*self._pieces, f"{self.head} {{", "entry:", frame, *entry, *lines, "}"]) + "\n"

    # --- cutting -----------------------------------------------------------------------------------------

    def _shrunk(self, chunk: list[str | Region]) -> list[str]:
        """The lines of a chunk, with calls in the place of regions that are large."""
        lines: list[str] = []
        for item in chunk:
            lines += [item] if isinstance(item, str) else self._cut(item)
        return lines

    def _cut(self, region: Region) -> list[str]:
        """The lines of a region; if it is large, stores of what it reads, calls, and loads of what it leaves."""
        groups = list(_groups([self._shrunk(chunk) for chunk in region], region))
        if len(groups) == 1:
            return groups[0][0]
        taken: dict[str, None] = {}
        given: dict[str, None] = {}
        calls = []
        for lines, original in groups:
            within = self._counted(original)
            made = dict.fromkeys(filter(None, map(_defined, lines)))
            needed = [name for name in _read(lines) if name in self._kinds and name not in made]
            leaving = [name for name in made if self._uses[name] > within[name]]
            taken.update(dict.fromkeys(name for name in needed if name not in given))
            given.update(dict.fromkeys(leaving))
            calls.append(self._piece(lines, needed, leaving))
        within = self._counted(flat(region))
        after = [name for name in given if self._uses[name] > within[name]]
        return [*self._stores(taken, "before"), *calls, *self._loads(after)]

    def _piece(self, lines: list[str], needed: Iterable[str], leaving: Iterable[str]) -> str:
        """Makes a function of these lines; gives the line that calls it."""
        name = f"{self.symbol}.{len(self._pieces)}"
        body = [*self._loads(needed), *lines, *self._stores(leaving, "after"), "  ret void"]
        entry = self.entry.needed(body)
        read = [each for each in _read([*entry, *body]) if each in self._arguments]
        arguments = ", ".join(["ptr %frame", *(f"{self._arguments[each]} {each}" for each in read)])
        head = f"define internal void @{name}({arguments}) noinline nounwind {{"
        self._pieces.append("\n".join([head, "entry:", *entry, *body, "}", ""]))
        return f"  call void @{name}({arguments})"

    # --- what goes from one to another -------------------------------------------------------------------

    def _stores(self, names: Iterable[str], when: str) -> list[str]:
        lines = []
        for name in names:
            at = f"{name}.{when}{len(self._pieces)}"
            lines += [self._address(at, name), f"  store {self._kinds[name]} {name}, ptr {at}"]
        return lines

    def _loads(self, names: Iterable[str]) -> list[str]:
        lines = []
        for name in names:
            at = f"{name}.kept{len(self._pieces)}"
            lines += [self._address(at, name), f"  {name} = load {self._kinds[name]}, ptr {at}"]
        return lines

    def _address(self, result: str, name: str, count: int = 1) -> str:
        """A line that names the place in the frame that the name has, `count` slots long."""
        if name not in self._slots:
            self._slots[name] = self._width
            self._width += count
        return f"  {result} = getelementptr i64, ptr %frame, i64 {self._slots[name]}"

    def _counted(self, lines: Iterable[str]) -> Counter[str]:
        """How often each name that the body defines stands in the lines."""
        return Counter(name for line in lines for name in _NAME.findall(line) if name in self._kinds)


def _groups(chunks: list[list[str]], originals: Region) -> Iterator[tuple[list[str], list[str]]]:
    """Neighbouring chunks together until they are a piece: their lines, and those that they had at first."""
    lines: list[str] = []
    original: list[str] = []
    for chunk, before in zip(chunks, originals, strict=True):
        lines += chunk
        original += flat([before])
        if len(lines) >= PIECE:
            yield lines, original
            lines, original = [], []
    if lines:
        yield lines, original


def _read(lines: Iterable[str]) -> dict[str, None]:
    """The names in the lines, in order."""
    return dict.fromkeys(name for line in lines for name in _NAME.findall(line))


def _defined(line: str) -> str:
    """The name that the line defines, "" if none."""
    name, sign, _ = line.lstrip().partition(" = ")
    return name if sign else ""


def _kind(line: str) -> str:
    """The type of what the line computes."""
    text = line.partition(" = ")[2]
    words = text.split()
    if words[0] in ("icmp", "fcmp"):
        return "i1"
    if words[0] in ("alloca", "getelementptr"):
        return "ptr"
    if words[0] == "select":
        return text.split(", ")[1].split()[0]
    return words[-1] if " to " in text else words[1].rstrip(",")
