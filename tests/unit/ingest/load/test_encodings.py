"""Encodings as Japanese programs write them; readings that nobody can have written are refused."""

from pathlib import Path

import pytest

from aspire_ingest.errors import LoadError
from aspire_ingest.load.encoding.encoding import decode
from aspire_ingest.load.encoding.wide import wide_readings

FIELD = Path(__file__).parent / "field"
SENTENCE = "先端国際共同研究推進事業の公募について、令和7年度の申請を受け付けます。"


def test_files_of_the_field_are_read() -> None:
    jis = decode((FIELD / "hibari-jis.txt").read_bytes(), "x")
    assert "①日時" in jis
    assert "③担当　髙橋・山﨑（ﾀﾝﾄｳ ﾀｶﾊｼ）" in jis
    assert "②会場　㈱ヒバリ会館　第Ⅲ会議室" in jis
    assert "\ufffd" not in jis
    euc = decode((FIELD / "kana-euc.txt").read_bytes(), "x")
    assert euc.startswith("振込先ｺｰﾄﾞ一覧\n")
    sjis = decode((FIELD / "circled-sjis.txt").read_bytes(), "x")
    assert sjis.startswith("①日時：６月３日（水）１４：００～１６：００\n")


@pytest.mark.parametrize("codec", ["cp932", "euc_jp"])
@pytest.mark.parametrize(
    "text", ["公募", "応募要項", "お知らせ", "締切：5月1日", "東京都千代田区",
             "振込先ｺｰﾄﾞ", "鶴助成の上限は77万円です。"]
)  # fmt: skip
def test_short_texts_are_told(text: str, codec: str) -> None:
    assert decode(text.encode(codec), "x") == text


@pytest.mark.parametrize("text", ["①㈱Ⅲ", "㍻28年", "髙橋、山﨑、德永", "№１　℡０３"])
def test_signs_and_kanji_of_windows_are_read(text: str) -> None:
    assert decode(text.encode("cp932"), "x") == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xad\xa1\xa4\xa2\xad\xea\xa4\xa4", "①あ㈱い"),  # NEC row 13
        (b"\xfc\xe2\xb6\xb6\xa4\xb5\xa4\xf3", "髙橋さん"),  # NEC's choice of IBM's kanji
        (b"\xa4\xa2\x8f\xf4\xab\x8f\xf4\xae\xa4\xa4", "あ㈱炻い"),  # IBM's own, behind JIS X 0212
        (b"\x8f\xb0\xa1\xa4\xf2\xc6\xc9\xa4\xe0", "丂を読む"),  # JIS X 0212
        (b"\x8e\xcc\x8e\xd8\x8e\xba\x8e\xd0", "ﾌﾘｺﾐ"),
    ],
)
def test_euc_jp_holds_more_than_its_codec(data: bytes, text: str) -> None:
    assert decode(data, "x") == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\x1b$B-!-j\x1b(B end", "①㈱ end"),
        (b"\x1b$B|b66\x1b(B", "髙橋"),
        (b'\x1b(IL^X:P\x1b(B \x1b$B$"\x1b(B', "ﾌﾞﾘｺﾐ あ"),
        (b'\x1b$B$"\x1b(B \x0eLX:P\x0f end', "あ ﾌﾘｺﾐ end"),
        (b'\x1b$B$"\x1b(B \xcc\xd8\xba\xd0 end', "あ ﾌﾘｺﾐ end"),
        (b"\x1b$B-!\n-j plain", "①\n-j plain"),  # a line begins in ASCII
        (b"\x1b$(D0!\x1b$B-!\x1b(B", "丂①"),
        (b"\x1b(J\\100\x1b(I1\x1b(B", "¥100ｱ"),
    ],
)
def test_iso_2022_jp_as_windows_writes_it(data: bytes, text: str) -> None:
    assert decode(data, "x") == text
    assert decode(data, "x", charset="cp50221") == text


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (b"+ZeVnLIqe-", None),
        (SENTENCE.encode("utf-7"), None),
        (b"+/v8-text", None),
        (b"plain", "utf-7"),
        (b"plain", "UTF_7"),
    ],
)
def test_utf_7_is_refused(data: bytes, charset: str | None) -> None:
    with pytest.raises(LoadError, match="UTF-7"):
        decode(data, "x", charset=charset)


