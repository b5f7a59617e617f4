"""The name that a message is signed with asks nothing."""

import pytest

from aspire_bot.answering.message.prepare import without_signature


@pytest.mark.parametrize(
    ("signed", "bare"),
    [
        ("When does it close? Best regards, Jo Doe", "When does it close? Best regards,"),
        ("When does it close?\nKind regards,\nProf. Jo van Doe", None),
        ("When does it close? Thanks in advance, Jo", "When does it close? Thanks in advance,"),
        ("Who decides? Yours sincerely, Dr Ann-Marie O'Neil", "Who decides? Yours sincerely,"),
        ("締切はいつですか。Many thanks, Jo", "締切はいつですか。Many thanks,"),
        ("Who decides? Cheers - Jo", "Who decides? Cheers -"),
        # no signatures
        ("Thanks, Jo", None),
        ("Does the prize go to Best Regards, Jo Doe?", None),
        ("Who decides? Thanks, and where?", None),
        ("Who decides? Thank you. ASPIRE decides on its own and JST Follows", None),
    ],
)
def test_what_stands_behind_a_closing_is_left_out(signed: str, bare: str | None) -> None:
    assert without_signature(signed) == (signed if bare is None else bare)
