//! All SQL on the tables `organization`, `folder`, `membership`, `folder_grant`, `visible_folder`, `invitation` and `invitation_folder`.

pub mod folders;
pub mod invitations;
pub mod member_list;
pub mod members;
mod visibility;

pub use members::{
    change_operators, match_labels, operators, operators_by_label, organizations_of, set_operators,
    solely_owned,
};

use super::types::{ArchivePlan, CreateOrganization, OrganizationDetails, OrganizationName, OrganizationRow};
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::{
    RowExt as _, Transaction, enum_text, enum_value, fold, order_key, readable, search_fold,
};
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::ids::{AccountId, FolderId, OrganizationId, ids_json};
use flotilla_kernel::lists::ListDefinition;
use flotilla_kernel::rights::{self, Caller, MemberRole, Right};
use flotilla_kernel::words::Language;
use sqlx::{AssertSqlSafe, SqliteConnection};
use uuid::Uuid;

/// How many systems the organization `o` with its customer `c` has, for who sees everything.
pub const SYSTEMS: &str = "coalesce(c.system_count, (SELECT count(*) FROM system AS y WHERE y.organization_id = o.id AND y.removed_at IS NULL))";

/// How many systems the account sees of the organization `o`.
pub fn systems_seen(caller: &Caller) -> String {
    format!(
        "(SELECT count(*) FROM system AS y WHERE y.organization_id = o.id AND {})",
        rights::visible_systems(caller, "y")
    )
}

/// How many systems of the organization `o` with its customer `c` the account sees.
pub fn systems(caller: &Caller) -> String {
    if caller.is_administrator() {
        SYSTEMS.to_owned()
    } else {
        systems_seen(caller)
    }
}

/// What is needed to make an organization.
#[derive(Debug, Clone)]
pub struct NewOrganization {
    /// Its name; unique among the organizations not archived (ORG-01).
    pub name: String,
    /// The IANA name of its time zone.
    pub zone: String,
    /// The language of its documents.
    pub language: Language,
    /// Notes on it.
    pub notes: String,
    /// Its postal address; empty: none.
    pub address: String,
    /// Its telephone number; empty: none.
    pub telephone: String,
    /// Its e-mail address; empty: none.
    pub email: String,
}

impl From<CreateOrganization> for NewOrganization {
    fn from(form: CreateOrganization) -> Self {
        Self {
            name: form.name,
            zone: form.zone,
            language: form.language,
            notes: form.notes,
            address: form.address,
            telephone: form.telephone,
            email: form.email,
        }
    }
}

// Organizations

/// What is wrong with a name that another organization, which is not archived, has already (ORG-01); `name_key` is folded. Of an
/// organization that the caller does not see, it is not said that there is one.
///
/// # Errors
/// Database errors.
pub async fn name_problem(
    connection: &mut SqliteConnection,
    caller: &Caller,
    name_key: &str,
    except: Option<OrganizationId>,
) -> Outcome<Option<FieldProblem>> {
    let visible: Option<bool> = sqlx::query_scalar(AssertSqlSafe(format!(
        "SELECT {} FROM organization AS o WHERE o.name_key = ? AND o.archived_at IS NULL AND o.id IS NOT ?",
        rights::visible_organizations(caller, "o.id")
    )))
    .bind(name_key)
    .bind(except)
    .fetch_optional(connection)
    .await?;
    Ok(visible.map(|visible| {
        let code = if visible {
            ErrorCode::FieldTaken
        } else {
            ErrorCode::FieldNotAvailable
        };
        FieldProblem::new("name", code)
    }))
}

/// A name that was taken between the check and the write.
fn taken(error: sqlx::Error, code: ErrorCode) -> Problem {
    if error
        .as_database_error()
        .is_some_and(sqlx::error::DatabaseError::is_unique_violation)
    {
        Problem::of_field(FieldProblem::new("name", code))
    } else {
        error.into()
    }
}

