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
