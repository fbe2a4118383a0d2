"""The optional password of an inspection: the key that is made of it, and what it encrypts.

The header of a protected file stays plain, so that everybody can tell what it is. In twenty bytes
of it that SQLite keeps for later and leaves alone lies what is needed to make the key again:

    mark and version of this scheme   1 byte
    cost of the derivation            1 byte: scrypt with N = 2 ** cost, r = 8, p = 1
    salt                              12 bytes
    check                             4 bytes made of the key: a wrong password is known as one
    checksum of those eighteen        2 bytes: a damaged header is no wrong password

Each page is encrypted and authenticated by itself (ChaCha20-Poly1305), the header authenticated.
So the file is whole in itself, and can be opened anywhere with its password.
"""

from __future__ import annotations

import hashlib
import os
import struct
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from inspector_app.errors import PasswordNeeded, WrongPassword
from inspector_app.storage.page_cipher import PageReader

if TYPE_CHECKING:
    from pathlib import Path

    import apsw

USUAL_COST = 15
"""Takes 32 MB and about 0.15 seconds; each one more doubles both."""
PROTECTION_SIZE = 20
PROTECTION_PLACE = 72
"""Where in the header of the file it lies: the bytes that SQLite reserves for expansion."""
PLAIN_HEADER = 96
"""Bytes of the header that stay plain: the cipher takes multiples of 16."""
RESERVED = 32
"""Bytes of each page that hold what authenticates it; the header says so, in one byte."""
_MARK = 0xE1
_LEAST_COST, _MOST_COST = 4, 18
"""A file from anywhere must not make this computer compute for minutes."""
_FORM = struct.Struct(">BB12s4s")
_SALT = 12
_NONCE = 12


class Protection(NamedTuple):
    """What is needed besides the password to make the key of a file. It is no secret."""

    cost: int
    salt: bytes
    check: bytes

    def pack(self) -> bytes:
        """Return it as it lies in files."""
        data = _FORM.pack(_MARK, self.cost, self.salt, self.check)
        return data + _sum(data)


def unpack_protection(data: bytes) -> Protection:
    """Return what lies in a file.

    Raises:
        ValueError: It is damaged, or of a scheme that is not known here.
    """
    if len(data) != PROTECTION_SIZE or data[_FORM.size :] != _sum(data[: _FORM.size]):
        raise ValueError("damaged")
    mark, cost, salt, check = _FORM.unpack_from(data)
    if mark != _MARK or not _LEAST_COST <= cost <= _MOST_COST:
        raise ValueError("unknown")
    return Protection(cost, salt, check)


def find_protection(start: bytes) -> Protection | None:
    """Return what the beginning of a file says of its protection; None: nothing, or it is damaged.

    Nothing but a protected inspection has its mark and checksum there.
    """
    try:
        return unpack_protection(start[PROTECTION_PLACE : PROTECTION_PLACE + PROTECTION_SIZE])
    except ValueError:
        return None


