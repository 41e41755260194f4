"""What the index of a batch says."""

from collections.abc import Sequence

from mixedmig_model.inputs.reading.cautions import Caution
from mixedmig_model.record.schema.commands import BatchIndex, BatchRunRow
from mixedmig_model.record.words.costs import money
from mixedmig_model.record.words.pages import templates
from mixedmig_model.vocabulary.numbers import counted


def done_words(index: BatchIndex, done: int) -> str:
    """Return the case, its baseline, and how many runs are done."""
    return templates.BATCH_DONE.format(case=index.case_title, baseline=index.baseline_title, done=done,
                                       runs=counted(len(index.runs), "run"))


def lost_words(run: BatchRunRow) -> str:
    """Return a run that is not done, and why."""
    return templates.BATCH_LOST.format(title=run.title, name=run.name, failure=run.failure or templates.BATCH_NOT_YET)


def more_words(most: int) -> str:
    """Return that not all runs stand on the page.

    Parameters
    ----------
    most : int
        Number of runs that do.

    Returns
    -------
    str
        The note.
    """
    return templates.BATCH_MORE.format(most=most)


def cost_words(run: BatchRunRow) -> str:
    """Return the total cost of a run."""
    return money(run.cost.total, run.cost.currency) if run.cost else templates.BATCH_NOT_COSTED


def baseline_cost(runs: Sequence[BatchRunRow]) -> str:
    """Return the cost of the baseline, which all runs share."""
    cost = next((run.cost for run in runs if run.cost), None)
    return money(cost.baseline, cost.currency) if cost else templates.BATCH_NOT_COSTED


def second_costs(runs: Sequence[BatchRunRow]) -> list[str]:
    """Return costs in the second currency, the baseline's first.

    They are empty where there is none.
    """
    first = next((run.cost.second[1] for run in runs if run.cost), "")
    return [first, *(run.cost.second[0] if run.cost else "" for run in runs)]


def table_words(first: int, last: int, whole: int) -> str:
    """Return which runs a table has, counted from 1."""
    return templates.BATCH_TABLE.format(first=first, last=last, all=whole)


def refused_words(run: BatchRunRow) -> str:
    """Return a run that lacks documents, and why."""
    return templates.BATCH_LOST.format(title=run.title, name=run.name, failure=run.refused)


def document_title(path: str) -> str:
    """Return what a document of a run is called."""
    return templates.BATCH_KINDS[path.rsplit("/", 1)[-1]]


def unset_sentence(cautions: Sequence[Caution]) -> str:
    """Return a sentence on inputs that a case must set.

    It names those that the case does not set; it is empty where it sets all.
    """
    unset = [one.path.removeprefix("parameters.") for one in cautions if one.unset]
    if not unset:
        return ""
    return templates.BATCH_UNSET.format(inputs=counted(len(unset), "input"), names=", ".join(unset))
