"""A case cut to its first weeks, so that ensembles of it take seconds; and solvers that go wrong on purpose."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.solve.run import choose_solver
from mixedmig_model.study.ensemble.run import Design

NAMES = ("most_likely", "early_hiring")
FEW = ("arrivals.scale", "arrivals.composition", "referral.protected_share", "screening.specificity")


def short_case(days=21):
    """The shipped case of two countries, ended early."""
    inputs = read_case(read_workspace(installed_workspace()), "generic_surge")
    end = inputs.case.start + timedelta(days=days)
    return replace(inputs, case=inputs.case.model_copy(update={"end": end}))


def design(**changes):
    return replace(Design(NAMES, 5, 7, 2), **changes)


def heavy_arrivals_fail(runs):
    """A solver that fails where more people arrive than in the case."""
    if any(run.parameters["arrivals.scale"].values.max() > 1.0 for run in runs):
        raise ArithmeticError("the step became too small")
    return choose_solver().solve(runs)


def killed(runs):
    """A solver whose process dies in some draws while a file is there, as if the system had killed it."""
    if Path(os.environ["KILLED_WHILE"]).exists() and runs[0].parameters["arrivals.scale"].values.max() > 1.0:
        os._exit(9)
    return choose_solver().solve(runs)


def forbidden(runs):
    """A solver that must not be called."""
    raise AssertionError("solved again")
