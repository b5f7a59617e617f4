"""The composition of the second opinion: the judge that the settings name, asked with care."""

from typing import TYPE_CHECKING

from aspire_bot.answering.limits import CircuitBreaker, DailyBudget, MemoryLedger
from aspire_bot.llm.local.setting import LOCAL
from aspire_bot.settings import Settings
from aspire_ingest.index.errors import ConfigError

if TYPE_CHECKING:
    from aspire_bot.answering.checking.consultation import Consultation, Judge
    from aspire_bot.answering.limits import TokenLedger
    from aspire_bot.answering.ports import ModelWatch
    from aspire_bot.answering.writing.prompt_files import Prompts


def build_second_opinion(
    settings: Settings,
    prompts: "Prompts",
    *,
    ledger: "TokenLedger | None" = None,
    watch: "ModelWatch | None" = None,
) -> "Consultation | None":
    """Give who is asked about statements that the rules keep; None where no judge is set.

    `ledger` and `watch` are as for the model that answers, whose day's tokens the judge shares.

    Raises:
        ConfigError: the judge cannot be used as it is set.
    """
    judge = build_judge(settings, prompts, ledger=ledger, watch=watch)
    if judge is None:
        return None
    # Here, not above: most do without.
    from aspire_bot.answering.checking.consultation import Consultation  # noqa: PLC0415  as said

    staff = settings.judge_staff_documents
    return Consultation(
        judge,
        timeout_s=settings.judge_timeout_s,
        sees_staff=staff == "any" or (staff == "inside" and not judge.is_outside),
    )


def build_judge(
    settings: Settings,
    prompts: "Prompts",
    *,
    ledger: "TokenLedger | None" = None,
    watch: "ModelWatch | None" = None,
) -> "Judge | None":
    """Give the judge itself, which is asked nothing yet; see `build_second_opinion`."""
    if settings.judge == "none":
        return None
    if settings.judge == "nli":
        return _nli_judge(settings)
    return _model_judge(settings, prompts, ledger, watch)


def _nli_judge(settings: Settings) -> "Judge":
    from aspire_bot.llm.model_choice import leads_outside  # noqa: PLC0415  as above
    from aspire_bot.llm.nli import NliJudge  # noqa: PLC0415  as above

    url, key = settings.judge_url, settings.judge_api_key
    if url is None:
        raise ConfigError("ASPIRE_JUDGE=nli needs ASPIRE_JUDGE_URL, where the server is")
    return NliJudge(
        url, api_key=key.get_secret_value() if key else None, is_outside=leads_outside(url)
    )


def _model_judge(
    settings: Settings,
    prompts: "Prompts",
    ledger: "TokenLedger | None",
    watch: "ModelWatch | None",
) -> "Judge":
    if settings.judge.startswith(LOCAL):
        raise ConfigError(
            "ASPIRE_JUDGE=local/… is not possible: a file answers one question at a time, and the "
            "judge is asked in the midst of an answer; serve it, and set openai-like/MODEL"
        )
    # Here, not above: LlamaIndex and a provider's library take seconds to import.
    from aspire_bot.llm.chat_model import LlamaIndexChatModel  # noqa: PLC0415  as said
    from aspire_bot.llm.model_choice import choose  # noqa: PLC0415  as said
    from aspire_bot.llm.model_judge import MOST_TOKENS, ModelJudge  # noqa: PLC0415  as said
    from aspire_bot.llm.providers import Variables  # noqa: PLC0415  as said
    from aspire_bot.llm.resilient import Patience, ResilientModel  # noqa: PLC0415  as said

    url, key = _whereabouts(settings)
    chosen = choose(
        settings.judge,
        base_url=url,
        api_key=key,
        timeout_s=settings.judge_timeout_s,
        max_tokens=MOST_TOKENS,
        variables=Variables(
            model="ASPIRE_JUDGE", address="ASPIRE_JUDGE_URL", key="ASPIRE_JUDGE_API_KEY"
        ),
    )
    model = ResilientModel(
        LlamaIndexChatModel(chosen, first_token_s=settings.judge_timeout_s),
        breaker=CircuitBreaker(),
        budget=DailyBudget(ledger or MemoryLedger(), settings.llm_daily_tokens),
        watch=_TokensAlone(watch) if watch else None,
        patience=Patience(attempts=1),  # a reader waits for the statement
        is_quiet=True,  # who consults it says so, once
    )
    return ModelJudge(model, prompts)


def _whereabouts(settings: Settings) -> tuple[str | None, str | None]:
    """Give address and key: those of the model that answers where the provider is the same.

    A key goes to the address that it is for: another address does not get the model's.
    """
    url, key = settings.judge_url, settings.judge_api_key
    is_same = settings.judge.partition("/")[0] == settings.llm.partition("/")[0]
    if is_same and url in (None, settings.llm_base_url):
        url, key = settings.llm_base_url, key or settings.llm_api_key
    return url, key.get_secret_value().strip() if key else None


class _TokensAlone:
    """A `ModelWatch` of tokens: failures and the breaker are told of the model that answers."""

    def __init__(self, watch: "ModelWatch") -> None:
        self.model_used = watch.model_used

    def model_failed(self, kind: object) -> None:
        pass

    def model_breaker(self, state: object) -> None:
        pass
