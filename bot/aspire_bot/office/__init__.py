"""What staff need to keep the answers true: clusters, staleness, contradictions, tests, figures.

Logic over the state and the index; it knows no Slack and no web page.
"""
