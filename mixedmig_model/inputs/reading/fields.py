"""Fields of the records of files.

These are names, dates, numbers, text and ranges, with the words of their faults.
"""

import re
from datetime import date
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from mixedmig_model.inputs.reading.faults import has_controls, hidden_signs, shown
from mixedmig_model.inputs.reading.units import UNIT_PATTERN

MOST_PERSONS = 1e9
EVERYWHERE = "all"
"""The name of all countries together.

It stands in a table of published totals.
"""
HIDDEN = "hidden characters in the text"
NAME_PATTERN = r"^[a-z0-9_-]{1,64}$"
SOURCE_PATTERN = r"^[A-Za-z0-9_-]{1,64}$"
FILE_PATTERN = r"^[a-z0-9_-]{1,60}\.csv$"
PARAGRAPH_PATTERN = r"^[0-9]{1,2}(\([a-z]\))?$"
CURRENCY_PATTERN = r"^[A-Z]{3}$"
COUNTRY_PATTERN = r"^[A-Z][A-Z]{2}$"
PRICE_PLACE_PATTERN = r"^([A-Z]{3}|world|low_income|middle_income|high_income)$"
ADDRESS_PATTERN = r"^(https?://\S+)?$"
YEARS = (1900, 2199)
OUT_OF_TIME, IN_TIME = "implausible year", f"years from {YEARS[0]} to {YEARS[1]}"
PATTERNS = {
    NAME_PATTERN: ("not a valid name", "a-z, 0-9, _ and -, 1 to 64 characters"),
    SOURCE_PATTERN: ("not a valid key of a source", "letters, digits, _ and -, 1 to 64 characters"),
    UNIT_PATTERN: ("not a valid unit", "names of units joined by * and /, such as person/day or 1/month"),
    FILE_PATTERN: ("not a valid file name", "a .csv file next to case.yaml, named with a-z, 0-9, _ and -"),
    PARAGRAPH_PATTERN: ("not a valid paragraph", "a paragraph in quotes, such as '12' or '12(b)'"),
    CURRENCY_PATTERN: ("not a currency", "three capital letters, such as USD"),
    COUNTRY_PATTERN: ("not the code of a country", "three capital letters, such as MYS"),
    PRICE_PLACE_PATTERN: ("not the code of a country", "three capital letters, such as MYS, or world"),
    ADDRESS_PATTERN: ("not a web address", "an address that starts with http:// or https://"),
}
"""What each pattern means in words.

It has the problem where text does not match, and what is allowed.
"""
WINDOWS_DEVICES = {"con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(10))}


def refusal(problem: str, found: str, allowed: str = "") -> PydanticCustomError:
    """Return an error that becomes a fault with these words.

    ``validation`` turns it into one.
    """
    return PydanticCustomError("in_words", "{problem}", {"problem": problem, "found": found, "allowed": allowed})


def iso_day(text: str) -> date:
    """Return a date written YYYY-MM-DD and in no other way.

    Raises ValueError.
    """
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("not a date")
    return date.fromisoformat(text)


def is_out_of_time(day: date) -> bool:
    """Return whether a day lies in a year that is out of time.

    Such a day is a slip of the finger, or a date that stands for none.
    """
    return not YEARS[0] <= day.year <= YEARS[1]


def _day(value: object) -> date:
    try:
        day = value if isinstance(value, date) else iso_day(value if isinstance(value, str) else "")
    except ValueError:
        raise PydanticCustomError("date_type", "not a date") from None
    if is_out_of_time(day):
        raise refusal(OUT_OF_TIME, day.isoformat(), IN_TIME)
    return day


def _version(value: object) -> object:
    if isinstance(value, bool):  # true equals 1, but names no version
        raise PydanticCustomError("literal_error", "not a version", {"expected": "1"})
    return value


def _two_ends(value: object) -> object:
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        raise refusal("not a range", shown(value), "[low, high]")
    return value


def _in_order(value: tuple[float, float]) -> tuple[float, float]:
    if value[0] > value[1]:
        raise refusal("low is above high", f"{value[0]:g} to {value[1]:g}", "[low, high]")
    return value


def _no_device(value: str) -> str:
    if is_device_name(value):
        raise refusal("the name is reserved by Windows", shown(value), "another name")
    return value


def one_country(value: str) -> str:
    """Return the name of a country.

    The name that stands for all countries is refused.
    """
    if value == EVERYWHERE:
        raise refusal("the name means all countries together", shown(value), "another name")
    return value


def _no_controls(value: str) -> str:
    if has_controls(value):
        raise refusal("control characters in the text", shown(value), "plain text")
    if hidden := hidden_signs(value):
        raise refusal(HIDDEN, ", ".join(hidden), "visible characters")
    return value


def _readable(value: str) -> str:
    if not value.strip():
        raise refusal("the text is empty", shown(value), "words")
    return value


def _one_line(value: str) -> str:
    if len(value.strip().splitlines()) > 1:
        raise refusal("the title has more than one line", shown(value), "one line")
    return value


def _form(value: object) -> str:
    return "dated" if isinstance(value, dict) else "number"


Version = Annotated[Literal[1], BeforeValidator(_version)]
Name = Annotated[str, Field(pattern=NAME_PATTERN)]
SourceKey = Annotated[str, Field(pattern=SOURCE_PATTERN)]
FileName = Annotated[str, Field(pattern=FILE_PATTERN), AfterValidator(_no_device)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Day = Annotated[date, BeforeValidator(_day)]
Dated = Annotated[dict[Day, Number], Field(min_length=1)]
DatedNumber = Annotated[Annotated[Number, Tag("number")] | Annotated[Dated, Tag("dated")], Discriminator(_form)]
Labelled = Annotated[dict[Name, DatedNumber], Field(min_length=1)]
Range = Annotated[tuple[Number, Number], BeforeValidator(_two_ends), AfterValidator(_in_order)]
Unit = Annotated[str, Field(pattern=UNIT_PATTERN, max_length=64)]
Text = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_no_controls), AfterValidator(_readable)]
Title = Annotated[
    str, Field(min_length=1, max_length=120), AfterValidator(_no_controls), AfterValidator(_readable),
    AfterValidator(_one_line),
]
Note = Annotated[str, AfterValidator(_no_controls)]
Quality = Literal["measured", "published", "assumption"]
QUALITIES: tuple[Quality, ...] = get_args(Quality)
Role = Literal["lever", "uncertain", "fixed"]
Distribution = Literal["fixed", "pert", "beta", "lognormal"]
Paragraph = Annotated[str, Field(pattern=PARAGRAPH_PATTERN)]


def is_device_name(name: str) -> bool:
    """Return whether Windows reserves a name for a device.

    No file or folder may have such a name.
    """
    return re.split(r"[.]", name.lower())[0] in WINDOWS_DEVICES


class Record(BaseModel):
    """Base of all records of files.

    Records are frozen, refuse unknown keys, and never read numbers from text.
    """

    entries: ClassVar[tuple[str, ...]] = ()
    """Lists and mappings whose faulty entries can be left out.

    The other entries are then still checked.
    """
    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)
