"""Changes of the index that somebody looks at before they are made, and may take back.

`propose` reads a page or a file, keeps its bytes and says what it would do to the index; `accept`
does just that, with these bytes; `undo` brings back exactly what was there before.

    ASPIRE_HOME/proposals/<id>/
        proposal.json     what was looked at, and what it would do
        body              the bytes, where there are any
        undo.json         what was there before; written before the index is changed

An accepted proposal that is accepted again changes nothing, and so does an undone one: whoever was
killed in between does the same once more. What is in the index now decides, not what was noted.
"""
