"""A bot in a process of its own whose staff keep a real index: `python -m … API_URL STATE HOME`.

Where it works for the index is what the bot does: `aspire-ingest` as a child.
"""

import os
import sys
from dataclasses import replace
from pathlib import Path

from tests.local_slack.scene import OPTIONS, ScriptedCore

from aspire_bot.curator import IndexCurator
from aspire_bot.ingest_program import IngestProgram
from aspire_bot.local_slack.api.methods import BOT_TOKEN
from aspire_bot.local_slack.events import SIGNING_SECRET
from aspire_bot.slack.app import build_bot
from aspire_bot.slack.options import SlackAccess
from aspire_bot.slack.serve import Endpoint, serve
from aspire_bot.state import open_state


def _tell(port: int) -> None:
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()


def main() -> None:
    """Serve until a signal; the port is the first line on stdout."""
    access = SlackAccess(bot_token=BOT_TOKEN, signing_secret=SIGNING_SECRET, api_url=sys.argv[1])
    state = open_state(Path(sys.argv[2]), lease_s=1)
    os.environ["SLACK_BOT_TOKEN"] = BOT_TOKEN
    own = {"ASPIRE_HOME": sys.argv[3], "ASPIRE_EMBEDDING": "hashing/64"}
    curator = IndexCurator(program=IngestProgram(environment=own))
    # Without a staff channel nothing but what is asked for looks at the index.
    office = replace(OPTIONS.office, channel=None)
    serve(
        build_bot(
            ScriptedCore(()), access, state, replace(OPTIONS, office=office, curator=curator)
        ),
        Endpoint(port=0, signing_secret=SIGNING_SECRET),
        lambda: None,
        on_listening=_tell,
    )


if __name__ == "__main__":
    main()
