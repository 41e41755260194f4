"""Write the pages and diagrams of docs that come from the source: python tests/renew_docs.py"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import xarray as xr
from typer.main import get_command

import mixedmig_model
from mixedmig_model.cli.main import app
from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.editor_schemas import editor_schemas
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import Workspace, read_workspace
from mixedmig_model.present.diagram.draw import save_picture
from mixedmig_model.present.diagram.pictures import pictures
from mixedmig_model.present.handbook.api import api_page
from mixedmig_model.present.handbook.contract import contract_page
from mixedmig_model.present.handbook.cost_book import cost_book_page
from mixedmig_model.present.handbook.data import data_page
from mixedmig_model.present.handbook.levers import levers_page
from mixedmig_model.present.handbook.parameters import parameters_page
from mixedmig_model.present.handbook.price_evidence import price_evidence_page
from mixedmig_model.present.handbook.reference import flows_page, glossary_page, indicators_page
from mixedmig_model.present.handbook.schemas import REPORT_FILE, report_schema
from mixedmig_model.present.handbook.traceability import traceability_page
from mixedmig_model.study.run import run_one


def one_week(workspace: Workspace) -> xr.Dataset:
    """One week of the shipped case: every variable that a run has."""
    return run_one(replace(resolve(read_case(workspace, "andaman_sea_2015")), days=7), path="reference")


def commands() -> dict[str, list[str]]:
    """Commands with their options, those of a group by both names."""
    found = {}
    for name, command in get_command(app).commands.items():
        parts = getattr(command, "commands", None)
        found |= {f"{name} {part}": one for part, one in parts.items()} if parts else {name: command}
    return {
        name: sorted(option for one in command.params for option in one.opts if option.startswith("--"))
        for name, command in found.items()
    }


PAGES: dict[str, Callable[[Workspace], str]] = {
    "indicators.md": lambda workspace: indicators_page(),
    "flows.md": lambda workspace: flows_page(),
    "glossary.md": lambda workspace: glossary_page(),
    "parameters.md": parameters_page,
    "cost_book.md": cost_book_page,
    "price_evidence.md": price_evidence_page,
    "levers.md": levers_page,
    "traceability.md": traceability_page,
    "api.md": lambda workspace: api_page({name: getattr(mixedmig_model, name) for name in mixedmig_model.__all__}),
    "contract.md": lambda workspace: contract_page(one_week(workspace), commands(), mixedmig_model.__all__),
    "data.md": lambda workspace: data_page(one_week(workspace)),
    REPORT_FILE: lambda workspace: report_schema(),
}

if __name__ == "__main__":
    docs, shipped = Path(__file__).parents[1] / "docs", read_workspace(installed_workspace())
    for name, write in PAGES.items():
        (docs / name).write_text(write(shipped), encoding="utf-8")
    for file, text in editor_schemas().items():
        (docs / "schemas").mkdir(exist_ok=True)
        (docs / "schemas" / file).write_text(text, encoding="utf-8")
    for picture in pictures():
        save_picture(picture, docs / "pictures" / picture.file)
