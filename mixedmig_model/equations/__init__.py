"""Pure array functions, one subject a file, and the flow table that couples them: arrays in, arrays out."""
