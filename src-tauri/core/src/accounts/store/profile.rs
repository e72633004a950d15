//! One's own profile, and how the program looks to oneself (ACC-20 to ACC-22).

use super::administration::{refresh_search_key, save_person};
use super::{date, texts, time};
use crate::accounts::types::{Profile, SaveAppearance, SaveProfile};
use flotilla_kernel::database::{RowExt as _, enum_text, enum_value};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::{AccountId, OrganizationId};
use sqlx::SqliteConnection;

/// The account's own settings (ACC-20).
///
/// # Errors
/// `not-found`
pub async fn profile(connection: &mut SqliteConnection, id: AccountId) -> Outcome<Profile> {
    let row = sqlx::query(
        "SELECT a.login, a.role, a.labels, a.expires_on, a.last_sign_in, a.language, a.theme, a.density, a.zone,
                p.first_name, p.last_name, p.telephone, p.mobile, p.email, p.avatar IS NOT NULL AS has_avatar
         FROM account AS a JOIN person AS p ON p.account_id = a.id WHERE a.id = ?",
    )
    .bind(id)
    .fetch_optional(connection)
    .await?
    .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    Ok(Profile {
        id,
        login: row.take("login")?,
        role: enum_value(row.take("role")?)?,
        first_name: row.take("first_name")?,
        last_name: row.take("last_name")?,
        telephone: row.take("telephone")?,
        mobile: row.take("mobile")?,
        email: row.take("email")?,
        labels: texts(&row, "labels")?,
        expires_on: date(&row, "expires_on")?,
        last_sign_in: time(&row, "last_sign_in")?,
        has_avatar: row.take("has_avatar")?,
        language: enum_value(row.take("language")?)?,
        theme: enum_value(row.take("theme")?)?,
        density: enum_value(row.take("density")?)?,
        zone: row.take("zone")?,
    })
}

/// Saves the account's own names and contacts.
///
/// # Errors
/// Database errors.
pub async fn save_profile(
    connection: &mut SqliteConnection,
    id: AccountId,
    profile: &SaveProfile,
) -> Outcome<()> {
    save_person(
        connection,
        id,
        &profile.first_name,
        &profile.last_name,
        &profile.telephone,
        &profile.mobile,
        &profile.email,
    )
    .await?;
    sqlx::query("UPDATE account SET revision = revision + 1 WHERE id = ?")
        .bind(id)
        .execute(&mut *connection)
        .await?;
    refresh_search_key(connection, id).await
}

/// Saves how the program looks (ACC-22); what is none stays, an empty zone is the machine's.
///
/// # Errors
/// Database errors.
pub async fn save_appearance(
    connection: &mut SqliteConnection,
    id: AccountId,
    appearance: &SaveAppearance,
) -> Outcome<()> {
    sqlx::query(
        "UPDATE account SET language = coalesce(?2, language), theme = coalesce(?3, theme), density = coalesce(?4, density),
            zone = nullif(coalesce(?5, zone), '') WHERE id = ?1",
    )
    .bind(id)
    .bind(appearance.language.as_ref().map(enum_text).transpose()?)
    .bind(appearance.theme.as_ref().map(enum_text).transpose()?)
    .bind(appearance.density.as_ref().map(enum_text).transpose()?)
    .bind(&appearance.zone)
    .execute(connection)
    .await?;
    Ok(())
}

/// The organization chosen in the top bar (ORG-03).
///
/// # Errors
/// Database errors.
pub async fn chosen_organization(
    connection: &mut SqliteConnection,
    id: AccountId,
) -> Outcome<Option<OrganizationId>> {
    let chosen: Option<Option<OrganizationId>> =
        sqlx::query_scalar("SELECT organization_id FROM account WHERE id = ?")
            .bind(id)
            .fetch_optional(connection)
            .await?;
    Ok(chosen.flatten())
}

/// Another choice in the top bar.
///
/// # Errors
/// Database errors.
pub async fn choose_organization(
    connection: &mut SqliteConnection,
    id: AccountId,
    organization: Option<OrganizationId>,
) -> Outcome<()> {
    sqlx::query("UPDATE account SET organization_id = ? WHERE id = ?")
        .bind(organization)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}
