"""How good answers and rankings are, over files of questions whose answers are known."""
