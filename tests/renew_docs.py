"""Write the pages of docs that come from the source: python tests/renew_docs.py"""

from pathlib import Path

from mixedmig_model.present.reference import flows_page, indicators_page

if __name__ == "__main__":
    docs = Path(__file__).parents[1] / "docs"
    (docs / "indicators.md").write_text(indicators_page(), encoding="utf-8")
    (docs / "flows.md").write_text(flows_page(), encoding="utf-8")
