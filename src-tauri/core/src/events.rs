//! What changed, cut down to what an account may know of (CUS-06, RGT-01).

use crate::accounts::sessions;
use crate::accounts::types::Gate;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::coalesce;
use flotilla_kernel::error::Outcome;
use flotilla_kernel::events::{Event, FeatureName, PREFERENCES, VISIBILITY};
use flotilla_kernel::feature::{self, Features, SeenBy};
use flotilla_kernel::ids::{ConnectionId, OrganizationId};
use flotilla_kernel::lists;
use flotilla_kernel::rights::{Admission, Caller, Right};
use flotilla_kernel::workspace::Workspace;
use uuid::Uuid;

/// All names under which a workspace's changes are told.
pub fn names(workspace: &Workspace) -> Vec<FeatureName> {
    names_of(feature::of(workspace))
}

/// All names under which the changes of these features are told.
pub fn names_of(features: Features) -> Vec<FeatureName> {
    features.changes().map(|change| change.name).collect()
}

/// Of these events those that the session of `token` may be told, without the ids of anything it may not see. While
/// terms wait or the password must be changed nothing is told but what concerns the session itself.
///
/// # Errors
/// `session.ended`
pub async fn visible(workspace: &Workspace, token: &Secret, events: Vec<Event>) -> Outcome<Vec<Event>> {
    let (caller, gate) = sessions::admit(workspace, token).await?;
    let open = gate == Gate::Open;
    // What was hidden by then is told as changed, whatever it is; what is known by its id is told with it all the same.
    let everything = open && events.iter().any(|event| changes_visibility(event, &caller));
    let mut delivered = Vec::with_capacity(events.len());
    if everything {
        delivered.extend(coalesce::everything_changed(&names(workspace)));
    }
    for event in events {
        let seen = match event {
            Event::SessionEnded { .. } => concerns_session(&event, &caller).then_some(event),
            Event::Changed {
                feature: PREFERENCES, ..
            } => Some(event),
            _ if !open => None,
            Event::Changed {
                feature: VISIBILITY, ..
            } => None,
            Event::Work { ref work } => work
                .concerns(caller.account, caller.is_administrator())
                .then_some(event),
            _ if caller.is_administrator() => Some(event),
            Event::Changed {
                feature,
                ids,
                membership,
                many,
            } => {
                let nothing = ids.is_empty();
                let ids = match visible_ids(workspace, &caller, feature, ids).await? {
                    Some(ids) => ids,
                    None => continue,
                };
                // What was added or removed may have become visible or invisible: that something did is told, without
                // saying what.
                let silent = ids.is_empty() && !nothing && !membership && !many;
                (!silent).then_some(Event::Changed {
                    feature,
                    ids,
                    membership,
                    many,
                })
            }
        };
        delivered.extend(seen);
    }
    Ok(delivered)
}

fn concerns_session(event: &Event, caller: &Caller) -> bool {
    matches!(event, Event::SessionEnded { session, .. } if *session == caller.session)
}

/// Whether what this account may see has changed. Administrators see everything, but archived organizations.
fn changes_visibility(event: &Event, caller: &Caller) -> bool {
    match event {
        Event::Changed {
            feature: VISIBILITY,
            ids,
            many,
            ..
        } => *many || ids.contains(&caller.account.0),
        _ => false,
    }
}

/// Of the ids under a name those that an account may see; none: it hears nothing of this name.
async fn visible_ids(
    workspace: &Workspace,
    caller: &Caller,
    name: FeatureName,
    ids: Vec<Uuid>,
) -> Outcome<Option<Vec<Uuid>>> {
    let Some(change) = feature::of(workspace)
        .changes()
        .find(|change| change.name == name)
    else {
        return Ok(None);
    };
    Ok(match change.seen_by {
        SeenBy::Everybody => Some(ids),
        SeenBy::Administrators => None,
        SeenBy::Organizations => {
            let organizations: Vec<OrganizationId> = ids.into_iter().map(OrganizationId).collect();
            let mut connection = workspace.database.read().await?;
            let admissions = caller
                .admissions(&mut connection, Right::See, &organizations)
                .await?;
            let seen = |id: &OrganizationId| admissions.of(*id) == Admission::Admitted;
            Some(organizations.into_iter().filter(seen).map(|id| id.0).collect())
        }
        SeenBy::Connections => {
            let connections: Vec<ConnectionId> = ids.into_iter().map(ConnectionId).collect();
            let mut connection = workspace.database.read().await?;
            let admissions = caller
                .admissions(&mut connection, Right::See, &connections)
                .await?;
            let seen = |id: &ConnectionId| admissions.of(*id) == Admission::Admitted;
            Some(connections.into_iter().filter(seen).map(|id| id.0).collect())
        }
        SeenBy::Rows(list) => Some(lists::visible(&workspace.database, caller, list, &ids).await?),
        // Of others nothing is told at all, also not that there is one more or less.
        SeenBy::Oneself => {
            let own = ids.contains(&caller.account.0);
            // Without ids it is told that many have changed, its own perhaps among them.
            (own || ids.is_empty()).then(|| ids.into_iter().filter(|id| *id == caller.account.0).collect())
        }
    })
}
