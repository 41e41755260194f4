"""Which tests compile, run notebooks or solve for long, and which belong together on one worker."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parent
MARKS = {
    "compiled": (
        "benchmarks/test_kernel.py", "benchmarks/test_translation.py", "cases/test_claims_withdrawn.py",
        "cli/test_compare_command.py", "cli/test_ensemble_command.py",
        "cli/test_exercise_command.py",
        "cli/test_path_option.py", "cli/test_wheel.py", "explorer/", "solve/", "study/test_draws_alone.py",
        "present/test_exercise_server.py", "present/test_printed_exercise.py", "study/test_ensemble.py",
        "study/test_exercise_sessions.py",
        "study/test_kernel_and_scipy.py", "study/test_options_judged.py",
        "study/test_random_options.py", "study/test_resting.py", "study/test_routes_apart.py", "study/test_solvers.py",
        "study/test_split_and_renamed.py", "teaching/test_classes.py", "teaching/test_lessons.py",
        "teaching/test_no_leak.py", "teaching/test_no_leak_to_teams.py",
        "workbooks/test_workbooks.py",
    ),
    "notebooks": (
        "cli/test_batch_command.py", "cli/test_wheel.py", "present/test_batch.py", "present/test_warm_kernel.py",
        "study/test_kept_runs.py", "study/test_same_words.py",
        "present/test_safety.py::test_unknown_and_mistyped_notebook_parameters_are_refused_before_a_kernel_starts",
        "workbooks/test_workbooks.py",
    ),
    "solves": (
        "cases/", "science/",
        "cli/test_broken_disk.py", "cli/test_interrupts.py", "cli/test_random_kills.py",
        "cli/test_relative_workspace.py", "study/test_damaged_ensembles.py",
        "cli/test_break_even_command.py", "cli/test_cost_command.py", "cli/test_reproduce_case.py",
        "cli/test_commands.py::test_run_writes_a_dataset_whose_ledger_closes",
        "cli/test_commands.py::test_a_run_that_cannot_be_written_",
        "cli/test_commands.py::test_a_leak_in_the_flow_table_fails_the_run_with_1",
        "present/test_failures.py", "present/test_spreadsheet.py",
        "present/test_spreadsheet_baseline.py", "present/test_spreadsheet_ceilings.py",
        "present/test_spreadsheet_delivered.py",
        "results/test_costs_of_ensembles.py", "results/test_solved_runs.py",
        "study/test_attribution.py", "study/test_break_even.py", "study/test_cluster.py", "study/test_delay.py",
        "panel/test_session.py", "panel/test_shared.py", "panel/test_start.py::", "panel/test_states.py",
        "study/test_draws.py", "study/test_edited_inputs.py", "study/test_findings.py", "study/test_kept_runs.py",
        "study/test_levers_",
        "study/test_report_draws.py", "study/test_reproduce.py", "study/test_same_words.py",
    ),
    "lengthy": (
        "api/", "cli/test_explain_command.py", "inputs/test_editor_schemas.py", "inputs/test_upgrade.py",
        "study/test_explain.py", "panel/journeys/", "panel/test_app.py", "panel/test_lab_command.py",
        "panel/test_starting.py",
        "cli/test_commands.py::test_a_target_that_cannot_be_written_",
        "cli/test_commands.py::test_report_refuses_a_scenario_it_does_not_know_before_solving",
        "cli/test_commands.py::test_check_lists_all_faults_of_all_files_with_exit_code_2",
        "cli/test_commands.py::test_init_writes_a_workspace_that_checks",
        "cli/test_commands.py::test_names_that_could_leave_the_workspace_are_refused",
        "cli/test_commands.py::test_unknown_case_and_scenario_are_named_with_the_nearest",
        "cli/test_targets_of_commands.py", "cli/test_unexpected_errors.py::test_a_reader_",
        "inputs/test_batch_file.py", "inputs/test_ceiling_faults.py", "inputs/test_cost_faults.py",
        "inputs/test_exercise_faults.py", "inputs/test_lever_faults.py",
        "inputs/test_reproduce_files.py", "inputs/test_shipped_exercises.py", "present/test_exercise_pack.py",
        "cli/test_exercise_pack_command.py",
        "inputs/test_fault_reports.py", "present/test_diagram.py", "present/test_levers_page.py",
        "storage/test_workers.py", "structure/test_selection.py::test_the_workers_are_handed_groups_whole",
        "fuzzing/", "inputs/test_slips.py",
    ),
}
"""Folders, files and tests, or how their names begin, by mark."""
SOLVED_FIXTURES = {"book"}
"""Fixtures that solve a shipped case: whoever uses one has the mark ``solves``."""
TOGETHER = {
    "science/test_ledger.py": "andaman", "science/test_properties.py": "andaman",
    "panel/journeys/test_exercise_screens.py": "browser", "panel/journeys/test_boats_on_screens.py": "browser",
    "panel/journeys/test_accessible_pages.py": "browser", "panel/journeys/test_report_this.py": "browser",
    "panel/journeys/test_front_end.py": "browser", "panel/journeys/test_journeys_app.py": "browser-app",
    "panel/journeys/test_journeys_lab.py": "browser-app", "panel/journeys/test_panel_figures.py": "browser-app",
}
"""Files that share what only one process should make: a solved case, a browser, an app."""
LAYOUTS = ("solve/", "study/test_draws_alone.py", "study/test_ensemble.py", "study/test_solvers.py")
"""Tests that compile equations for layouts of their own: they share nothing with the other compiled tests."""
FIRST = ("layouts", "compiled", "andaman", "science", "cli", "cases")
"""Groups that take longest start first, so that no worker is left with them at the end."""
QUICK = "not compiled"
HEAVY = {"llvmlite": "compiled", "papermill": "notebooks"}
"""Modules that a test without the mark must not load."""
MOST_SECONDS = 60.0
"""Processor time of the quick tests."""


def marks_of(test: str, fixtures: set[str]) -> list[str]:
    """Return the marks of a test. Args: test, ``folder/file.py::name`` below ``tests``; fixtures, all that it uses."""
    marks = [mark for mark, beginnings in MARKS.items() if test.startswith(beginnings)]
    return [*marks, "solves"] if fixtures & SOLVED_FIXTURES and "solves" not in marks else marks


@cache
def shares(file: str) -> bool:
    """Return whether a file of tests makes something once for all its tests."""
    text = (TESTS / file).read_text(encoding="utf-8")
    return 'scope="module"' in text or re.search(r"^@(functools\.)?(lru_)?cache\b", text, re.MULTILINE) is not None


@cache
def group_of(test: str) -> str | None:
    """Return the group of tests that one worker should run, or None for a test that may run anywhere.

    Args: test, ``folder/file.py::name``. The fixtures of a test are not needed, since the process that hands out the
    tests reads none of them.
    """
    file = test.partition("::")[0]
    if file.startswith(LAYOUTS):
        return "layouts"
    if "compiled" in marks_of(test, set()):
        return "compiled"
    return TOGETHER.get(file) or (file.removesuffix(".py").replace("/", "-") if shares(file) else None)


def order(group: str | None) -> int:
    """Return the place of a group: long ones first, then other groups, then single tests."""
    if group is None:
        return len(FIRST) + 1
    return next((place for place, first in enumerate(FIRST) if group.startswith(first)), len(FIRST))


def stale(tests: Iterable[str]) -> list[str]:
    """Return the beginnings named above with which no test begins."""
    tests = tuple(tests)
    named = {beginning for beginnings in MARKS.values() for beginning in beginnings} | set(TOGETHER) | set(LAYOUTS)
    return sorted(beginning for beginning in named if not any(test.startswith(beginning) for test in tests))
