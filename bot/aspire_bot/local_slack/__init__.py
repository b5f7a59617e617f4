"""A Slack on loopback: a strict stand-in for the tests and for the playground.

It models workspaces, not just calls: people, channels, messages, threads, ephemerals, reactions,
streams, modals and Homes. It knows nothing of the bot, which meets it over HTTP as it meets Slack.
Where to find what:

- `server.LocalSlack`: start here. `workspace` is what is there now, `violations` what Slack would
  have refused, `rates.rejected` the 429s, `feed.subscribe()` what happens, live; `wait_until(…)`.
  Socket Mode, and faults that a test arms, are beside it in `tests/local_slack/server.py`.
- `people.People`: people who speak, click, submit, run commands; they tell the bot of it over a
  `courier.Courier`, which keeps times and repeats.
- `scenery`: who and which channels there are at the start.
- `methods`: the Web API's methods, their arguments, scopes and rates; `chat`, `surfaces` and
  `lookups` are what they do. `limits`, `elements`, `views`: Block Kit's rules.

Slack's documentation is the source, and where it is silent (bursts, the life of a stream, the
states a stream refuses) what others measured in live workspaces, as the modules say.
"""
