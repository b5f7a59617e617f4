"""What a message asks of whoever gets it: to keep it to themselves, in a sentence of its own.

Pages and files carry marks; people who write to each other say it. "Please do not share your
password" asks for something else: what is not to be passed on is the message, or goes outside.
"""

import re

_THIS = (
    r"(?:(?:any of )?(?:this|it|these|them|the (?:above|below|following|attached|figures?|numbers?"
    r"|list|draft|contents?|information|message|e-?mail|details))\b|outside|beyond|externally|further"
    r"|yet|with (?:anyone|others|the applicants?|the public)|to (?:anyone|others|the applicants?))"
)
_HAND_ON = r"(?:forward|share|circulate|distribute|disclose|publish|quote|repeat|pass(?: on)?|copy)"
_HANDED_ON = (
    r"(?:forwarded|shared|circulated|distributed|disclosed|published|quoted|passed on|copied)"
)
_OURS = r"(?:internal|staff|office|team|committee|panel|secretariat|programme)"
_ENGLISH = re.compile(
    rf"\b(?:do not|don['’]t|never) {_HAND_ON} {_THIS}"
    rf"|\b(?:not|never) (?:to |yet )?be {_HANDED_ON} (?:outside|beyond|externally"
    r"|further|yet|to|with)\b"
    r"|\bkeep (?:this|it|these|the \w+) (?:strictly )?(?:internal|confidential|private|secret"
    r"|to yoursel(?:f|ves)|between us|among us|inside|within|in[- ]house|under embargo)\b"
    r"|\b(?:for|this is) (?:strictly )?(?:your eyes|internal use|our internal"
    r"|internal information)\b"
    rf"|\bfor (?:the )?{_OURS}(?: use| members?| staff| purposes)? only\b"
    r"|\b(?:strictly|highly) confidential\b|\boff the record\b"
    r"|\bin (?:strict(?:est)? )?confidence\b"
    r"|\bnot (?:yet )?(?:public(?: yet)?|for (?:publication|circulation|external use))"
    r"(?=[.,;:) ]|$)"
    r"|\b(?:this|the) (?:e-?mail|message)\b[^.]{0,80}\b(?:is|are|may be) "
    r"(?:strictly )?(?:confidential|privileged|intended (?:solely|only))",
    re.IGNORECASE,
)
_JA_OURS = "(?:部内|部門内|所内|学内|課内|室内|内部|関係者|事務局内?|委員|担当者)"
_JAPANESE = re.compile(
    "(?:転送|口外|他言|外部提供)[はをも]?(?:(?:絶対に|決して)?(?:し|なさら)ない|されない"
    "|ご?遠慮|お?控え|厳禁|禁止|無用|不可|なさらぬ|せぬ)"
    "|(?:この|本|当該|上記|下記|以下|添付|内容|資料|情報|メール|外部|部外|所外|学外)[^。\n]{0,16}"
    "(?:共有|配布|公開|公表|開示|展開|転載)[はをも]?"
    "(?:(?:し|なさら)ない(?:で|よう)|されないよう|ご?遠慮|お?控え|厳禁)"
    f"|{_JA_OURS}(?:限り|限定|のみ|だけ)(?:で|の|と|に|、|。|$)"
    "|(?:外部|部外|所外|学外|申請者)(?:に|へ)は?"
    "(?:出さ|漏ら|伝え|見せ|言わ|話さ|流さ)(?:ない|ず|れない)"
    "|内密に|内々に|ここだけの話"
    "|(?:未公表|公表前|公開前)(?:です|の(?:情報|内容|数字|資料)|につき)"
    "|[本こ]の?(?:電子)?メール[^。\n]{0,60}(?:秘密|機密|名宛人|受信者(?:のみ|以外)|宛先以外)",
    re.MULTILINE,
)
_OTHER_THINGS = re.compile("パスワード|暗証|アカウント|認証")
_BEFORE = 16
_LONGEST = 100_000
_WRAPPED = re.compile(r"(?<=[A-Za-z0-9,;'’])\n(?:> ?)*(?=[a-z])")


def privacy_request(text: str) -> str | None:
    """Give the words by which a message asks to be kept among those who get it, if it does."""
    plain = _WRAPPED.sub(" ", text[:_LONGEST])
    for form in (_ENGLISH, _JAPANESE):
        for found in form.finditer(plain):
            if not _OTHER_THINGS.search(plain, max(0, found.start() - _BEFORE), found.end()):
                return " ".join(found[0].split())
    return None
