"""Makes one kernel of a program's LLVM text and the operators it calls: link, inline, optimise, generate.

The text calls operators as plain functions (`%r = call double @op_ema(ptr %f, …)`) that it declares with the
lines of `symbols.declaration`. Their bitcode is linked in, everything but the exported names is made internal,
and LLVM sees one loop. The order of floating-point operations is the text's: nothing here allows LLVM to
contract, reorder or approximate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import llvmlite.binding as llvm

from . import libm, symbols
from .errors import NativeError
from .target import initialise, machine, optimise

QUICK, FULL = "quick", "full"
"""Effort: `quick` for a first run or an editor, `full` for the object cache. The results are the same bits."""


def fuse(
    text: str,
    operators: Iterable[str],
    exported: Iterable[str] = ("run",),
    *,
    bitcode: Callable[[str], bytes] | None = None,
    effort: str = FULL,
) -> bytes:
    """Object code for this processor. `bitcode` gives that of a symbol; by default from the standard library."""
    module = link(text, operators, exported, bitcode=bitcode)
    _optimise[effort](module)
    check(module)
    return machine(2).emit_object(module)


def link(
    text: str, operators: Iterable[str], exported: Iterable[str], *, bitcode: Callable[[str], bytes] | None = None
) -> llvm.ModuleRef:
    """The module with all it calls, only `exported` visible."""
    initialise()
    if bitcode is None:
        from .library import standard

        bitcode = standard().bitcode
    module = llvm.parse_assembly(text)
    for symbol in sorted(set(operators)):
        module.link_in(llvm.parse_bitcode(bitcode(symbol)))
    kept = frozenset(exported)
    for item in [*module.functions, *module.global_variables]:
        if not item.is_declaration and item.name not in kept:
            item.linkage = "internal"
    return module


def check(module: llvm.ModuleRef) -> None:
    """NativeError if the module needs a symbol that the loader does not provide."""
    shared = {symbols.SHARED + name for name in symbols.cold()} if _needs_shared(module) else frozenset()
    unknown = [
        item.name
        for item in module.functions
        if item.is_declaration and not item.name.startswith("llvm.") and item.name not in libm.ALLOWED | shared
    ]
    if unknown:
        raise NativeError(f"the kernel calls {', '.join(unknown)}, which nobody defines: name every operator it uses")


def _needs_shared(module: llvm.ModuleRef) -> bool:
    return any(item.name.startswith(symbols.SHARED) and item.name not in libm.SYMBOLS for item in module.functions)


def _short(module: llvm.ModuleRef) -> None:
    """Inline, make registers of the state, clean up; no loops are transformed."""
    builder = llvm.create_pass_builder(machine(2), llvm.create_pipeline_tuning_options(speed_level=1))
    passes = llvm.create_new_module_pass_manager()
    passes.add_always_inliner_pass()
    passes.add_global_dead_code_eliminate_pass()
    passes.add_sroa_pass()
    passes.add_instruction_combine_pass()
    passes.add_simplify_cfg_pass()
    passes.run(module, builder)


_optimise: dict[str, Callable[[llvm.ModuleRef], None]] = {QUICK: _short, FULL: optimise}
