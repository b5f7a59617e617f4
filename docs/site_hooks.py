"""What `make site` changes in a page: links to files beside docs/ become the names of the files."""

import re
from pathlib import Path
from typing import Any

_LINK = re.compile(r"(?<!!)\[(?P<text>[^\]\n]+)\]\((?P<target>[^)\s#]+)(?:#[^)\s]*)?\)")


def on_page_markdown(markdown: str, *, page: Any, config: Any, **_: object) -> str:
    """Leave links within the site; name what lies beside it in the repository."""
    docs = Path(config["docs_dir"]).resolve()
    folder = (docs / page.file.src_uri).parent

    def named(found: re.Match[str]) -> str:
        text, target = found["text"], found["target"]
        if "://" in target or target.startswith("mailto:"):
            return found[0]
        path = (folder / target).resolve()
        if path.is_relative_to(docs) and path.suffix == ".md":
            return found[0]
        name = path.relative_to(docs.parent) if path.is_relative_to(docs.parent) else target
        plain = text.strip("`")
        return f"`{name}`" if plain in {str(name), target, path.name} else f"{text} (`{name}`)"

    return _LINK.sub(named, markdown)
