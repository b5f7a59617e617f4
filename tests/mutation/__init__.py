"""Mutation testing: rules are changed one at a time, to see whether a test notices.

Libraries of this kind (mutmut, cosmic-ray) change operators and constants; none takes one word out
of a table or one alternative out of a pattern, which is what most of the rules here are, and none
chooses tests by what they import.
"""
