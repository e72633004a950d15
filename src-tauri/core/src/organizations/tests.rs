//! What accounts see on a real database, against a plain recomputation.

use super::store::folders;
use super::store::{self, NewOrganization, members};
use flotilla_kernel::Secret;
use flotilla_kernel::clock::{Clock, Time};
use flotilla_kernel::database::{Database, DatabaseKey, Transaction};
use flotilla_kernel::events::{Event, VISIBILITY};
use flotilla_kernel::ids::{AccountId, FolderId, OrganizationId};
use flotilla_kernel::rights::MemberRole;
use flotilla_kernel::words::Language;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::{BTreeMap, BTreeSet};
use tokio::sync::broadcast::Receiver;

const NOW: Time = Time(1_772_442_000_000);
/// So many people there are.
const PEOPLE: usize = 4;

/// What somebody does; organizations, folders and people are named by their places.
#[derive(Debug, Clone)]
enum Step {
    CreateFolder(usize, usize),
    MoveFolder(usize, usize, usize),
    DeleteFolder(usize, usize),
    SetMember(usize, usize, MemberRole, Vec<usize>),
    RemoveMember(usize, usize),
    SetOperators(usize, Vec<usize>),
    Archive(usize),
    Restore(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let role = prop_oneof![
        2 => Just(MemberRole::Viewer),
        3 => Just(MemberRole::Operator),
        1 => Just(MemberRole::Admin),
        1 => Just(MemberRole::Owner),
    ];
    let (organization, folder, person) = (0..2_usize, 0..12_usize, 0..PEOPLE);
    prop_oneof![
        6 => (organization.clone(), folder.clone()).prop_map(|(organization, parent)| Step::CreateFolder(organization, parent)),
        4 => (organization.clone(), folder.clone(), folder.clone())
            .prop_map(|(organization, id, parent)| Step::MoveFolder(organization, id, parent)),
        1 => (organization.clone(), folder.clone()).prop_map(|(organization, id)| Step::DeleteFolder(organization, id)),
        6 => (organization.clone(), person.clone(), role, prop::collection::vec(folder, 1..3))
            .prop_map(|(organization, person, role, folders)| Step::SetMember(organization, person, role, folders)),
        1 => (organization.clone(), person.clone()).prop_map(|(organization, person)| Step::RemoveMember(organization, person)),
        2 => (organization.clone(), prop::collection::vec(person, 0..3))
            .prop_map(|(organization, people)| Step::SetOperators(organization, people)),
        1 => organization.clone().prop_map(Step::Archive),
        2 => organization.prop_map(Step::Restore),
    ]
}

/// An organization as plain maps.
struct Model {
    id: OrganizationId,
    archived: bool,
    /// With the one above; the first is the default folder.
    folders: Vec<(FolderId, Option<FolderId>)>,
    members: BTreeMap<AccountId, (MemberRole, BTreeSet<FolderId>)>,
}

type Seen = BTreeSet<(AccountId, FolderId)>;

impl Model {
    fn folder(&self, place: usize) -> FolderId {
        self.folders[place % self.folders.len()].0
    }

    /// The folder and all above it.
    fn path(&self, id: FolderId) -> Vec<FolderId> {
        let mut path = vec![id];
        while let Some(Some(parent)) = self
            .folders
            .iter()
            .find(|folder| path.last() == Some(&folder.0))
            .map(|folder| folder.1)
        {
            path.push(parent);
        }
        path
    }

    fn seen(&self) -> Seen {
        let mut seen = Seen::new();
        for (&account, (role, grants)) in self.members.iter().filter(|_| !self.archived) {
            for &(folder, _) in &self.folders {
                let every = matches!(role, MemberRole::Admin | MemberRole::Owner);
                if every || self.path(folder).iter().any(|above| grants.contains(above)) {
                    seen.insert((account, folder));
                }
            }
        }
        seen
    }

