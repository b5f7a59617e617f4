"""What of a message is read: words in code marks are, headers of mails in it are not."""

import pytest

from aspire_bot.answering.message.prepare import read_words


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("`who chairs` the panel?", "who chairs the panel?"),
        ("`若手枠(水産)`の上限は?", "若手枠(水産)の上限は?"),
        ("`may project(s) end early?`", "may project(s) end early?"),
        ("```\nwhen is it due?\n```", "when is it due?"),
        ("```締切はいつですか```", "締切はいつですか"),
        ("```\nit is due\n``` when?", "```\nit is due\n``` when?"),
        ("run `git log --oneline`", "run `git log --oneline`"),
        ("`x = 1` or `self.path` or `/etc/hosts` or `f(1)`?", None),
    ],
)
def test_words_between_code_marks_are_words_and_code_is_not(typed: str, read: str | None) -> None:
    assert read_words(typed) == (typed if read is None else read)


@pytest.mark.parametrize(
    ("mail", "read"),
    [
        (
            "FYI\n\nFrom: A <a@x.org>\nSent: Monday\nTo: B\nSubject: FW: Re: visa\n\nWho pays?",
            "FYI\n\nSubject: visa\n\nWho pays?",
        ),
        (
            "> *From:* A\n> *Date:* 1 May\n> *Subject:* visa\n>\n> Who pays?",
            "> Subject: visa\n>\n> Who pays?",
        ),
        (
            "差出人：森\n送信日時：2026年5月1日 9:00\n宛先：林\n件名：旅費\n\n誰が払いますか",
            "件名：旅費\n\n誰が払いますか",
        ),
        ("To: A <a@x.org>,\n B <b@x.org>\nCc: C\nWho pays?", "Who pays?"),
        ("Hi\n---------- Forwarded message ---------\nFrom: A\nTo: B\nWho pays?", "Hi\nWho pays?"),
        ("On Mon, 4 May 2026 at 10:00, A <a@x.org> wrote:\n> Who pays?", "> Who pays?"),
        ("2026年5月1日(金) 9:00 森 <mori@x.jp>:\n> 誰が払いますか", "> 誰が払いますか"),
        # no mails
        ("Date: 1 May\nSubject: visa\nWho pays?", None),
        ("From: Kiel to: Oslo, who pays?", None),
        ("日時：5月1日\n場所：佐賀\n会費は？", None),
        ("On 4 May he wrote: who pays?", None),
    ],
)
def test_headers_of_mails_are_left_out_but_for_the_subject(mail: str, read: str | None) -> None:
    assert read_words(mail) == (mail if read is None else read)
