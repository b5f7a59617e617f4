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
    rf"|^\W*{_POLITE_EN}"
    r"(?:(?:(?:give|send|write|show)\s(?:me|us)|i need|i want|can i (?:get|have))\s"
    r"(?:a|the)\s(?:(?:short|brief|quick|one-line)\s)*|(?:a\s)?(?:short|brief|quick|one-line)\s)"
    r"summary\s(?:of|on|about)\s(?P<of>.+?)"
    rf"(?:\s+(?:for (?:a|an|my|our|the) .+|please|in {_SOME_EN}\s\w+))?[\s.!?]*$",
    re.IGNORECASE | re.DOTALL,
)
_TRANSLATE_EN = re.compile(
    rf"^\W*{_POLITE_EN}translate\s+(?!(?:this|these|it|that|my|the following)\b)(?P<what>.+?)"
    r"\s+(?:in)?to\s+(?P<language>english|japanese)(?:[\s,]*(?:please|for me|thanks))*[\s.!?]*$",
    re.IGNORECASE,
)
_IN_LANGUAGE_EN = re.compile(
    r"(?:[\s]*[,.?!(–-]+\s*(?:(?:please\s)?(?:answer|reply|tell me|explain)?\s*)"
    r"|\s(?:please )?(?:answer|reply)\s|\s(?=in \w+ please))(?:it\s)?"
    r"in (?P<language>english|japanese)(?:[\s,]*(?:please|if possible|thanks))*[\s.!?)]*$",
    re.IGNORECASE,
)
_DO_JA = (
    r"(?:し?て(?:ください|下さい|くれ|もらえ|ほし|欲し|いただけ|頂け)?|を?お願い|を?ください)"
    r"[^。?？]{0,8}[。?？!！]*$"
)
"""A request to do it: 要約して, 要約をお願いします; 要約する必要がありますか is none."""
_SUMMARY_JA = re.compile(
    r"^(?P<what>[^。?？]{2,60}?)(?:の内容|のこと)?(?:を|について|、)"
    r"(?:(?:簡単|手短|簡潔)に|ざっくり|短く|[\d一二三数]+(?:行|点|文|つ)(?:くらい|ほど)?[でに]?|、)*"
    rf"(?:(?:要約|まとめ|サマリー){_DO_JA}|要約[。!！]*$|ざっくり教えて[^。?？]{{0,8}}[。?？!！]*$)"
)
_TRANSLATE_JA = re.compile(
    r"^(?!次の|以下|この文|下記)(?P<what>[^。?？:：]{2,60}?)を"
    rf"(?:(?P<into>英|日本)語[にへ]|(?P<short>[英和邦]))(?:翻訳|訳){_DO_JA}"
)
_IN_LANGUAGE_JA = re.compile(
    r"(?:[、。,\s]|を|について)(?P<language>英|日本)語で(?P<way>ざっくり|簡単に|短く)?"
    rf"(?:教え|答え|(?:説明|回答)|(?=お願い)){_DO_JA}"
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
