"""Every statement of a model is held against the passages it cites, before anybody sees it.

Deterministic: rules for facts, and a small model that reads for the rest. `StatementReader` cuts a
streamed answer into statements, `Verifier` decides what becomes of each, `LeadKeeper` holds back
what says nothing by itself.
"""

from aspire_bot.answering.checking.agreement.faults import Fault, Reason
from aspire_bot.answering.checking.decisions import Decision, Quote, Verdict
from aspire_bot.answering.checking.leads import LeadKeeper
from aspire_bot.answering.checking.second_opinion import Case, JudgeTerms, SecondOpinion
from aspire_bot.answering.checking.statements import Statement, StatementReader
from aspire_bot.answering.checking.support import SentenceVectors, Verifier
from aspire_bot.answering.checking.support_rule import Strictness

__all__ = [
    "Case",
    "Decision",
    "Fault",
    "JudgeTerms",
    "LeadKeeper",
    "Quote",
    "Reason",
    "SecondOpinion",
    "SentenceVectors",
    "Statement",
    "StatementReader",
    "Strictness",
    "Verdict",
    "Verifier",
]
