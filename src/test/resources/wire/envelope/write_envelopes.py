"""Writes the golden envelopes beside it, from what docs/reference/wire-format.md says and without any code of the library.

Run once by hand with Python 3.11 and the package cryptography, and kept for the record; the build reads the files and needs
no Python. The nonce is fixed here, so that the files can be written again; a real writer takes one at random each time.
"""

import base64
import hashlib
import hmac
import struct
import zlib
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

HERE = Path(__file__).parent
COMPRESSED, ENCRYPTED = 1, 2
FINGERPRINT = 0x53E0C5FC098A83F0
WRITTEN_AT = 1_700_000_000_000
LIFE = 300_000
COST = 1_234
KEY = bytes(range(32))
NONCE = bytes(range(100, 112))
CACHE = "books"
PLACE = "shop:books:1"
STAMPS = bytes(range(200, 216))  # two
SHORT = '{"pages":204,"title":"Solaris \u00e9 \U0001F680"}'.encode("utf-8")
LONG = ('["' + '","'.join(["Solaris"] * 100) + '"]').encode("utf-8")


def header(flags, cost=COST):
    return (
        struct.pack(">BBBQ", 0xCC, 1, flags, FINGERPRINT)
        + WRITTEN_AT.to_bytes(6, "big")
        + LIFE.to_bytes(6, "big")
        + struct.pack(">I", cost)
    )


def header2(flags, cost=COST, tags=0):
    """Version 2, with room for stamps."""
    return struct.pack(">BBBB", 0xCC, 2, flags, tags) + bytes(8 * tags) + header(flags, cost)[3:]


def stamped(entry, stamps=STAMPS):
    """Fills stamps in, which nothing vouches for."""
    return entry[:4] + stamps + entry[4 + len(stamps):]


def compressed(content):
    return struct.pack(">I", len(content)) + zlib.compress(content)


def encrypted(head, content):
    key_id = hmac.new(KEY, b"cached-connection key id", hashlib.sha256).digest()[:4]
    beside = head + CACHE.encode() + b"\0" + PLACE.encode()
    return head + key_id + NONCE + AESGCM(KEY).encrypt(NONCE, content, beside)


def private_name(clear):
    code = hmac.new(KEY, clear.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(code).rstrip(b"=").decode()


FILES = {
    "v1-clear.bin": header(0) + SHORT,
    "v1-clear-null.bin": header(0, cost=0) + b"null",
    "v1-clear-long.bin": header(0, cost=0xFFFFFFFF) + LONG,
    "v1-compressed.bin": header(COMPRESSED) + compressed(LONG),
    "v1-encrypted.bin": encrypted(header(ENCRYPTED), SHORT),
    "v1-encrypted-null.bin": encrypted(header(ENCRYPTED), b"null"),
    "v1-compressed-encrypted.bin": encrypted(header(COMPRESSED | ENCRYPTED), compressed(LONG)),
    "v2-clear.bin": header2(0) + SHORT,
    "v2-clear-stamped.bin": stamped(header2(0, tags=2) + SHORT),
    "v2-clear-null.bin": header2(0, cost=0) + b"null",
    "v2-compressed-stamped.bin": stamped(header2(COMPRESSED, tags=2) + compressed(LONG)),
    "v2-encrypted.bin": encrypted(header2(ENCRYPTED), SHORT),
    "v2-encrypted-stamped.bin": stamped(encrypted(header2(ENCRYPTED, tags=2), SHORT)),
    "v2-compressed-encrypted.bin": encrypted(header2(COMPRESSED | ENCRYPTED), compressed(LONG)),
    "v1-private-name.txt": private_name("shop:books:1").encode(),
}

for name, content in FILES.items():
    (HERE / name).write_bytes(content)
