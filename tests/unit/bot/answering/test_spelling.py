"""What an asker meant by a mistyped word, and how much a word tells that no document holds."""

import pytest
from tests.unit.bot.answering.made import index

from aspire_bot.answering.message.query.spelling import Spelling

SPELLING = Spelling()
INDEX = index(
    "# Travel\n\nLodging abroad is reimbursed. Questionnaires asked participants. A budget form.\n"
)


@pytest.mark.parametrize(
    ("term", "text", "meant"),
    [
        ("lodgng", "lodgng", ["lodg"]),  # an ending that was mistyped: by way of the whole word
        ("budgte", "budgte", ["budget"]),
        ("budjget", "budjget", ["budget"]),
        ("frm", "frm", []),  # too short to say what was meant
        ("fundng", "funding rules", []),  # an English word of the text has this stem
        ("xqzwvk", "xqzwvk", []),
        ("bud9et", "bud9et", []),
    ],
)
def test_a_slip_is_mended_to_words_of_the_index(term: str, text: str, meant: list[str]) -> None:
    assert SPELLING.mend(term, text, "en", INDEX) == meant


def test_common_words_tell_less_than_rare_ones() -> None:
    common, rare, unknown = (SPELLING.telling(word) for word in ("time", "hedgehog", "xqzwvk"))
    assert 0.3 <= common < rare < unknown == 1


@pytest.mark.parametrize(
    ("stem", "word"),
    [
        ("hedgehog", "hedgehog"),
        ("someth", "something"),
        ("exampl", "example"),
        ("peopl", "people"),
        ("alreadi", "already"),
        ("interrupt", "interrupted"),
        ("teenag", "teenager"),
        ("salvat", "salvation"),
    ],
)
def test_a_stem_tells_what_its_words_tell(stem: str, word: str) -> None:
    assert SPELLING.telling(stem) <= SPELLING.telling(word)


def test_a_japanese_verb_tells_less_than_a_noun() -> None:
    assert SPELLING.telling("求める") < SPELLING.telling("渡航") == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wen is lodgnig abroad reimbursed", "when is lodging abroad reimbursed"),
        (
            "waht is in teh form for qestionnaires and why?",
            "what is in the form for questionnaires and why?",
        ),
        ("wher is the form", "where is the form"),
        ("does the bduget pay for lodging abraod", "does the budget pay for lodging abroad"),
        # who or how, names, rare words, code, other languages
        ("hwo pays", "hwo pays"),
        ("is Lodgnig reimbursed by larch?", "is Lodgnig reimbursed by larch?"),
        ("does hoshina pay", "does hoshina pay"),
        ("see lodgnig.txt and a@budgte.org", "see lodgnig.txt and a@budgte.org"),
        ("was ist das formm von budgte?", "was ist das formm von budgte?"),
        ("lodgnigの上限は?", "lodgnigの上限は?"),
    ],
)
def test_slips_of_a_message_are_mended_where_it_is_clear_what_was_meant(
    typed: str, meant: str
) -> None:
    assert SPELLING.mended(typed, INDEX) == meant
