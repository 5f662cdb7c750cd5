"""Makes one kernel of a program's LLVM text and the operators it calls: link, inline, optimise, generate.

The text calls operators as plain functions (`%r = call double @op_ema(ptr %f, …)`) that it declares with the
lines of `symbols.declaration`. Their bitcode is linked in, everything but the exported names is made internal,
and LLVM sees one loop. The order of floating-point operations is the text's: nothing here allows LLVM to
contract, reorder or approximate.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable

import llvmlite.binding as llvm

from . import libm, symbols
from .errors import NativeError
from .target import emit, initialise, machine, optimise

QUICK, FULL = "quick", "full"
"""Effort: `full` takes twice as long and gives a few percent on some programs. The results are the same bits."""

Bitcode = Callable[[str], bytes]
_DECLARED = re.compile(r"^declare [^@\n]*@((?:op|sg)_\w+)\(", re.MULTILINE)


def fuse(
    text: str,
    operators: Iterable[str] | None = None,
    exported: Iterable[str] = ("run",),
    *,
    bitcode: Bitcode | None = None,
    shared: Iterable[str] | None = None,
    called: Collection[str] = (),
    effort: str = QUICK,
) -> bytes:
    """Object code for this processor.

    operators: the `op_` symbols the text calls; by default all that it declares.
    bitcode: gives the bitcode of a symbol; by default the standard library does.
    shared: the `sg_` functions that the loader will provide besides the C library's; by default those of trading.
    called: operators that stay calls, because the loader will provide them too.
    """
    wanted = set(declared(text) if operators is None else operators).difference(called)
    module = link(text, wanted, exported, bitcode=bitcode)
    _optimise[effort](module)
    check(module, shared, called)
    return emit(module)


def link(
    text: str,
    operators: Iterable[str] | None = None,
    exported: Iterable[str] = ("run",),
    *,
    bitcode: Bitcode | None = None,
) -> llvm.ModuleRef:
    """The module with the operators it calls, to be inlined; only `exported` is visible."""
    initialise()
    bitcode = bitcode or _standard()
    context = llvm.create_context()  # of this kernel alone: what LLVM remembers of it goes with it
    module = llvm.parse_assembly(text, context)
    for symbol in sorted(set(declared(text) if operators is None else operators)):
        module.link_in(llvm.parse_bitcode(bitcode(symbol), context))
        module.get_function(symbol).add_function_attribute("alwaysinline")
    kept = frozenset(exported)
    for item in [*module.functions, *module.global_variables]:
        if not item.is_declaration and item.name not in kept:
            item.linkage = "internal"
    return module


def declared(text: str, prefix: str = symbols.INLINE) -> list[str]:
    """The symbols of ours that the text declares."""
    return [name for name in _DECLARED.findall(text) if name.startswith(prefix)]


def check(module: llvm.ModuleRef, shared: Iterable[str] | None = None, called: Collection[str] = ()) -> None:
    """NativeError if the module needs a symbol that the loader does not provide."""
    needed = {item.name for item in module.functions if item.is_declaration and not item.name.startswith("llvm.")}
    unknown = needed - libm.ALLOWED - set(called)
    if unknown:
        provided = [*symbols.cold(), *symbols.several()]
        unknown -= set((symbols.SHARED + name for name in provided) if shared is None else shared)
    if unknown:
        raise NativeError(
            f"the kernel calls {', '.join(sorted(unknown))}, which nobody defines: declare every operator it uses"
        )


def _standard() -> Bitcode:
    from .library import standard

    return standard().bitcode


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
