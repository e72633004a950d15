//! The issuers that an administrator decided about: never deleted, because lots name them (LIC-21).

use super::super::types::{IssuerStanding, LicenceIssuer};
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::{RowExt as _, enum_text, enum_value};
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::ids::AccountId;
use flotilla_licence_formats::issuer::{Issuer, KeyId, PublicKey, Standing, TrustedIssuers};
use sqlx::SqliteConnection;

const NAME_OF: &str = "coalesce(nullif(trim({p}.first_name || ' ' || {p}.last_name), ''), {p}.login, '')";

fn public_key(bytes: &[u8]) -> Outcome<PublicKey> {
    let bytes: Option<&[u8; 32]> = bytes.try_into().ok();
    bytes
        .and_then(PublicKey::from_bytes)
        .ok_or_else(|| Problem::internal("a stored key of an issuer is none"))
}

/// All of them, by their names.
///
/// # Errors
/// Database errors.
pub async fn issuers(connection: &mut SqliteConnection) -> Outcome<Vec<LicenceIssuer>> {
    let sql = format!(
        "SELECT i.key_id, i.public_key, i.name, i.added_at, i.standing, i.decided_at, i.reason, {adder} AS adder, {decider} AS decider,
                (SELECT count(DISTINCT h.lot_id) FROM licence_holding AS h WHERE h.issuer_key = i.key_id) AS lots
         FROM licence_issuer AS i LEFT JOIN person AS a ON a.account_id = i.added_by LEFT JOIN person AS d ON d.account_id = i.decided_by
         ORDER BY i.name, i.key_id",
        adder = NAME_OF.replace("{p}", "a"),
        decider = NAME_OF.replace("{p}", "d"),
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
        .fetch_all(connection)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(LicenceIssuer {
                key: row.take("key_id")?,
                name: row.take("name")?,
                fingerprint: public_key(row.take("public_key")?)?.fingerprint(),
                standing: enum_value(row.take("standing")?)?,
                added_at: Time(row.take("added_at")?),
                added_by: row.take("adder")?,
                decided_at: Time(row.take("decided_at")?),
                decided_by: row.take("decider")?,
                reason: row.take("reason")?,
                lots: row.take("lots")?,
            })
        })
        .collect()
}

/// Whose signatures are accepted, and whose no longer.
///
/// # Errors
/// Database errors.
pub async fn trusted_issuers(connection: &mut SqliteConnection) -> Outcome<TrustedIssuers> {
    let rows = sqlx::query("SELECT name, public_key, standing FROM licence_issuer")
        .fetch_all(connection)
        .await?;
    let known: Vec<(Issuer, Standing)> = rows
        .iter()
        .map(|row| {
            let issuer = Issuer {
                name: row.take("name")?,
                key: public_key(row.take("public_key")?)?,
            };
            let standing = match enum_value(row.take("standing")?)? {
                IssuerStanding::Trusted => Standing::Trusted,
                IssuerStanding::Revoked => Standing::Revoked,
            };
            Ok((issuer, standing))
        })
        .collect::<Outcome<_>>()?;
    Ok(TrustedIssuers::new(known))
}

/// Adds an issuer that is trusted from now on.
///
/// # Errors
/// Database errors.
pub async fn add_issuer(
    connection: &mut SqliteConnection,
    issuer: &Issuer,
    by: AccountId,
    at: Time,
) -> Outcome<()> {
    sqlx::query(
        "INSERT INTO licence_issuer (key_id, public_key, name, added_at, added_by, standing, decided_at, decided_by, reason)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?4, ?5, '')",
    )
    .bind(issuer.key.id().to_string())
    .bind(&issuer.key.bytes()[..])
    .bind(&issuer.name)
    .bind(at.0)
    .bind(by)
    .bind(enum_text(&IssuerStanding::Trusted)?)
    .execute(connection)
    .await?;
    Ok(())
}

/// Decides about an issuer that stood otherwise until now; says whether there was one.
///
/// # Errors
/// Database errors.
pub async fn decide_issuer(
    connection: &mut SqliteConnection,
    key: KeyId,
    (standing, reason): (IssuerStanding, &str),
    by: AccountId,
    at: Time,
) -> Outcome<bool> {
    let decided = sqlx::query(
        "UPDATE licence_issuer SET standing = ?2, decided_at = ?3, decided_by = ?4, reason = ?5 WHERE key_id = ?1 AND standing <> ?2",
    )
    .bind(key.to_string())
    .bind(enum_text(&standing)?)
    .bind(at.0)
    .bind(by)
    .bind(reason)
    .execute(connection)
    .await?;
    Ok(decided.rows_affected() == 1)
}
