"""The shape of the code, held by test: which way imports point, what no module may do, how long a file may be."""

from __future__ import annotations

import ast
import gc
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from stratagem.stdlib.arith import LIMIT

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "stratagem"
LAYERS = ("stdlib", "lang", "runtime", "tools")  # each may import itself and those before it
LANG = ("diagnostics", "program", "words", "habits", "inputs", "syntax", "format", "resolve", "elaborate", "plan",
        "explain", "analysis")  # fmt: skip
"""The same inside lang."""
NOT_WITH = {("syntax", "program"), ("syntax", "inputs")}  # what the order would allow and the architecture does not
RUNTIME = (
    "beside build calendar errors files given limits locks marked progress", "trading", "data", "results", "machine",
    "interpreted", "native portfolio", "compiled run venue", "sweep tested verify why",
)  # fmt: skip
"""The same inside runtime, of what is imported when a module is; those of one layer may import each other."""
TOOLS = ("assistant editors lsp", "terminal contest", "mcp notebook", "repl", "cli")
"""The same inside tools, wherever it is imported: a face knows no face above it."""
TRANSLATE = ("tokens", "letters", "words", "values", "orders", "conditions", "program")
"""The same inside tools/assistant/translate: from letters to a program, no reader knows one behind it."""
LONGEST_FILE = 700
LONGEST_ENTRY = 200
"""Letters of a line of the changelog: who looks for one thing reads many of them."""
LEDGER_READS = ("__future__", "collections", "dataclasses", "datetime", "hypothesis", "math", "re", "tests.ledger",
                "typing")  # fmt: skip

# Modules that are slow to import, and the folders that exist to use them.
HEAVY = {
    "numba": ("runtime/native/",),
    "llvmlite": ("runtime/native/",),
    "pyarrow": (),
    "duckdb": (),
    "pandas": (),
    "bokeh": ("runtime/results/report/",),
    "pydantic": (
        "tools/", "runtime/data/universe/declared.py", "runtime/data/declared_instruments.py",
        "runtime/data/declared_groups.py", "runtime/run/strategies/declared.py",
    ),
    "prompt_toolkit": ("tools/",),
}
# Nothing outside decides: what no module on a path to a result may name.
OUTSIDE = re.compile(
    r"^(random|secrets|uuid|locale)(\.|$)"
    r"|^time\.(time|time_ns|localtime|gmtime|ctime|strftime)$"
    r"|^os\.urandom$|(^|\.)(now|today|utcnow|fromtimestamp)$|^numpy\.random"
)
# Reading the environment: where files are kept, and whether to colour; never what is computed.
ENVIRONMENT = {"runtime/native/store.py"}
# Running text as code: only text that this package wrote itself.
OWN_CODE = (
    "stdlib/primitives.py",  # rows of its own table
    "runtime/interpreted/",  # generated from the typed program
)

