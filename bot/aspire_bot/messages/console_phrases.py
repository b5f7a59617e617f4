"""Phrases of the console: those that all its pages share, and each page's own."""

from collections.abc import Mapping
from dataclasses import dataclass

from aspire_bot.messages.console_office_phrases import (
    ConsoleApprovedPhrases,
    ConsoleInboxPhrases,
    ConsoleQualityPhrases,
)
from aspire_bot.messages.console_page_phrases import (
    ConsoleAnswersPhrases,
    ConsoleAuditPhrases,
    ConsoleDocumentsPhrases,
    ConsoleReaderPhrases,
    ConsoleSignInPhrases,
    ConsoleSourcesPhrases,
    ConsoleWatchPhrases,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsolePhrases:
    """What all pages of the console share, and each of them."""

    title: str
    skip: str
    navigation: str
    signed_in_as: str
    sign_out: str
    language: str
    change: str
    search: str
    show_button: str
    language_of_question: str
    any: str
    older: str
    newer: str
    next_page: str
    previous_page: str
    cancel: str
    save: str
    since: str
    total: str
    nobody: str
    not_known: str
    no_answer_kept: str
    error_title: str
    stale_form: str
    busy: str
    failed: str
    acts: Mapping[str, str]
    """What was done just now, by the act's name."""
    ago: Mapping[str, str]
    nav: Mapping[str, str]
    languages: Mapping[str, str]
    outcomes: Mapping[str, str]
    certainties: Mapping[str, str]
    approved_status: Mapping[str, str]
    surfaces: Mapping[str, str]
    audit_acts: Mapping[str, str]
    """Acts of the audit log, by their names there."""
    http_errors: Mapping[str, str]
    """What is said to a request that is refused, by its status; `other`: to all else."""
    run_outcomes: Mapping[str, str]
    dismissed_kinds: Mapping[str, str]
    did: Mapping[str, str]
    source_types: Mapping[str, str]
    import_effects: Mapping[str, str]
    quality_places: Mapping[str, str]
    quality_plots: Mapping[str, str]
    quality_columns: Mapping[str, str]
    expectations: Mapping[str, str]
    sign_in: ConsoleSignInPhrases
    inbox: ConsoleInboxPhrases
    answers: ConsoleAnswersPhrases
    approved: ConsoleApprovedPhrases
    documents: ConsoleDocumentsPhrases
    sources: ConsoleSourcesPhrases
    watches: ConsoleWatchPhrases
    quality: ConsoleQualityPhrases
    audit: ConsoleAuditPhrases
    reader: ConsoleReaderPhrases
