"""What the console keeps: who may come in, what staff did, answers as they are looked through."""
