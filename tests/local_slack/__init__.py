"""The bot beside the local Slack of `aspire_bot.local_slack`, with scripted answers."""
