"""Lowering: from a graph of arrays to loops over groups and countries in the language of LLVM."""
