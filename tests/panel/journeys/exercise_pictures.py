"""Take the pictures of an exercise's screens that docs show: python tests/panel/journeys/exercise_pictures.py"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "tests"))

from panel.journeys.browsing import launched  # noqa: E402

from mixedmig_model.inputs.exercises.reading import read_exercise  # noqa: E402
from mixedmig_model.inputs.workspace import read_workspace  # noqa: E402
from mixedmig_model.study.exercise import files, moves  # noqa: E402
from mixedmig_model.study.exercise.rounds import ticked  # noqa: E402
from mixedmig_model.study.exercise.runs import ExerciseRuns  # noqa: E402

TARGET = ROOT / "docs" / "pictures"
NAME, SESSION, TEAMS = "surge_short", "day", ("team1", "team2")
SIZE = {"width": 1180, "height": 1000}
PICTURES = {"facilitator": "exercise_facilitator.png", "team2": "exercise_team.png",
            "projector": "exercise_projector.png"}


def played(root: Path) -> None:
    """Play two rounds: beds in time, a breach that is signed and ends, an answer, a forecast, a held order."""
    inputs = read_exercise(read_workspace(root), NAME)
    runs = ExerciseRuns(inputs)
    session = files.start_session(inputs, root / "reports", SESSION, TEAMS)
    for team, role, key, value, why in (
            ("team1", "reception", "reception.tent_places", 300.0, "Beds for June."),
            ("team1", "immigration", "screening.officers", 12.0, "To see needs early."),
            ("team2", "coast_guard", "journey.refused_share", 0.3, "An order from above.")):
        session = moves.ordered(session, runs, team=team, role=role, key=key, value=value, why=why, minute=5)
    session = moves.signed(session, order=session.events[-1].number, team="team2", role="coast_guard", minute=6,
                           reason="The minister decided so.")
    session = ticked(session, 7)
    session = moves.answered(session, team="team1", role="immigration", inject="police_register", minute=12,
                             text="No: the law does not allow it.")
    session = files.advance_session(session, runs)
    session = moves.ordered(session, runs, team="team2", role="coast_guard", key="journey.refused_share", value=0.0,
                            why="The court stopped it.", minute=4)
    session = files.advance_session(session, runs)
    session = ticked(session, 3)
    session = moves.ordered(session, runs, team="team2", role="immigration", key="law.child_exemption", value=0.0,
                            why="No room for children.", minute=4)
    files.keep(session)


def take(target: Path) -> None:
    """Take a picture of each screen."""
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        root = Path(folder)
        shutil.copytree(ROOT / "parameters", root / "parameters")
        played(root)
        command = [sys.executable, "-m", "mixedmig_model.cli", "app", "--exercise", NAME, "--session", SESSION,
                   "--workspace", str(root)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                   env={**os.environ, "PYTHONUNBUFFERED": "1"})
        try:
            addresses = dict(process.stdout.readline().split() for _ in range(len(TEAMS) + 2))
            for who, name in PICTURES.items():
                page = browser.new_page(viewport=SIZE)
                page.goto(addresses[who])
                page.wait_for_selector("html[data-version]")
                page.wait_for_timeout(3000)
                if who == "team2":
                    page.get_by_role("button", name="Immigration and registration").click()
                page.screenshot(path=target / name)
                page.close()
        finally:
            process.terminate()
            process.wait(60)


if __name__ == "__main__":
    take(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
