"""What `aspire-bot doctor` does, between the parsed arguments and the printed result."""

from collections.abc import Sequence

from aspire_bot.doctor.check import Check, is_well
from aspire_bot.doctor.diagnose import diagnose
from aspire_bot.doctor.report import print_checks, print_report
from aspire_bot.settings import Settings, read_settings
from aspire_ingest.index.program import DONE, IN_PART


def doctor(*, as_json: bool) -> int:
    """Print settings and checks; give the exit code.

    Raises:
        ConfigError: a setting cannot be used.
    """
    settings = read_settings()
    checks = diagnose(settings, probe_slack=_probe_slack, probe_state=_probe_state)
    print_report(settings, checks, as_json=as_json)
    return DONE if is_well(checks) else IN_PART


def doctor_live(settings: Settings, channel: str, person: str | None, *, as_json: bool) -> int:
    """Try in a real channel what cannot be proven elsewhere; give the exit code.

    Raises:
        ConfigError: a token is missing or refused, or the channel is no id.
    """
    from aspire_bot.slack.platform.live_check import try_live  # noqa: PLC0415 - as in serve

    checks = try_live(settings, channel, person=person)
    print_checks(checks, as_json=as_json)
    return DONE if is_well(checks) else IN_PART


def _probe_slack(settings: Settings) -> Sequence[Check]:
    from aspire_bot.slack.platform.probe import probe  # noqa: PLC0415 - as in serve

    return probe(settings)


def _probe_state(settings: Settings) -> Sequence[Check]:
    from aspire_bot.doctor.state import probe_state  # noqa: PLC0415 - SQLAlchemy, as in serve

    return probe_state(settings)
