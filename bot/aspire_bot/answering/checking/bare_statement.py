"""What a statement says of the matter, without what it says of the answer and the asker. Pure."""

import re

from aspire_bot.answering.checking.claims.sentence import Reading, read
from aspire_bot.answering.checking.leads import is_frame, yes_or_no
from aspire_bot.answering.checking.statements import Statement
from aspire_ingest.index.text.language import detect_language

_DOCUMENT = (
    r"(?:documents?|guidelines?|handbooks?|passages?|sources?|pages?|articles?|reports?"
    r"|announcements?|calls?|faqs?|materials?|context)"
)
_LEADING = re.compile(
    r"^(?:according to|based on|as (?:stated|noted|described|mentioned) in|per|in)"
    rf" (?:the|this|these|your) (?:\w+ ){{0,3}}?{_DOCUMENT}(?: \([^)]*\))?,\s*"
    rf"|^(?:the|this) {_DOCUMENT} (?:says?|states?|notes?|mentions?|explains?|reports?) that\s+"
    r"|^(?:資料|文書|文献|要項|要領|募集要項|ガイドライン|手引き|ハンドブック|記事|報告|出典|ページ)"
    r"(?:に(?:よると|よれば|よりますと|は)|では)、?"
    r"|^(?:first|second|third|finally|also|in addition|moreover|furthermore|additionally|however"
    r"|まず|次に|最後に|また|さらに|なお|一方),?\s*(?=[^\s])",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"(?:^|[,;:]\s*)(?:if|when|for|as for|regarding|concerning|in (?:the )?case of|assuming"
    r"|since you|because you|with)\b[^,;]*(?:,|$)"
    r"|[^、。]*(?:場合|なら|については|について|ときは|に関して(?:は)?)、?",
    re.IGNORECASE,
)


def bare(statement: Statement) -> str:
    """Give what a statement says of the matter, with what its list's first line turns or counts."""
    said = _LEADING.sub("", yes_or_no(statement.text)[1])
    lead = statement.lead
    if lead and not is_frame(lead):
        turned = read(lead, detect_language(lead))
        if turned.operators or turned.claims:
            return f"{lead} {said}"
    return said


def taken_up(reading: Reading, asked: Reading) -> frozenset[int]:
    """Give the units that only take up, as a condition, what the question said of the asker."""
    topics = [match.span() for match in _TOPIC.finditer(reading.text)]
    keys = {claim.key for claim in asked.claims}
    return frozenset(
        n
        for n, unit in enumerate(reading.units)
        if unit.claim
        and unit.claim.key in keys
        and any(start <= unit.start and unit.end <= end for start, end in topics)
    )
