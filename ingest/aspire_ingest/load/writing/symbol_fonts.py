"""Signs of symbol fonts as Unicode: the letters of Symbol, the boxes and arrows of others."""

_SYMBOL_FIRST = 0x20
_SYMBOL = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?"
    "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
    "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)
_SYMBOL_UPPER_FIRST = 0xA0
_SYMBOL_UPPER = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
_WINGDINGS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "☐", 0x70: "☐", 0x71: "❑", 0x72: "❒", 0x73: "⬧",
    0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x78: "☒", 0x9E: "·", 0x9F: "•", 0xA1: "○",
    0xA4: "◉", 0xA6: "❍", 0xA7: "▪", 0xA8: "☐", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→",
    0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xF3: "⬄", 0xFB: "✗", 0xFC: "✓",
    0xFD: "☒", 0xFE: "☑", 0x28: "☎", 0x2A: "✉", 0x36: "⌛", 0x46: "☞", 0x4A: "☺", 0xF1: "⇧",
    0xF2: "⇩", 0xE7: "➘", 0xE9: "➘", 0xEA: "➘", 0x2022: "•",
    **{0x80 + digit: sign for digit, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩")},
    **{0x8B + digit: sign for digit, sign in enumerate("⓿❶❷❸❹❺❻❼❽❾❿")},
}  # fmt: skip
_WINGDINGS_2 = {
    0x2A: "☐", 0x30: "☐", 0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒",
    0x55: "⊗", 0x56: "⊗", 0x97: "●", 0x98: "●", 0x99: "○", 0xA2: "■", 0xA3: "☐",
    **{0x69 + digit: sign for digit, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩")},
}  # fmt: skip
_DINGBATS_FIRST = 0x2700
_DINGBATS = {
    **{code: chr(_DINGBATS_FIRST + code - 0x20) for code in range(0x21, 0x7F)},
    0x25: "☎", 0x2A: "☛", 0x2B: "☞", 0x48: "★", 0x6C: "●", 0x6E: "■", 0x73: "▲", 0x74: "▼",
    0x75: "◆", 0x77: "◗", 0xA8: "♣", 0xA9: "♦", 0xAA: "♥", 0xAB: "♠", 0xD5: "→", 0xD6: "↔",
    0xD7: "↕",
    **{code: chr(_DINGBATS_FIRST + code - 0x40) for code in range(0xA1, 0xA8)},
    **{0xAC + digit: sign for digit, sign in enumerate("①②③④⑤⑥⑦⑧⑨⑩")},
    **{code: chr(0x2776 + code - 0xB6) for code in range(0xB6, 0xD5)},
    **{code: chr(0x2798 + code - 0xD8) for code in range(0xD8, 0xFF) if code != 0xF0},
}  # fmt: skip
_FONTS: dict[str, dict[int, str]] = {
    "symbol": {
        **{_SYMBOL_FIRST + place: sign for place, sign in enumerate(_SYMBOL)},
        **{_SYMBOL_UPPER_FIRST + place: sign for place, sign in enumerate(_SYMBOL_UPPER)},
        0xF1: "〉",
        0xF2: "∫",
    },
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "zapfdingbats": _DINGBATS,
}
_PICTURE_FONTS = frozenset({*_FONTS, "wingdings 3", "webdings", "zapfdingbats"})
_PRIVATE = range(0xF000, 0xF100)


def is_symbol_font(font: str) -> bool:
    """Tell whether the letters of a font are signs."""
    return font.strip().lower() in _PICTURE_FONTS


def symbol(font: str, code: int) -> str | None:
    """The sign that a font shows for a code; None where it is not known.

    Codes of the private area (F020 to F0FF) stand for those from 20 to FF.
    """
    signs = _FONTS.get(font.strip().lower())
    if code in _PRIVATE:
        code -= _PRIVATE.start
    elif signs is None and not is_symbol_font(font):
        return chr(code) if 0x20 <= code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else None
    return signs.get(code) if signs is not None else None


def in_signs(text: str, font: str) -> tuple[str, int]:
    """A text as a font of signs shows it, and how many of its signs are not known.

    Letters of the private area are signs of Wingdings where the font is none of signs.
    """
    if not is_symbol_font(font) and not any(ord(letter) in _PRIVATE for letter in text):
        return text, 0
    used = font if is_symbol_font(font) else "Wingdings"
    shown: list[str] = []
    unknown = 0
    for letter in text:
        if letter.isspace() or not (is_symbol_font(font) or ord(letter) in _PRIVATE):
            shown.append(letter)
            continue
        sign = symbol(used, ord(letter))
        unknown += sign is None
        shown.append(sign or "")
    return "".join(shown), unknown


def name_of_symbol_font(written: str) -> str | None:
    """The font of signs that a PDF file names (`ABCDEF+SymbolMT`); None for other fonts."""
    plain = written.rpartition("+")[2].split("-")[0].split(",")[0].lower().replace(" ", "")
    known = {name.replace(" ", ""): name for name in _FONTS}
    return known.get(plain.removesuffix("mt").removesuffix("regular"))
