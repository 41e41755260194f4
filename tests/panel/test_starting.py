"""From nothing to a report of one's own case by three forms (``workbooks/start_here.ipynb``)."""

import pytest

from mixedmig_model.cli.plan.init import write_workspace
from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.starting.owned_values import set_values
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present.report import make
from mixedmig_model.present.starting.forms import StartHere


@pytest.fixture
def started(tmp_path, monkeypatch):
    plan = tmp_path / "plan"
    monkeypatch.chdir(tmp_path)
    write_workspace(plan)
    return plan, StartHere(plan)


def press(box, text):
    """Press the button with a text below a box."""
    found = [one for one in buttons(box) if one.description == text]
    assert len(found) == 1, [one.description for one in buttons(box)]
    found[0].click()


def buttons(box):
    import ipywidgets

    children = [*getattr(box, "children", ())]
    return [one for one in children if isinstance(one, ipywidgets.Button)] + [
        deeper for one in children for deeper in buttons(one)]


def test_three_forms_lead_from_nothing_to_a_report(started, monkeypatch):
    plan, forms = started
    asked = []

    def made(inputs, scenarios, target, progress):
        asked.append((inputs.name, scenarios, target))
        progress("solving", 1, 2)
        return target / "report.html"

    monkeypatch.setattr(make, "make_report", made)
    forms.fields["countries"].value = "harbourland"
    forms.fields["route"].value = "land"
    press(forms.widget, "Make the case")
    assert "The case my_case is written." in forms.said.value
    forms.values["registration.officers"].value = 33
    press(forms.widget, "Keep these numbers")
    case = read_case(read_workspace(plan), "my_case")
    assert case.case.parameters["registration.officers"].value == 33
    assert not [one for one in case.cautions if one.path == "registration.officers"]
    text = (plan / "parameters" / "cases" / "my_case" / "case.yaml").read_text(encoding="utf-8")
    assert "# Registration officers, officer" in text
    press(forms.widget, "Make the report")
    assert asked == [("my_case", None, plan / "reports" / "my_case")]
    assert str(plan / "reports" / "my_case" / "report.html") in forms.progress.value


def test_what_is_wrong_is_said_below_the_form_and_nothing_is_written(started):
    plan, forms = started
    forms.fields["name"].value = "../x<script>"
    forms.fields["arrivals"].value = "month,persons\nsoon,many\n"
    before = sorted(path.name for path in (plan / "parameters" / "cases").iterdir())
    press(forms.widget, "Make the case")
    assert "Not yet:" in forms.said.value
    assert "<script>" not in forms.said.value
    assert sorted(path.name for path in (plan / "parameters" / "cases").iterdir()) == before


def test_the_shipped_workspace_is_left_alone():
    forms = StartHere(installed_workspace())
    press(forms.widget, "Make the case")
    assert "read-only" in forms.said.value


def test_a_value_is_written_twice_and_its_comment_stays(started):
    plan, forms = started
    forms.fields["countries"].value = "harbourland"
    press(forms.widget, "Make the case")
    workspace = read_workspace(plan)
    for value in (12.5, 7):
        file = set_values(workspace, "my_case", {"screening.officers": value})
        assert read_case(workspace, "my_case").case.parameters["screening.officers"].value == value
        assert file.read_text(encoding="utf-8").count("screening.officers") == 1
    with pytest.raises(InputFaultsError, match="does not stand in the file"):
        set_values(workspace, "my_case", {"screening.interviews_per_day": 3})
