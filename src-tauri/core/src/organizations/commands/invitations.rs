//! Inviting people into an organization (ORG-10 to ORG-12). Accepting is a matter of accounts.

use crate::organizations::invitations as rules;
use crate::organizations::message::{self, Envelope, Invited};
use crate::organizations::store::invitations::{NewInvitation, Waiting};
use crate::organizations::store::{self};
use crate::organizations::types::*;
use chrono_tz::Tz;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::Call;
use flotilla_kernel::database::{Transaction, enum_text};
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::ids::OrganizationId;
use flotilla_kernel::transfer::{Download, unwritable};
use flotilla_kernel::words::Language;
use std::collections::HashSet;
use std::io::Write as _;

/// A new code, and what is stored of it.
fn new_code() -> Outcome<(Secret, [u8; 32])> {
    let mut bytes = [0_u8; rules::CODE_BYTES];
    getrandom::fill(&mut bytes).map_err(Problem::internal)?;
    let code = rules::code_of(&bytes);
    let hash = rules::hash_of(&code).ok_or_else(|| Problem::internal("a code that cannot be read"))?;
    Ok((code, hash))
}

/// What the text of an invitation says of organization and inviter.
struct Inviting {
    language: Language,
    zone: Tz,
    organization: String,
    inviter: String,
    inviter_email: String,
}

impl Inviting {
    async fn read(call: &Call, transaction: &mut Transaction, organization: OrganizationId) -> Outcome<Self> {
        let caller = call.caller()?;
        let details = store::details(transaction.connection(), caller, organization).await?;
        let (inviter, inviter_email) =
            store::members::person(transaction.connection(), caller.account).await?;
        Ok(Self {
            language: details.language,
            zone: details.zone.parse().unwrap_or(Tz::UTC),
            organization: details.name,
            inviter,
            inviter_email,
        })
    }

    fn invited<'a>(&'a self, waiting: &Waiting, place: Option<&'a str>) -> Invited<'a> {
        Invited {
            language: self.language,
            zone: self.zone,
            organization: &self.organization,
            inviter: &self.inviter,
            role: waiting.role,
            place,
            expires_at: waiting.expires_at,
        }
    }

    fn issued(&self, waiting: Waiting, code: Secret, place: Option<&str>) -> IssuedInvitation {
        IssuedInvitation {
            id: waiting.id,
            text: message::text(&self.invited(&waiting, place), &code),
            email: waiting.email,
            code,
            expires_at: waiting.expires_at,
        }
    }
}

/// Invites people by their addresses, each for itself; one who was invited before gets another code (ORG-10, ORG-12).
///
/// # Errors
/// `call.too-large`, `form.invalid`; what concerns one address is its own outcome.
pub async fn send(call: &Call, arguments: InviteMembers) -> Outcome<Vec<InvitationOutcome>> {
    let InviteMembers {
        organization,
        emails,
        role,
        folders,
        place,
    } = arguments;
    if emails.len() > rules::MOST {
        return Err(Problem::new(ErrorCode::TooLarge).with("limit", rules::MOST));
    }
    let place = place.as_deref();
    let mut transaction = call.workspace.database.begin().await?;
    let known = store::folders::among(transaction.connection(), organization, &folders).await?;
    let mut problems = crate::organizations::rules::check_grants(Some(role), &folders, &known);
    problems.extend(rules::check_place(place));
    if emails.is_empty() {
        problems.push(FieldProblem::new("emails", ErrorCode::FieldRequired));
    }
    Problem::of_fields(problems)?;
    let every = crate::organizations::rules::has_every_folder(role);
    let folders = if every { &[] } else { folders.as_slice() };
    let inviting = Inviting::read(call, &mut transaction, organization).await?;
    let mut outcomes = Vec::with_capacity(emails.len());
    let mut ids = Vec::new();
    let mut seen = HashSet::new();
    for email in emails {
        let address = email.trim();
        // The same address twice is one invitation.
        if !seen.insert(rules::address_key(address)) {
            continue;
        }
        let mut problem = rules::check_address(address);
        if problem.is_none()
            && store::invitations::is_member(transaction.connection(), organization, address).await?
        {
            problem = Some(ErrorCode::AlreadyMember);
        }
        let invitation = match problem {
            Some(_) => None,
            None => {
                let (code, code_hash) = new_code()?;
                let new = NewInvitation {
                    organization,
                    email: address,
                    role,
                    folders,
                    code_hash,
                };
                let (id, expires_at) = store::invitations::put(&mut transaction, &new).await?;
                ids.push(id.to_string());
                let waiting = Waiting {
                    id,
                    organization,
                    name: inviting.organization.clone(),
                    email: address.to_owned(),
                    role,
                    expires_at,
                };
                Some(inviting.issued(waiting, code, place))
            }
        };
        outcomes.push(InvitationOutcome {
            email,
            problem,
            invitation,
        });
    }
    if ids.is_empty() {
        return Ok(outcomes);
    }
    // Addresses are personal data: the log has the ids (ACC-24).
    let entry = Entry::done()
        .organization(organization)
        .detail("role", enum_text(&role)?)
        .detail("count", ids.len())
        .detail("invitations", ids);
    call.commit(transaction, entry).await?;
    Ok(outcomes)
}

