"""From nothing to a report of one's own case.

The notebook ``workbooks/start_here.ipynb`` shows three forms of ipywidgets.
"""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.schema import Parameter
from mixedmig_model.inputs.starting.owned_values import set_values
from mixedmig_model.inputs.starting.texts import inputs_to_own
from mixedmig_model.inputs.starting.wanted import Asked, NewCase, check_asked
from mixedmig_model.inputs.starting.write import write_case
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present.html.builders import join, tag
from mixedmig_model.present.panel.scale import unit_title
from mixedmig_model.record.schema.plain import PlainData
from mixedmig_model.record.words.panel import starting as words
from mixedmig_model.storage.atomic import SCRATCH, write_file
from mixedmig_model.storage.kinds import TargetError
from mixedmig_model.vocabulary.labels import ROUTES

WIDE, TALL = "640px", "140px"
A_YEAR = 12


class StartHere:
    """The three forms, one below the other.

    Parameters
    ----------
    workspace : str or Path
        The folder to write to; without one it is refused.
    """

    def __init__(self, workspace: str | Path) -> None:
        import ipywidgets

        self.root = Path(workspace).resolve()
        self.case: NewCase | None = None
        self.said = ipywidgets.HTML()
        self.fields = self._case_fields()
        self.values: PlainData = {}
        self.inputs = ipywidgets.VBox()
        self.after = ipywidgets.VBox()
        make = ipywidgets.Button(description=words.MAKE, button_style="primary")
        make.on_click(lambda _: self._told(self.make_case))
        self.widget = ipywidgets.VBox([
            ipywidgets.HTML(str(tag("h3", words.FIRST))), *self.fields.values(), make, self.said, self.inputs,
            self.after,
        ])

    def _case_fields(self) -> PlainData:
        import ipywidgets

        layout, style = ipywidgets.Layout(width=WIDE), {"description_width": "200px"}
        year = date.today().year
        months = "\n".join(words.MONTH.format(year=year, month=month) for month in range(1, A_YEAR + 1))
        return {
            "name": ipywidgets.Text("my_case", description=words.NAME, layout=layout, style=style),
            "countries": ipywidgets.Text("harbourland", description=words.COUNTRIES, layout=layout, style=style),
            "route": ipywidgets.Dropdown(options=list(ROUTES), description=words.ROUTE, layout=layout, style=style),
            "start": ipywidgets.DatePicker(value=date(year, 1, 1), description=words.START, style=style),
            "end": ipywidgets.DatePicker(value=date(year + 1, 1, 1), description=words.END, style=style),
            "arrivals": ipywidgets.Textarea(f"month,persons\n{months}\n", description=words.ARRIVALS, style=style,
                                            layout=ipywidgets.Layout(width=WIDE, height=TALL)),
        }

    def _told(self, action: Callable[[], None]) -> None:
        """Do something, and say below the form what is wrong with what was given."""
        try:
            action()
        except InputFaultsError as error:
            faults = [tag("li", words.FAULT.format(problem=one.problem, found=one.found, allowed=one.allowed))
                      for one in error.faults]
            self.said.value = str(join([tag("strong", words.NOT_YET), tag("ul", join(faults))]))
        except (OSError, TargetError) as error:
            self.said.value = str(tag("strong", str(error)))

    def make_case(self) -> None:
        """Write the case, and show the inputs that it must set itself.

        Raises
        ------
        InputFaultsError
            For fields with faults.
        OSError
            If a file cannot be written.
        """
        if self.root == installed_workspace():
            self.said.value = str(tag("strong", words.SHIPPED))
            return
        name, countries, route, start, end, arrivals = (field.value for field in self.fields.values())
        workspace = read_workspace(self.root)
        with tempfile.TemporaryDirectory(prefix=SCRATCH) as folder:
            table = Path(folder) / "arrivals.csv"
            write_file(table, arrivals)
            asked = Asked(name.strip(), tuple(one.strip() for one in countries.split(",") if one.strip()),
                          str(start), str(end), route=route, arrivals=table)
            self.case = check_asked(workspace, asked)
        write_case(workspace, self.case)
        self.said.value = str(tag("p", words.MADE.format(case=self.case.name)))
        self._show_inputs(list(inputs_to_own(workspace, self.case)))

    def _show_inputs(self, owned: list[tuple[str, Parameter]]) -> None:
        import ipywidgets

        rows = []
        for name, parameter in owned:
            if parameter.value is None:
                continue
            low, high = parameter.range
            share = parameter.unit == "share"
            unit = words.SHARE if share else unit_title(parameter.unit)
            field = ipywidgets.BoundedFloatText(
                value=parameter.value, min=low, max=max(high, parameter.value), description=parameter.title,
                tooltip=parameter.description, layout=ipywidgets.Layout(width="420px"),
                style={"description_width": "300px"})
            self.values[name] = field
            note = tag("small", words.FIELD.format(unit=unit, low=f"{low:g}", high=f"{high:g}"))
            rows.append(ipywidgets.HBox([field, ipywidgets.HTML(str(note))]))
        keep = ipywidgets.Button(description=words.KEEP, button_style="primary")
        keep.on_click(lambda _: self._told(self.keep_values))
        self.inputs.children = (ipywidgets.HTML(str(tag("h3", words.SECOND))), *rows, keep)

    def keep_values(self) -> None:
        """Write the form's numbers into the case; offer its report.

        Raises
        ------
        InputFaultsError
            For numbers with faults.
        OSError
            If the file cannot be written.
        """
        import ipywidgets

        assert self.case is not None
        workspace = read_workspace(self.root)
        set_values(workspace, self.case.name, {name: float(field.value) for name, field in self.values.items()})
        read_case(read_workspace(self.root), self.case.name)
        self.said.value = str(tag("p", words.KEPT.format(case=self.case.name)))
        report = ipywidgets.Button(description=words.REPORT, button_style="primary")
        report.on_click(lambda _: self._told(self.make_report))
        self.progress = ipywidgets.HTML()
        self.after.children = (ipywidgets.HTML(str(tag("h3", words.THIRD))), report, self.progress)

    def make_report(self) -> None:
        """Make the report of the case.

        Raises
        ------
        InputFaultsError
            For a case with faults.
        OSError
            If a file cannot be written.
        """
        from mixedmig_model.present.report.make import make_report

        assert self.case is not None
        inputs = read_case(read_workspace(self.root), self.case.name)

        def show(phase: str, done: int, of: int) -> None:
            self.progress.value = str(tag("p", words.PROGRESS.format(phase=phase, done=done, of=of)))

        page = make_report(inputs, None, self.root / "reports" / self.case.name, progress=show)
        command = tag("code", words.PANEL.format(case=self.case.name))
        self.progress.value = str(join([tag("p", words.DONE), tag("p", tag("code", str(page))),
                                        tag("p", words.NEXT), tag("p", command)]))


def start_here(workspace: str | Path) -> Any:
    """Return the forms as one widget.

    Parameters
    ----------
    workspace : str or Path
        A folder made by ``mixedmig init``.

    Returns
    -------
    ipywidgets.VBox
        The widget.
    """
    return StartHere(workspace).widget
