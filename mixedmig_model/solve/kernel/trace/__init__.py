"""Tracing: equations run once on arrays that only write down what is done with them."""
