"""In what way an answer is asked for → what is asked, and in which language. Pure.

"Summarise the Larch call" asks for an overview, "translate the goals into Japanese" for the goals.
What is said is quoted: nobody summarises or translates here, but what is asked for can be found.
"""

import re

_POLITE_EN = (
    r"(?:(?:please|kindly|can you|could you|would you|will you|i(?:'d| would) like you to)\s+)*"
)
_SOME_EN = r"(?:\d+|one|two|three|a few|few)"
_LANGUAGE_EN = {"english": "en", "japanese": "ja"}
_LANGUAGE_JA = {"英": "en", "日本": "ja", "和": "ja", "邦": "ja"}
_SUMMARY_EN = re.compile(
    rf"^\W*{_POLITE_EN}(?:summari[sz]e|sum up)\s+(?:for (?:me|us)\s+)?(?P<what>.+?)"
    rf"(?P<way>\s+(?:in {_SOME_EN}\s\w+(?: \w+)?|briefly|shortly|for .+))?[\s.!?]*$"
    rf"|^\W*{_POLITE_EN}(?:(?:give|send|write|show)\s(?:me|us)\s|i need |i want )?"
    r"(?:a|the)\s(?:(?:short|brief|quick|one-line)\s)*summary\s(?:of|on|about)\s(?P<of>.+?)"
    rf"(?:\s+(?:for (?:a|an|my|our|the) .+|please|in {_SOME_EN}\s\w+))?[\s.!?]*$",
    re.IGNORECASE | re.DOTALL,
)
_TRANSLATE_EN = re.compile(
    rf"^\W*{_POLITE_EN}translate\s+(?!(?:this|these|it|that|my|the following)\b)(?P<what>.+?)"
    r"\s+(?:in)?to\s+(?P<language>english|japanese)(?:[\s,]*(?:please|for me|thanks))*[\s.!?]*$",
    re.IGNORECASE,
)
_IN_LANGUAGE_EN = re.compile(
    r"[\s,.?!(–-]+(?:(?:please\s)?(?:answer|reply|tell me|explain)?\s*)(?:it\s)?"
    r"in (?P<language>english|japanese)"
    r"(?:[\s,]*(?:please|if possible|thanks))*[\s.!?)]*$",
    re.IGNORECASE,
)
_SUMMARY_JA = re.compile(
    r"^(?P<what>[^。?？]{2,60}?)(?:の内容|のこと)?(?:を|について|、)(?:(?:簡単|手短|簡潔)に|ざっくり|短く|[\d一二三数]+(?:行|点|文|つ)(?:くらい|ほど)?[でに]?|、)*"
    r"(?:要約|まとめ|サマリー|ざっくり教え)(?:し|て|を)?[^。?？]{0,12}[。?？!！]*$"
)
_TRANSLATE_JA = re.compile(
    r"^(?!次の|以下|この文|下記)(?P<what>[^。?？:：]{2,60}?)を(?:(?P<into>英|日本)語[にへ]|(?P<short>[英和邦]))(?:翻訳|訳)[^。?？:：]{0,12}[。?？!！]*$"
)
_IN_LANGUAGE_JA = re.compile(
    r"(?:[、。,\s]|を|について)?(?P<language>英|日本)語で(?P<way>ざっくり|簡単に|短く)?(?:教え|お願い|答え|説明|回答)[^。?？]{0,10}[。?？!！]*$"
)


def way_asked(text: str) -> tuple[str, str | None]:
    """Give what is asked, and the language that it is to be said in, where one is named."""
    text, language = _without_language(text)
    found = _SUMMARY_EN.match(text)
    if found:
        return f"give me an overview of {found['what'] or found['of']}", language
    found = _SUMMARY_JA.match(text)
    if found:
        return f"{found['what']}の概要を教えてください", language
    return text, language


def _without_language(text: str) -> tuple[str, str | None]:
    found = _TRANSLATE_EN.match(text)
    if found:
        return found["what"], _LANGUAGE_EN[found["language"].lower()]
    found = _TRANSLATE_JA.match(text)
    if found:
        return f"{found['what']}を教えてください", _LANGUAGE_JA[found["into"] or found["short"]]
    found = _IN_LANGUAGE_EN.search(text)
    if found and found.start():
        return text[: found.start()], _LANGUAGE_EN[found["language"].lower()]
    found = _IN_LANGUAGE_JA.search(text)
    if found and found.start():
        ends = "の概要を教えてください" if found["way"] else "を教えてください"
        return text[: found.start()] + ends, _LANGUAGE_JA[found["language"]]
    return text, None
