"""A language model without a server: a GGUF file, run by llama.cpp in a child process.

setting.py      how the setting names it
gguf.py         what a file says of itself, without loading it
memory.py       what it needs, and what is free
child.py        the child: loads the file, answers one prompt after the other
child_process.py  the parent's side of it: start, say, hear, stop, kill
chat_model.py   all that as a `ChatModel`
"""
