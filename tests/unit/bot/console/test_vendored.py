"""What others made and the pages load: to the byte what its makers published."""

import hashlib
import json
import re
from importlib.resources import files

CONSOLE = files("aspire_bot.console")
HTMX = "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"
"""SHA-256 of dist/htmx.min.js of release 2.0.11."""


def test_htmx_is_the_published_file_with_its_licence() -> None:
    static = CONSOLE.joinpath("static")
    assert hashlib.sha256(static.joinpath("htmx.min.js").read_bytes()).hexdigest() == HTMX
    assert "Zero-Clause BSD" in static.joinpath("htmx.LICENSE").read_text("utf-8")


def test_no_page_has_scripts_or_styles_of_its_own() -> None:
    for template in CONSOLE.joinpath("templates").iterdir():
        text = template.read_text("utf-8")
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", text), template.name
        assert re.findall(r"<script(?![^>]*\ssrc=)", text) == [], template.name
        assert "|safe" not in text, template.name
        assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", text), template.name


def test_every_form_that_acts_carries_the_token_of_its_session() -> None:
    for template in CONSOLE.joinpath("templates").iterdir():
        text = template.read_text("utf-8")
        forms = re.findall(r'<form[^>]*method="post".*?</form>', text, re.DOTALL)
        acting = [form for form in forms if "sign_in.take" not in form]
        for form in acting:
            assert '{% include "token.html" %}' in form, template.name


def test_htmx_runs_no_text_as_a_script() -> None:
    text = CONSOLE.joinpath("templates", "base.html").read_text("utf-8")
    config = json.loads(re.findall(r"name=\"htmx-config\" content='([^']+)'", text)[0])
    assert config["allowEval"] is config["includeIndicatorStyles"] is False
    assert config["selfRequestsOnly"] is True
