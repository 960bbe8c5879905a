"""The secret key of a lake: withdrawn texts and values are hashed under it.

Hashes that anyone could compute would tell a telephone number to whoever tries them all.
"""

import hashlib
import hmac

from schemas.errors import IntegrityError


def keyed_digest(text: str, key: bytes) -> str:
    """The hash of `text` under `key`, 64 hex digits."""
    return hmac.digest(key, text.encode(), "sha256").hex()


def key_name(key: bytes) -> str:
    """What tells one key from another, and nothing else of it: 16 hex digits."""
    return hashlib.sha256(b"wenyuan key\0" + key).hexdigest()[:16]


def require_key(name: str, key: bytes) -> None:
    """What was withdrawn under the key called `name` is told again under that one alone.

    Raises:
        IntegrityError: `key` is another.
    """
    if name != key_name(key):
        raise IntegrityError(
            f"a passage or value was withdrawn under the key {name}, and the lake has "
            f"{key_name(key)}: put the old file 'withdrawals/key' back"
        )
