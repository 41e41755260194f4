"""A learner's progress in a lesson, as a file.

It holds what was given, tries, and whether it was right. It holds no answer of the model and no name of a person.
"""

import json
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.reading.yaml_reader import read_text
from mixedmig_model.record.schema.base import Frozen, strict_text
from mixedmig_model.record.words.teaching.lessons import PROGRESS_FAULT
from mixedmig_model.storage.atomic import write_file
from mixedmig_model.storage.kinds import kind_of


class GivenAnswer(Frozen):
    """What was given to a question.

    It has tries, and whether the last was right.
    """

    given: str | list[float] | list[str]
    tries: int = Field(ge=0)
    is_right: bool


class LessonProgress(Frozen):
    """Answers to the questions of a lesson by key."""

    schema_: Literal[1] = Field(default=1, alias="schema")
    lesson: str
    questions: dict[str, GivenAnswer] = Field(default_factory=dict)


def read_progress(file: Path | None, lesson: str) -> LessonProgress:
    """Read the progress of a lesson; new where there is no file.

    Parameters
    ----------
    file : Path or None
        The file.
    lesson : str
        The name of the lesson.

    Returns
    -------
    LessonProgress
        The progress.

    Raises
    ------
    InputFaultsError
        Where the file is of another lesson, or no progress.
    """
    if file is None or not kind_of(file):
        return LessonProgress(lesson=lesson)
    fault = Fault(file.name, 0, "", PROGRESS_FAULT, allowed=f"a file of the lesson {lesson}, or no file")
    if kind_of(file) != "a file":
        raise InputFaultsError([fault])
    try:
        found = LessonProgress.model_validate(json.loads(read_text(file, file.name)))
    except (ValidationError, ValueError):
        raise InputFaultsError([fault]) from None
    if found.lesson != lesson:
        raise InputFaultsError([fault])
    return found


def with_answer(progress: LessonProgress, key: str, answer: GivenAnswer) -> LessonProgress:
    """Return the progress with one more answer."""
    return progress.model_copy(update={"questions": {**progress.questions, key: answer}})


def write_progress(file: Path | None, progress: LessonProgress) -> None:
    """Write the progress of a lesson, if it has a file.

    Parameters
    ----------
    file : Path or None
        The file.
    progress : LessonProgress
        The progress.

    Raises
    ------
    OSError
        Where it cannot be written.
    """
    if file is not None:
        write_file(file, strict_text(progress))
