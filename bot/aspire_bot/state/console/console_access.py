"""Who may use the console now: links that sign in once, and sessions."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from pydantic import TypeAdapter
from sqlalchemy import delete, select, update

from aspire_bot.state.console.console_keys import ConsoleKeys, is_signed, signature
from aspire_bot.state.database.console_tables import console_links, console_sessions
from aspire_bot.state.database.database import Database

LINK_LASTS = timedelta(minutes=10)
SESSION_LASTS = timedelta(hours=12)
SESSION_IDLES = timedelta(hours=2)
_SEEN_EVERY = timedelta(minutes=1)
"""How often it is written down that a session is in use."""
_KEY = "sign-in"
_NAMED_KEY = "named-session"

SignInMethod = Literal["link", "proxy", "slack", "open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of staff, as Slack or a proxy names them; `language` is that of their pages."""

    team: str
    user: str
    name: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A signed-in browser. `expires_at` is when it ends even if it is in use."""

    team: str
    user: str
    name: str
    language: str
    method: SignInMethod
    seen_at: datetime
    expires_at: datetime


_PERSON = TypeAdapter(Person)
_SESSION = TypeAdapter(Session)


class SignInLinks:
    """Tokens that sign one person in, once, for ten minutes."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`; only their hashes, so that who reads it cannot sign in."""
        self._database = database
        self._keys = ConsoleKeys(database)

    def issue(self, person: Person) -> str:
        """Make a token for a person."""
        name = secrets.token_urlsafe(24)
        row = {
            "link_hash": hash_of(name),
            "team": person.team,
            "user": person.user,
            "name": person.name,
            "language": person.language,
            "expires_at": self._database.now() + LINK_LASTS,
            "used_at": None,
        }
        with self._database.write() as connection:
            connection.execute(self._database.insert_new(console_links).values(**row))
        return f"{name}.{signature(self._keys.key(_KEY), name)}"

    def look(self, token: str) -> Person | None:
        """Say whom a token would sign in; None where it is none, was used, or is too old."""
        name = self._named(token)
        if name is None:
            return None
        valid = (
            select(console_links)
            .where(console_links.c.link_hash == hash_of(name), console_links.c.used_at.is_(None))
            .where(console_links.c.expires_at > self._database.now())
        )
        return self._database.row(valid, _PERSON)

    def take(self, token: str) -> Person | None:
        """Use a token up; of several who try at once one gets the person, the others None."""
        name = self._named(token)
        if name is None:
            return None
        now = self._database.now()
        used = (
            update(console_links)
            .where(console_links.c.link_hash == hash_of(name), console_links.c.used_at.is_(None))
            .where(console_links.c.expires_at > now)
            .values(used_at=now)
            .returning(*console_links.c)
        )
        with self._database.write() as connection:
            row = connection.execute(used).mappings().one_or_none()
        return None if row is None else _PERSON.validate_python(dict(row))

    def _named(self, token: str) -> str | None:
        name, _, given = token.partition(".")
        return name if is_signed(self._keys.key(_KEY), name, given) else None


class Sessions:
    """The browsers that are signed in."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`, by the hashes of their cookies."""
        self._database = database
        self._keys = ConsoleKeys(database)

    def begin(self, person: Person, method: SignInMethod) -> str:
        """Begin a session under a new name, which is the cookie's value."""
        cookie = secrets.token_urlsafe(32)
        row = self._row(cookie, person, method)
        with self._database.write() as connection:
            connection.execute(self._database.insert_new(console_sessions).values(**row))
        return cookie

    def begin_or_resume(self, person: Person, method: SignInMethod) -> str:
        """Give the cookie of the one session of a person whom every request names.

        Its name follows from the person and a key of the installation: a client that keeps no
        cookies has the same session at each request, and nobody else can work the name out.
        """
        named = "\n".join((method, person.team, person.user))
        cookie = signature(self._keys.key(_NAMED_KEY), named)
        if self.get(cookie) is None:
            row = self._row(cookie, person, method)
            with self._database.write() as connection:
                connection.execute(self._database.upsert(console_sessions, ["session_hash"], row))
        return cookie

    def get(self, cookie: str) -> Session | None:
        """Find a session that has not ended, and keep it from ending for want of use."""
        if not cookie:
            return None
        now, mine = self._database.now(), console_sessions.c.session_hash == hash_of(cookie)
        wanted = select(console_sessions).where(
            mine,
            console_sessions.c.expires_at > now,
            console_sessions.c.seen_at > now - SESSION_IDLES,
        )
        with self._database.read() as connection:
            row = connection.execute(wanted).mappings().one_or_none()
        if row is None:
            return None
        found = _SESSION.validate_python(dict(row))
        if now - found.seen_at > _SEEN_EVERY:
            with self._database.write() as connection:
                connection.execute(update(console_sessions).where(mine).values(seen_at=now))
        return found

    def speak(self, cookie: str, language: str) -> None:
        """Keep the language that the pages of a session are in."""
        mine = console_sessions.c.session_hash == hash_of(cookie)
        with self._database.write() as connection:
            connection.execute(update(console_sessions).where(mine).values(language=language))

    def end(self, cookie: str) -> None:
        """End a session; one that is none is no error."""
        mine = console_sessions.c.session_hash == hash_of(cookie)
        with self._database.write() as connection:
            connection.execute(delete(console_sessions).where(mine))

    def _row(self, cookie: str, person: Person, method: SignInMethod) -> dict[str, object]:
        now = self._database.now()
        return {
            "session_hash": hash_of(cookie),
            "team": person.team,
            "user": person.user,
            "name": person.name,
            "language": person.language,
            "method": method,
            "seen_at": now,
            "expires_at": now + SESSION_LASTS,
        }


def hash_of(secret: str) -> str:
    """Give what of a random secret is kept."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
