//! Identifiers: one type per kind of thing, all of them UUIDv7, so that they sort by age.

use crate::clock::Time;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::{NoContext, Timestamp, Uuid};

/// A new UUIDv7 stamped with `now`.
pub fn new_uuid(now: Time) -> Uuid {
    let milliseconds = u64::try_from(now.0).unwrap_or_default();
    let nanoseconds = u32::try_from(milliseconds % 1_000).unwrap_or_default() * 1_000_000;
    Uuid::new_v7(Timestamp::from_unix(NoContext, milliseconds / 1_000, nanoseconds))
}

macro_rules! id_types {
    ($($(#[$meta:meta])* $name:ident),* $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new one, stamped with `now`.
            pub fn new(now: Time) -> Self {
                Self(new_uuid(now))
            }
            /// As it is stored: 16 bytes.
            pub fn blob(&self) -> &[u8] {
                self.0.as_bytes()
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl sqlx::Type<sqlx::Sqlite> for $name {
            fn type_info() -> sqlx::sqlite::SqliteTypeInfo {
                <[u8] as sqlx::Type<sqlx::Sqlite>>::type_info()
            }
            fn compatible(info: &sqlx::sqlite::SqliteTypeInfo) -> bool {
                <[u8] as sqlx::Type<sqlx::Sqlite>>::compatible(info)
            }
        }

        impl<'q> sqlx::Encode<'q, sqlx::Sqlite> for $name {
            fn encode_by_ref(
                &self,
                buffer: &mut <sqlx::Sqlite as sqlx::Database>::ArgumentBuffer,
            ) -> Result<sqlx::encode::IsNull, sqlx::error::BoxDynError> {
                sqlx::Encode::<sqlx::Sqlite>::encode(self.0.as_bytes().to_vec(), buffer)
            }
        }

        impl<'r> sqlx::Decode<'r, sqlx::Sqlite> for $name {
            fn decode(value: sqlx::sqlite::SqliteValueRef<'r>) -> Result<Self, sqlx::error::BoxDynError> {
                let bytes = <&[u8] as sqlx::Decode<sqlx::Sqlite>>::decode(value)?;
                Ok(Self(Uuid::from_slice(bytes)?))
            }
        }
    )*};
}

id_types! {
    /// A person who signs in.
    AccountId,
    /// One time of being signed in; not the secret token.
    SessionId,
    /// A legal entity whose fleet is managed.
    OrganizationId,
    /// A node of an organization's tree.
    FolderId,
    /// A file of the software repository.
    PackageId,
    /// A file on its way into the software repository.
    ArrivalId,
    /// A list of packages on the network.
    PackageIndexId,
    /// A user name and a password under a name.
    CredentialSetId,
    /// An act on devices.
    DeviceActId,
    /// What an act on devices came to for one of them.
    DeviceResultId,
    /// A job: what changes many systems.
    JobId,
    /// A system's place in a job.
    JobTaskId,
    /// A search for devices.
    DiscoveryId,
    /// An account's place in an organization, or an invitation to one: accepted, it becomes the place.
    MemberId,
    /// Anything managed at an address.
    SystemId,
    /// A system without a network, which licence files go to and come from.
    OfflineSystemId,
    /// A way to reach one or several systems.
    ConnectionId,
    /// An alarm: a state of a resource.
    AlarmId,
    /// A waiting list of customers read from a file.
    ImportId,
    /// A file on its way in or out of the core.
    TransferId,
    /// A saved view of a list.
    ViewId,
    /// A piece of long work with progress.
    WorkId,
    /// An entry of the audit log.
    AuditId,
}

/// An expression in SQL that gives each row a new UUIDv7 stamped with `now`, for rows that SQLite makes itself.
pub fn new_ids_sql(now: Time) -> String {
    format!(
        "unhex('{:012x}7' || substr(hex(randomblob(2)), 2) || '8' || substr(hex(randomblob(8)), 2))",
        now.0.clamp(0, (1 << 48) - 1)
    )
}

/// Ids as a JSON array of hexadecimal texts, for `json_each` and `unhex`.
pub fn ids_json<Id: Copy + Into<Uuid>>(ids: &[Id]) -> String {
    let mut text = String::with_capacity(ids.len() * 35 + 2);
    text.push('[');
    for (place, &id) in ids.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        text.push('"');
        let id: Uuid = id.into();
        text.push_str(id.simple().encode_lower(&mut Uuid::encode_buffer()));
        text.push('"');
    }
    text.push(']');
    text
}
