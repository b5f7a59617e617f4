"""Staff keep the index from Slack: look at a page or a file, approve, undo; remove, sync, status.

An operation is one message that goes through its steps: looked at, approved, done, undone. Each
step is a task of the inbox, so that it is done once, whatever is pressed twice or dies in between;
what changes the index is done by `aspire-ingest`, behind the port `Curator`.

`commands`, `files` and `actions` put tasks into the inbox, for staff only; `runner` works them
off with `steps`; `alerting` tells the staff channel what is wrong. Pure: `messages`,
`sync_messages`, `status_messages`, `change_view`, `wording`.
"""