/// Makes an organization with its default folder and its owner (ORG-01).
///
/// # Errors
/// `form.invalid` with `field.not-available` when the name is another organization's.
pub async fn insert(
    transaction: &mut Transaction,
    organization: &NewOrganization,
    owner: Option<AccountId>,
) -> Outcome<(OrganizationId, FolderId)> {
    let now = transaction.now();
    let connection = transaction.connection();
    let id = OrganizationId::new(now);
    let folder = FolderId::new(now);
    sqlx::query(
        "INSERT INTO organization (id, name, name_key, search_name, order_key, zone, language, notes, address, telephone, email, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(id)
    .bind(&organization.name)
    .bind(fold(&organization.name))
    .bind(search_fold(&organization.name))
    .bind(order_key(&organization.name))
    .bind(&organization.zone)
    .bind(enum_text(&organization.language)?)
    .bind(&organization.notes)
    .bind(&organization.address)
    .bind(&organization.telephone)
    .bind(&organization.email)
    .bind(now.0)
    .execute(&mut *connection)
    .await
    .map_err(|error| taken(error, ErrorCode::FieldNotAvailable))?;
    let name = super::rules::default_folder_name(organization.language);
    sqlx::query(
        "INSERT INTO folder (id, organization_id, parent_id, name, name_key) VALUES (?, ?, NULL, ?, ?)",
    )
    .bind(folder)
    .bind(id)
    .bind(name)
    .bind(fold(name))
    .execute(&mut *connection)
    .await?;
    if let Some(owner) = owner {
        members::set(transaction, id, owner, MemberRole::Owner, &[]).await?;
    }
    Ok((id, folder))
}

/// Other name, notes and contact. Zone and language stay: they are the organization's own settings (ORG-04).
///
/// # Errors
/// `form.invalid` with `field.not-available` when the name is another organization's, `not-found`.
pub async fn update(
    connection: &mut SqliteConnection,
    id: OrganizationId,
    organization: &NewOrganization,
) -> Outcome<()> {
    let updated = sqlx::query(
        "UPDATE organization SET name = ?, name_key = ?, search_name = ?, order_key = ?, notes = ?, address = ?, telephone = ?, email = ?, revision = revision + 1
         WHERE id = ? AND archived_at IS NULL",
    )
    .bind(&organization.name)
    .bind(fold(&organization.name))
    .bind(search_fold(&organization.name))
    .bind(order_key(&organization.name))
    .bind(&organization.notes)
    .bind(&organization.address)
    .bind(&organization.telephone)
    .bind(&organization.email)
    .bind(id)
    .execute(connection)
    .await
    .map_err(|error| taken(error, ErrorCode::FieldNotAvailable))?;
    if updated.rows_affected() == 1 {
        Ok(())
    } else {
        Err(ErrorCode::NotFound.into())
    }
}

/// Other settings of its own (ORG-04); the revision was raised with the rest of the form.
///
/// # Errors
/// Database errors.
pub async fn set_zone_and_language(
    connection: &mut SqliteConnection,
    id: OrganizationId,
    zone: &str,
    language: Language,
) -> Outcome<()> {
    sqlx::query("UPDATE organization SET zone = ?2, language = ?3 WHERE id = ?1")
        .bind(id)
        .bind(zone)
        .bind(enum_text(&language)?)
        .execute(connection)
        .await?;
    Ok(())
}

/// Other notes.
///
/// # Errors
/// Database errors.
pub async fn set_notes(connection: &mut SqliteConnection, id: OrganizationId, notes: &str) -> Outcome<()> {
    sqlx::query("UPDATE organization SET notes = ?, revision = revision + 1 WHERE id = ?")
        .bind(notes)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Deletes an organization with everything in it (CUS-13).
///
/// # Errors
/// Database errors.
pub async fn delete(transaction: &mut Transaction, id: OrganizationId) -> Outcome<()> {
    let members = members::accounts(transaction.connection(), id).await?;
    sqlx::query("DELETE FROM organization WHERE id = ?")
        .bind(id)
        .execute(transaction.connection())
        .await?;
    visibility::tell(transaction, members);
    Ok(())
}

/// The name of an organization, archived or not; none: there is none.
///
/// # Errors
/// Database errors.
pub async fn name(connection: &mut SqliteConnection, id: OrganizationId) -> Outcome<Option<String>> {
    Ok(sqlx::query_scalar("SELECT name FROM organization WHERE id = ?")
        .bind(id)
        .fetch_optional(connection)
        .await?)
}

/// Archives an organization (ORG-06).
///
/// # Errors
/// `not-found` when there is none, or it is archived already.
pub async fn archive(transaction: &mut Transaction, id: OrganizationId) -> Outcome<()> {
    let now = transaction.now();
    let archived = sqlx::query(
        "UPDATE organization SET archived_at = ?2, revision = revision + 1 WHERE id = ?1 AND archived_at IS NULL",
    )
    .bind(id)
    .bind(now.0)
    .execute(transaction.connection())
    .await?;
    archived_or_restored(transaction, id, archived.rows_affected()).await
}

/// Restores an archived organization (ORG-07).
///
/// # Errors
/// `not-found` when there is none, or it is not archived; `form.invalid` with `field.taken` when another organization has its name
/// by now.
pub async fn restore(transaction: &mut Transaction, id: OrganizationId) -> Outcome<()> {
    let restored = sqlx::query(
        "UPDATE organization SET archived_at = NULL, revision = revision + 1 WHERE id = ?1 AND archived_at IS NOT NULL",
    )
    .bind(id)
    .execute(transaction.connection())
    .await
    .map_err(|error| taken(error, ErrorCode::FieldTaken))?;
    archived_or_restored(transaction, id, restored.rows_affected()).await
}

/// Members see all of it or nothing of it now; administrators, too, since archived organizations are in no list.
async fn archived_or_restored(transaction: &mut Transaction, id: OrganizationId, rows: u64) -> Outcome<()> {
    if rows == 0 {
        return Err(ErrorCode::NotFound.into());
    }
    visibility::refresh(transaction, &[id]).await?;
    let members = members::accounts(transaction.connection(), id).await?;
    let administrators: Vec<AccountId> =
        sqlx::query_scalar("SELECT id FROM account WHERE role = 'administrator'")
            .fetch_all(transaction.connection())
            .await?;
    visibility::tell(transaction, members.into_iter().chain(administrators));
    Ok(())
}

/// What is in an organization that is to be archived (ORG-06).
///
/// # Errors
/// Database errors.
pub async fn plan_archive(connection: &mut SqliteConnection, id: OrganizationId) -> Outcome<ArchivePlan> {
    let row = sqlx::query(
        "SELECT (SELECT count(*) FROM system WHERE organization_id = ?1 AND removed_at IS NULL) AS systems,
                (SELECT count(*) FROM connection WHERE organization_id = ?1 AND removed_at IS NULL) AS connections,
                (SELECT count(*) FROM membership WHERE organization_id = ?1) AS members",
    )
    .bind(id)
    .fetch_one(connection)
    .await?;
    Ok(ArchivePlan {
        systems: row.take("systems")?,
        connections: row.take("connections")?,
        members: row.take("members")?,
        more: Vec::new(),
    })
}

/// Rows of a list of organizations, as far as the account may see them.
///
/// # Errors
/// `right.missing` for a list that is the administrators' alone.
pub async fn window(
    connection: &mut SqliteConnection,
    caller: &Caller,
    definition: &ListDefinition,
    ids: &[Uuid],
) -> Outcome<Vec<OrganizationRow>> {
    let visible = definition
        .visible
        .condition(caller)?
        .unwrap_or_else(|| "1".to_owned());
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT o.id, o.name, o.zone, o.language, o.notes, o.address, o.telephone, o.email, o.created_at, o.archived_at,
                c.organization_id IS NOT NULL AS customer, {} AS systems
         FROM json_each(?) AS wanted JOIN organization AS o ON o.id = unhex(wanted.value)
         LEFT JOIN customer AS c ON c.organization_id = o.id
         WHERE {} AND {visible} ORDER BY wanted.key",
        systems(caller),
        definition.condition,
    )))
    .bind(ids_json(ids))
    .fetch_all(connection)
    .await?;
    Ok(readable(&rows, "organization", |row| {
        Ok(OrganizationRow {
            id: row.take("id")?,
            name: row.take("name")?,
            customer: row.take("customer")?,
            systems: row.take("systems")?,
            zone: row.take("zone")?,
            language: enum_value(row.take("language")?)?,
            telephone: row.take("telephone")?,
            email: row.take("email")?,
            address: row.take("address")?,
            notes: row.take("notes")?,
            created_at: Time(row.take("created_at")?),
            archived_at: row.take::<Option<i64>, _>("archived_at")?.map(Time),
        })
    }))
}

