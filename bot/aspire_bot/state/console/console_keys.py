"""Keys that all machines on one database sign links with, each made when it is first wanted."""

import base64
import hashlib
import hmac
import secrets

from sqlalchemy import select

from aspire_bot.state.database.console_tables import console_keys
from aspire_bot.state.database.database import Database


class ConsoleKeys:
    """One key a purpose, 256 bits."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database

    def key(self, name: str) -> bytes:
        """Give the key of a purpose: the same to everybody who asks."""
        wanted = select(console_keys.c.key).where(console_keys.c.name == name)
        with self._database.read() as connection:
            found = connection.execute(wanted).scalar_one_or_none()
        if found is None:
            row = {"name": name, "key": secrets.token_hex(32), "made_at": self._database.now()}
            with self._database.write() as connection:
                connection.execute(self._database.insert_new(console_keys).values(**row))
                found = connection.execute(wanted).scalar_one()
        return bytes.fromhex(found)


def signature(key: bytes, text: str) -> str:
    """Sign a text; give 43 characters that are safe in URLs."""
    digest = hmac.new(key, text.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def is_signed(key: bytes, text: str, given: str) -> bool:
    """Whether a signature is that of a text; takes the same time wherever it differs."""
    return hmac.compare_digest(signature(key, text).encode(), given.encode())
