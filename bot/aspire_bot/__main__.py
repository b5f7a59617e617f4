"""`python -m aspire_bot`: the program where no console script is on the path."""

from aspire_bot.cli.app import main

if __name__ == "__main__":
    main()
