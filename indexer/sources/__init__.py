"""Where records come from: files, folders, and archives in archives, read as streams with memory bounded throughout.

`walk.members` is the door: every readable file within what it is given, decompressed, with a stable name.
"""
