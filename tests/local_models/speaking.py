"""The whole assistant with a local model, through the settings that anybody has."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from tests.local_models.reply import Script
from tests.local_models.server import LocalModel, serving

from aspire_bot.bootstrap import Assistant, open_assistant
from aspire_bot.settings import Settings


def settings_for(model: LocalModel, home: Path, **others: Any) -> Settings:
    """Give settings that choose a local model; `others` are further fields of theirs."""
    return Settings(
        home=home,
        llm=model.setting,
        llm_base_url=model.base_url,
        llm_api_key=SecretStr("key"),
        **others,
    )


@contextmanager
def speaking(home: Path, script: Script, **others: Any) -> Generator[tuple[Assistant, LocalModel]]:
    """Open an assistant whose model follows a script, and which asks it for nothing malformed."""
    with serving("openai-like", script) as model:
        with open_assistant(settings_for(model, home, **others)) as assistant:
            yield assistant, model
        assert model.refused == []
