"""A message that asks to be kept among those who get it is held, whatever words it says it in."""

import pytest

from aspire_ingest.load.assemble import assemble
from aspire_ingest.load.mail import parse
from aspire_ingest.load.parse_result import Raw
from aspire_ingest.load.stated.privacy_requests import privacy_request
from aspire_ingest.load.types import LoadOptions

_ASKED = [
    "Please do not forward this outside the office.",
    "Please don't share the list with applicants before Friday.",
    "These figures must not be circulated beyond the panel.",
    "The ranking is not to be shared with anyone yet.",
    "Could you keep this to yourselves until the minister has signed?",
    "Keep it strictly confidential, please.",
    "This is internal information: the second call may slip.",
    "The numbers below are for committee members only.",
    "I tell you this in confidence.",
    "Off the record: the budget will be cut.",
    "The result is not public yet.",
    "This e-mail and any attachments are confidential and intended for the addressee.",
    "Please do not pass\non the\nattached list",
    "> Please do not forward\n> this to applicants.",
    "本メールの転送はご遠慮ください。",
    "転送禁止でお願いします。",
    "この内容は外部に共有しないでください。",
    "添付の資料は公開しないようお願いいたします。",
    "関係者限りでお願いします。",
    "部内限りの情報です。",
    "申請者には伝えないでください。",
    "採択結果は公表前の情報です。",
    "内密にお願いいたします。",
    "本メールは受信者以外への開示を意図しておらず、秘密情報を含みます。",
]
_NOT_ASKED = [
    "Please do not share your password with anyone.",
    "Do not forward applications to the ministry; use the portal.",
    "Please forward this to your colleagues.",
    "The confidential annex is handed in separately.",
    "Reviewers sign that they keep applications confidential.",
    "The lecture is open to staff only on Mondays.",
    "Feel free to share this outside the office.",
    "The report is not yet published.",
    "パスワードを外部に共有しないでください。",
    "関係者の皆様にご転送ください。",
    "本件は自由に共有していただいて構いません。",
    "公募要領は4月に公開されます。",
    "採択結果は公表後にお知らせします。",
    "外部資金に申請できます。",
]


@pytest.mark.parametrize("said", _ASKED)
def test_what_is_to_stay_among_those_who_get_it_is_heard(said: str) -> None:
    assert privacy_request(f"Dear all,\n\n{said}\n\nBest regards")


@pytest.mark.parametrize("said", _NOT_ASKED)
def test_what_only_sounds_so_is_not(said: str) -> None:
    assert privacy_request(f"Dear all,\n\n{said}\n\nBest regards") is None


def test_such_a_message_carries_its_own_words_as_a_mark() -> None:
    head = b"Subject: Ranking\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    raw = Raw(name="m.eml", data=head + b"Nine projects. Please do not share this with anyone.")
    document = assemble(parse(raw), source="m.eml", name="m.eml", options=LoadOptions())
    assert [mark.text for mark in document.marks] == ["“do not share this”"]
    plain = Raw(name="m.eml", data=head + b"Nine projects. Please share this.")
    document = assemble(parse(plain), source="m.eml", name="m.eml", options=LoadOptions())
    assert document.marks == ()
