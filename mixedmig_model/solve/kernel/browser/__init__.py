"""The kernel for a browser, as WebAssembly.

It has the same text of LLVM, and a run as a parcel of numbers. Addresses are 32 bits wide there. Records keep places of
64 bits, of which the upper half is zero. Loops handle eight groups two at a time. Nothing is imported: exp and log
are the kernel's own, memory is the module's.
"""
