"""Withdrawals: requests to forget, the removal of what they name, and the proof of it.

    home/withdrawals/00001.json               what was asked, and what was found
    home/withdrawals/00001.documents.csv       the documents found, and where their raw bytes lie
    home/withdrawals/00001.texts.parquet      what tells their texts again
    home/withdrawals/00001.certificate.json   what was done, and that nothing remains
    home/withdrawals/head                     the digest of the last record
    home/withdrawals/checked.json             up to which request each batch was checked
    home/withdrawals/key                      the secret that passages are hashed under

Belongs here: the ledger, removal from the lake, verification, certificates. Does not belong here:
how withdrawn content is told again.
"""
