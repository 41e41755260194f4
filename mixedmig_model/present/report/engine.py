"""Run notebooks by papermill in a kernel that is there.

It is an engine of papermill, which finds it by its name.
"""

from typing import Any

from mixedmig_model.present.html.loading import without_grammars

with without_grammars():
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.engines import NBClientEngine, papermill_engines

ENGINE = "mixedmig"


class WarmEngine(NBClientEngine):  # type: ignore[misc]
    """An engine that neither starts nor ends a kernel."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, *, km: Any, kc: Any, **_: Any) -> Any:
        """Execute a notebook in the kernel of ``km``."""
        client = PapermillNotebookClient(nb_man, km=km, kernel_name=kernel_name)
        client.kc = kc
        return client.execute()


papermill_engines.register(ENGINE, WarmEngine)
