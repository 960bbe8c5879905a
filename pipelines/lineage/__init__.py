"""Where the rows of a mixture come from, and where a document went.

Belongs here: counting records from source to mixture, drawing it, finding the rows of a document.
Does not belong here: deciding anything, or writing into the lake.
"""
