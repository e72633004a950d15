//! One's own profile, and how the program looks to oneself (ACC-20 to ACC-22).

use crate::accounts::types::{AccountArgument, Profile, SaveAppearance, SaveProfile, SetAvatar};
use crate::accounts::{avatar as picture, rules, store};
use crate::organizations;
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::{Call, Nothing, Packed};
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::feature::{self, SubjectChange};
use flotilla_kernel::fields;
use flotilla_kernel::ids::{AccountId, OrganizationId};

/// The account's own settings (ACC-20).
///
/// # Errors
/// Database errors.
pub async fn profile(call: &Call, _: Nothing) -> Outcome<Profile> {
    store::profile(
        &mut *call.workspace.database.read().await?,
        call.caller()?.account,
    )
    .await
}

/// Saves one's own names and contacts (ACC-20).
///
/// # Errors
/// `form.invalid`
pub async fn save_profile(call: &Call, mut arguments: SaveProfile) -> Outcome<Profile> {
    let caller = call.caller()?;
    let SaveProfile {
        first_name,
        last_name,
        telephone,
        mobile,
        email,
    } = &mut arguments;
    for text in [&mut *first_name, last_name, telephone, mobile, email] {
        *text = text.trim().to_owned();
    }
    Problem::of_fields(rules::check_person(
        first_name, last_name, telephone, mobile, email,
    ))?;
    let mut transaction = call.workspace.database.begin().await?;
    store::save_profile(transaction.connection(), caller.account, &arguments).await?;
    names_changed(call, &mut transaction, &[caller.account]).await?;
    let profile = store::profile(transaction.connection(), caller.account).await?;
    transaction.changed(crate::accounts::types::CHANGES, [caller.account.0]);
    transaction.changed(crate::accounts::types::PROFILE, [caller.account.0]);
    call.commit(transaction, Entry::done().about_account(caller.account))
        .await?;
    Ok(profile)
}

/// Accounts are called something else: where operators are shown by their names, they follow.
pub(super) async fn names_changed(
    call: &Call,
    transaction: &mut Transaction,
    accounts: &[AccountId],
) -> Outcome<()> {
    let ids = organizations::store::organizations_of(transaction.connection(), accounts).await?;
    operators_changed(call, transaction, ids).await
}

/// The operators of these organizations, or what they are called, are others now.
pub(super) async fn operators_changed(
    call: &Call,
    transaction: &mut Transaction,
    ids: Vec<OrganizationId>,
) -> Outcome<()> {
    feature::of(&call.workspace)
        .change(transaction, &SubjectChange::Operators(ids))
        .await
}

/// Saves how the program looks (ACC-22); allowed while a gate is closed, so that the gate can be read. No act of its
/// own.
///
/// # Errors
/// `form.invalid` for a zone there is none.
pub async fn save_appearance(call: &Call, arguments: SaveAppearance) -> Outcome<Profile> {
    let account = call.caller()?.account;
    let zone = arguments.zone.as_deref().filter(|zone| !zone.is_empty());
    Problem::of_fields(
        zone.and_then(|zone| fields::zone("zone", zone))
            .into_iter()
            .collect(),
    )?;
    let mut transaction = call.workspace.database.begin().await?;
    store::save_appearance(transaction.connection(), account, &arguments).await?;
    let profile = store::profile(transaction.connection(), account).await?;
    transaction.changed(crate::accounts::types::PROFILE, [account.0]);
    transaction.commit().await?;
    Ok(profile)
}

/// An uploaded picture becomes one's own avatar (ACC-21).
///
/// # Errors
/// `picture.unreadable`, `picture.too-large`, `transfer.gone`
pub async fn set_avatar(call: &Call, arguments: SetAvatar) -> Outcome<Profile> {
    let file = call
        .workspace
        .transfers
        .take(arguments.upload, call.caller()?.session, picture::FILE_LIMIT)
        .map_err(|problem| match problem.code {
            ErrorCode::FileTooLarge => ErrorCode::PictureTooLarge.into(),
            _ => problem,
        })?;
    let avatar = tokio::task::spawn_blocking(move || picture::make(&file.bytes))
        .await
        .map_err(Problem::internal)??;
    save_avatar(call, Some(avatar)).await
}

/// Back to the initials.
///
/// # Errors
/// Database errors.
pub async fn remove_avatar(call: &Call, _: Nothing) -> Outcome<Profile> {
    save_avatar(call, None).await
}

async fn save_avatar(call: &Call, avatar: Option<Vec<u8>>) -> Outcome<Profile> {
    let account = call.caller()?.account;
    let mut transaction = call.workspace.database.begin().await?;
    store::set_avatar(transaction.connection(), account, avatar).await?;
    let profile = store::profile(transaction.connection(), account).await?;
    transaction.changed(crate::accounts::types::CHANGES, [account.0]);
    transaction.changed(crate::accounts::types::PROFILE, [account.0]);
    call.commit(transaction, Entry::done().about_account(account))
        .await?;
    Ok(profile)
}

/// The avatar of somebody the account may see, as PNG.
///
/// # Errors
/// `not-found` when there is none, or nobody.
pub async fn avatar(call: &Call, arguments: AccountArgument) -> Outcome<Packed> {
    let avatar = store::avatar(
        &mut *call.workspace.database.read().await?,
        call.caller()?,
        arguments.id,
    )
    .await?;
    avatar.map(Packed).ok_or_else(|| ErrorCode::NotFound.into())
}
