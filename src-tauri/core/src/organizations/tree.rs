//! What holds of the folders of an organization (ORG-20, ORG-21). Pure.

use flotilla_kernel::database::fold;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::fields;
use flotilla_kernel::ids::FolderId;
use std::collections::{HashMap, HashSet};
use std::ops::AddAssign;

/// The most levels of folders, the default folder being the first.
pub const LEVELS: usize = 8;

/// A folder as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// The folder.
    pub id: FolderId,
    /// None: the default folder, in which all others are.
    pub parent: Option<FolderId>,
    /// What it is called.
    pub name: String,
    /// The name without regard to case.
    pub key: String,
    /// Its own time zone; none: the one of the folder above (GEN-06).
    pub zone: Option<String>,
}

/// Folders that somebody gains, or loses: the uppermost of each, with what is counted in it and below.
pub type Branches = Vec<(FolderId, i64)>;

/// All folders of one organization.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    folders: HashMap<FolderId, Folder>,
}

impl Tree {
    /// The tree of these folders.
    pub fn new(folders: impl IntoIterator<Item = Folder>) -> Self {
        Self {
            folders: folders.into_iter().map(|folder| (folder.id, folder)).collect(),
        }
    }

    /// A folder of this tree.
    ///
    /// # Errors
    /// `not-found`
    pub fn folder(&self, id: FolderId) -> Outcome<&Folder> {
        self.folders
            .get(&id)
            .ok_or_else(|| Problem::new(ErrorCode::NotFound))
    }

    /// All folders, by their names.
    pub fn folders(&self) -> Vec<&Folder> {
        let mut folders: Vec<&Folder> = self.folders.values().collect();
        folders.sort_by(|left, right| (&left.key, left.id).cmp(&(&right.key, right.id)));
        folders
    }

    fn children(&self, id: FolderId) -> impl Iterator<Item = &Folder> {
        self.folders
            .values()
            .filter(move |folder| folder.parent == Some(id))
    }

    /// The folder itself and those above it, upwards. Ends also where stored folders formed a circle.
    fn path(&self, id: FolderId) -> impl Iterator<Item = &Folder> {
        let first = self.folders.get(&id);
        std::iter::successors(first, |folder| self.folders.get(&folder.parent?)).take(self.folders.len())
    }

    /// The names of a folder and of those above it, from the top down.
    pub fn names(&self, id: FolderId) -> Vec<String> {
        let mut names: Vec<String> = self.path(id).map(|folder| folder.name.clone()).collect();
        names.reverse();
        names
    }

    /// On which level a folder is; the default folder is on the first.
    pub fn level(&self, id: FolderId) -> usize {
        self.path(id).count()
    }

    /// Whether a folder is another one, or below it.
    pub fn is_within(&self, id: FolderId, other: FolderId) -> bool {
        self.path(id).any(|folder| folder.id == other)
    }

    /// How many levels a folder and what is below it take.
    fn height(&self, id: FolderId) -> usize {
        let level = self.level(id);
        let within = self.folders.keys().filter(|&&below| self.is_within(below, id));
        within
            .map(|&below| self.level(below) + 1 - level)
            .max()
            .unwrap_or(1)
    }

    fn demand_levels(levels: usize) -> Outcome<()> {
        if levels > LEVELS {
            Err(Problem::new(ErrorCode::FolderTooDeep).with("limit", LEVELS))
        } else {
            Ok(())
        }
    }

    /// The name of a folder below `parent`, if there may be one of this name; `except` is the folder itself.
    fn name(&self, parent: Option<FolderId>, name: &str, except: Option<FolderId>) -> Outcome<String> {
        fields::demand("name", name, fields::NAME_LENGTH)?;
        let name = name.trim();
        if self.is_taken(parent, &fold(name), except) {
            return Err(Problem::of_field(FieldProblem::new(
                "name",
                ErrorCode::FieldTaken,
            )));
        }
        Ok(name.to_owned())
    }

