//! The TypeScript side of the wire, made from the command table and the types it names.

use crate::accounts::types::*;
use crate::administration::types::*;
use crate::alarms::types::*;
use crate::audit::types::*;
use crate::customers::types::*;
use crate::dashboard::types::*;
use crate::lists::types::*;
use crate::organizations::types::*;
use crate::systems::types::*;
use crate::wire::error::{ErrorCode, WireError};
use crate::wire::types::*;
use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;
use ts_rs::{Config, TS, TypeVisitor};

#[derive(Default)]
struct Declarations {
    seen: HashSet<TypeId>,
    text: BTreeMap<String, String>,
    config: Config,
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

impl TS for Packed {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;
    fn name(_: &Config) -> String {
        "Uint8Array".to_owned()
    }
    fn inline(_: &Config) -> String {
        "Uint8Array".to_owned()
    }
}

/// The two generated files: every type of the wire, and the commands with their arguments and replies.
pub fn files() -> [(&'static str, String); 2] {
    let mut declarations = Declarations {
        config: Config::default().with_large_int("number"),
        ..Declarations::default()
    };
    let mut commands = String::new();
    let config = Config::default().with_large_int("number");
    macro_rules! describe {
        ($($kind:ident $name:literal $access:ident crate $(:: $segment:ident)+ ($arguments:ty) -> $reply:ty;)*) => {$(
            declarations.visit::<$arguments>();
            declarations.visit::<$reply>();
            let _ = writeln!(
                commands,
                "  \"{}\": {{ kind: \"{}\"; arguments: {}; reply: {} }};",
                $name,
                stringify!($kind),
                <$arguments as TS>::name(&config),
                <$reply as TS>::name(&config),
            );
        )*};
    }
    crate::wire::table::command_table!(describe);
    declarations.visit::<Event>();
    declarations.visit::<Failure>();
    declarations.visit::<JoinedPlace>();
    declarations.visit::<Upload>();
    declarations.visit::<WireError>();
    declarations.visit::<ErrorCode>();
    let names: Vec<&str> = declarations.text.keys().map(String::as_str).collect();
    let header = "// Generated from the Rust types by `cargo xtask types`. Do not edit.\n\n";
    let used: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| {
            commands
                .split(|character: char| !character.is_alphanumeric())
                .any(|word| word == *name)
        })
        .collect();
    let types = format!(
        "{header}{}",
        declarations.text.values().cloned().collect::<Vec<_>>().join("\n")
    );
    let table = format!(
        "{header}import type {{ {} }} from \"./types\";\n\nexport type Commands = {{\n{commands}}};\n",
        used.join(", ")
    );
    [("types.ts", types), ("commands.ts", table)]
}