class Key:
    """The key of a protected inspection: of its file, its backups and its journal.

    It never shows what it is: not in messages, not in logs, not in a debugger's list.
    """

    __slots__ = ("_secret", "protection")

    def __init__(self, protection: Protection, secret: bytes) -> None:
        self.protection = protection
        self._secret = secret

    def __repr__(self) -> str:
        return "Key(…)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and self.protection == other.protection

    def __hash__(self) -> int:
        return hash(self.protection)

    def __reduce__(self) -> str:
        raise TypeError("a key is not to be written anywhere")

    def unlock(self, connection: apsw.Connection) -> None:
        """Have a connection that was just opened read and write with this key."""
        self._set(connection, "key")

    def lock(self, connection: apsw.Connection) -> None:
        """Encrypt the plain database of a connection with this key."""
        self._set(connection, "rekey")

    def _set(self, connection: apsw.Connection, pragma: str) -> None:
        connection.pragma("cipher", "chacha20")
        connection.pragma("plaintext_header_size", PLAIN_HEADER)
        # The key is given as it is: what SQLite would make of a password costs less to guess.
        pages = self._derive(b"pages", 32) + self._derive(b"salt", 16)
        connection.pragma(pragma, f"raw:{pages.hex()}")
        # What SQLite sorts and sets aside would go to a file in the clear.
        connection.pragma("temp_store", "MEMORY")

    def seal(self, data: bytes, purpose: bytes) -> bytes:
        """Return bytes encrypted and authenticated, for outside the database.

        Args:
            data: The bytes.
            purpose: What they are; the same is needed to `open` them.
        """
        # Imported by those only who have a password.
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        nonce = os.urandom(_NONCE)
        return nonce + ChaCha20Poly1305(self._derive(b"sealed", 32)).encrypt(nonce, data, purpose)

    def open(self, data: bytes, purpose: bytes) -> bytes:
        """Return what was sealed.

        Raises:
            ValueError: It was altered, is of another key, or of another purpose.
        """
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        nonce, rest = data[:_NONCE], data[_NONCE:]
        try:
            return ChaCha20Poly1305(self._derive(b"sealed", 32)).decrypt(nonce, rest, purpose)
        except InvalidTag as error:
            raise ValueError("not sealed with this key") from error

    def make_page_reader(self) -> PageReader:
        """Return what decrypts the pages of damaged files without SQLite."""
        return PageReader(self._derive(b"pages", 32), PLAIN_HEADER, RESERVED)

    def pack(self) -> bytes:
        """Return it for another process of ours: to go through a pipe, and nowhere else."""
        return self.protection.pack() + self._secret

    def make_name(self, sha256: str) -> str:
        """Return a name for bytes that tells nobody without the key which bytes they are."""
        return hashlib.blake2b(
            sha256.encode(), key=self._derive(b"names", 32), digest_size=20
        ).hexdigest()

    def _derive(self, what: bytes, size: int) -> bytes:
        return hashlib.blake2b(key=self._secret, person=what, digest_size=size).digest()


def make_key(password: str, cost: int = USUAL_COST) -> Key:
    """Return a new key for a password; it takes a moment, by intent.

    Args:
        password: What the person typed; not blank.
        cost: How much work it is to try a password, see `Protection`. It is kept in the file.
    """
    salt = os.urandom(_SALT)
    secret = _stretch(password, salt, cost)
    return Key(Protection(cost, salt, _make_check(secret)), secret)


def unpack_key(data: bytes) -> Key:
    """Return the key that another process of ours has packed.

    Raises:
        ValueError: It is none.
    """
    return Key(unpack_protection(data[:PROTECTION_SIZE]), data[PROTECTION_SIZE:])


def derive_key(password: str, protection: Protection, path: Path) -> Key:
    """Return the key of a protected file.

    Raises:
        WrongPassword: It is another password.
    """
    secret = _stretch(password, protection.salt, protection.cost)
    if _make_check(secret) != protection.check:
        raise WrongPassword(
            f"That is not the password of “{path.name}”. Nothing was opened or changed. "
            "Capitals and small letters count; try again."
        )
    return Key(protection, secret)


def choose_key(protection: Protection | None, key: Key | None, path: Path) -> Key | None:
    """Return the key that a file needs, None where it is not protected.

    Raises:
        PasswordNeeded: The file needs a key, and this is not it.
    """
    if protection is None:
        return None
    if key is None:
        raise PasswordNeeded(
            f"“{path.name}” is protected with a password, without which it cannot be read. It has "
            "not been changed."
        )
    if key.protection != protection:
        raise PasswordNeeded(
            f"“{path.name}” is protected with another password, or had it set another time. It "
            "has not been changed. Open it by itself, with its own password."
        )
    return key


def _stretch(password: str, salt: bytes, cost: int) -> bytes:
    # The same letters are typed as different characters on different systems.
    typed = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    memory = 2 ** (cost + 11)
    return hashlib.scrypt(typed, salt=salt, n=2**cost, r=8, p=1, maxmem=memory, dklen=32)


def _make_check(secret: bytes) -> bytes:
    return hashlib.blake2b(key=secret, person=b"check", digest_size=4).digest()


def _sum(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=2).digest()