/// Settings › General, with the place of the caller in it (ORG-02, ORG-04).
///
/// # Errors
/// `not-found`
pub async fn details(
    connection: &mut SqliteConnection,
    caller: &Caller,
    id: OrganizationId,
) -> Outcome<OrganizationDetails> {
    let row = sqlx::query(
        "SELECT o.name, o.zone, o.language, o.notes, o.address, o.telephone, o.email, o.created_at, o.revision, m.role,
                EXISTS (SELECT 1 FROM customer AS c WHERE c.organization_id = o.id) AS customer,
                (SELECT f.id FROM folder AS f WHERE f.organization_id = o.id AND f.parent_id IS NULL ORDER BY f.id LIMIT 1) AS folder
         FROM organization AS o LEFT JOIN membership AS m ON m.organization_id = o.id AND m.account_id = ?2
         WHERE o.id = ?1 AND o.archived_at IS NULL",
    )
    .bind(id)
    .bind(caller.account)
    .fetch_optional(connection)
    .await?
    .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    let role = row.take::<Option<&str>, _>("role")?.map(enum_value).transpose()?;
    let may = |right: Right| caller.is_administrator() || role.is_some_and(|role| right.belongs_to(role));
    Ok(OrganizationDetails {
        id,
        name: row.take("name")?,
        zone: row.take("zone")?,
        language: enum_value(row.take("language")?)?,
        notes: row.take("notes")?,
        address: row.take("address")?,
        telephone: row.take("telephone")?,
        email: row.take("email")?,
        default_folder: row.take("folder")?,
        created_at: Time(row.take("created_at")?),
        role,
        customer: row.take("customer")?,
        may_manage: may(Right::ManageSystems),
        may_manage_members: may(Right::ManageMembers),
        may_archive: may(Right::Own),
        revision: row.take("revision")?,
    })
}

