"""The composition of the language model: what the settings name, asked with care."""

from typing import TYPE_CHECKING

from aspire_bot.answering.limits import CircuitBreaker, DailyBudget, MemoryLedger
from aspire_bot.llm.local.setting import LOCAL, LONGEST_LOAD_S
from aspire_bot.settings import Settings

if TYPE_CHECKING:
    from aspire_bot.answering.limits import TokenLedger
    from aspire_bot.answering.ports import ChatModel, ModelWatch
    from aspire_bot.llm.resilient import ResilientModel


def build_chat_model(
    settings: Settings,
    *,
    ledger: "TokenLedger | None" = None,
    watch: "ModelWatch | None" = None,
    is_prepared: bool = False,
) -> "ResilientModel | None":
    """Give the language model that the settings name, which is asked nothing yet; None for `none`.

    `ledger` is where the day's tokens are counted, without one in this process alone; `watch` is
    told how the model fares. With `is_prepared` a model of a local file begins to be loaded.

    Raises:
        ConfigError: the provider is unknown, its extra is not installed, or a setting is missing.
    """
    if settings.llm == "none":
        return None
    from aspire_bot.llm.resilient import ResilientModel  # noqa: PLC0415  who has no model needs none

    is_local = settings.llm.startswith(LOCAL)
    return ResilientModel(
        _local_model(settings, is_prepared=is_prepared) if is_local else _served_model(settings),
        breaker=CircuitBreaker(on_change=watch.model_breaker if watch else None),
        budget=DailyBudget(ledger or MemoryLedger(), settings.llm_daily_tokens),
        watch=watch,
    )


def patience_s(settings: Settings) -> float:
    """Give how long a first answer may take: a model of a local file is loaded before it."""
    is_local = settings.llm.startswith(LOCAL)
    return settings.llm_timeout_s + (LONGEST_LOAD_S if is_local else 0.0)


def _local_model(settings: Settings, *, is_prepared: bool) -> "ChatModel":
    from aspire_bot.llm.local.chat_model import (  # noqa: PLC0415  as above
        LocalOptions,
        open_local_model,
    )

    options = LocalOptions(
        context=settings.llm_context_tokens,
        threads=settings.llm_threads,
        temperature=settings.llm_temperature,
        first_token_s=settings.llm_first_token_s,
    )
    model = open_local_model(settings.llm, options)
    if is_prepared:
        model.prepare()
    return model


def _served_model(settings: Settings) -> "ChatModel":
    # Here, not above: LlamaIndex and a provider's library take seconds to import.
    from aspire_bot.llm.chat_model import LlamaIndexChatModel  # noqa: PLC0415  as said
    from aspire_bot.llm.model_choice import choose  # noqa: PLC0415  as said

    key = settings.llm_api_key
    chosen = choose(
        settings.llm,
        base_url=settings.llm_base_url,
        api_key=key.get_secret_value().strip() if key else None,
        temperature=settings.llm_temperature,
        timeout_s=settings.llm_timeout_s,
        max_tokens=settings.llm_max_tokens,
    )
    return LlamaIndexChatModel(chosen, first_token_s=settings.llm_first_token_s)
