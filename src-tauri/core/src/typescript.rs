//! The TypeScript side of the wire, made from the features and the types their commands name.

use crate::joined::JoinedPlace;
use flotilla_kernel::error::{ErrorCode, Failure, WireError};
use flotilla_kernel::events::Event;
use flotilla_kernel::feature::{Features, Kind};
use flotilla_kernel::transfer::Upload;
use flotilla_kernel::typescript::Declarations;
use std::fmt::Write;

/// The two generated files: every type of the wire, and the commands with their arguments and replies.
pub fn files(features: Features) -> [(&'static str, String); 2] {
    let mut declarations = Declarations::default();
    let mut commands = String::new();
    for command in features.commands() {
        let (arguments, reply) = (command.declare)(&mut declarations);
        let kind = match command.kind {
            Kind::Query => "query",
            Kind::Act => "act",
        };
        let _ = writeln!(
            commands,
            "  \"{}\": {{ kind: \"{kind}\"; arguments: {arguments}; reply: {reply} }};",
            command.name
        );
    }
    declarations.declare::<Event>();
    declarations.declare::<Failure>();
    declarations.declare::<JoinedPlace>();
    declarations.declare::<Upload>();
    declarations.declare::<WireError>();
    declarations.declare::<ErrorCode>();
    let union = |names: Vec<&str>| {
        let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        names.join(" | ")
    };
    let changes = features.changes().map(|change| change.name.0).collect();
    declarations.alias("FeatureName", &union(changes));
    declarations.alias(
        "ListName",
        &union(features.lists().map(|list| list.list.0).collect()),
    );
    let services = features.services().filter(|service| service.shown.is_some());
    declarations.alias(
        "ServiceName",
        &union(services.map(|service| service.name.0).collect()),
    );
    let work = features.0.iter().flat_map(|feature| feature.work);
    declarations.alias("WorkKind", &union(work.map(|kind| kind.0).collect()));
    let parts: Vec<String> = features
        .preferences()
        .map(|part| (part.declare)(&mut declarations))
        .collect();
    declarations.alias("Preferences", &parts.join(" & "));
    let header = "// Generated from the Rust types by `cargo xtask types`. Do not edit.\n\n";
    let used: Vec<&str> = declarations
        .names()
        .filter(|name| {
            commands
                .split(|character: char| !character.is_alphanumeric())
                .any(|word| word == *name)
        })
        .collect();
    let table = format!(
        "{header}import type {{ {} }} from \"./types\";\n\nexport type Commands = {{\n{commands}}};\n",
        used.join(", ")
    );
    [
        ("types.ts", format!("{header}{}", declarations.text())),
        ("commands.ts", table),
    ]
}
