"""The marks of footnotes: *1, ※2, †, 注1, ¹, (note 1), （注1）."""

import re

_BARE = r"\*{1,3}\d{0,2}|※\d{0,2}|[†‡]|注\s?\d{1,2}|[¹²³⁰⁴-⁹]{1,2}"
NOTE = re.compile(
    rf"[(（](?P<inside>(?:{_BARE}|note\s\d{{1,2}}))[)）][\s:：]*(?=\S)"
    rf"|(?P<bare>{_BARE})[)\s:：]*(?=\S)"
)
"""How a footnote begins, up to its first word."""
