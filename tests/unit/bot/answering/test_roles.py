"""Who holds which role in a document, in English and Japanese."""

import pytest

from aspire_ingest.index.text.analysis import analyze
from aspire_ingest.index.text.roles import roles_by_surname


@pytest.mark.parametrize(
    ("text", "language", "surname", "role"),
    [
        ("It was led by Dr. Hiroshi Shimizu, Program Officer.", "en", "Shimizu", "Program Officer"),
        ("Dr. Kenjiro Miyano, the Program Director, spoke.", "en", "Miyano", "Program Director"),
        ("Program Director Dr. Kenjiro Miyano spoke.", "en", "Miyano", "Program Director"),
        ("Professor Ohmori (PI) presented.", "en", "Ohmori", "PI"),
        ("宮野運営統括が挨拶した。", "ja", "宮野", "運営統括"),
        ("司会は清水浩研究主幹が務めた。", "ja", "清水", "研究主幹"),
        ("研究代表者の大森氏が発表した。", "ja", "大森", "研究代表者"),
        ("清水POが総括した。", "ja", "清水", "PO"),
        ("Minister Dr. Aiko Tanabe opened it.", "en", "Tanabe", "Minister"),
        ("Chairperson Prof. Aiko Tanabe opened it.", "en", "Tanabe", "Chairperson"),
        ("田辺理事が挨拶した。", "ja", "田辺", "理事"),
        ("田辺部長が挨拶した。", "ja", "田辺", "部長"),
        ("田辺室長が挨拶した。", "ja", "田辺", "室長"),
        ("田辺課長が挨拶した。", "ja", "田辺", "課長"),
        ("田辺アドバイザーが挨拶した。", "ja", "田辺", "アドバイザー"),
    ],
)
def test_a_name_brings_its_role(text: str, language: str, surname: str, role: str) -> None:
    roles = roles_by_surname(text, language)
    (term,) = analyze(surname, language)
    assert set(analyze(role, language)) <= roles[term]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Program Director spoke at the University of Tokyo.", "en"),
        ("Tokyo hosted the meeting of directors.", "en"),
        ("運営統括が挨拶した。", "ja"),
        ("", "en"),
    ],
)
def test_no_name_no_role(text: str, language: str) -> None:
    assert not roles_by_surname(text, language)


def test_one_person_may_hold_two_roles() -> None:
    text = "Dr. Kenjiro Miyano, Program Director, and Advisor Dr. Kenjiro Miyano."
    roles = roles_by_surname(text, "en")
    assert set(analyze("Program Director Advisor", "en")) <= roles[analyze("Miyano", "en")[0]]