    fn is_taken(&self, parent: Option<FolderId>, key: &str, except: Option<FolderId>) -> bool {
        let siblings = self.folders.values().filter(|folder| folder.parent == parent);
        siblings
            .filter(|folder| Some(folder.id) != except)
            .any(|folder| folder.key == key)
    }

    /// Whether a folder of this name can be made below `parent`; gives the name without surrounding spaces.
    ///
    /// # Errors
    /// `not-found`, `form.invalid`, `folder.too-deep`
    pub fn check_create(&self, parent: FolderId, name: &str) -> Outcome<String> {
        self.folder(parent)?;
        Self::demand_levels(self.level(parent) + 1)?;
        self.name(Some(parent), name, None)
    }

    /// The folder of this name below `parent`, as names are compared; none: there is none.
    pub fn child(&self, parent: FolderId, name: &str) -> Option<FolderId> {
        let key = fold(name.trim());
        self.children(parent)
            .find(|folder| folder.key == key)
            .map(|folder| folder.id)
    }

    /// The tree has this folder, too, from now on.
    pub fn add(&mut self, folder: Folder) {
        self.folders.insert(folder.id, folder);
    }

    /// Whether a folder can be called so; gives the name without surrounding spaces.
    ///
    /// # Errors
    /// `not-found`, `form.invalid`
    pub fn check_rename(&self, id: FolderId, name: &str) -> Outcome<String> {
        let folder = self.folder(id)?;
        self.name(folder.parent, name, Some(id))
    }

    /// Whether a folder can be moved below `parent`.
    ///
    /// # Errors
    /// `not-found`, `folder.default`, `folder.into-itself`, `folder.too-deep`, `folder.name-taken`
    pub fn check_move(&self, id: FolderId, parent: FolderId) -> Outcome<()> {
        let folder = self.folder(id)?;
        self.folder(parent)?;
        if folder.parent.is_none() {
            return Err(ErrorCode::FolderIsDefault.into());
        }
        if self.is_within(parent, id) {
            return Err(ErrorCode::FolderIntoItself.into());
        }
        Self::demand_levels(self.level(parent) + self.height(id))?;
        if self.is_taken(Some(parent), &folder.key, Some(id)) {
            return Err(Problem::new(ErrorCode::FolderNameTaken).with("name", folder.name.as_str()));
        }
        Ok(())
    }

    /// Whether a folder with so many systems in it can be deleted; gives the folder above it.
    ///
    /// # Errors
    /// `not-found`, `folder.default`, `folder.not-empty`
    pub fn check_delete(&self, id: FolderId, systems: i64) -> Outcome<FolderId> {
        let parent = self
            .folder(id)?
            .parent
            .ok_or_else(|| Problem::new(ErrorCode::FolderIsDefault))?;
        let folders = self.children(id).count();
        if folders > 0 || systems > 0 {
            return Err(Problem::new(ErrorCode::FolderNotEmpty)
                .with("folders", folders)
                .with("systems", systems));
        }
        Ok(parent)
    }

    /// The time zone in force in a folder; `organization` is the organization's (GEN-06).
    pub fn zone<'a>(&'a self, id: FolderId, organization: &'a str) -> &'a str {
        self.path(id)
            .find_map(|folder| folder.zone.as_deref())
            .unwrap_or(organization)
    }

    /// Of what is counted in each of some folders itself, how much is in it and below; what is not among these folders counts
    /// for nothing.
    pub fn with_below<T>(&self, counts: &HashMap<FolderId, T>) -> HashMap<FolderId, T>
    where
        T: Default + for<'a> AddAssign<&'a T>,
    {
        let mut sums: HashMap<FolderId, T> = counts.keys().map(|&id| (id, T::default())).collect();
        for (&id, count) in counts {
            for folder in self.path(id) {
                if let Some(sum) = sums.get_mut(&folder.id) {
                    *sum += count;
                }
            }
        }
        sums
    }

    /// The folders that grants on these show: themselves and all below (ORG-22).
    pub fn shown_by(&self, granted: &[FolderId]) -> HashSet<FolderId> {
        let shown = |id: &&FolderId| self.path(**id).any(|folder| granted.contains(&folder.id));
        self.folders.keys().filter(shown).copied().collect()
    }

