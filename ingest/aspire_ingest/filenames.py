"""Names of files that are no UTF-8, made readable: what reports, ids and tables call them."""

_CODECS = ("utf-8", "euc_jp", "cp932")
"""EUC first: it takes few of the bytes that Shift_JIS writes, and Shift_JIS most of its."""


def readable_path(path: str) -> str:
    """A path as a person can read it and any table can hold it, folder by folder.

    Names whose bytes no codec knows keep them as hexadecimal escapes.
    """
    try:
        path.encode()
    except UnicodeEncodeError:
        return "/".join(_readable(name) for name in path.split("/"))
    return path


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
