//! Folders as the rows of a file name them (DEV-04): which of them there are, and which a save makes. Pure.

use crate::organizations::commands::folders::MissingFolders;
use crate::organizations::tree::{LEVELS, Tree};
use flotilla_kernel::database::fold;
use flotilla_kernel::error::ErrorCode;
use flotilla_kernel::fields;
use flotilla_kernel::ids::FolderId;
use std::collections::{HashMap, HashSet};

/// What stands between the names of a path: as people write it, and as lists and file managers show it.
const BETWEEN: [char; 4] = ['/', '›', '>', '\\'];

/// The longest path: as many names as there are levels, as long as each may be, with a separator between two spaces.
pub const PATH_LENGTH: usize = LEVELS * (fields::NAME_LENGTH + 3);

/// The names of a path from the top down.
pub fn names_of(path: &str) -> Vec<&str> {
    path.split(BETWEEN)
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect()
}

/// Where a path leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// To a folder that there is.
    There(FolderId),
    /// To one that is made, with those above it that are missing, too.
    Missing(MissingFolders),
}

/// Why a path leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nowhere {
    /// What is wrong.
    pub code: ErrorCode,
    /// The limit or the character that its words name; 0 where they name none.
    pub number: u32,
}

impl Nowhere {
    fn new(code: ErrorCode, number: usize) -> Self {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        Self { code, number }
    }
}

/// A folder that there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Known {
    id: FolderId,
    level: usize,
    /// Whether the account may make folders in it.
    open: bool,
}

/// The folders of an organization, by their paths as names are compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folders {
    by_path: HashMap<Vec<String>, Known>,
    top: Option<Known>,
}

impl Folders {
    /// Those of this tree. The uppermost one may be called like the organization, by its own name, or not at all; a name with a separator
    /// in it is found, too, where no path has its parts. `may_create`: whether the account may make folders in one.
    pub fn new(tree: &Tree, organization: &str, may_create: impl Fn(FolderId) -> bool) -> Self {
        let mut found = Self::default();
        let folded = |names: &[String]| -> Vec<String> { names.iter().map(|name| fold(name)).collect() };
        let split = |names: &[String]| -> Vec<String> {
            names.iter().flat_map(|name| names_of(name)).map(fold).collect()
        };
        let folders: Vec<(Known, Vec<String>)> = tree
            .folders()
            .into_iter()
            .map(|folder| {
                let known = Known {
                    id: folder.id,
                    level: tree.level(folder.id),
                    open: may_create(folder.id),
                };
                (known, tree.names(folder.id))
            })
            .collect();
        // What is called as it is comes before what is only found as well.
        for (known, names) in &folders {
            let below = names.get(1..).unwrap_or_default();
            if below.is_empty() {
                found.top = Some(*known);
            }
            let of_organization: Vec<String> =
                std::iter::once(fold(organization)).chain(folded(below)).collect();
            found.by_path.insert(folded(names), *known);
            found.by_path.insert(of_organization, *known);
        }
        for (known, names) in &folders {
            let below = names.get(1..).unwrap_or_default();
            if !below.is_empty() {
                found.by_path.entry(folded(below)).or_insert(*known);
            }
        }
        for (known, names) in &folders {
            let below = names.get(1..).unwrap_or_default();
            for path in [split(names), split(below)] {
                if !path.is_empty() {
                    found.by_path.entry(path).or_insert(*known);
                }
            }
        }
        found
    }

    /// Whether they were read: every organization has a folder.
    pub fn is_known(&self) -> bool {
        self.top.is_some()
    }

    /// Where a path leads: names from the top down between `/`, `›`, `>` or `\`, as names are compared.
    ///
    /// # Errors
    /// What is wrong with it: no name, one that no folder may have, more levels than there may be, or the account may not make folders
    /// there.
    pub fn find(&self, path: &str) -> Result<Place, Nowhere> {
        let names = names_of(path);
        let keys: Vec<String> = names.iter().map(|name| fold(name)).collect();
        if let Some(known) = self.by_path.get(&keys) {
            return Ok(Place::There(known.id));
        }
        let above = (1..keys.len())
            .rev()
            .find_map(|count| Some((self.by_path.get(keys.get(..count)?)?, count)));
        let top = self.top.as_ref().map(|top| (top, 0));
        let unknown = Nowhere::new(ErrorCode::FolderUnknown, 0);
        let (below, count) = above.or(top).filter(|_| !names.is_empty()).ok_or(unknown)?;
        let missing = names.get(count..).unwrap_or_default();
        if let Some(problem) = missing.iter().find_map(|name| problem_of(name)) {
            return Err(problem);
        }
        if below.level + missing.len() > LEVELS {
            return Err(Nowhere::new(ErrorCode::FolderTooDeep, LEVELS));
        }
        if !below.open {
            return Err(Nowhere::new(ErrorCode::RightMissing, 0));
        }
        Ok(Place::Missing(MissingFolders {
            below: below.id,
            names: missing.iter().map(|&name| name.to_owned()).collect(),
        }))
    }

