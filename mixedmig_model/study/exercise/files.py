"""The files of a session: started, opened, and written whole.

Next to the ledger stand the states: runs of each team to the end of each round. They are netCDF, with a digest.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path

from mixedmig_model.inputs.exercises.reading import ExerciseInputs
from mixedmig_model.inputs.exercises.schema import RESERVED
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, listed, nearest, printable
from mixedmig_model.inputs.reading.fields import NAME_PATTERN, PATTERNS, is_device_name
from mixedmig_model.storage.atomic import write_file
from mixedmig_model.study.exercise.ledger import read_ledger, write_ledger
from mixedmig_model.study.exercise.rounds import advanced
from mixedmig_model.study.exercise.runs import ExerciseRuns, PlayedRun
from mixedmig_model.study.exercise.session import LEDGER, ExerciseSession, digest_of_inputs, new_session
from mixedmig_model.study.run import save

FOLDER, STATES = "exercises", "states"
MOST_TEAMS = 12
CHANGED = "the exercise, its case or the shared files changed since the session started"


def session_folder(reports: Path, exercise: str, session: str) -> Path:
    """Return the folder of a session.

    Raises InputFaultsError for a name that is none.
    """
    _check_name("session", session)
    return reports / FOLDER / exercise / session


def _check_name(kind: str, name: str) -> None:
    """Refuse a malformed or reserved name. Raises InputFaultsError."""
    problem, allowed = PATTERNS[NAME_PATTERN]
    if re.fullmatch(NAME_PATTERN, name) is None:
        raise InputFaultsError([Fault(kind, 0, "", problem, found=repr(printable(name))[:80], allowed=allowed)])
    if is_device_name(name):
        raise InputFaultsError([Fault(kind, 0, "", "the name is reserved by Windows", found=repr(name),
                                      allowed="another name")])
    if kind == "team" and name in RESERVED:
        raise InputFaultsError([Fault(kind, 0, "", "the name is used by the exercise itself", found=repr(name),
                                      allowed="another name")])


def start_session(inputs: ExerciseInputs, reports: Path, name: str, teams: Sequence[str]) -> ExerciseSession:
    """Start a session and write its ledger.

    Parameters
    ----------
    inputs : ExerciseInputs
        The exercise.
    reports : Path
        Folder of reports.
    name : str
        Name of the session.
    teams : Sequence[str]
        Names of the teams.

    Returns
    -------
    ExerciseSession
        The session.

    Raises
    ------
    InputFaultsError
        For a name that is none, too many teams, or a session that exists.
    """
    folder = session_folder(reports, inputs.name, name)
    for team in teams:
        _check_name("team", team)
    if not 1 <= len(teams) <= MOST_TEAMS or len(set(teams)) < len(teams):
        found = f"{len(teams)} teams" if len(set(teams)) == len(teams) else "a name twice"
        raise InputFaultsError([Fault("teams", 0, "", "not a list of teams", found=found,
                                      allowed=f"1 to {MOST_TEAMS} different names")])
    if (folder / LEDGER).exists():
        raise InputFaultsError([Fault("session", 0, "", "the session exists", found=repr(name),
                                      allowed="another name, or go on with this one")])
    session = new_session(inputs, name, folder, teams)
    keep(session)
    return session


def open_session(inputs: ExerciseInputs, reports: Path, name: str) -> ExerciseSession:
    """Open a session that was started.

    Raises InputFaultsError where there is none, where its ledger has faults, or where inputs have changed since.
    """
    folder = session_folder(reports, inputs.name, name)
    if not (folder / LEDGER).is_file():
        names = session_names(reports, inputs.name)
        raise InputFaultsError([Fault("session", 0, "", "unknown session", found=repr(name),
                                      allowed=listed(names) or "none started yet", nearest=nearest(name, names))])
    label = f"{FOLDER}/{inputs.name}/{name}/{LEDGER}"
    events = read_ledger(folder / LEDGER, label)
    if events[0].digest != digest_of_inputs(inputs) or events[0].exercise != inputs.name:
        raise InputFaultsError([Fault(label, 1, "digest", CHANGED,
                                      allowed="the files as they were, or a new session")])
    session = ExerciseSession(inputs, name, folder, events)
    if faults := _unknown(session, label):
        raise InputFaultsError(faults)
    return session


def _unknown(session: ExerciseSession, label: str) -> list[Fault]:
    """Return events that name what does not exist."""
    exercise = session.inputs.exercise
    levers = {role.name: {one.key for one in role.levers} for role in exercise.roles}
    faults = []
    for one in session.events[1:]:
        bad = [
            (one.team is not None and one.team not in session.teams, "unknown team", one.team),
            (one.role is not None and one.role not in levers, "unknown role", one.role),
            (one.inject is not None and one.inject not in session.inputs.injects, "unknown inject", one.inject),
            (one.kind == "order" and one.key not in levers.get(str(one.role), ()), "no lever or input of the role",
             one.key),
            (one.round > len(exercise.rounds) + 1, "a round beyond the last", one.round),
            (one.kind == "started", "a session starts once", one.kind),
        ]
        faults += [Fault(label, one.number, "", text, found=repr(found)) for wrong, text, found in bad if wrong]
    return faults


def session_names(reports: Path, exercise: str) -> tuple[str, ...]:
    """Return names of the sessions of an exercise."""
    folder = reports / FOLDER / exercise
    return tuple(sorted(path.name for path in folder.glob("*") if (path / LEDGER).is_file()))


def keep(session: ExerciseSession) -> None:
    """Write the ledger of a session. Raises OSError, TargetError."""
    session.folder.mkdir(parents=True, exist_ok=True)
    write_ledger(session.folder / LEDGER, session.events)


def advance_session(session: ExerciseSession, runs: ExerciseRuns) -> ExerciseSession:
    """Play a round and write what came of it.

    The states are written before the ledger: a round that the ledger knows has its states.

    Parameters
    ----------
    session : ExerciseSession
        The session.
    runs : ExerciseRuns
        Solves and keeps runs.

    Returns
    -------
    ExerciseSession
        The session in its next round.

    Raises
    ------
    InputFaultsError
        Where all rounds were played.
    SolveError, LedgerError
        Where a run cannot be solved.
    OSError, TargetError
        Where files cannot be written.
    """
    if session.finished:
        raise InputFaultsError([Fault("advance", 0, "", "all rounds of the session were played",
                                      found=str(session.played), allowed="undo, replay or sheets")])
    number = session.round

    def write(team: str, run: PlayedRun) -> None:
        _write_state(session, runs, team, run, number)

    after = advanced(session, runs, write)
    keep(after)
    return after


def _write_state(session: ExerciseSession, runs: ExerciseRuns, team: str, run: PlayedRun, number: int) -> None:
    """Write the state of a team after a round, with its digest."""
    folder = session.folder / STATES / team
    folder.mkdir(parents=True, exist_ok=True)
    save(runs.dataset(run.run, number), folder / f"round-{number}.nc")
    record = {"team": team, "round": number, "days": runs.days(number), "input_digest": run.run.digest}
    write_file(folder / f"round-{number}.json", json.dumps(record, indent=1, sort_keys=True) + "\n")
