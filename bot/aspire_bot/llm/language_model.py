"""The composition of the language model: what the settings name, asked with care."""

from typing import TYPE_CHECKING

from aspire_bot.answering.limits import CircuitBreaker, DailyBudget, MemoryLedger
from aspire_bot.settings import Settings

if TYPE_CHECKING:
    from aspire_bot.answering.ports import ModelWatch, TokenLedger
    from aspire_bot.llm.resilient import CarefulModel


def build_chat_model(
    settings: Settings,
    *,
    ledger: "TokenLedger | None" = None,
    watch: "ModelWatch | None" = None,
) -> "CarefulModel | None":
    """Give the language model that the settings name, which is asked nothing yet; None for `none`.

    `ledger` is where the day's tokens are counted, without one in this process alone; `watch` is
    told how the model fares.

    Raises:
        ConfigError: the provider is unknown, its extra is not installed, or a setting is missing.
    """
    if settings.llm == "none":
        return None
    # Here, not above: LlamaIndex and a provider's library take seconds to import.
    from aspire_bot.llm.chat_model import LlamaIndexChatModel  # noqa: PLC0415  as said
    from aspire_bot.llm.model_choice import choose  # noqa: PLC0415  as said
    from aspire_bot.llm.resilient import CarefulModel  # noqa: PLC0415  as said

    key = settings.llm_api_key
    chosen = choose(
        settings.llm,
        base_url=settings.llm_base_url,
        api_key=key.get_secret_value().strip() if key else None,
        temperature=settings.llm_temperature,
        timeout_s=settings.llm_timeout_s,
        max_tokens=settings.llm_max_tokens,
    )
    return CarefulModel(
        LlamaIndexChatModel(chosen, first_token_s=settings.llm_first_token_s),
        breaker=CircuitBreaker(on_change=watch.model_breaker if watch else None),
        budget=DailyBudget(ledger or MemoryLedger(), settings.llm_daily_tokens),
        watch=watch,
    )