    /// Does it, in the model and in the database; what the rules refuse is not done.
    async fn take(&mut self, transaction: &mut Transaction, people: &[AccountId], step: &Step) {
        let tree = folders::tree(transaction.connection(), self.id)
            .await
            .expect("a tree");
        match step {
            Step::CreateFolder(_, parent) => {
                let parent = self.folder(*parent);
                let name = format!("Folder {}", self.folders.len());
                if tree.check_create(parent, &name).is_ok() {
                    let id = folders::insert(transaction, self.id, parent, &name)
                        .await
                        .expect("a folder");
                    self.folders.push((id, Some(parent)));
                }
            }
            Step::MoveFolder(_, id, parent) => {
                let (id, parent) = (self.folder(*id), self.folder(*parent));
                if tree.check_move(id, parent).is_ok() {
                    folders::set_parent(transaction, self.id, id, parent)
                        .await
                        .expect("moved");
                    let folder = self.folders.iter_mut().find(|folder| folder.0 == id);
                    folder.expect("it is known").1 = Some(parent);
                }
            }
            Step::DeleteFolder(_, id) => {
                let id = self.folder(*id);
                if tree.check_delete(id, 0).is_ok() {
                    folders::delete(transaction, self.id, id).await.expect("deleted");
                    self.folders.retain(|folder| folder.0 != id);
                    for (_, grants) in self.members.values_mut() {
                        grants.remove(&id);
                    }
                }
            }
            Step::SetMember(_, person, role, places) => {
                let every = super::rules::has_every_folder(*role);
                let grants: BTreeSet<FolderId> = places
                    .iter()
                    .filter(|_| !every)
                    .map(|&place| self.folder(place))
                    .collect();
                let list: Vec<FolderId> = grants.iter().copied().collect();
                members::set(transaction, self.id, people[*person], *role, &list)
                    .await
                    .expect("a member");
                self.members.insert(people[*person], (*role, grants));
            }
            Step::RemoveMember(_, person) => {
                members::remove(transaction, self.id, people[*person])
                    .await
                    .expect("removed");
                self.members.remove(&people[*person]);
            }
            Step::SetOperators(_, places) => {
                let operators: Vec<AccountId> = places.iter().map(|&place| people[place]).collect();
                members::set_operators(transaction, self.id, &operators)
                    .await
                    .expect("operators");
                let top = self.folders[0].0;
                self.members.retain(|account, (role, _)| {
                    *role != MemberRole::Operator || operators.contains(account)
                });
                for operator in operators {
                    let (role, grants) = self
                        .members
                        .entry(operator)
                        .or_insert((MemberRole::Viewer, BTreeSet::new()));
                    if *role == MemberRole::Viewer {
                        *role = MemberRole::Operator;
                        grants.insert(top);
                    }
                }
            }
            Step::Archive(_) if !self.archived => {
                store::archive(transaction, self.id).await.expect("archived");
                self.archived = true;
            }
            Step::Restore(_) if self.archived => {
                store::restore(transaction, self.id).await.expect("restored");
                self.archived = false;
            }
            Step::Archive(_) | Step::Restore(_) => {}
        }
    }
}

impl Step {
    fn organization(&self) -> usize {
        match self {
            Self::CreateFolder(organization, ..)
            | Self::MoveFolder(organization, ..)
            | Self::DeleteFolder(organization, ..)
            | Self::SetMember(organization, ..)
            | Self::RemoveMember(organization, ..)
            | Self::SetOperators(organization, ..)
            | Self::Archive(organization)
            | Self::Restore(organization) => *organization,
        }
    }
}

async fn stored(database: &Database, organizations: &[OrganizationId]) -> Seen {
    let mut connection = database.read().await.expect("a reader");
    sqlx::query_as(
        "SELECT account_id, folder_id FROM visible_folder WHERE organization_id IN (SELECT unhex(value) FROM json_each(?))",
    )
    .bind(flotilla_kernel::ids::ids_json(organizations))
    .fetch_all(&mut *connection)
    .await
    .expect("readable")
    .into_iter()
    .collect()
}

/// The accounts that were told that they see something else.
fn notified(events: &mut Receiver<Event>) -> BTreeSet<AccountId> {
    let mut notified = BTreeSet::new();
    while let Ok(event) = events.try_recv() {
        if let Event::Changed { feature, ids, .. } = event
            && feature == VISIBILITY
        {
            notified.extend(ids.into_iter().map(AccountId));
        }
    }
    notified
}

async fn organization(transaction: &mut Transaction, number: usize) -> Model {
    let organization = NewOrganization {
        name: format!("Organization {number} {}", OrganizationId::new(NOW)),
        zone: "UTC".to_owned(),
        language: Language::En,
        notes: String::new(),
        address: String::new(),
        telephone: String::new(),
        email: String::new(),
    };
    let (id, top) = store::insert(transaction, &organization, None)
        .await
        .expect("an organization");
    Model {
        id,
        archived: false,
        folders: vec![(top, None)],
        members: BTreeMap::new(),
    }
}

async fn walk(database: &Database, people: &[AccountId], steps: &[Step]) -> Result<(), TestCaseError> {
    let mut models = Vec::new();
    let mut transaction = database.begin().await.expect("a transaction");
    for number in 0..2 {
        models.push(organization(&mut transaction, number).await);
    }
    transaction.commit().await.expect("committed");
    let ids: Vec<OrganizationId> = models.iter().map(|model| model.id).collect();
    let mut events = database.subscribe();
    let mut before = Seen::new();
    for step in steps {
        let mut transaction = database.begin().await.expect("a transaction");
        models[step.organization()]
            .take(&mut transaction, people, step)
            .await;
        transaction.commit().await.expect("committed");
        let after: Seen = models.iter().flat_map(Model::seen).collect();
        prop_assert_eq!(&stored(database, &ids).await, &after, "after {:?}", step);
        let notified = notified(&mut events);
        for (account, _) in before.symmetric_difference(&after) {
            prop_assert!(
                notified.contains(account),
                "{} was not told of {:?}",
                account,
                step
            );
        }
        before = after;
    }
    Ok(())
}

async fn database(folder: &std::path::Path) -> (Database, Vec<AccountId>) {
    let key = DatabaseKey(Secret::new("ab".repeat(32)));
    let database = Database::open(&folder.join("workspace.db"), &key, Clock::manual(NOW), |_| {})
        .await
        .expect("a database");
    let mut transaction = database.begin().await.expect("a transaction");
    let mut people = Vec::new();
    for number in 0..PEOPLE {
        let id = AccountId::new(NOW);
        sqlx::query(
            "INSERT INTO account (id, login, login_key, role, password_hash, enabled, must_change_password, created_at)
             VALUES (?1, ?2, ?2, 'operator', '', 1, 0, 1)",
        )
        .bind(id)
        .bind(format!("person {number}"))
        .execute(transaction.connection())
        .await
        .expect("an account");
        people.push(id);
    }
    transaction.commit().await.expect("committed");
    (database, people)
}

/// ORG-06, ORG-22, RGT-01: whatever is granted, moved, made, archived in whatever order, each account sees just the folders that follow
/// from it, computed anew with plain maps; and whoever sees something else is told.
#[test]
fn what_is_seen_follows_from_grants_tree_and_roles() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    let (database, people) = runtime.block_on(database(folder.path()));
    let config = Config {
        cases: 24,
        failure_persistence: None,
        ..Config::default()
    };
    let outcome = TestRunner::new(config).run(&prop::collection::vec(step(), 1..30), |steps| {
        runtime.block_on(walk(&database, &people, &steps))
    });
    runtime.block_on(database.close());
    outcome.expect("what is stored is what follows");
}
