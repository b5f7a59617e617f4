"""All checks in turn."""

from collections.abc import Iterator

from aspire_bot.doctor.check import Check, Probe
from aspire_bot.doctor.environment import check_proxy, check_time_zone, check_variables
from aspire_bot.doctor.index import check_backup, check_index, check_suggestions
from aspire_bot.doctor.machine import check_disk
from aspire_bot.doctor.models import check_judge, check_models, check_ocr, check_reranker
from aspire_bot.doctor.telemetry import check_telemetry
from aspire_bot.settings import Settings


def diagnose(settings: Settings, *, probe_slack: Probe, probe_state: Probe) -> list[Check]:
    """Look at index, models, this machine, state and Slack in turn; no failure hides the others."""
    return [
        *check_index(settings),
        *check_backup(settings),
        check_ocr(settings),
        *check_models(settings),
        check_judge(settings),
        *check_reranker(settings),
        *check_suggestions(settings),
        *check_variables(type(settings)),
        *check_time_zone(settings),
        *check_proxy(),
        *check_disk(settings),
        *check_telemetry(settings),
        *probe_state(settings),
        *_slack_checks(settings, probe_slack),
    ]


def _slack_checks(settings: Settings, probe_slack: Probe) -> Iterator[Check]:
    if settings.slack_bot_token is None and settings.slack_client_id is None:
        yield Check(
            name="Slack",
            state="unset",
            found="SLACK_BOT_TOKEN is not set",
            to_do="only needed for `aspire-bot serve`; see docs/howto-slack.md",
        )
        return
    yield from probe_slack(settings)
