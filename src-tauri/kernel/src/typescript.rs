//! TypeScript made from Rust types: what a command, an event or a preference looks like on the other side.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use ts_rs::{Config, TS, TypeVisitor};

/// The declarations of all types that were asked for, with those they consist of.
pub struct Declarations {
    seen: HashSet<TypeId>,
    /// By their names, so that the generated file does not depend on the order.
    text: BTreeMap<String, String>,
    config: Config,
}

impl Default for Declarations {
    fn default() -> Self {
        Self {
            seen: HashSet::new(),
            text: BTreeMap::new(),
            config: Config::default().with_large_int("number"),
        }
    }
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        if T::output_path().is_some() {
            self.text.insert(
                T::ident(&self.config),
                format!("export {}\n", T::decl(&self.config)),
            );
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

impl Declarations {
    /// Declares a type with all it consists of; gives how it is named.
    pub fn declare<T: TS + 'static>(&mut self) -> String {
        self.visit::<T>();
        T::name(&self.config)
    }

    /// Declares a union of texts, or an intersection of types, under a name that Rust types refer to.
    pub fn alias(&mut self, name: &str, definition: &str) {
        self.text
            .insert(name.to_owned(), format!("export type {name} = {definition};\n"));
    }

    /// All names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.text.keys().map(String::as_str)
    }

    /// All declarations, in the order of their names.
    pub fn text(&self) -> String {
        self.text.values().cloned().collect::<Vec<_>>().join("\n")
    }
}

/// A text type whose declaration is a union that is made from the features ([`Declarations::alias`]).
#[macro_export]
macro_rules! named_union {
    ($name:ident) => {
        impl ts_rs::TS for $name {
            type WithoutGenerics = Self;
            type OptionInnerType = Self;
            fn name(_: &ts_rs::Config) -> String {
                stringify!($name).to_owned()
            }
            fn inline(_: &ts_rs::Config) -> String {
                stringify!($name).to_owned()
            }
        }
    };
}
