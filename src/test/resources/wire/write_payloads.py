"""Writes the golden payloads beside it: what the Python cache puts into Redis.

Run once by hand with Python 3.11 and kept for the record; the build reads the files and needs no Python.
The entity is a dataclass, turned into a dict with asdict() and then into JSON with json.dumps(); UUIDs become str(),
enums their value, times isoformat(), encrypted bytes their text in UTF-8.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta, timezone
from enum import Enum
from pathlib import Path
from typing import Optional
from uuid import UUID

HERE = Path(__file__).parent
UTC = timezone.utc


class Status(Enum):
    PENDING = "pending"
    ACTIVE = "active"
    EXPIRED = "expired"
    DISCONNECTED = "disconnected"


class Kind(Enum):
    OAUTH2 = "oauth2"
    API_KEY = "api_key"


@dataclass(frozen=True)
class Credentials:
    encrypted_data: bytes
    credential_type: Kind
    expires_at: Optional[datetime] = None


@dataclass
class Connection:
    id: UUID = UUID("0b9f2a52-6c3e-4d5a-9f7e-0123456789ab")
    user_id: UUID = UUID("11111111-2222-4333-8444-555555555555")
    provider_id: UUID = UUID("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee")
    provider_slug: str = "schwab"
    status: Status = Status.PENDING
    alias: Optional[str] = None
    credentials: Optional[Credentials] = None
    connected_at: Optional[datetime] = None
    last_sync_at: Optional[datetime] = None
    created_at: datetime = field(default=datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC))
    updated_at: datetime = field(default=datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC))


def text(time):
    return None if time is None else time.isoformat()


def to_dict(connection):
    data = asdict(connection)
    for name in ("id", "user_id", "provider_id"):
        data[name] = str(data[name])
    data["status"] = connection.status.value
    if connection.credentials is not None:
        data["credentials"] = {
            "encrypted_data": connection.credentials.encrypted_data.decode("utf-8"),
            "credential_type": connection.credentials.credential_type.value,
            "expires_at": text(connection.credentials.expires_at),
        }
    for name in ("connected_at", "last_sync_at", "created_at", "updated_at"):
        data[name] = text(data[name])
    return data


def write(name, data, **options):
    (HERE / (name + ".json")).write_text(json.dumps(data, **options), encoding="utf-8")


def active(**changes):
    values = dict(
        status=Status.ACTIVE,
        alias="My pension",
        credentials=Credentials(b"gAAAAABl-opaque", Kind.OAUTH2, datetime(2030, 1, 1, tzinfo=UTC)),
        connected_at=datetime(2024, 1, 2, 3, 5, 0, tzinfo=UTC),
        last_sync_at=datetime(2024, 5, 6, 7, 8, 9, 123456, tzinfo=UTC),
        updated_at=datetime(2024, 5, 6, 7, 8, 9, 42, tzinfo=UTC),
    )
    return Connection(**{**values, **changes})


write("pending-null-fields", to_dict(Connection()))
write("active-aware", to_dict(active()))
write(
    "active-naive",
    to_dict(
        active(
            connected_at=datetime(2024, 1, 2, 3, 5),
            last_sync_at=datetime(2024, 5, 6, 7, 8, 9, 123456),
            created_at=datetime(2024, 1, 2, 3, 4, 5),
            updated_at=datetime(2024, 5, 6, 7, 8, 9, 42),
        )
    ),
)
write(
    "active-other-offsets",
    to_dict(
        active(
            connected_at=datetime(2024, 1, 2, 8, 35, tzinfo=timezone(timedelta(hours=5, minutes=30))),
            last_sync_at=datetime(2024, 5, 5, 23, 8, 9, 123456, tzinfo=timezone(timedelta(hours=-8))),
            created_at=datetime(2024, 1, 2, 3, 4, 35, tzinfo=timezone(timedelta(seconds=30))),
        )
    ),
)
write("active-alias-escaped", to_dict(active(alias="Größe \u4e2d\u6587 \U0001f600 \"q\" \\ \n\0")))
write("active-alias-raw", to_dict(active(alias="Größe \u4e2d\u6587 \U0001f600 \"q\" \\ \n\0")), ensure_ascii=False)
write(
    "active-non-ascii-secret",
    to_dict(active(credentials=Credentials("clé \u20ac \U0001f511\0".encode("utf-8"), Kind.API_KEY))),
)
write("expired-indented-and-sorted", to_dict(active(status=Status.EXPIRED)), indent=2, sort_keys=True)
write("disconnected-empty-alias", to_dict(active(status=Status.DISCONNECTED, alias="", credentials=None)))
unknown = to_dict(active())
unknown = {"schema": 7, "tags": ["a", {"id": "not this one"}], "nested": {"status": "x"}, "flag": True, **unknown}
unknown["credentials"] = {"hint": {"encrypted_data": "no"}, **unknown["credentials"], "rotations": 1.5e3}
write("active-unknown-fields", unknown)
empty = to_dict(Connection())
empty["credentials"] = {}
write("pending-empty-credentials", empty)
short = {name: value for name, value in to_dict(Connection()).items() if value is not None}
write("pending-without-optional-fields", short)
write("year-one", to_dict(Connection(created_at=datetime.min.replace(tzinfo=UTC))))
write("year-9999", to_dict(Connection(updated_at=datetime.max.replace(tzinfo=UTC))))
