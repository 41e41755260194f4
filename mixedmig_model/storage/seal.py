"""Texts sealed with a phrase.

The key comes from the phrase and a random salt by scrypt; Fernet of the package ``cryptography`` seals. Nobody can open
a text without its phrase: a lost phrase is lost.
"""

import base64
import json
import os
from typing import Any

COST, BLOCK, PARALLEL, KEY_BYTES, SALT_BYTES = 2**15, 8, 1, 32, 16
"""Work of scrypt: 32 MB of memory and a tenth of a second."""
SCHEMA = 1
LEAST_SIGNS = 8
"""Signs that a phrase has at least."""


class SealError(ValueError):
    """Raised where a sealed text cannot be opened.

    The phrase is another, or the text was changed.
    """


def derived(phrase: str, salt: bytes) -> bytes:
    """Return 32 bytes that only a phrase and a salt give.

    Parameters
    ----------
    phrase : str
        The phrase.
    salt : bytes
        The salt.

    Returns
    -------
    bytes
        The key.
    """
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt=salt, length=KEY_BYTES, n=COST, r=BLOCK, p=PARALLEL).derive(phrase.encode())


def sealed_text(text: str, phrase: str) -> str:
    """Return a text sealed with a phrase, as JSON.

    Parameters
    ----------
    text : str
        The text.
    phrase : str
        The phrase.

    Returns
    -------
    str
        Salt and sealed text. The same text is sealed in another way each time.
    """
    from cryptography.fernet import Fernet

    salt = os.urandom(SALT_BYTES)
    token = Fernet(base64.urlsafe_b64encode(derived(phrase, salt))).encrypt(text.encode())
    record = {"schema": SCHEMA, "salt": base64.b64encode(salt).decode(), "sealed": token.decode()}
    return json.dumps(record, indent=1) + "\n"


def opened_text(sealed: str, phrase: str) -> str:
    """Return the text that was sealed with a phrase.

    Parameters
    ----------
    sealed : str
        The content of the sealed file.
    phrase : str
        The phrase.

    Returns
    -------
    str
        The text.

    Raises
    ------
    SealError
        Where the phrase is another, or the file was changed or is no sealed file.
    """
    from cryptography.fernet import Fernet, InvalidToken

    salt, token = _parts(sealed)
    try:
        return Fernet(base64.urlsafe_b64encode(derived(phrase, salt))).decrypt(token).decode()
    except InvalidToken:
        text = "the phrase does not open this file; it is another phrase, or the file was changed"
        raise SealError(text) from None


def _parts(sealed: str) -> tuple[bytes, bytes]:
    """Return salt and sealed text. Raises SealError."""
    try:
        record: Any = json.loads(sealed)
        if record["schema"] != SCHEMA:
            raise KeyError("schema")
        return base64.b64decode(record["salt"], validate=True), record["sealed"].encode("ascii")
    except (ValueError, KeyError, TypeError, AttributeError):
        text = "the file is no sealed file of this package, or it was changed"
        raise SealError(text) from None