    /// All folders.
    pub fn ids(&self) -> HashSet<FolderId> {
        self.folders.keys().copied().collect()
    }

    /// Which folders are in one set and not in another, as branches by the names of their folders: of folders within each other the
    /// uppermost, with what is counted in those of them that differ.
    pub fn only_in(
        &self,
        these: &HashSet<FolderId>,
        others: &HashSet<FolderId>,
        counts: &HashMap<FolderId, i64>,
    ) -> Branches {
        let differs = |id: FolderId| these.contains(&id) && !others.contains(&id);
        let mut branches: HashMap<FolderId, i64> = HashMap::new();
        for &id in self.folders.keys().filter(|&&id| differs(id)) {
            let branch = self.path(id).take_while(|folder| differs(folder.id)).last();
            let root = branch.map_or(id, |folder| folder.id);
            *branches.entry(root).or_default() += counts.get(&id).copied().unwrap_or_default();
        }
        self.folders()
            .into_iter()
            .filter_map(|folder| Some((folder.id, *branches.get(&folder.id)?)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flotilla_kernel::clock::Time;
    use proptest::prelude::*;

    fn default_folder() -> Folder {
        Folder {
            id: FolderId::new(Time(0)),
            parent: None,
            name: "Default folder".to_owned(),
            key: "default folder".to_owned(),
            zone: None,
        }
    }

    /// What somebody wants; folders are named by their place in the order they were made in.
    #[derive(Debug, Clone)]
    enum Wish {
        Create(usize, String),
        Rename(usize, String),
        Move(usize, usize),
        Delete(usize),
    }

    fn wish() -> impl Strategy<Value = Wish> {
        let name = "[aAbBcé]{0,2}| a ";
        prop_oneof![
            4 => (0..40_usize, name).prop_map(|(parent, name)| Wish::Create(parent, name)),
            1 => (0..40_usize, name).prop_map(|(id, name)| Wish::Rename(id, name)),
            3 => (0..40_usize, 0..40_usize).prop_map(|(id, parent)| Wish::Move(id, parent)),
            1 => (0..40_usize).prop_map(Wish::Delete),
        ]
    }

    /// Does what is wished if the rules let it.
    fn fulfil(tree: &mut Tree, wish: &Wish) -> Outcome<()> {
        let ids: Vec<FolderId> = {
            let mut ids: Vec<FolderId> = tree.folders.keys().copied().collect();
            ids.sort_unstable();
            ids
        };
        let at = |place: usize| ids[place % ids.len()];
        match wish {
            Wish::Create(parent, name) => {
                let name = tree.check_create(at(*parent), name)?;
                let folder = Folder {
                    id: FolderId::new(Time(1)),
                    parent: Some(at(*parent)),
                    key: fold(&name),
                    name,
                    zone: None,
                };
                tree.folders.insert(folder.id, folder);
            }
            Wish::Rename(id, name) => {
                let name = tree.check_rename(at(*id), name)?;
                let folder = tree.folders.get_mut(&at(*id)).expect("it was found");
                folder.key = fold(&name);
                folder.name = name;
            }
            Wish::Move(id, parent) => {
                tree.check_move(at(*id), at(*parent))?;
                tree.folders.get_mut(&at(*id)).expect("it was found").parent = Some(at(*parent));
            }
            Wish::Delete(id) => {
                tree.check_delete(at(*id), 0)?;
                tree.folders.remove(&at(*id));
            }
        }
        Ok(())
    }

    /// How many steps lead up to the default folder; none: they never end there.
    fn steps(tree: &Tree, folder: &Folder) -> Option<usize> {
        let mut seen = HashSet::new();
        let mut here = folder;
        while let Some(parent) = here.parent {
            if !seen.insert(here.id) {
                return None;
            }
            here = tree.folders.get(&parent)?;
        }
        Some(seen.len() + 1)
    }

    proptest! {
        /// ORG-20, ORG-21: whatever is wished in whatever order, every folder leads up to the one default folder, no more than
        /// eight levels, and siblings have different names of 1 to 100 characters.
        #[test]
        fn a_tree_stays_one(wishes in prop::collection::vec(wish(), 1..120)) {
            let top = default_folder();
            let mut tree = Tree::new([top.clone()]);
            for wish in &wishes {
                let before = tree.folders.clone();
                if fulfil(&mut tree, wish).is_err() {
                    prop_assert_eq!(&tree.folders, &before);
                }
                prop_assert!(tree.folders.contains_key(&top.id));
                for folder in tree.folders.values() {
                    let steps = steps(&tree, folder);
                    prop_assert!(steps.is_some_and(|steps| steps <= LEVELS), "{:?}", folder);
                    prop_assert_eq!(steps, Some(tree.level(folder.id)));
                    prop_assert!(!folder.name.is_empty() && folder.name.trim() == folder.name);
                    prop_assert_eq!(folder.parent.is_none(), folder.id == top.id);
                }
                let names: HashSet<(Option<FolderId>, &str)> =
                    tree.folders.values().map(|folder| (folder.parent, folder.key.as_str())).collect();
                prop_assert_eq!(names.len(), tree.folders.len());
            }
        }
    }

    /// A line of folders below one another, the default folder first.
    fn line(length: usize) -> (Tree, Vec<FolderId>) {
        let mut folders = vec![default_folder()];
        for level in 1..length {
            folders.push(Folder {
                id: FolderId::new(Time(1)),
                parent: folders.last().map(|folder| folder.id),
                name: format!("Level {level}"),
                key: format!("level {level}"),
                zone: None,
            });
        }
        let ids = folders.iter().map(|folder| folder.id).collect();
        (Tree::new(folders), ids)
    }

    fn code<T: std::fmt::Debug>(outcome: Outcome<T>) -> ErrorCode {
        let problem = outcome.expect_err("refused");
        problem.fields.first().map_or(problem.code, |field| field.code)
    }

    /// ORG-20: eight levels and not nine, by making and by moving; nothing into itself or below; names without regard to case.
    #[test]
    fn what_is_refused_says_why() {
        let (tree, ids) = line(LEVELS);
        assert_eq!(code(tree.check_create(ids[7], "Nine")), ErrorCode::FolderTooDeep);
        tree.check_create(ids[6], "Eight").expect("the eighth level");
        assert_eq!(code(tree.check_move(ids[2], ids[5])), ErrorCode::FolderIntoItself);
        assert_eq!(code(tree.check_move(ids[2], ids[2])), ErrorCode::FolderIntoItself);
        assert_eq!(code(tree.check_move(ids[0], ids[3])), ErrorCode::FolderIsDefault);
        assert_eq!(code(tree.check_create(ids[0], "LEVEL 1")), ErrorCode::FieldTaken);
        assert_eq!(
            tree.check_create(ids[0], " Level 2 ").expect("another level"),
            "Level 2"
        );
        assert_eq!(
            tree.check_rename(ids[1], "level 1").expect("its own name"),
            "level 1"
        );
        assert_eq!(code(tree.check_create(ids[0], " ")), ErrorCode::FieldRequired);
        assert_eq!(
            code(tree.check_create(ids[0], &"é".repeat(101))),
            ErrorCode::FieldTooLong
        );
        let stranger = FolderId::new(Time(2));
        assert_eq!(code(tree.check_create(stranger, "A")), ErrorCode::NotFound);
        assert_eq!(code(tree.check_move(ids[1], stranger)), ErrorCode::NotFound);
    }

    /// ORG-20: what is below a moved folder counts, too; and a name that is taken where it goes.
    #[test]
    fn a_moved_folder_takes_along_what_is_below() {
        let (tree, ids) = line(5);
        let other = Folder {
            id: FolderId::new(Time(1)),
            parent: Some(ids[3]),
            name: "LEVEL 1".to_owned(),
            key: "level 1".to_owned(),
            zone: None,
        };
        let beside = Folder {
            id: FolderId::new(Time(1)),
            parent: Some(ids[0]),
            name: "Beside".to_owned(),
            key: "beside".to_owned(),
            zone: None,
        };
        let tree = Tree::new(tree.folders.into_values().chain([other.clone(), beside.clone()]));
        tree.check_move(ids[1], beside.id).expect("six levels in all");
        tree.check_move(beside.id, ids[4]).expect("six levels in all");
        assert_eq!(
            code(tree.check_move(other.id, ids[0])),
            ErrorCode::FolderNameTaken
        );
        let (deep, line) = line(LEVELS);
        let deep = Tree::new(deep.folders.into_values().chain([Folder {
            parent: Some(line[0]),
            ..beside.clone()
        }]));
        assert_eq!(
            code(deep.check_move(line[1], beside.id)),
            ErrorCode::FolderTooDeep
        );
    }

    /// ORG-21: a folder with something in it stays, and so does the default folder.
    #[test]
    fn a_folder_with_something_in_it_stays() {
        let (tree, ids) = line(3);
        let problem = tree.check_delete(ids[1], 4).expect_err("it holds something");
        assert_eq!(problem.code, ErrorCode::FolderNotEmpty);
        assert_eq!(
            problem.params.into_iter().collect::<Vec<_>>(),
            [
                ("folders".to_owned(), 1_i64.into()),
                ("systems".to_owned(), 4_i64.into())
            ]
        );
        assert_eq!(code(tree.check_delete(ids[0], 0)), ErrorCode::FolderIsDefault);
        assert_eq!(tree.check_delete(ids[2], 0).expect("empty"), ids[1]);
    }

    /// GEN-06: a zone holds for what is below, until another is set there.
    #[test]
    fn zones_are_inherited() {
        let (mut tree, ids) = line(4);
        assert_eq!(tree.zone(ids[3], "UTC"), "UTC");
        tree.folders.get_mut(&ids[1]).expect("a folder").zone = Some("Asia/Tokyo".to_owned());
        assert_eq!(tree.zone(ids[0], "UTC"), "UTC");
        assert_eq!(tree.zone(ids[3], "UTC"), "Asia/Tokyo");
        tree.folders.get_mut(&ids[3]).expect("a folder").zone = Some("Europe/Paris".to_owned());
        assert_eq!(tree.zone(ids[2], "UTC"), "Asia/Tokyo");
        assert_eq!(tree.zone(ids[3], "UTC"), "Europe/Paris");
    }

    /// ORG-13, ORG-22: what a member gains and loses is said in branches, with the systems that come and go with them.
    #[test]
    fn branches_come_and_go() {
        let (tree, ids) = line(4);
        let beside = Folder {
            id: FolderId::new(Time(1)),
            parent: Some(ids[0]),
            name: "Beside".to_owned(),
            key: "beside".to_owned(),
            zone: None,
        };
        let other = beside.id;
        let tree = Tree::new(tree.folders.into_values().chain([beside]));
        let counts = HashMap::from([(ids[1], 1), (ids[2], 10), (ids[3], 100), (other, 7)]);
        let (before, after) = (tree.shown_by(&[ids[3], other]), tree.shown_by(&[ids[1]]));
        assert_eq!(before, HashSet::from([ids[3], other]));
        assert_eq!(after, HashSet::from([ids[1], ids[2], ids[3]]));
        assert_eq!(tree.only_in(&after, &before, &counts), [(ids[1], 11)]);
        assert_eq!(tree.only_in(&before, &after, &counts), [(other, 7)]);
        assert_eq!(tree.only_in(&tree.ids(), &after, &counts), [(ids[0], 7)]);
        assert_eq!(tree.only_in(&after, &after, &counts), []);
    }

    /// ORG-24: a folder counts what is in it and below; where only some folders are counted, nothing of the others.
    #[test]
    fn counts_are_summed_upwards() {
        let (tree, ids) = line(4);
        let counts = HashMap::from([(ids[1], 1), (ids[2], 10), (ids[3], 100)]);
        let sums = tree.with_below(&counts);
        assert_eq!(sums, HashMap::from([(ids[1], 111), (ids[2], 110), (ids[3], 100)]));
    }
}
