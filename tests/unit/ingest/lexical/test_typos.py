from aspire_ingest.index.text.typos import nearest

WORDS = {
    "accord": 5,
    "record": 9,
    "energi": 3,
    "energet": 1,
    "fund": 7,
    "find": 8,
    "2026": 4,
    "d:2026": 4,
}


def test_near_terms_come_by_slips_then_frequency() -> None:
    assert nearest("acord", WORDS, 3) == ["accord"]
    assert nearest("fnud", WORDS, 3) == ["fund"]
    assert nearest("fand", WORDS, 3) == ["find", "fund"]
    assert nearest("enrgetc", WORDS, 3) == ["energet"]


def test_a_known_term_is_its_own_nearest() -> None:
    assert nearest("fund", WORDS, 1) == ["fund"]


def test_numbers_and_short_terms_have_none_but_themselves() -> None:
    assert nearest("2027", WORDS, 3) == []
    assert nearest("2026", WORDS, 3) == ["2026"]
    assert nearest("fun", WORDS, 3) == []
    assert nearest("d:2027", WORDS, 3) == []