    /// Whether a path leads where it led when it was shown: to the same folder, or to one that was to be made and that is there by now,
    /// or of which less is missing. Nothing is made that was not said before (CUS-26).
    pub fn still_leads(&self, path: &str, now: &Self) -> bool {
        match (self.find(path), now.find(path)) {
            (Ok(Place::There(before)), Ok(Place::There(after))) => before == after,
            (Ok(Place::Missing(_)), Ok(Place::There(_))) => true,
            (Ok(Place::Missing(before)), Ok(Place::Missing(after))) => {
                after.names.len() <= before.names.len()
            }
            (Err(before), Err(after)) => before == after,
            _ => false,
        }
    }

    /// How many folders are made for these paths, each counted once.
    pub fn count_missing<'a>(&self, paths: impl Iterator<Item = &'a str>) -> usize {
        let mut asked = HashSet::new();
        let mut made = HashSet::new();
        for path in paths {
            // Most rows name a folder that another one has named.
            if !asked.insert(path) {
                continue;
            }
            if let Ok(Place::Missing(missing)) = self.find(path) {
                let keys: Vec<String> = missing.names.iter().map(|name| fold(name)).collect();
                made.extend((1..=keys.len()).map(|count| (missing.below, keys[..count].to_vec())));
            }
        }
        made.len()
    }
}

