"""What a document states of itself, checked: a slip must not make a staff document public.

Front matter and bulk lines share these keys. Keys that are none of them are kept as they are,
unless one looks like a slip of a known key that is missing; then the document is refused.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import NoReturn, cast

from aspire_ingest.errors import LoadError
from aspire_ingest.index.text.language_names import CODE_BY_NAME, is_language
from aspire_ingest.index.types import AUDIENCES, KINDS
from aspire_ingest.load.stated.impossible_dates import is_impossible_date

ID_KEY = "document_id"
"""States the id of a document that shall keep it wherever its file lies, whatever it links to."""
FIELD_KEYS = (
    "title",
    "url",
    "publisher",
    "language",
    "kind",
    "edition",
    "supersedes",
    "audience",
)
DATE_KEYS = ("date", "published")
KNOWN_KEYS = (ID_KEY, *FIELD_KEYS, *DATE_KEYS)
MARKS_KEY = "marks"
ACCEPTED = "accepted"
"""Its value where staff have seen the marks of confidence in the document."""
ABSENT = frozenset({"", "~", "null", "none", "n/a"})
_CHOICES: Mapping[str, tuple[str, ...]] = {"kind": KINDS, "audience": AUDIENCES}
SECRET_AUDIENCES = tuple(audience for audience in AUDIENCES if audience != "public")
_NOT = frozenset({"false", "no", "off"})
_BLANK = " \t\n\r\u3000\u00a0\u200b\ufeff"
_SHORT, _LONG = 4, 8
_LONGEST_KEY = 40
_SAME_START = 4
"""Letters with which two names of one language begin ("japanisch", "Japanese")."""


def check_stated(
    values: Mapping[str, object], name: str, lines: Mapping[str, int] | None = None
) -> None:
    """Refuse slips of known keys, and values that known keys cannot have.

    Args:
        values: keys and values as written.
        name: how errors name the item.
        lines: the line of each key, where it is known.

    Raises:
        LoadError: names the key, its line and what to write.
    """
    line_numbers = lines or {}
    for key, value in values.items():
        place = f" (line {line_numbers[key]})" if key in line_numbers else ""
        known_key = slip_of(key, values)
        if known_key is not None and (
            known_key == "audience" or not isinstance(value, list | dict)
        ):
            raise LoadError(
                name, f"`{key}`{place} is no key that is known; write `{known_key}`, or remove it"
            )
        if key == "audience" and _is_empty(cast("object", value)):
            raise LoadError(
                name,
                f"`audience`{place} has no value; write `audience: staff` or `audience: public`, "
                "or remove the line",
            )
        if isinstance(value, list | dict):
            _refuse_inner_audience(cast("object", value), key, place, name)
            _refuse_many(key, place, name)
        elif value is not None:
            _check_value(key, " ".join(_as_written(value).split()), place, name)


def _is_empty(value: object) -> bool:
    """Whether a value says nothing: none, blanks, an empty list, a list of such."""
    if isinstance(value, list):
        return all(map(_is_empty, cast("list[object]", value)))
    if isinstance(value, str):
        return value.strip(_BLANK).lower() in ("", "~", "null")
    return value is None or value == {}


def _as_written(value: object) -> str:
    """A value of JSON as YAML has it: `false`, 20261345."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _refuse_many(key: str, place: str, name: str) -> None:
    if key in KNOWN_KEYS:
        raise LoadError(
            name,
            f"`{key}`{place} must be one value, not a list or a mapping; write "
            f"`{key}: value`, in quotes where the value has brackets or braces",
        )


def _refuse_inner_audience(value: object, key: str, place: str, name: str) -> None:
    """An audience inside another key would not count."""
    inner: list[object] = []
    if isinstance(value, dict):
        pairs = cast("dict[object, object]", value)
        for inner_key in pairs:
            if isinstance(inner_key, str) and nearest(inner_key, KNOWN_KEYS) == "audience":
                raise LoadError(
                    name,
                    f"`{inner_key}` stands inside `{key}`{place}; write `audience` at the "
                    "beginning of a line of its own",
                )
        inner = list(pairs.values())
    elif isinstance(value, list):
        inner = cast("list[object]", value)
    for one in inner:
        _refuse_inner_audience(one, key, place, name)