# Where the number stands beyond which numbers are missing.
LIMITS = {"stdlib/arith.py"}


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package by its path."""
    paths = [*ROOT.glob("*.py"), *(path for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.py")))]
    gc.disable()  # millions of nodes that stay: looking for garbage among them takes twice as long as reading them
    try:
        return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in paths}
    finally:
        gc.enable()
        gc.freeze()


@cache
def walked(tree: ast.Module) -> tuple[ast.AST, ...]:
    """Every node of a module; each test asks again."""
    return tuple(ast.walk(tree))


def at_top(tree: ast.Module) -> Iterator[ast.stmt]:
    """Statements that run when a module is imported, without those for type checkers."""
    pending: list[ast.stmt] = list(tree.body)
    while pending:
        statement = pending.pop(0)
        yield statement
        if isinstance(statement, ast.If) and "TYPE_CHECKING" not in ast.dump(statement.test):
            pending += [*statement.body, *statement.orelse]
        if isinstance(statement, ast.Try):
            pending += [*statement.body, *statement.orelse, *(s for h in statement.handlers for s in h.body)]


def imported(statement: ast.AST, path: str) -> list[str]:
    """The dotted names that a statement imports; those of this package without its name."""
    if isinstance(statement, ast.Import):
        return [alias.name.removeprefix(f"{PACKAGE}.") for alias in statement.names]
    if not isinstance(statement, ast.ImportFrom):
        return []
    if not statement.level:
        return [(statement.module or "").removeprefix(f"{PACKAGE}.")]
    folder = path.split("/")[: -statement.level]
    base = ".".join([*folder, *([statement.module] if statement.module else [])])
    return [base] if statement.module else [f"{base}.{alias.name}".strip(".") for alias in statement.names]


def own_imports(path: str) -> list[list[str]]:
    """The parts of every import of this package in a module, also inside functions."""
    names = (name for node in walked(modules()[path]) for name in imported(node, path))
    return [parts for name in names if (parts := name.split("."))[0] in LAYERS]


def named(tree: ast.AST) -> Iterator[str]:
    """Every dotted name that is read, with imported names spelled out."""
    aliases = {}
    for node in walked(tree):
        if isinstance(node, ast.Import):
            aliases.update({a.asname or a.name: a.name for a in node.names})
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            aliases.update({a.asname or a.name: f"{node.module}.{a.name}" for a in node.names})
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Attribute):
            first, _, rest = ast.unparse(node).partition(".")
            yield f"{aliases.get(first, first)}.{rest}"


def faults(found: Iterator[str]) -> str:
    return "\n".join(found)


def test_imports_point_one_way() -> None:
    def wrong() -> Iterator[str]:
        for path in modules():
            layer = path.split("/")[0]
            if layer in LAYERS:
                allowed = LAYERS[: LAYERS.index(layer) + 1]
                yield from (f"{path} imports {'.'.join(p)}" for p in own_imports(path) if p[0] not in allowed)

    assert not faults(wrong())


def test_imports_inside_runtime_point_one_way() -> None:
    """What is imported where it is used, as an engine that a machine is asked for, may point upwards."""
    layer = {name: place for place, names in enumerate(RUNTIME) for name in names.split()}

    def wrong() -> Iterator[str]:
        for path, tree in modules().items():
            if not path.startswith("runtime/") or path == "runtime/__init__.py":
                continue
            part = path.split("/")[1].removesuffix(".py")
            names = [name.split(".") for statement in at_top(tree) for name in imported(statement, path)]
            for other in (parts[1] for parts in names if parts[0] == "runtime" and len(parts) > 1):
                if layer[other] > layer[part]:
                    yield f"{path} imports {other}, which is above {part}"

    assert set(layer) >= {path.split("/")[1].removesuffix(".py") for path in modules()
                          if path.startswith("runtime/") and path != "runtime/__init__.py"}  # fmt: skip
    assert not faults(wrong())


def test_imports_inside_lang_point_one_way() -> None:
    def wrong() -> Iterator[str]:
        for path in modules():
            parts = path.split("/")
            if parts[0] != "lang" or len(parts) < 3:
                continue
            stage = parts[1]
            for other in (p[1] for p in own_imports(path) if p[0] == "lang" and len(p) > 1):
                if other not in LANG[: LANG.index(stage) + 1] or (stage, other) in NOT_WITH:
                    yield f"{path} imports lang.{other}"

    assert not faults(wrong())


def test_imports_inside_tools_point_one_way() -> None:
    layer = {name: place for place, names in enumerate(TOOLS) for name in names.split()}

    def wrong() -> Iterator[str]:
        for path in modules():
            parts = path.split("/")
            if parts[0] != "tools" or len(parts) < 3:
                continue
            for other in (p[1] for p in own_imports(path) if p[0] == "tools" and len(p) > 1):
                if layer[other] > layer[parts[1]] or (layer[other] == layer[parts[1]] and other != parts[1]):
                    yield f"{path} imports tools.{other}, which is not below it"

    assert set(layer) == {path.split("/")[1] for path in modules() if path.startswith("tools/") and path.count("/") > 1}
    assert not faults(wrong())


def test_imports_inside_the_translator_point_one_way() -> None:
    folder = ["tools", "assistant", "translate"]

    def wrong() -> Iterator[str]:
        for path in modules():
            parts = path.split("/")
            if parts[:3] != folder or len(parts) < 5:
                continue
            for other in (p[3] for p in own_imports(path) if p[:3] == folder and len(p) > 3):
                if other not in TRANSLATE[: TRANSLATE.index(parts[3]) + 1]:
                    yield f"{path} imports translate.{other}, which reads later"

    assert not faults(wrong())


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Imports inside functions count; those for type checkers do not."""
    reads = {path: [other for name in used(tree, path) if (other := file_of(name)) not in ("", path)]
             for path, tree in modules().items()}  # fmt: skip
    done: set[str] = set()

    def circle(path: str, way: tuple[str, ...]) -> str:
        if path in way:
            return " -> ".join((*way[way.index(path) :], path))
        if path in done:
            return ""
        found = next(filter(None, (circle(other, (*way, path)) for other in reads[path])), "")
        done.add(path)
        return found

    assert not faults(filter(None, (circle(path, ()) for path in sorted(reads))))


