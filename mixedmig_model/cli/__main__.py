"""``python -m mixedmig_model.cli``."""

from mixedmig_model.cli.main import main

main()