def test_plus_signs_are_no_utf_7() -> None:
    assert decode(b"C++, a+b and q=+abc+def", "x") == "C++, a+b and q=+abc+def"


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (SENTENCE.encode(), "shift_jis"),
        (SENTENCE.encode(), "iso-8859-1"),
        (SENTENCE.encode(), "unicode_escape"),
        (SENTENCE.encode("cp932"), "iso-8859-1"),
        (SENTENCE.encode("cp932"), "euc-jp"),
        (SENTENCE.encode("cp932"), "euc-kr"),
    ],
)
def test_a_declaration_that_gives_a_salad_is_not_believed(data: bytes, charset: str) -> None:
    assert decode(data, "x", charset=charset) == SENTENCE


@pytest.mark.parametrize("charset", ["iso-8859-1", "latin1", "windows-1252", "cp1250", "koi8-r"])
def test_utf_8_is_not_taken_apart_by_a_declaration_of_single_bytes(charset: str) -> None:
    assert decode("Café ‘Zürich’".encode(), "x", charset=charset) == "Café ‘Zürich’"


@pytest.mark.parametrize(
    ("data", "readings"),
    [
        ("ﾌﾘｺﾐｻｷ".encode("cp932"), ("ﾌﾘｺﾐｻｷ", "蒙歳桟")),
        ("公募要領 研究期間 三年間 募集人数 十名程度".encode("euc_jp"), ("公募要領", "GB2312")),
        ("한국어로 작성된 공고문입니다. 연구비는".encode("euc_kr"), ("EUC-JP", "한국어로")),
        (b"\x1b$B$3$l\x1b(B \x1b$B" + b"\x7f" * 12 + b"\x1b(B", ("これ", "ISO-2022-JP")),
    ],
)
def test_what_cannot_be_told_is_refused_with_its_readings(
    data: bytes, readings: tuple[str, str]
) -> None:
    with pytest.raises(LoadError, match="save it as UTF-8") as error:
        decode(data, "x")
    for reading in readings:
        assert reading in str(error.value)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Das Förderprogramm für junge Forscher läuft über vier Jahre.", "cp1252"),
        ("Café", "cp1252"),
        (f"{'The office keeps the forms for all visits. ' * 3}Café", "cp1252"),
        ("The office keeps the forms.", "utf-16-le"),
        ("The office keeps the forms.", "utf-16-be"),
        ("Café \x1b(J of a terminal", "utf-8"),
        ("Программа поддерживает исследования и обмен учёными.", "cp1251"),
    ],
)
def test_other_languages_are_read(text: str, codec: str) -> None:
    assert decode(text.encode(codec), "x") == text


def test_utf_8_of_the_halves_of_utf_16_is_put_together() -> None:
    halves = "The 𠮷田 grant 😀.".encode("utf-16-le").decode("utf-16-le")
    written = "".join(
        chr(unit) for unit in memoryview(halves.encode("utf-16-le")).cast("H")
    ).encode("utf-8", "surrogatepass")
    assert written != halves.encode()
    assert decode(written, "x") == halves
    assert (
        decode(b"A rule \xed\xa0\x80 and \xed\xb8\x80 more.", "x")
        == "A rule \ufffd and \ufffd more."
    )


@pytest.mark.parametrize("charset", ["iso-8859-1", "latin-1", "latin1", "l1", "ISO8859-1"])
def test_latin_1_under_any_name_is_that_of_windows(charset: str) -> None:
    text = "The “ceiling” is 500 € – for each of the partners in the programme."
    assert decode(text.encode("cp1252"), "a.html", charset=charset) == text


WIDE = ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]


@pytest.mark.parametrize("codec", WIDE)
@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "お知らせ",
        "公募\n",
        "締切：5月1日\r\n提出先：研究推進課\r\n",
        "①日時：６月３日（水）１４：００～１６：００",
        "髙橋、山﨑、德永\n",
        "ﾌﾘｺﾐｻｷ\n",
        "𠮷田さんの助成",
        "予算\t12,000\n旅費\t3,400\n",
        "Café, ‘Zürich’ – 500 €\n",
        "The office.",
        "Программа поддерживает исследования.",
        "Ελληνικά κείμενα εδώ.",
        "한국어로 작성된 공고문입니다.",
        "---",
        "フリコミサキ",
        "ＡＢＣＤＥの",
        "代々の様々な国々",
        "برنامج المنحة",
        "תוכנית מענקים",
        "अनुसंधान अनुदान",
        "গবেষণা অনুদান",
        "ทุน วิจัย นานา ชาติ",
        "ພາສາ ລາວ ແລະ ພາສາ ໄທ",
        "été à la fête où",
        '"' * 7 + "\n",  # the other way round, a line end is no character
        "あいうえお" * 30 + "\n",
        "あ、い、う、え、お、か",
        "禁箪釘澗う",
        "การประชุมจะจัดขึ้นที่กรุงเทพมหานคร",  # no zero, and each second byte is a control
        "Автобус",
        "حافلة",
        f"{SENTENCE}\n" * 200,  # a sample may end within a character
        "助成の" * 682 + "a𠮷田\n",
    ],
)
def test_wide_characters_without_a_byte_order_mark_are_read(text: str, codec: str) -> None:
    assert decode(text.encode(codec), "x") == text


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_a_title_of_kanji_in_utf_16_is_read_where_nothing_else_is_likely(codec: str) -> None:
    assert decode("公募要領".encode(codec), "x") == "公募要領"


