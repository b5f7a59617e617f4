"""`python -m aspire_ingest`: the program where no console script is on the path."""

from aspire_ingest.cli.app import main

if __name__ == "__main__":
    main()
