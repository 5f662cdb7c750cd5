"""The processor at hand, and LLVM set up for it, without numba."""

from __future__ import annotations

from functools import cache

import llvmlite.binding as llvm

_QUICKER = "-post-RA-scheduler=false", "-enable-misched=false", "-disable-lsr"
"""Parts of code generation that cost a fifth of its time and gave a loop over bars nothing (LLVM 22)."""

_LEFT_OUT = "avx512f"
"""Of the processor's features, with all that rest on it: there a choice between two numbers goes through a mask
register, which takes several times as long as a blend, and a bar is a chain of such choices. Measured: a tenth."""


@cache
def initialise() -> None:
    """Make LLVM able to generate code for this machine; once."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    for option in _QUICKER:
        llvm.set_option("", option)


@cache
def processor() -> tuple[str, str]:
    """Name of the processor and the features that code is made for, as LLVM calls them."""
    there = llvm.get_host_cpu_features()
    features: str = there.flatten()
    return llvm.get_host_cpu_name(), f"{features},-{_LEFT_OUT}" if there.get(_LEFT_OUT) else features


def machine(level: int = 2) -> llvm.TargetMachine:
    """A code generator for this processor at an optimisation level from 0 to 3."""
    initialise()
    name, features = processor()
    return llvm.Target.from_default_triple().create_target_machine(
        cpu=name, features=features, opt=level, jit=True, reloc="pic"
    )


def optimise(module: llvm.ModuleRef, level: int = 2, *, vectors: bool = False) -> None:
    """LLVM's usual passes without vectors and unrolling, which only cost time in a loop over bars, or with them."""
    options = llvm.create_pipeline_tuning_options(speed_level=level)
    options.loop_vectorization = options.slp_vectorization = options.loop_unrolling = vectors
    options.loop_interleaving = vectors
    builder = llvm.create_pass_builder(machine(level), options)
    builder.getModulePassManager().run(module, builder)


def emit(module: llvm.ModuleRef) -> bytes:
    """Object code of the module for this processor."""
    return bytes(machine().emit_object(module))
