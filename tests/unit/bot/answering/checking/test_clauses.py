"""What stands together in a statement stands together in its source, clause by clause."""

import pytest

from aspire_bot.answering.checking.clauses import Clauses, clauses_of
from aspire_bot.answering.checking.matching import Matcher
from aspire_bot.answering.checking.reading import Reading, read
from aspire_bot.answering.message.glossary import load_glossary
from aspire_ingest.index.text.analysis import analyze

GLOSSARY = load_glossary(None, analyze)
LIMITS = "Limit: 8 million yen a year in Track B, 20 million yen a year in Track C"
TEACHING = "An institution may use the buy-out scheme in Track C."
PLAN = "The plan is limited to eight pages in Summit and six in Ascent."
CHAIRS = "司会は清水浩PO(研究主幹)で、宮野健次郎PD(運営統括)も同席した。"
COUNTRIES = "これまでに共同公募を行った相手国は、英国、米国、ドイツ、フランスの4か国である。"
PATCH = "A patch developed in Recife and Osaka keeps a vaccine stable for six weeks at 35 degrees."
CLOCKS = "日本側:17時(日本時間) 英国側:16時(英国夏時間)"
ROUNDS = ("第11回(2024年度);応募:143件", "第12回(2025年度);応募:171件")
COURSE = "The course was lengthened from eight days to twelve, and the fee rose to EUR 90."


def _read(text: str) -> Reading:
    return read(text, "en" if text.isascii() else "ja")


def _clauses(said: str, stated: tuple[str, ...]) -> Clauses:
    matcher = Matcher(_read(said), [GLOSSARY])
    return Clauses(matcher, [_read(one) for one in stated])


@pytest.mark.parametrize(
    ("said", "stated", "wrong"),
    [
        ("In Track C it is 8 million yen a year.", (LIMITS,), ["C", "8 million yen"]),
        ("In Track C it is 20 million yen a year.", (LIMITS,), []),
        ("It is 8 million yen in Track B.", (LIMITS,), []),
        ("The plan has six pages in Summit.", (PLAN,), ["six"]),
        ("The plan has eight pages in Summit.", (PLAN,), []),
        ("宮野健次郎PDが司会をした。", (CHAIRS,), ["宮野健次郎"]),
        ("清水浩POが司会をした。", (CHAIRS,), []),
        ("宮野健次郎PDも同席した。", (CHAIRS,), []),
        # named twice, but in one clause; what follows a bracket with a colon begins another
        ("英国側は17時まで。", (CLOCKS,), ["英国", "17時"]),
        ("英国側は16時まで。", (CLOCKS,), []),
        # what another sentence says of the same thing does not excuse it
        (
            "In Track C one may use 8 million yen a year.",
            (LIMITS, TEACHING),
            ["8 million yen"],
        ),
        # nothing of its kind stands where the rest does
        ("The course now takes twelve days.", (COURSE,), []),
        ("The course was lengthened and costs EUR 90.", (COURSE,), []),
    ],
)
def test_a_value_stands_with_what_its_clause_says(
    said: str, stated: tuple[str, ...], wrong: list[str]
) -> None:
    claims = _clauses(said, stated).misplaced()
    assert [said[claim.start : claim.end] for claim in claims] == wrong


@pytest.mark.parametrize(
    ("said", "stated", "is_exchanged"),
    [
        ("Summit plans may have six pages, Ascent plans eight.", (PLAN,), True),
        ("Summit plans may have eight pages, Ascent plans six.", (PLAN,), False),
        # names in a list, and what is measured in other units, have no place to exchange
        ("英国、米国、ドイツ、フランスの4つの国です。", (COUNTRIES,), False),
        (
            "A patch from Recife and Osaka keeps vaccine stable at 35 degrees for six weeks.",
            (PATCH,),
            False,
        ),
        ("第11回の171件から第12回は143件に減りました。", ROUNDS, True),
        ("第11回の143件から第12回は171件に増えました。", ROUNDS, False),
        ("第12回は171件、第11回は143件でした。", ROUNDS, False),
        (
            "Italy and Spain lead Dustline and Aurora respectively.",
            ("Italy will lead Dustline, Spain Aurora.",),
            False,
        ),
    ],
)
def test_two_claims_that_are_nearer_to_each_others_company_are_exchanged(
    said: str, stated: tuple[str, ...], is_exchanged: bool
) -> None:
    assert _clauses(said, stated).are_exchanged() == is_exchanged


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        # one thing alone is an item of a list
        ("16,500 yen a night, in Tokyo, Kyoto and Osaka 19,000 yen", [0, 0, 1, 1, 1, 1]),
        # what is in brackets belongs to what is before them
        ("Rome (boats, nets) and Oslo (lamps, ropes)", [0, 0, 0, 1, 1, 1]),
        # a slash parts items, but not the numbers of a date
        ("東京:江波 教授/大阪:五十嵐 准教授", [0, 0, 0, 1, 1, 1]),
        ("本部(東京、横浜)と支部(大阪、京都)", [0, 0, 0, 1, 1, 1]),
    ],
)
def test_a_text_is_cut_into_clauses(text: str, clauses: list[int]) -> None:
    found = clauses_of(_read(text))
    assert [sorted(set(found)).index(one) for one in found] == clauses