def test_a_name_is_imported_from_where_it_is_made() -> None:
    """The `__init__` of a package may gather what its modules make."""

    def wrong() -> Iterator[str]:
        for path, tree in modules().items():
            for node in walked(tree):
                base = imported(node, path)[0] if isinstance(node, ast.ImportFrom) and node.module else ""
                if (source := f"{base.replace('.', '/')}.py") in modules():
                    passed_on = {alias.name for alias in node.names} & gathered(modules()[source])
                    yield from (f"{path}: {name} is not made in {source}" for name in sorted(passed_on))

    assert not faults(wrong())


def gathered(tree: ast.Module) -> set[str]:
    """The names that a module imports by name."""
    found = (alias for node in walked(tree) if isinstance(node, ast.ImportFrom) for alias in node.names)
    return {alias.asname or alias.name for alias in found}


def used(tree: ast.Module, path: str) -> Iterator[str]:
    """The modules of this package that a module imports at any time it runs."""
    types = {id(inner) for node in walked(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
             for inner in ast.walk(node)}  # fmt: skip
    for node in walked(tree):
        if id(node) not in types:
            for base in imported(node, path):
                yield base
                if isinstance(node, ast.ImportFrom):
                    yield from (f"{base}.{alias.name}" for alias in node.names)


def file_of(name: str) -> str:
    """The file of a module of this package by its dotted name, "" where there is none."""
    path = name.replace(".", "/")
    return next((file for file in (f"{path}.py", f"{path}/__init__.py") if file in modules()), "")


def test_heavy_modules_are_imported_where_they_are_used() -> None:
    def wrong() -> Iterator[str]:
        for path, tree in modules().items():
            for name in (n.split(".")[0] for s in at_top(tree) for n in imported(s, path)):
                if not path.startswith(HEAVY.get(name, ("",))):
                    yield f"{path} imports {name} when it is imported itself"

    assert not faults(wrong())


@pytest.mark.parametrize("module", ["lang.compile", "runtime.calendar", "runtime.data", "tools.cli.entry"])
def test_light_modules_load_nothing_heavy(module: str) -> None:
    program = f"import sys, {PACKAGE}.{module}; print(*({set(HEAVY)} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_nothing_outside_decides() -> None:
    def wrong() -> Iterator[str]:
        for path, tree in modules().items():
            if not path.startswith("tools/"):
                yield from (f"{path} names {name}" for name in named(tree) if OUTSIDE.search(name))

    assert not faults(wrong())


def test_the_environment_is_read_in_one_place() -> None:
    def wrong() -> Iterator[str]:
        for path, tree in modules().items():
            if path not in ENVIRONMENT and not path.startswith("tools/"):
                yield from (f"{path} reads {n}" for n in named(tree) if re.match(r"os\.(environ|getenv)", n))

    assert not faults(wrong())


def test_no_data_is_run_as_code() -> None:
    def wrong() -> Iterator[str]:
        for path, tree in modules().items():
            for name in named(tree):
                if re.match(r"(pickle|marshal|shelve|dill|cloudpickle|joblib)(\.|$)", name):
                    yield f"{path} uses {name}"
            for node in walked(tree):
                called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
                if called in ("eval", "exec") and not path.startswith(OWN_CODE):
                    yield f"{path} calls {called}"

    assert not faults(wrong())


def test_the_ledger_knows_nothing_of_the_engine() -> None:
    """It is written from the rules; only what compares, and the tests, may import what they compare it with."""

    def wrong() -> Iterator[str]:
        for path in sorted((ROOT / "tests/ledger").glob("*.py")):
            if path.name == "compare.py" or path.name.startswith("test_"):
                continue
            place = path.relative_to(ROOT).as_posix()
            for name in (n for node in ast.walk(ast.parse(path.read_text("utf-8"))) for n in imported(node, place)):
                if name == "tests.ledger.compare" or not name.startswith(LEDGER_READS):
                    yield f"{place} imports {name}"

    assert not faults(wrong())


def test_files_are_short_and_say_what_they_are_for() -> None:
    def wrong() -> Iterator[str]:
        for path, tree in modules().items():
            length = (ROOT / path).read_text(encoding="utf-8").count("\n")
            generated = "generated by" in (ast.get_docstring(tree) or "")
            if length > LONGEST_FILE and not generated:
                yield f"{path} has {length} lines, more than {LONGEST_FILE}"
            if tree.body and not ast.get_docstring(tree):
                yield f"{path} does not say what it is for"

    assert not faults(wrong())


def test_what_changed_is_told_in_short_lines() -> None:
    lines = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    assert [f"line {n}: {len(line)} letters" for n, line in enumerate(lines, 1) if len(line) > LONGEST_ENTRY] == []


def test_no_test_forgets_a_verdict() -> None:
    """`program.verify(data)` tells by what it gives, and raises nothing: a test that leaves it away cannot fail."""

    def wrong() -> Iterator[str]:
        for path in sorted((ROOT / "tests").rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            raising = {id(each) for node in ast.walk(tree) if isinstance(node, ast.With) for each in node.body}
            for node in ast.walk(tree):
                if isinstance(node, ast.Expr) and id(node) not in raising and _is_verify(node.value):
                    yield f"{path.relative_to(ROOT)}:{node.lineno} asserts nothing of the verdict"

    assert not faults(wrong())


def _is_verify(node: ast.expr) -> bool:
    """`….verify(…)` with arguments; LLVM's own has none, and raises."""
    call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and bool(node.args)
    return call and node.func.attr == "verify"


def test_the_greatest_number_stands_once() -> None:
    """What a number is missing beyond is one number, in every stage and both engines."""

    def wrong() -> Iterator[str]:
        for path, tree in modules().items():
            found = (node for node in walked(tree) if isinstance(node, ast.Constant))
            if path not in LIMITS and any(node.value == LIMIT and isinstance(node.value, float) for node in found):
                yield f"{path} has {LIMIT:g}: import it from stdlib.arith, or from where the folder has it"

    assert not faults(wrong())


def test_every_folder_with_content_is_packaged() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    patterns = ("*.py", "*.strat", "*.lark", "*.habits", "*.json")
    files = [f for layer in (*LAYERS, "strategies") for pattern in patterns for f in (ROOT / layer).rglob(pattern)]
    apart = {"__pycache__", "vscode"}  # the extension is packed by npm
    folders = {file.parent.relative_to(ROOT) for file in files if apart.isdisjoint(file.parts)}
    on_disk = {".".join((PACKAGE, *folder.parts)) for folder in folders}
    listed = set(settings["packages"])
    assert sorted(on_disk - listed) == [], "not listed in pyproject.toml"
    assert sorted(listed - on_disk - {PACKAGE}) == [], "listed in pyproject.toml and not there"


def test_no_file_names_a_place_on_one_machine() -> None:
    def wrong() -> Iterator[str]:
        listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
        for name in listed.split():
            path = ROOT / name
            if path.suffix in (".py", ".md", ".toml", ".strat", ".lark", ".json", "") and path.is_file():
                place = re.search(
                    r"(?<![\w.])/(home|root|work|Users)/\w+", path.read_text(encoding="utf-8", errors="replace")
                )
                if place:
                    yield f"{name} names {place[0]}"

    assert not faults(wrong())