/// Organizations the account may see whose name holds all the folded words: how many, and the first of them by name, those that
/// hold the words as they were typed before the others (ORG-03).
///
/// # Errors
/// Database errors.
pub async fn find(
    connection: &mut SqliteConnection,
    caller: &Caller,
    words: &[String],
    limit: usize,
) -> Outcome<(i64, Vec<OrganizationName>)> {
    let words: Vec<String> = words.iter().map(|word| search_fold(word)).collect();
    let holds = "instr(o.search_name, ?) > 0 AND ".repeat(words.len());
    let matching = format!(
        "FROM organization AS o WHERE o.archived_at IS NULL AND {holds} {}",
        rights::visible_organizations(caller, "o.id")
    );
    let mut count = sqlx::query_scalar(AssertSqlSafe(format!("SELECT count(*) {matching}")));
    for word in &words {
        count = count.bind(word);
    }
    let total = count.fetch_one(&mut *connection).await?;
    let mut select = sqlx::query(AssertSqlSafe(format!(
        "SELECT o.id, o.name, EXISTS (SELECT 1 FROM customer AS c WHERE c.organization_id = o.id) AS customer {matching}
         ORDER BY instr(o.search_name, ?) = 0, o.order_key, o.id LIMIT ?"
    )));
    for word in &words {
        select = select.bind(word);
    }
    let rows = select
        .bind(words.join(" "))
        .bind(i64::try_from(limit).map_err(Problem::internal)?)
        .fetch_all(connection)
        .await?;
    let names = rows
        .iter()
        .map(|row| {
            Ok(OrganizationName {
                id: row.take("id")?,
                name: row.take("name")?,
                customer: row.take("customer")?,
            })
        })
        .collect::<Outcome<_>>()?;
    Ok((total, names))
}

/// The folded names of all organizations that are not archived (ORG-01: each once).
///
/// # Errors
/// Database errors.
pub async fn name_keys(connection: &mut SqliteConnection) -> Outcome<Vec<String>> {
    Ok(
        sqlx::query_scalar("SELECT name_key FROM organization WHERE archived_at IS NULL")
            .fetch_all(connection)
            .await?,
    )
}

/// Which of these folded names organizations have that are not archived.
///
/// # Errors
/// Database errors.
pub async fn name_keys_among(connection: &mut SqliteConnection, names: &[&str]) -> Outcome<Vec<String>> {
    let names = serde_json::to_string(names).map_err(Problem::internal)?;
    Ok(sqlx::query_scalar(
        "SELECT name_key FROM organization WHERE archived_at IS NULL AND name_key IN (SELECT value FROM json_each(?))",
    )
    .bind(names)
    .fetch_all(connection)
    .await?)
}

/// The IANA name of an organization's time zone.
///
/// # Errors
/// `not-found`
pub async fn zone(connection: &mut SqliteConnection, id: OrganizationId) -> Outcome<String> {
    sqlx::query_scalar("SELECT zone FROM organization WHERE id = ?")
        .bind(id)
        .fetch_optional(connection)
        .await?
        .ok_or_else(|| ErrorCode::NotFound.into())
}

/// The name of an organization, and its top folder.
///
/// # Errors
/// `not-found`
pub async fn name_and_top_folder(
    connection: &mut SqliteConnection,
    id: OrganizationId,
) -> Outcome<(String, FolderId)> {
    sqlx::query_as(
        "SELECT o.name, f.id FROM organization AS o JOIN folder AS f ON f.organization_id = o.id AND f.parent_id IS NULL
         WHERE o.id = ? ORDER BY f.id LIMIT 1",
    )
    .bind(id)
    .fetch_optional(connection)
    .await?
    .ok_or_else(|| ErrorCode::NotFound.into())
}
