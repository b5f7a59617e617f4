"""The methods of the Web API: what each takes, gives and refuses."""
