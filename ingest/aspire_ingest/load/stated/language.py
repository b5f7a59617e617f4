"""Which language a text is in: Japanese by script, English by its function words, else unknown."""

import re

SAMPLE_CHARACTERS = 8_000
_KANA = re.compile("[\u3041-\u30fa\u30fd-\u30ff\uff66-\uff9f]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff々]")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN_WORD = re.compile(r"[a-zà-öø-ÿœ]+(?:['’][a-z]+)?")
_CJK_WEIGHT = 2.5  # one Japanese character says about as much as 2.5 Latin letters

_LISTS = {
    "en": "the of and to in is are was were be been for on with as by that this it from at or an "
    "not have has will which who what how can may you your we our they their its if into than "
    "between under after before about there do does did when i he she",
    "de": "der die das und ist sind von zu den dem des ein eine einer für mit auf im nicht wird "
    "werden auch sich als bei oder wie zum zur",
    "fr": "le la les des et est sont du une un pour dans que qui sur avec par ce cette au aux ne "
    "pas se plus ou leur",
    "es": "el la los las y es son del una un para en que con por se al su sus como más o lo",
    "it": "il lo gli e di del della che per con una un sono nel alla dei le da",
    "pt": "o os as e do da dos das que para com uma um em não por no na se mais",
    "nl": "de het een van en in is dat op te zijn met voor niet aan door ook bij",
}
_FUNCTION_WORDS = {code: frozenset(words.split()) for code, words in _LISTS.items()}


def detect_language(text: str, declared: str | None = None) -> str | None:
    """Return `ja`, `en`, the declared code where the text leaves it open, or None.

    A declaration does not win over clear text: sites give their English pages `lang="ja"`.
    """
    sample = text[:SAMPLE_CHARACTERS]
    kana, han = len(_KANA.findall(sample)), len(_HAN.findall(sample))
    rest = len(_LETTER.findall(sample)) - kana - han
    if _CJK_WEIGHT * (kana + han) > rest:
        return "ja" if kana >= max(1, 0.03 * han) else declared
    words = _LATIN_WORD.findall(sample.lower())
    shares = {
        code: sum(map(known.__contains__, words)) / max(1, len(words))
        for code, known in _FUNCTION_WORDS.items()
    }
    if kana >= max(2, 0.1 * rest) and shares["en"] < 0.1:
        return "ja"  # Japanese around names in Latin letters
    if not words or len("".join(words)) < 0.8 * rest:
        return declared
    best = max(shares, key=lambda code: shares[code])
    if best == "en" and shares["en"] >= (0.02 if sample.isascii() else 0.1):
        return "en"
    return declared if declared != "en" or shares[best] == 0 else None
