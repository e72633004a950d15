//! The waiting lists in memory, and the tests under way in this process.

use super::existing::ExistingIndex;
use super::running::Running;
use super::store::{self, Kept};
use super::waiting::{Shown, WaitingList, read_kept};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::events::Event;
use flotilla_kernel::ids::{AccountId, ImportId};
use flotilla_kernel::workspace::Workspace;
use indexmap::IndexMap;
use parking_lot::Mutex;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::TryRecvError;

/// So many waiting lists stay in memory; others are read again when they are asked for.
const CACHED: usize = 4;
/// Of so many that left memory it is known what they have shown.
const REMEMBERED: usize = 16;

/// A waiting list that several calls share.
pub type Shared = Arc<tokio::sync::Mutex<WaitingList>>;

/// What the workspace holds in memory of waiting lists; all of it can be read again from the tables, except what is
/// under way.
#[derive(Default)]
pub struct ImportCache {
    lists: Mutex<Lists>,
    running: Mutex<HashMap<ImportId, Arc<Running>>>,
    saved: Mutex<HashSet<ImportId>>,
    known: Mutex<Option<Known>>,
}

#[derive(Default)]
struct Lists {
    /// Those in memory, the one that was asked for last at the end.
    kept: IndexMap<ImportId, Shared>,
    /// What others have shown, the one that left last at the end.
    left: IndexMap<ImportId, Shown>,
}

impl Lists {
    fn get(&mut self, id: ImportId) -> Option<Shared> {
        let list = self.kept.shift_remove(&id)?;
        self.kept.insert(id, list.clone());
        Some(list)
    }

    /// A list leaves memory. Who still holds it goes on with it.
    fn leave(&mut self, id: ImportId) {
        let Some(list) = self.kept.shift_remove(&id) else {
            return;
        };
        if let Ok(list) = list.try_lock() {
            self.left.shift_remove(&id);
            self.left.insert(id, list.shown());
            if self.left.len() > REMEMBERED {
                self.left.shift_remove_index(0);
            }
        }
    }
}

struct Known {
    events: broadcast::Receiver<Event>,
    index: Arc<ExistingIndex>,
}

impl ImportCache {
    /// Another process has written into the workspace: everything is read anew. Tests under way go on.
    pub fn clear(&self) {
        let mut lists = self.lists.lock();
        let ids: Vec<ImportId> = lists.kept.keys().copied().collect();
        for id in ids {
            lists.leave(id);
        }
        *self.known.lock() = None;
    }

    /// This list is read anew when it is next asked for, and what it has shown is not known any more.
    pub fn forget(&self, id: ImportId) {
        let mut lists = self.lists.lock();
        lists.kept.shift_remove(&id);
        lists.left.shift_remove(&id);
    }

    /// Keeps a list in memory.
    pub fn keep(&self, list: WaitingList) -> Shared {
        let id = list.head.id;
        let mut lists = self.lists.lock();
        while lists.kept.len() >= CACHED {
            // The one that was asked for longest ago; one that is in use stays.
            let unused = lists.kept.iter().find(|(_, list)| Arc::strong_count(list) == 1);
            let Some(unused) = unused.map(|(id, _)| *id) else {
                break;
            };
            lists.leave(unused);
        }
        let shared = Arc::new(tokio::sync::Mutex::new(list));
        lists.kept.entry(id).or_insert(shared).clone()
    }

    /// The test under way of a list.
    pub fn running(&self, id: ImportId) -> Option<Arc<Running>> {
        self.running.lock().get(&id).cloned()
    }

    /// The lists with a test under way in this process.
    pub fn all_running(&self) -> Vec<ImportId> {
        self.running.lock().keys().copied().collect()
    }

    /// A test begins.
    pub fn begin(&self, id: ImportId, running: Arc<Running>) {
        self.running.lock().insert(id, running);
    }

    /// A test has ended.
    pub fn end(&self, id: ImportId) {
        self.running.lock().remove(&id);
    }

    /// Whether the rows of a list are being stored.
    pub fn is_saved(&self, id: ImportId) -> bool {
        self.saved.lock().contains(&id)
    }

