"""Whether a value or name of the sources holds for what a statement says of it. Pure."""

from aspire_bot.answering.checking.claims.claims import Claim
from aspire_bot.answering.checking.claims.former_names import may_be_of_before, says_what_was
from aspire_bot.answering.checking.claims.sentence import Reading


def holds(statement: Reading, at: int, other: Claim) -> bool:
    """Whether a source's claim still holds, or the statement too says what it was before.

    `at` is the unit of the statement that claims the same. A statement that says of one value that
    it holds no more says of the others that they do.
    """
    claim = statement.units[at].claim
    if claim is None or claim.is_former or not other.is_former:
        return True
    if claim.bound in ("le", "lt"):
        return False  # "from 30 to 16 June" of what was moved to 30 June
    said = [one for one in statement.claims if one.kind == claim.kind]
    if any(one.is_former for one in said):
        return False
    if claim.kind != "name":
        return len(said) > 1 or says_what_was(statement.text)
    is_denied = any(one.turn == "not" and at in one.reach for one in statement.operators)
    return is_denied or may_be_of_before(statement.text, claim.start, claim.end)