def _check_value(key: str, value: str, place: str, name: str) -> None:
    choices = _CHOICES.get(key)
    is_absent = not value or (key != "audience" and value.lower() in ABSENT)
    if is_absent:
        return
    if choices is not None and value.lower() not in choices:
        near = nearest(value, choices)
        choice_text = f"`{near}`" if near else f"one of {', '.join(choices)}"
        raise LoadError(name, f"`{key}`{place} is {value!r}; write {choice_text}")
    if key == "language" and not is_language(value):
        _refuse_language(value, place, name)
    if key in DATE_KEYS and value.lower() in _NOT:
        raise LoadError(
            name,
            f"`{key}`{place} is {value!r}; a document that is not published is not added: write "
            "its date once it is, or `audience: staff`",
        )
    if key in DATE_KEYS and is_impossible_date(value):
        raise LoadError(
            name, f"`{key}`{place} is {value!r}, which no calendar has; write it as YYYY-MM-DD"
        )


def _refuse_language(value: str, place: str, name: str) -> NoReturn:
    if code := _nearest_language(value):
        raise LoadError(name, f"`language`{place} is {value!r}; write `{code}`")
    raise LoadError(
        name,
        f"`language`{place} is {value!r}, which is no language that is known; write its code, "
        "for example `ja` or `en`, or remove the line",
    )


def _nearest_language(value: str) -> str | None:
    """The code of the language meant by a slip ("Japanes"), or in other words ("japanisch")."""
    known_name = nearest(value, CODE_BY_NAME)
    if known_name is None:
        plain = _plain(value)
        start = plain[:_SAME_START]
        alike = [one for one in CODE_BY_NAME if len(start) > 2 and one.startswith(start)]
        known_name = min(alike, key=lambda one: distance(plain, one), default=None)
    return CODE_BY_NAME[known_name] if known_name else None


def slip_of(key: str, values: Iterable[str]) -> str | None:
    """The known key that another key is a slip of; None where it is a key of its own.

    Where the known key is there too, the other is taken for one of its own (`urls` beside `url`):
    only `audience`, which keeps secrets, is never doubled.
    """
    if key in KNOWN_KEYS:
        return None
    known_key = nearest(key, KNOWN_KEYS)
    if known_key is None or known_key == "audience":
        return known_key
    stated_keys = set(values)
    is_there = known_key in stated_keys or (
        known_key in DATE_KEYS and not stated_keys.isdisjoint(DATE_KEYS)
    )
    return None if is_there else known_key


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The known word that another is a slip of: another case, a plural, a few wrong letters."""
    plain = _plain(word)
    if not plain or len(plain) > _LONGEST_KEY:
        return None
    slips_and_words = [
        (slips, candidate)
        for candidate in candidates
        if (slips := _slips(plain, _plain(candidate))) is not None
    ]
    return min(slips_and_words)[1] if slips_and_words else None


def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFKC", word).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def _slips(word: str, known_word: str) -> int | None:
    """How many letters are wrong; None where the words are two.

    Short words have many neighbours that are words (`data`, `uri`): there a letter may be twice,
    missing or in its neighbour's place, but not another one.
    """
    if word == known_word:
        return 0
    if word in (f"{known_word}s", f"{known_word}es") or known_word in (f"{word}s", f"{word}es"):
        return 1
    if len(known_word) <= _SHORT:
        return 1 if _is_slip_of_short(word, known_word) else None
    most = 2 if min(len(word), len(known_word)) >= _LONG else 1
    if abs(len(word) - len(known_word)) > most or (most == 1 and word[:1] != known_word[:1]):
        return None
    slips = distance(word, known_word)
    return slips if slips <= most else None


def _is_slip_of_short(word: str, known_word: str) -> bool:
    if abs(len(word) - len(known_word)) > 1 or distance(word, known_word) != 1:
        return False
    if len(word) == len(known_word):
        return sorted(word) == sorted(known_word)
    return len(known_word) == _SHORT and word[0] == known_word[0]


def distance(first: str, second: str) -> int:
    """How many letters to put in, take out, change, or swap with their neighbour."""
    earlier: list[int] = []
    above = list(range(len(second) + 1))
    for row, letter in enumerate(first, start=1):
        line = [row]
        for column, beside in enumerate(second, start=1):
            cost = min(above[column] + 1, line[-1] + 1, above[column - 1] + (letter != beside))
            if row > 1 and column > 1 and (letter, first[row - 2]) == (second[column - 2], beside):
                cost = min(cost, earlier[column - 2] + 1)
            line.append(cost)
        earlier, above = above, line
    return above[-1]
