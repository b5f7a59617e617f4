"""Names of files that are no UTF-8, made readable: what reports, ids and tables call them.

Names of one folder that read the same stay apart: the one that is UTF-8, or else the first by its
bytes, has the name; the others keep their bytes as hexadecimal escapes.
"""

import os
import unicodedata

_CODECS = ("utf-8", "euc_jp", "cp932")
"""EUC first: it takes few of the bytes that Shift_JIS writes, and Shift_JIS most of its."""


def readable_path(path: str) -> str:
    """A path as a person can read it and any table can hold it, folder by folder.

    Names whose bytes no codec knows keep them as hexadecimal escapes.
    """
    if _is_utf_8(path):
        return path
    return "/".join(_readable(name) for name in path.split("/"))


def place_of(path: str) -> str:
    """The readable path of a file that is there, told apart from others that read the same."""
    if _is_utf_8(path):
        return path
    folder, found = "", list[str]()
    for name in path.split("/"):
        found.append(name if _is_utf_8(name) else _told_apart(folder or ".", name))
        folder = f"{folder}{name}/"
    return "/".join(found)


def existing_path(place: str) -> str | None:
    """Where the file of a readable path is, whatever the bytes of its name; None: nowhere."""
    if _exists(place):
        return place
    folder, name = os.path.split(place)
    if not name or folder == place:
        return None
    inside = existing_path(folder) if folder else "."
    if inside is None:
        return None
    if name.isascii() and "\\x" not in name:
        return None  # names that read like others have other letters, or escapes
    wanted = unicodedata.normalize("NFC", name)
    for one in _names(inside):
        if _is_utf_8(one):
            is_wanted = unicodedata.normalize("NFC", one) == wanted
        else:
            is_wanted = name in (_readable(one), _escaped(one)) and name == _told_apart(inside, one)
        if is_wanted:
            return os.path.join(folder and inside, one)  # noqa: PTH118 - a string
    return None


def _exists(path: str) -> bool:
    try:
        return os.path.lexists(path)
    except (OSError, ValueError):
        return False


def _told_apart(folder: str, name: str) -> str:
    wanted = _readable(name)
    same = [one for one in _names(folder) if _readable(one) == wanted]
    first = min(same, key=lambda one: (not _is_utf_8(one), os.fsencode(one)), default=name)
    return wanted if first == name else _escaped(name)


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - names as strings
    except (OSError, ValueError):
        return []


def _is_utf_8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _readable(name: str) -> str:
    try:
        data = name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a pair that no file system gave
        return name.encode("utf-8", "backslashreplace").decode()
    for codec in _CODECS:
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "backslashreplace")


def _escaped(name: str) -> str:
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
