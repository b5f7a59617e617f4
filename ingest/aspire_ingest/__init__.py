"""Documents of a funding programme, brought into an index that the bot reads."""
