"""What a name is written as in the other script, where the documents hold it so.

"Hoshina" is 保科 in Japanese pages, "Schmidt" is シュミット; a Japanese question's 保科 stands as
"Hoshina" in English ones. What the index holds is asked by its sound.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from aspire_bot.answering.message.query.query import QueryTerm
from aspire_bot.answering.message.query.query_terms import weigh
from aspire_bot.answering.message.query.spelling import Spelling
from aspire_ingest.index.reader import IndexReader
from aspire_ingest.index.text.analysis import analyze
from aspire_ingest.index.text.japanese import is_katakana, is_name, japanese_words, readings
from aspire_ingest.index.text.latin import latin_terms
from aspire_ingest.index.text.script import is_japanese
from aspire_ingest.index.text.sounds import hiragana_of, is_japanese_name, romanised

_SHORTEST, _SHORTEST_OF_PARTS = 3, 4
"""Letters of a name, or signs in hiragana; signs of one that is put together of words."""
_TELLING = 0.6
"""How much a word must tell to be a name (`Spelling.telling`): "home" and "date" are said as
Japanese words are, too."""
_MOST_WRITINGS = 3
"""A sound that more words of the documents have names none of them."""
_ENDING = re.compile(r"(?:ング|[スズトド])$")
"""Of マッチング, トレイルズ, エスタブリッシュト: "-ing", "-s", "-ed"."""
_PUBLIC = frozenset(("public",))
_PARTS = frozenset({"名詞", "接頭辞"})

Writings = Mapping[frozenset[str], str]
"""How a name is written elsewhere, by its analysed terms there."""


def in_other_script(
    term: str, written: str, index: IndexReader, spelling: Spelling, *, may_be_foreign: bool
) -> Writings:
    """Give what a name of a question is in the other script, as the index holds it; often nothing.

    Args:
        term: the analysed word.
        written: the word as the question has it.
        index: holds the names; what it does not hold is not given.
        spelling: tells names from English words that sound Japanese.
        may_be_foreign: whether it may be a name from abroad, which Japanese spells by ear: it is
            capitalised inside a sentence, or in katakana, and no word that is translated.
    """
    if is_japanese(term):
        return _if_few(_in_latin(term, written, index, may_be_foreign=may_be_foreign))
    if len(written) < _SHORTEST or not written.isalpha() or written.isupper():
        return {}
    if not may_be_foreign and not is_japanese_name(written):
        return {}
    found = _if_few(_in_japanese(written, index, may_be_foreign=may_be_foreign))
    return found if found and spelling.telling(written.lower()) >= _TELLING else {}


def named_elsewhere(
    query_term: QueryTerm, term: str, written: str, elsewhere: Writings, index: IndexReader
) -> QueryTerm:
    """Give the query term of a name what it is written as elsewhere, where it is anything.

    In Latin letters a name stays strict; a Japanese one is a word like others.
    """
    if not elsewhere:
        return query_term
    is_latin = not is_japanese(term)
    names = {
        language: (*known, *elsewhere) if (language == "ja") is is_latin else known
        for language, known in query_term.names.items()
    }
    return replace(
        query_term,
        names=names,
        weight=weigh(names, index),
        is_strict=is_latin,
        surface=written if is_latin else "",
        written=written,
        elsewhere=tuple(elsewhere.values()),
        untranslated=frozenset(),
    )


def _if_few(found: Writings) -> Writings:
    return found if len(found) <= _MOST_WRITINGS else {}


def _in_japanese(written: str, index: IndexReader, *, may_be_foreign: bool) -> Writings:
    if "ja" not in index.languages():
        return {}
    found = index.terms_said_as(written, "ja", is_from_abroad=may_be_foreign)
    said = {frozenset((term,)): _as_it_stands(term, index) for term in found if is_japanese(term)}
    return said or _in_hiragana(written, index)


def _as_it_stands(term: str, index: IndexReader) -> str:
    """A term as a document writes it: of 架け橋 and かけはし analysis makes 掛け橋."""
    found = index.search_words({term: 1.0}, language="ja", audiences=_PUBLIC, k=1)
    names = [one.passage_id for one in found]
    documents = index.documents()
    texts = [documents[name].title for name in index.document_ids(names)]
    for passage in index.passages(names):
        texts += [*passage.heading, passage.text]
    written = (
        word.surface for text in texts for word in japanese_words(text) if word.normal == term
    )
    return next(written, term)


def _in_hiragana(written: str, index: IndexReader) -> Writings:
    """A name that stands in hiragana: はやて, and of words that together are none, ほのあかり."""
    signs = hiragana_of(written)
    words = japanese_words(signs)
    if len(signs) < _SHORTEST or any(word.kinds[0] not in _PARTS for word in words):
        return {}
    terms = frozenset(analyze(signs, "ja"))
    if not terms or not all(index.document_frequency(term, "ja") for term in terms):
        return {}
    if len(words) == 1:  # 疾風 is said はやて by few: it counts where a document writes it so
        return {terms: signs} if _as_it_stands(words[0].normal, index) == signs else {}
    return {terms: signs} if len(signs) >= _SHORTEST_OF_PARTS else {}


def _in_latin(term: str, written: str, index: IndexReader, *, may_be_foreign: bool) -> Writings:
    """What stands in English for a Japanese name, or for a word that Japanese took from abroad."""
    if "en" not in index.languages():
        return {}
    if may_be_foreign and is_katakana(written):
        return _by_ear(written, index)
    for reading in readings(term) if is_name(term) else ():
        name = romanised(reading)
        stems = latin_terms(name, "en")[:1]
        found = [one for stem in stems for one in index.terms_said_as(stem, "en")]
        if found:  # a stem is shown as the whole name
            shown = {one: name if one in stems else one for one in found}
            return {frozenset((one,)): shown[one].capitalize() for one in found}
    return {}


def _by_ear(written: str, index: IndexReader) -> Writings:
    """English words that sound like a word in katakana; their stems lack endings that it has."""
    for form in dict.fromkeys((written, _ENDING.sub("", written))):
        found = index.terms_said_as(romanised(form), "en", is_from_abroad=True)
        if found:
            return {frozenset((one,)): one.capitalize() for one in found}
    return {}
