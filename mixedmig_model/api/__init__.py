"""The door for scripts: what ``import mixedmig_model`` offers. Names are listed and loaded by the package itself."""
