"""Native code: step functions compiled once each, one fused kernel per program, loaded without numba.

signature.py symbols.py   what a step looks like from LLVM, and which function stands behind `op_` and `sg_` names
bind.py operators.py      a step to bitcode (the only modules that import numba)
fingerprint.py            the identity of what a function computes
library.py store.py       bitcode by symbol, kept on disk; warm.py fills it ahead of time
shipped.py                bitcode that a wheel brings along
trust.py turn.py          what on disk is the user's own; one process compiles, the others wait
inlining.py fuse.py       a program's LLVM text and its operators to object code
outline.py                a large program's text, cut into functions that LLVM compiles in bounded time
called_operators.py       operators that kernels call: an object of each
shared_object.py          the trading functions of few bars, as one object for all kernels
passes.py scan.py         passes over long columns, with vectors; quick looks at the data
libm.py target.py         the C functions kernels may call; the processor
load.py kernels.py        object code to a C function; all of it behind one call
step.py                   one bar in one cheap call
identity.py               what object code depends on besides the program
"""