    /// The rows of a list are being stored, as long as the answer lives.
    ///
    /// # Errors
    /// `import.busy` when they are already.
    pub fn begin_save(&self, id: ImportId) -> Outcome<Saving<'_>> {
        if !self.saved.lock().insert(id) {
            return Err(ErrorCode::ImportBusy.into());
        }
        Ok(Saving { cache: self, id })
    }

    /// The list of this id, read from the tables if need be.
    ///
    /// # Errors
    /// `not-found`, database errors.
    pub async fn list(&self, workspace: &Workspace, id: ImportId) -> Outcome<Shared> {
        if let Some(list) = self.lists.lock().get(id) {
            return Ok(list);
        }
        let existing = self.existing(workspace).await?;
        let kept = store::load(&mut *workspace.database.read().await?, id)
            .await?
            .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
        let shown = self.lists.lock().left.shift_remove(&id);
        // A large file takes longer than anything else may wait for.
        let list = tokio::task::spawn_blocking(move || {
            let Kept {
                head,
                settings,
                bytes,
                overlays,
            } = kept;
            let file = read_kept(&bytes, &settings)?;
            // Devices are compared with what the account sees, by whoever asks for the list.
            let existing = settings.devices.is_none().then_some(existing);
            let list = match shown {
                Some(shown) => {
                    let mut list = WaitingList::again(head, settings, file, overlays, shown);
                    if let Some(existing) = existing {
                        list.refresh(existing);
                    }
                    list
                }
                None => WaitingList::new(head, settings, file, overlays, existing.unwrap_or_default()),
            };
            Ok::<_, Problem>(list)
        })
        .await
        .map_err(Problem::internal)??;
        Ok(self.keep(list))
    }

    /// The list of this id, if it is this account's.
    ///
    /// # Errors
    /// `not-found`, database errors.
    pub async fn own(&self, workspace: &Workspace, account: AccountId, id: ImportId) -> Outcome<Shared> {
        let list = self.list(workspace, id).await?;
        if list.lock().await.head.account == account {
            Ok(list)
        } else {
            Err(ErrorCode::NotFound.into())
        }
    }

    /// The customers there are, read again only after one has changed.
    ///
    /// # Errors
    /// Database errors.
    pub async fn existing(&self, workspace: &Workspace) -> Outcome<Arc<ExistingIndex>> {
        if let Some(index) = self.known.lock().as_mut().and_then(Known::fresh) {
            return Ok(index);
        }
        // Asked for first, so that nothing happens between reading and listening.
        let events = workspace.database.subscribe();
        let mut connection = workspace.database.read().await?;
        let index = Arc::new(read_existing(&mut connection).await?);
        *self.known.lock() = Some(Known {
            events,
            index: index.clone(),
        });
        Ok(index)
    }
}

/// The rows of a list are being stored.
pub struct Saving<'a> {
    cache: &'a ImportCache,
    id: ImportId,
}

impl Drop for Saving<'_> {
    fn drop(&mut self) {
        self.cache.saved.lock().remove(&self.id);
    }
}

impl Known {
    fn fresh(&mut self) -> Option<Arc<ExistingIndex>> {
        loop {
            match self.events.try_recv() {
                Ok(Event::Changed {
                    feature: crate::customers::types::CHANGES | crate::organizations::types::CHANGES,
                    ..
                }) => return None,
                Ok(_) => {}
                Err(TryRecvError::Empty) => return Some(self.index.clone()),
                Err(TryRecvError::Lagged(_) | TryRecvError::Closed) => return None,
            }
        }
    }
}

/// The customers there are, as this connection sees them.
///
/// # Errors
/// Database errors.
pub async fn read_existing(connection: &mut sqlx::SqliteConnection) -> Outcome<ExistingIndex> {
    let customers = crate::customers::store::existing(connection).await?;
    let names = crate::organizations::store::name_keys(connection).await?;
    let others = crate::customers::store::other_addresses(connection).await?;
    Ok(ExistingIndex::new(customers, names, others))
}
