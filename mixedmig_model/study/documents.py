"""Documents of the runs of a batch."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mixedmig_model.storage.digests import sha256
from mixedmig_model.study.kept_files import are_whole

DOCUMENTS_FOLDER = "documents"
WORD, PDF = "docx", "pdf"
NAMES = {WORD: ("memo.docx", "report.docx"), PDF: ("memo.pdf", "report.pdf")}
"""Files by kind."""


@dataclass(frozen=True)
class DocumentsPlan:
    """Which documents each run of a batch is to have.

    It has kinds, the notebook of the full report, paper, author, and the template of Word files (empty: none). Any
    process on any computer can make them.
    """

    kinds: tuple[str, ...]
    notebook: bytes
    paper: str
    author: str = ""
    template: bytes = b""

    def digest(self, run: str, kind: str) -> str:
        """Return the name of the folder of one kind of documents.

        It says what they come from: a run, this version of the program, and this plan.

        Parameters
        ----------
        run : str
            Digest of the run.
        kind : str
            A key of ``NAMES``.

        Returns
        -------
        str
            The name.
        """
        template = sha256(self.template) if kind == WORD else ""
        return sha256("\n".join((run, kind, sha256(self.notebook), self.paper, self.author, template)))[:32]


def missing_kinds(folder: Path, run: str, plan: DocumentsPlan | None) -> tuple[str, ...]:
    """Return kinds of documents of a run that are not there."""
    kinds = plan.kinds if plan else ()
    return tuple(kind for kind in kinds if plan and not are_whole(place_of(folder, run, plan, kind), NAMES[kind]))


def place_of(folder: Path, run: str, plan: DocumentsPlan, kind: str) -> Path:
    """Return the folder of one kind of documents of a run."""
    return folder / DOCUMENTS_FOLDER / plan.digest(run, kind)


def files_there(folder: Path, run: str, plan: DocumentsPlan | None) -> tuple[str, ...]:
    """Return the documents of a run that are there.

    Parameters
    ----------
    folder : Path
        Folder of the batch.
    run : str
        Digest of the run.
    plan : DocumentsPlan | None
        Which documents are wanted; None for none.

    Returns
    -------
    tuple[str, ...]
        Their paths from the folder of the batch.
    """
    if plan is None:
        return ()
    missing: Sequence[str] = missing_kinds(folder, run, plan)
    return tuple(f"{DOCUMENTS_FOLDER}/{plan.digest(run, kind)}/{name}"
                 for kind in plan.kinds if kind not in missing for name in NAMES[kind])
