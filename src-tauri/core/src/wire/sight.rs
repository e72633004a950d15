//! What changed, cut down to what an account may know of (CUS-06, RGT-01).

use crate::accounts::sessions;
use crate::accounts::types::Gate;
use crate::ids::OrganizationId;
use crate::lists::types::ListName;
use crate::rights::{Admission, Caller, Right};
use crate::wire::error::Outcome;
use crate::wire::types::{Event, Room};
use crate::workspace::Workspace;
use flotilla_connectors::secret::Secret;
use uuid::Uuid;

/// Of these events those that the session of `token` may be told, without the ids of anything outside its sight. While
/// terms wait or the password must be changed nothing is told but what concerns the session itself.
///
/// # Errors
/// `session.ended`
pub async fn in_sight(workspace: &Workspace, token: &Secret, events: Vec<Event>) -> Outcome<Vec<Event>> {
    let (caller, gate) = sessions::admit(workspace, token).await?;
    let mut told = Vec::with_capacity(events.len());
    for event in events {
        let seen = match event {
            Event::SessionEnded { session, .. } => (session == caller.session).then_some(event),
            Event::Changed {
                room: Room::Preferences,
                ..
            } => Some(event),
            _ if gate != Gate::Open => None,
            Event::Work { ref work } => work
                .concerns(caller.account, caller.is_administrator())
                .then_some(event),
            _ if caller.is_administrator() => Some(event),
            Event::Changed {
                room,
                ids,
                membership,
                many,
            } => {
                let nothing = ids.is_empty();
                let ids = seen_of(workspace, &caller, room, ids).await?;
                // What came or went may have come into sight or gone out of it: that something did is told, without
                // saying what.
                let silent = matches!(room, Room::Audit | Room::Imports)
                    || (ids.is_empty() && !nothing && !membership && !many);
                (!silent).then_some(Event::Changed {
                    room,
                    ids,
                    membership,
                    many,
                })
            }
        };
        told.extend(seen);
    }
    Ok(told)
}

/// Of the ids of things of a room those that an operator may see.
async fn seen_of(workspace: &Workspace, caller: &Caller, room: Room, ids: Vec<Uuid>) -> Outcome<Vec<Uuid>> {
    Ok(match room {
        Room::Customers | Room::Organizations => {
            let organizations: Vec<OrganizationId> = ids.into_iter().map(OrganizationId).collect();
            let mut connection = workspace.database.read().await?;
            let admissions = caller
                .admissions(&mut connection, Right::See, &organizations)
                .await?;
            let seen = |id: &OrganizationId| admissions.of(*id) == Admission::Admitted;
            organizations.into_iter().filter(seen).map(|id| id.0).collect()
        }
        Room::Systems => crate::lists::seen(workspace, caller, ListName::Systems, &ids).await?,
        Room::Alarms => crate::lists::seen(workspace, caller, ListName::Alarms, &ids).await?,
        // Nobody's account but their own.
        Room::Accounts | Room::Profile => ids.into_iter().filter(|id| *id == caller.account.0).collect(),
        Room::Audit | Room::Imports | Room::Work => Vec::new(),
        // Views are everybody's, or their maker's, who asks for them anew; preferences have no ids.
        Room::Lists | Room::Preferences => ids,
    })
}
