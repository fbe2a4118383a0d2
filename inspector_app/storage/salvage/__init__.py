"""Making a new inspection file of what can be read of a damaged one, which is never altered.

tables        rows, read by SQLite around what it cannot read
raw_pages     rows, read from the pages of the file without SQLite
protections   what is needed besides the password to make the key of a protected file
finds         what was found: parts, changes, seals, whichever way they were read
journals      what the journals of this computer have of the file
replaying     parts as the history of changes makes them
choosing      one part for each id, out of rows and history
planting      a tree again: parents, places, links
writing       the new file, with all that was found
report        what was saved and what was not, as data
"""
