"""What is said to a thing asked."""

from dataclasses import dataclass

from aspire_bot.answering.quotes.choose import Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSelection:
    """What is said to some of the things asked; to all of them where `asks` is empty."""

    selection: Selection
    asks: tuple[str, ...] = ()
