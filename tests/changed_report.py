"""Reports of tests: those of a solved comparison with other parts, and bare ones."""

from dataclasses import replace

from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.schema.base import data_of
from mixedmig_model.record.schema.inputs import NeedShares
from mixedmig_model.record.schema.report import Report


def changed(made, **parts):
    """A comparison whose record has other parts, as records or as plain data; all of it is checked again."""
    return replace(made, record=Report.model_validate(data_of(made.record) | parts))


def bare_report(**parts):
    """A report of nothing but some parts."""
    nothing = {
        "notice": "", "case": "case", "title": "T", "question": "", "summary": "", "paragraphs": (),
        "start": "2015-01-01", "end": "2017-01-01", "countries": {}, "baseline": "base", "scenarios": (),
        "indicators": (), "need_share": NeedShares(low=0.3, default=0.5, high=0.7), "published": (), "services": {},
        "standards": {}, "responses": (), "parameters": (), "not_modelled": (), "runs": {},
    }
    return Report.model_validate(nothing | parts)


def bare(**parts):
    """A comparison without runs whose record says nothing but some parts."""
    return Comparison(bare_report(**parts), {})
