//! What people do with organizations.

use super::store::{self, NewOrganization};
use super::types::*;
use super::{rules, types};
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::Call;
use flotilla_kernel::database::fold;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::rights::Right;

/// The most lines the organization menu shows at once.
const MENU: i64 = 200;

/// Folded words of a search, at most sixteen.
pub fn words(search: &str) -> Vec<String> {
    fold(search)
        .split_whitespace()
        .take(16)
        .map(str::to_owned)
        .collect()
}

/// Refuses operators when the preference leaves creating organizations to administrators (RGT-11).
///
/// # Errors
/// `right.missing`
pub fn demand_creation(call: &Call) -> Outcome<()> {
    if call.caller()?.is_administrator()
        || call
            .workspace
            .preferences::<OrganizationPreferences>()
            .operators_create_organizations
    {
        Ok(())
    } else {
        Err(ErrorCode::RightMissing.into())
    }
}

/// The organizations of the menu in the top bar: those this account may see (ORG-03).
pub async fn find(call: &Call, arguments: OrganizationSearch) -> Outcome<OrganizationMatches> {
    let words = words(&arguments.search);
    let mut connection = call.workspace.database.read().await?;
    let (total, organizations) = store::find(
        &mut connection,
        call.caller()?,
        &words,
        arguments.limit.clamp(1, MENU),
    )
    .await?;
    Ok(OrganizationMatches { total, organizations })
}

/// Settings › General (ORG-02, ORG-04).
///
/// # Errors
/// `right.missing` (RGT-01), `not-found`
pub async fn read(call: &Call, arguments: OrganizationArgument) -> Outcome<OrganizationDetails> {
    let caller = call.caller()?;
    let mut connection = call.workspace.database.read().await?;
    caller.demand(&mut connection, Right::See, arguments.id).await?;
    store::details(&mut connection, caller.account, arguments.id).await
}

/// Makes an organization; the creator becomes its owner (ORG-01, RGT-11).
///
/// # Errors
/// `right.missing`, `form.invalid`
pub async fn create(call: &Call, arguments: types::CreateOrganization) -> Outcome<OrganizationDetails> {
    demand_creation(call)?;
    let caller = call.caller()?;
    let form = rules::tidy(arguments);
    let mut problems = rules::check(&form);
    let mut transaction = call.workspace.database.begin().await?;
    if store::name_taken(transaction.connection(), &fold(&form.name), None).await? {
        problems.push(FieldProblem::new("name", ErrorCode::FieldTaken));
    }
    Problem::of_fields(problems)?;
    let organization = NewOrganization {
        name: form.name,
        zone: form.zone,
        language: form.language,
        notes: form.notes,
        address: form.address,
        telephone: form.telephone,
        email: form.email,
    };
    let now = transaction.now();
    let (id, _) = store::insert(transaction.connection(), now, &organization, Some(caller.account)).await?;
    let details = store::details(transaction.connection(), caller.account, id).await?;
    transaction.membership_changed(crate::organizations::types::CHANGES, [id.0]);
    call.commit(
        transaction,
        Entry::done().organization(id).subject(details.name.clone()),
    )
    .await?;
    Ok(details)
}
