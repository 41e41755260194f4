"""Lowering: from a graph of arrays to loops of LLVM.

Loops run over groups and countries.
"""