/// What is wrong with a name as the name of a folder, as the form says it (ORG-20).
fn problem_of(name: &str) -> Option<Nowhere> {
    let problem = fields::required("name", name, fields::NAME_LENGTH)?;
    let number = match problem.code {
        ErrorCode::FieldTooLong => fields::NAME_LENGTH,
        ErrorCode::FieldInvisibleCharacter => fields::first_invisible(name)
            .or(name.chars().next())
            .map_or(0, |character| character as usize),
        _ => 0,
    };
    Some(Nowhere::new(problem.code, number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organizations::tree::Folder;
    use flotilla_kernel::clock::Time;
    use proptest::prelude::*;
    use rstest::rstest;

    /// The default folder, and below it these, each named by its path.
    fn tree(paths: &[&[&str]]) -> Tree {
        let folder = |parent, name: &str| Folder {
            id: FolderId::new(Time(1)),
            parent,
            name: name.to_owned(),
            key: fold(name),
            zone: None,
        };
        let top = folder(None, "Default folder");
        let first = top.id;
        let mut tree = Tree::new([top]);
        for path in paths {
            let mut here = first;
            for name in *path {
                here = tree.child(here, name).unwrap_or_else(|| {
                    let made = folder(Some(here), name);
                    let id = made.id;
                    tree.add(made);
                    id
                });
            }
        }
        tree
    }

    fn folders(paths: &[&[&str]]) -> (Tree, Folders) {
        let tree = tree(paths);
        let folders = Folders::new(&tree, "Harbour", |_| true);
        (tree, folders)
    }

    /// The path that a place comes to, and what of it is missing.
    fn shown(tree: &Tree, place: Place) -> (String, String) {
        let path = |id| tree.names(id).join("/");
        match place {
            Place::There(id) => (path(id), String::new()),
            Place::Missing(missing) => (path(missing.below), missing.names.join("/")),
        }
    }

    /// DEV-04, ORG-20: names are compared without regard to case, width and accents, and whatever stands between them; what is missing
    /// is made below what there is.
    #[rstest]
    #[case("Annex", "Default folder/Annex", "")]
    #[case("ANNEX / north", "Default folder/Annex/North", "")]
    #[case("Ａｎｎｅｘ›North", "Default folder/Annex/North", "")]
    #[case("harbour > Annex", "Default folder/Annex", "")]
    #[case("default FOLDER\\Annex", "Default folder/Annex", "")]
    #[case("Harbour", "Default folder", "")]
    #[case("Annex/South", "Default folder/Annex", "South")]
    #[case("annex/north/Hall 3/Bay", "Default folder/Annex/North", "Hall 3/Bay")]
    #[case("Harbour/Yard", "Default folder", "Yard")]
    #[case("Yard/Annex", "Default folder", "Yard/Annex")]
    #[case("Quay/Shed", "Default folder/Quay/Shed", "")]
    #[case("quay/shed/Attic", "Default folder/Quay/Shed", "Attic")]
    fn paths(#[case] path: &str, #[case] there: &str, #[case] missing: &str) {
        // One is called *Quay/Shed*.
        let (tree, folders) = folders(&[&["Annex", "North"], &["Quay/Shed"]]);
        let place = folders.find(path).expect("a place");
        assert_eq!(shown(&tree, place), (there.to_owned(), missing.to_owned()));
    }

    /// ORG-20: no more levels and no other names than of folders that are made by hand.
    #[rstest]
    #[case("///", ErrorCode::FolderUnknown)]
    #[case("1/2/3/4/5/6/7/8", ErrorCode::FolderTooDeep)]
    #[case("a/b/c/d/e/f/g/h", ErrorCode::FolderTooDeep)]
    #[case(&format!("Yard/{}", "x".repeat(101)), ErrorCode::FieldTooLong)]
    #[case("Yard/a\u{200b}b", ErrorCode::FieldInvisibleCharacter)]
    #[case("Yard/a\tb", ErrorCode::FieldControlCharacter)]
    fn what_cannot_be_made(#[case] path: &str, #[case] code: ErrorCode) {
        let (_, folders) = folders(&[&["a", "b", "c"]]);
        assert_eq!(folders.find(path).map_err(|nowhere| nowhere.code), Err(code));
    }

    /// ORG-20: the seventh below the uppermost is the eighth level.
    #[test]
    fn as_deep_as_by_hand() {
        let (_, folders) = folders(&[]);
        assert!(folders.find("1/2/3/4/5/6/7").is_ok());
        assert!(folders.find("Harbour/1/2/3/4/5/6/7").is_ok());
    }

    /// RGT-06: nothing is made where the account may not make it, and what there is is found all the same.
    #[test]
    fn where_the_right_is_missing() {
        let tree = tree(&[&["Annex", "North"]]);
        let top = tree
            .folders()
            .iter()
            .find(|folder| folder.parent.is_none())
            .map(|folder| folder.id);
        let annex = tree.child(top.expect("the uppermost"), "Annex");
        let folders = Folders::new(&tree, "Harbour", |id| Some(id) == annex);
        assert!(folders.find("Annex/South").is_ok());
        assert!(folders.find("Annex/North").is_ok());
        for refused in ["South", "Annex/North/Hall"] {
            let code = folders.find(refused).expect_err("refused").code;
            assert_eq!(code, ErrorCode::RightMissing, "{refused}");
        }
    }

    /// DEV-04: each folder is counted once, however many rows need it and however they write it.
    #[test]
    fn counted_once() {
        let (_, folders) = folders(&[&["Annex"]]);
        let paths = [
            "Annex/North",
            "annex › NORTH",
            "Annex/North/Hall",
            "Yard",
            "harbour/yard",
            "Annex",
            "",
        ];
        assert_eq!(folders.count_missing(paths.into_iter()), 3);
    }

    /// CUS-26: a folder that came meanwhile is the one that was to be made; one that went is said anew.
    #[test]
    fn what_was_said_is_done() {
        let (_, without) = folders(&[]);
        let tree = tree(&[&["Annex", "North"]]);
        let with = Folders::new(&tree, "Harbour", |_| true);
        assert!(without.still_leads("Annex/North", &with));
        assert!(without.still_leads("Annex/South", &with));
        assert!(!with.still_leads("Annex/North", &without));
        assert!(!with.still_leads("Annex/South", &without));
        assert!(with.still_leads("Annex/North", &with));
        assert!(without.still_leads("///", &with));
    }

    proptest! {
        /// ORG-20: whatever a path says, what is made can be made by hand, and then the path leads to it.
        #[test]
        fn what_is_made_is_found(paths in prop::collection::vec("[aAbéＡ/›> ]{0,9}", 1..12)) {
            let mut tree = tree(&[]);
            for path in &paths {
                let folders = Folders::new(&tree, "Harbour", |_| true);
                let Ok(Place::Missing(missing)) = folders.find(path) else { continue };
                let mut here = missing.below;
                for name in &missing.names {
                    prop_assert_eq!(tree.child(here, name), None);
                    let name = tree.check_create(here, name).expect("it can be made");
                    let id = FolderId::new(Time(1));
                    tree.add(Folder { id, parent: Some(here), key: fold(&name), name, zone: None });
                    here = id;
                }
                let after = Folders::new(&tree, "Harbour", |_| true);
                prop_assert_eq!(after.find(path), Ok(Place::There(here)));
                prop_assert!(folders.still_leads(path, &after));
            }
        }
    }
}
