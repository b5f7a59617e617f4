"""`aspire-bot playground`: the bot beside a local Slack, with a web page to act in it."""
