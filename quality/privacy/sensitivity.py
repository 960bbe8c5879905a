"""Which kinds of personal data are *sensitive*, by each standard and its version."""

from collections.abc import Mapping

_IDENTITY = ("resident_id", "permit", "passport", "hk_id", "mo_id", "tw_id", "driver_file")
_ACCOUNTS_AND_HEALTH = ("bank_card", "medical_record", "social_security")

SENSITIVE: Mapping[str, frozenset[str]] = {
    "GB/T 35273-2020": frozenset((*_IDENTITY, *_ACCOUNTS_AND_HEALTH, "secret")),
    "GB/T 45574-2025": frozenset(_ACCOUNTS_AND_HEALTH),
    "PIPL art. 28": frozenset(_ACCOUNTS_AND_HEALTH),
}
"""Kinds by standard. Annex B of GB/T 35273-2020 counts identity documents and the passwords of
accounts; GB/T 45574-2025 (in force 2025-11-01) no longer lists the identity number. Financial
accounts and what shows a person's health are sensitive in both, as in article 28 of the Personal
Information Protection Law, which they spell out."""


def standards(kind: str) -> list[str]:
    """The standards by which findings of this kind are sensitive.

    >>> standards("resident_id"), standards("email")
    (['GB/T 35273-2020'], [])
    """
    return [standard for standard, kinds in SENSITIVE.items() if kind in kinds]