@pytest.mark.parametrize(
    ("data", "readings"),
    [
        ("目次".encode("utf-16-le"), ("目次", "UTF-16 (little-endian)", "茁!k", "Shift_JIS")),
        ("日本".encode("utf-16-be"), ("日本", "UTF-16 (big-endian)", "e虍,")),
        ("あいうえお".encode("utf-16-le"), ("あいうえお", '"B0D0F0H0J0" in UTF-8')),
        ("英語の論説の話".encode("utf-16-be"), ("英語の論説の話", "in Shift_JIS")),
        ('"""'.encode("utf-16-le"), ('"""', "little-endian", "∀∀∀", "big-endian")),
        ("髙橋".encode("utf-16-le"), ("髙橋", "UTF-16 (little-endian)", "in UTF-8")),
        ("髙橋".encode("utf-16-be"), ("髙橋", "UTF-16 (big-endian)", "Shift_JIS")),
        ("大学".encode("utf-16-le"), ("大学", "UTF-16 (little-endian)", '"\'Yf[" in UTF-8')),
        ("学長大学".encode("utf-16-be"), ("学長大学", "UTF-16 (big-endian)", "[f婦Y'[f")),
    ],
)
def test_wide_characters_that_are_not_plain_are_refused_with_both_readings(
    data: bytes, readings: tuple[str, ...]
) -> None:
    with pytest.raises(LoadError, match="save it as UTF-8") as error:
        decode(data, "x")
    for reading in readings:
        assert reading in str(error.value)


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 30, bytes(range(256)) * 4])
def test_bytes_with_zeros_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(LoadError, match=r"is binary|no text"):
        decode(data, "x")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "letters",
    [
        "".join(map(chr, range(0x100, 0x180))),
        "".join(f"ab{chr(code)}" for code in range(0x531, 0x551)),  # a third is of another script
    ],
)
def test_letters_of_many_scripts_are_no_text_in_wide_characters(letters: str, codec: str) -> None:
    assert wide_readings(letters.encode(codec)) == []


@pytest.mark.parametrize("charset", ["utf-16", "UTF-16LE"])
def test_a_page_whose_declaration_can_be_read_is_in_no_wide_encoding(charset: str) -> None:
    head = f'<meta charset="{charset}">'.ljust(30)
    page = f"{head}{'okarawnosino' * 80}"
    assert decode(page.encode(), "x", markup=True) == page


def test_letters_that_are_kanji_two_by_two_are_letters() -> None:
    assert decode(b"korawaonnois", "x") == "korawaonnois"


@pytest.mark.parametrize("text", ["Rates B0D0 and 0B0D: 公募要領の手引", "A0B0C0D0", SENTENCE])
def test_single_bytes_are_not_taken_for_wide_characters(text: str) -> None:
    assert decode(text.encode(), "x") == text


@pytest.mark.parametrize("text", ["field:", "and,", '"2024"', "#a#b#c", "大-学 'Yf["])
def test_short_texts_that_would_be_no_kanji_alone_are_read(text: str) -> None:
    assert decode(text.encode(), "x") == text


@pytest.mark.parametrize("share", [2, 4])
def test_bytes_with_many_controls_are_no_text(share: int) -> None:
    with pytest.raises(LoadError, match="is binary"):
        decode(b"".join(b"\x02" + b"~" * (share - 1) for _ in range(40)), "x")


def test_a_control_here_and_there_is_text() -> None:
    text = "R\x02a\x02t\x02e\x02s of the year\tCHF\r\nBern\x1b88\x0c"
    assert decode(text.encode(), "x") == text
    assert decode(b"a\tb\n" * 9, "x") == "a\tb\n" * 9
