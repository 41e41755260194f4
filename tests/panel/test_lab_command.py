"""The command ``mixedmig lab``: JupyterLab as it starts, asked as a browser asks."""

import html
import json
import re
import urllib.request

from panel.journeys.browsing import lab_served
from panel.small import small_workspace


def asked(address):
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.read().decode()


def test_lab_opens_the_workspace_with_a_token_and_without_news(tmp_path):
    root = small_workspace(tmp_path)
    (root / "workbooks").mkdir()
    (root / "workbooks" / "start_here.ipynb").write_text("{}", encoding="utf-8")
    with lab_served(root) as server:
        start, token = server.address.split("?token=")
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/lab/tree/workbooks/start_here\.ipynb", start)
        base = start.split("/lab")[0]
        assert "password" in asked(f"{base}/lab?token=wrong")
        page = asked(f"{base}/lab?token={token}")
        found = re.search(r'<script id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.DOTALL)
        settings = json.loads(html.unescape(found[1]))
        assert "@jupyterlab/apputils-extension:announcements" in settings["disabledExtensions"]
        assert settings["serverRoot"] == str(root)
        assert settings["news"] == {"disabled": True}
        listed = json.loads(asked(f"{base}/api/contents/workbooks?token={token}"))
        assert [one["name"] for one in listed["content"]] == ["start_here.ipynb"]
