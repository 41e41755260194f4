"""The compiled path: the only place of JAX."""
