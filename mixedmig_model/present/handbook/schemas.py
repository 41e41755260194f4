"""JSON schemas of files that programs read.

They are written from the records.
"""

import json

from mixedmig_model.record.schema.report import Report

DIALECT = "https://json-schema.org/draft/2020-12/schema"
REPORT_FILE = "schemas/report.schema.json"
"""Where the schema of ``report.json`` stands in ``docs``."""


def report_schema() -> str:
    """Return the JSON schema of ``report.json`` as text."""
    schema = {"$schema": DIALECT, **Report.model_json_schema(by_alias=True)}
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
