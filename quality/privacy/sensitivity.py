"""Which kinds of personal data are *sensitive*, by the standard one follows."""

SENSITIVE: dict[str, frozenset[str]] = {
    "GB/T 35273-2020": frozenset(
        {
            *("resident_id", "permit", "passport", "hk_id", "tw_id"),
            *("bank_card", "medical_record"),
        }
    ),
    "GB/T 45574-2025": frozenset({"bank_card", "medical_record"}),
}
"""Kinds by standard, both under art. 28 of the Personal Information Protection Law.

Annex B of GB/T 35273-2020 counts identity documents; GB/T 45574-2025 (in force 2025-11-01) no
longer lists the identity number. Financial accounts and medical records are sensitive in both.
"""

STANDARD = "GB/T 35273-2020"
"""The standard followed unless another is asked for: the stricter one."""