/// Sends an invitation again: another code for 14 days; the one before is void (ORG-12).
///
/// # Errors
/// `not-found`, `form.invalid`
pub async fn renew(call: &Call, arguments: RenewInvitation) -> Outcome<IssuedInvitation> {
    let RenewInvitation {
        organization,
        id,
        place,
    } = arguments;
    Problem::of_fields(rules::check_place(place.as_deref()).into_iter().collect())?;
    let mut transaction = call.workspace.database.begin().await?;
    let (mut waiting, _) =
        store::invitations::of_organization(transaction.connection(), organization, id).await?;
    let inviting = Inviting::read(call, &mut transaction, organization).await?;
    let (code, hash) = new_code()?;
    waiting.expires_at = store::invitations::renew(&mut transaction, id, &hash).await?;
    let entry = Entry::done()
        .organization(organization)
        .detail("invitations", vec![id.to_string()]);
    call.commit(transaction, entry).await?;
    Ok(inviting.issued(waiting, code, place.as_deref()))
}

/// Writes an invitation as a message that a mail program opens (ORG-12).
///
/// # Errors
/// `invitation.unknown` when this is not its code any more; `not-found`, `form.invalid`, `file.unwritable`
pub async fn save_message(call: &Call, arguments: InvitationMessage) -> Outcome<Download> {
    let InvitationMessage {
        organization,
        id,
        code,
        place,
    } = arguments;
    Problem::of_fields(rules::check_place(place.as_deref()).into_iter().collect())?;
    let mut transaction = call.workspace.database.begin().await?;
    let (waiting, stored) =
        store::invitations::of_organization(transaction.connection(), organization, id).await?;
    if rules::hash_of(&code).is_none_or(|hash| hash[..] != stored[..]) {
        return Err(ErrorCode::InvitationUnknown.into());
    }
    let inviting = Inviting::read(call, &mut transaction, organization).await?;
    let invited = inviting.invited(&waiting, place.as_deref());
    let from = Some(inviting.inviter_email.as_str()).filter(|email| rules::check_address(email).is_none());
    let now = transaction.now();
    let envelope = Envelope {
        from_name: &inviting.inviter,
        from,
        to: &waiting.email,
        at: now.utc().with_timezone(&inviting.zone),
        id: &format!("{}.{}", id.0.simple(), now.0),
    };
    let text = message::text(&invited, &code);
    let message = message::message(&envelope, &message::subject(&invited), &text);
    let name = format!("{} - {}.eml", inviting.organization, waiting.email);
    let mut file = call.workspace.transfers.create(call.caller()?, &name)?;
    file.write_all(message.expose().as_bytes()).map_err(unwritable)?;
    let download = file.finish()?;
    let entry = Entry::done()
        .organization(organization)
        .detail("invitations", vec![id.to_string()]);
    call.commit(transaction, entry).await?;
    Ok(download)
}
