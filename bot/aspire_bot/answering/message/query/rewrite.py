"""Question → query: what is asked, stand-alone, spelt right, in the words of the documents.

Rules only, no model: a follow-up inherits what the conversation named, slips of the keyboard are
mended where the index knows the right word, the glossary adds synonyms and translations.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from aspire_bot.answering.message.follow_up.stand_alone import side_by_side
from aspire_bot.answering.message.query.asked_edition import asked_edition, years_told
from aspire_bot.answering.message.query.countries import with_countries
from aspire_bot.answering.message.query.expectation import expectations
from aspire_bot.answering.message.query.glossary import Glossary, Match
from aspire_bot.answering.message.query.other_script import in_other_script, named_elsewhere
from aspire_bot.answering.message.query.query import Query, QueryTerm
from aspire_bot.answering.message.query.query_terms import (
    concept_term,
    date_query_terms,
    frequency,
    in_all,
    in_its_own,
    sum_query_terms,
    weigh,
    written_otherwise,
)
from aspire_bot.answering.message.query.spelling import Spelling
from aspire_bot.answering.message.query.sums import find_sums
from aspire_bot.answering.message.query.vocabulary import Translated, Vocabulary, with_names
from aspire_bot.answering.message.query.written_name import (
    first_written,
    katakana_around,
    written_name,
)
from aspire_bot.answering.types import Question, Turn
from aspire_ingest.index.reader import IndexReader
from aspire_ingest.index.text.amounts import Amount
from aspire_ingest.index.text.analysis import analyze, analyze_pairs, canonical_terms
from aspire_ingest.index.text.dates.calendar_years import with_full_years
from aspire_ingest.index.text.dates.dates import DateMention, find_dates
from aspire_ingest.index.text.japanese import is_katakana
from aspire_ingest.index.text.language import detect_language
from aspire_ingest.index.text.variants import spelt_otherwise

_SYNONYM_WEIGHT = 0.6
_INHERITED_WEIGHT = 0.45
_EARLIER_TURNS = 2
_DEPENDS = 1.2
"""A question whose query terms weigh less leans on what was said before it."""
_LITTLE = 0.3
"""A thing asked beside others whose query terms weigh less names nothing."""
_SHORT_EN, _SHORT_JA = 5, 12
"""Words, and characters, of what may be but a piece of a question."""

_STOP_WORDS_EN = (
    "take took place dr prof professor "
    "list name tell held hold mani much kind stand mean know find give describ explain page "
    "document "
    "articl sourc answer question pleas ask long happen exact exactli current still actual "
    "becom someth anyth thing way get got make made go went come came let also possibl allow "
    "need want like mention state accord acord latest newest most recent last now per right "
    "true fact date dai time other els besid except apart instead still only even just about "
    "exact may might must should could would upon edit version sort regard relat gave given "
    "certain particular specif general usual "
    # as they are typed without an apostrophe: "whats", "dont"
    "what when where who whos how whys that there here dont doesnt didnt isnt arent wasnt werent "
    "hasnt havent cant couldnt wont wouldnt shouldnt ive weve theyr pls plz thx btw asap"
)
_STOP_WORDS_JA = (
    "何 誰 いつ どこ どの どれ どう どのよう どんな 幾つ 幾ら いくつ いくら なぜ 何故 だれ "
    "どなた 教える 言う 有る 居る 為る 成る 下さる 頂く 出来る 知る 挙げる 述べる 示す 書く "
    "資料 他 外 無い なし パーセント "
    "何人 何件 何年 何月 何日 何か月 何名 何回 何課題 質問 行う 行なう 方 事 物 際 "
    "為 場合 認める 可能 必要 次 この その つく 就く 付く 第 回 年度 箇月 か月 後 以内 間 日 月 "
    "年 円 人 名 件 前 中 内 上 下 うち 版 以外 除く 最新 直近 最近 現在 今"
)
_STOP_WORDS = {"en": frozenset(_STOP_WORDS_EN.split()), "ja": frozenset(_STOP_WORDS_JA.split())}
_ANAPHORA = re.compile(
    r"^(and|but|so|then|also|what about|how about)\b|\b(it|its|they|their|them|this|that|these|"
    r"those|he|she|his|her|him|"
    r"(?<!\bis\s)(?<!\bare\s)(?<!\bwas\s)(?<!\bwere\s)there(?!\s(?:is|are|was|were|will|be)\b)|"
    r"the same|one|ones|another|others?|else|former|latter)\b|"
    r"^(では|じゃあ|また|それで|ちなみに|あと)|それ|その|この|あの|彼|彼女|これ|同じ|他に|ほかに|"
    r"そこ|前者|後者",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?<=\w\s)(?<!\bis\s)(?<!\bwas\s)(?<!\bfor\s)(?<!\babout\s)(?<!\bwhen\s)(?<!\bwhere\s)"
    r"(?<!\bwhy\s)(?<!\bwho\s)(?<!\bhow\s)(?<!\band\s)(?<!\bafter\s)(?<!\bbefore\s)(?<!\bdoes\s)"
    r"that(?=\s+(?:is|are|was|were|has|have|had|can|could|will|would|must|may|should|do|does|did|i|we"
    r"|you|they|the|a|an)\b)",
    re.IGNORECASE,
)
"""The "that" of "calls that are open": it points at the word before it."""
_THIS_TIME = re.compile(
    r"\bthis (?:(?:fiscal|academic|calendar) )?(?:week|month|quarter|year|season|spring|summer"
    r"|autumn|fall|winter)\b|この(?=[春夏秋冬]|\d)",
    re.IGNORECASE,
)
"""Points at today, not at what was said before."""
_ACRONYM = re.compile(r"(?<![A-Za-z])[A-Z]{2,}(?![A-Za-z])")


class Rewriter:
    """Turns questions into queries with the words of one glossary."""

    def __init__(
        self, glossary: Glossary, spelling: Spelling, vocabulary: Vocabulary | None = None
    ) -> None:
        """Keep the glossary and the word lists; none changes with the index.

        Without `vocabulary` only what the glossary names is found in another language.
        """
        self._glossary = glossary
        self._spelling = spelling
        self._vocabulary = vocabulary

    def rewrite(
        self, question: Question, index: IndexReader, *, leans: bool | None = None
    ) -> Query:
        """Take the question apart against the words that `index` knows.

        `leans`: whether it leans on what was said before it; told by its words where it is None.
        """
        language = detect_language(question.text)
        text = question.text.strip()
        dated = with_full_years(text)
        own = self._query_terms(dated, language, index)
        earlier = [turn for turn in question.history if turn.role == "user"][-_EARLIER_TURNS:]
        follows = bool(earlier) and (_depends(text, own) if leans is None else leans)
        inherited = self._inherited(earlier, own, index) if follows else ()
        query_terms = (*self._translated(own, dated, language), *inherited)
        edition = asked_edition(question, dated)
        return Query(
            question=question,
            text=side_by_side(earlier[-1].text, text) if follows else text,
            years_told=years_told(question, text),
            language=language,
            terms=_with_pairs(_search_terms(query_terms), text),
            query_terms=query_terms,
            expects=expectations(text) or (expectations(earlier[-1].text) if follows else ()),
            known_terms=frozenset(canonical_terms(dated)),
            editions=edition.editions,
            wants_newest=edition.wants_newest,
            wants_former=edition.wants_former,
            is_follow_up=follows,
        )

    def mended(self, question: Question, index: IndexReader) -> Question:
        """Give a question without its slips of the keyboard: "wen is it due"."""
        return replace(question, text=self._spelling.mended(question.text, index))

    def _query_terms(self, text: str, language: str, index: IndexReader) -> tuple[QueryTerm, ...]:
        dates = find_dates(text)
        sums = find_sums(text, dates)
        rest = _without(text, (*dates, *sums))
        analysed = [t for t in analyze(rest, language) if not t.startswith(_CANONICAL)]
        stop_words = _STOP_WORDS.get(language, frozenset())
        matches = self._glossary.find(analysed)
        taken = {term for match in matches for term in match.name}
        query_terms = [
            self._named(match, text, index) for match in matches if not match.name <= stop_words
        ]
        query_terms.extend(
            self._word_term(term, text, language, index)
            for term in dict.fromkeys(analysed)
            if term not in stop_words and term not in taken
        )
        query_terms.extend(date_query_terms(dates, index))
        query_terms.extend(sum_query_terms(sums, index))
        return tuple(query_terms)

    def _translated(
        self, query_terms: Iterable[QueryTerm], text: str, language: str
    ) -> Iterator[QueryTerm]:
        """Give query terms of a text their names in the other language.

        Last of all: what one word stands for in its own language is settled without them.
        """
        terms = analyze(text, language)
        found = self._vocabulary.find(terms, language) if self._vocabulary else ()
        return (with_names(one, frozenset(terms), found, language) for one in query_terms)

    def _named(self, match: Match, text: str, index: IndexReader) -> QueryTerm:
        """The query term of a glossary concept; an acronym or a proper name stays strict."""
        query_term = concept_term(match.concept.names, index)
        surface = written_name(next(iter(match.name)), text) if len(match.name) == 1 else ""
        query_term = replace(query_term, is_strict=bool(surface), surface=surface)
        return with_countries(query_term, match.name)

    def _word_term(self, term: str, text: str, language: str, index: IndexReader) -> QueryTerm:
        names = [frozenset((term,))]
        surface = written_name(term, text)
        written = surface or katakana_around(term, text) or first_written(term, text)
        may_be_foreign = bool(surface or is_katakana(term)) and not self._names_of(term, language)
        elsewhere = in_other_script(
            term, written, index, self._spelling, may_be_foreign=may_be_foreign
        )
        held = in_all(names, index)
        is_name = bool(surface or elsewhere)
        if frequency(held, index) == 0:
            names.extend(_spelt_otherwise(term, index))
            held = in_all(names, index)
        if frequency(held, index) == 0 and not is_name:
            mended = self._spelling.mend(term, text, language, index)
            if mended:
                again = self._glossary.find([mended[0]])
                if again:
                    return concept_term(again[0].concept.names, index)
                names.extend(frozenset((word,)) for word in mended)
                held = in_its_own(names, index, language=language, is_name=False)
        weight = weigh(held, index)
        if frequency(held, index) == 0 and not is_name:
            weight *= self._spelling.telling(term)
        query_term = QueryTerm(
            names=held,
            weight=weight,
            is_strict=bool(surface),
            surface=surface,
            untranslated=frozenset() if surface else written_otherwise(term, index),
        )
        query_term = named_elsewhere(query_term, term, written, elsewhere, index)
        return with_countries(query_term, (term,))

    def _names_of(self, term: str, language: str) -> Sequence[Translated]:
        return self._vocabulary.find((term,), language) if self._vocabulary else ()

    def _inherited(
        self, earlier: Sequence[Turn], own: Sequence[QueryTerm], index: IndexReader
    ) -> tuple[QueryTerm, ...]:
        """What earlier questions named and this one does not; the nearer turn tells more."""
        known = {
            name for query_term in own for names in query_term.names.values() for name in names
        }
        inherited: list[QueryTerm] = []
        for age, turn in enumerate(reversed(earlier)):
            said, language = with_full_years(turn.text), detect_language(turn.text)
            added: list[QueryTerm] = []
            for query_term in self._query_terms(said, language, index):
                names = {name for names in query_term.names.values() for name in names}
                if names & known:
                    continue
                known |= names
                added.append(
                    replace(
                        query_term,
                        weight=query_term.weight * _INHERITED_WEIGHT ** (age + 1),
                        is_strict=query_term.is_strict and age == 0,
                        inherited=True,
                    )
                )
            inherited.extend(self._translated(added, turn.text, language))
        return tuple(inherited)


_CANONICAL = ("d:", "fy:", "n:")


def _spelt_otherwise(name: str, index: IndexReader) -> list[frozenset[str]]:
    """Give the other spellings of a name that the index holds."""
    return [
        frozenset((other,))
        for other in spelt_otherwise(name)
        if any(index.document_frequency(other, language) for language in index.languages())
    ]


def _without(text: str, mentions: Iterable[DateMention | Amount]) -> str:
    """Blank out dates and sums: each becomes a query term in a form that languages share."""
    parts = list(text)
    for mention in mentions:
        parts[mention.start : mention.end] = " " * (mention.end - mention.start)
    return "".join(parts)


def points_back(text: str) -> bool:
    """Whether a question points at what was said before it."""
    return bool(_ANAPHORA.search(_THIS_TIME.sub(" ", _RELATIVE.sub(" ", text))))


def _depends(text: str, own: Sequence[QueryTerm]) -> bool:
    """Whether a question leans on what was said before: it points back, or names too little."""
    return points_back(text) or sum(query_term.weight for query_term in own) < _DEPENDS


def names_little(text: str, query_terms: Sequence[QueryTerm]) -> bool:
    """Whether one of several things asked is but a piece of a question: "where", 参加人数."""
    if _ACRONYM.search(text) and not (text.isascii() and text.isupper()):
        return False  # "who is the PD?" names what it asks for
    own = sum(one.weight for one in query_terms if not one.inherited)
    is_short = len(text) <= _SHORT_JA if detect_language(text) == "ja" else _is_short(text)
    return own < _LITTLE or (is_short and own < _DEPENDS)


def _is_short(text: str) -> bool:
    return len(text.split()) <= _SHORT_EN


def _search_terms(query_terms: Iterable[QueryTerm]) -> dict[str, dict[str, float]]:
    """Weighted terms by language: the asker's word in full, its other names for less."""
    terms: dict[str, dict[str, float]] = {}
    for query_term in query_terms:
        scale = _INHERITED_WEIGHT if query_term.inherited else 1.0
        for language, names in query_term.names.items():
            weights = terms.setdefault(language, {})
            for position, name in enumerate(names):
                weight = scale * (1.0 if position == 0 else _SYNONYM_WEIGHT)
                for term in name:
                    weights[term] = max(weights.get(term, 0.0), weight)
    return terms


def _with_pairs(terms: dict[str, dict[str, float]], text: str) -> dict[str, dict[str, float]]:
    """Add the character pairs of Japanese: they find words that were cut in another place."""
    pairs = dict.fromkeys(analyze_pairs(text), 1.0)
    if pairs:
        terms["ja"] = {**pairs, **terms.get("ja", {})}
    return terms
