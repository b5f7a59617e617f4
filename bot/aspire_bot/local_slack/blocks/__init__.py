"""Slack's rules for blocks, messages, tables and views."""
