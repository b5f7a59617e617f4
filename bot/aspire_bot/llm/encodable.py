"""Text that any server can read. Pure."""


def encodable(text: str) -> str:
    """Replace lone surrogates, which are valid in no encoding."""
    return text.encode("utf-8", "replace").decode("utf-8")


__all__ = ["encodable"]
