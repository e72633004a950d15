//! `devices …`: searching for devices, adding them, and what is on them, for scripts.

use crate::commands::{Outcome, rows, text, word};
use crate::error::CliError;
use crate::import;
use crate::named;
use crate::output::{complain, print_json, print_row};
use crate::session::{self, Person, Place};
use clap::{Args, Subcommand};
use flotilla_kernel::error::{ErrorCode, Parameters, Problem};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;

/// What can be done with devices.
#[derive(Subcommand)]
pub enum Devices {
    /// Search for devices; Ctrl+C ends the search and keeps what was found
    Discover {
        /// How: mdns, ssdp, ws-discovery, ranges; without it the first three, and ranges where some are given
        #[arg(long = "way", value_name = "WAY", value_parser = ["mdns", "ssdp", "ws-discovery", "ranges"])]
        ways: Vec<String>,
        /// The network interface to ask on; can be given several times; without it all
        #[arg(long = "interface", value_name = "NAME")]
        interfaces: Vec<String>,
        /// An address range to probe, such as 10.44.0.0/21 or 10.0.0.5-10.0.0.90; can be given several times
        #[arg(long = "range", value_name = "RANGE")]
        ranges: Vec<String>,
        /// Print JSON instead of a table
        #[arg(long)]
        json: bool,
    },
    /// Add devices to a folder; says of each what became of it
    Add(Add),
    /// Add devices from a CSV file: says what is wrong with it, or with --yes tests its rows and adds those that answered
    Import(Import),
    /// List devices
    List {
        /// Words to look for
        #[arg(default_value = "")]
        search: String,
        /// Print JSON instead of a table
        #[arg(long)]
        json: bool,
    },
    /// List the accounts on a device
    Accounts {
        /// The device's serial number, its address, or its name where no other device has it
        device: String,
        /// Print JSON instead of a table
        #[arg(long)]
        json: bool,
    },
}

/// `devices add`
#[derive(Args)]
pub struct Add {
    /// Where they are: HOST or HOST:PORT; port 443 where none is given
    #[arg(required = true)]
    devices: Vec<String>,
    /// The customer they are added to
    #[arg(long, value_name = "NAME")]
    customer: String,
    /// Path of the folder, such as Leeds/Car park; the default folder where none is given
    #[arg(long, value_name = "PATH", default_value = "")]
    folder: String,
    /// A named credential set of the customer, for devices that ask for a password
    #[arg(long, value_name = "NAME", conflicts_with = "user")]
    credentials: Option<String>,
    /// The user name for devices that ask for a password: FLOTILLA_DEVICE_PASSWORD has the password, or it is asked for
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// The user name of the first account of factory-new devices; each gets a password of its own
    #[arg(long, value_name = "NAME")]
    first_account: Option<String>,
    /// The SHA-256 of the certificate that you accept, for one device
    #[arg(long, value_name = "SHA256", conflicts_with = "trust")]
    accept: Option<String>,
    /// Trust every certificate met for the first time
    #[arg(long)]
    trust: bool,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

/// `devices import`
#[derive(Args)]
pub struct Import {
    /// The file: Address, Port, Name, Folder, User name, Password
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The customer they are added to
    #[arg(long, value_name = "NAME")]
    customer: String,
    /// Path of the folder of rows that name none; the default folder where none is given
    #[arg(long, value_name = "PATH", default_value = "")]
    folder: String,
    /// The user name of rows without one: FLOTILLA_DEVICE_PASSWORD has their password, or it is asked for
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// Test the rows and add the devices that answered
    #[arg(long)]
    yes: bool,
    /// Trust every certificate met for the first time
    #[arg(long, requires = "yes")]
    trust: bool,
    /// Give factory-new devices their first account, with the user name and password of their row, and add them
    #[arg(long, requires = "yes")]
    first_account: bool,
    /// Delete the file afterwards, since it holds passwords
    #[arg(long, requires = "yes")]
    delete_file: bool,
    /// Print JSON instead of text
    #[arg(long)]
    json: bool,
}

/// `devices …`
pub async fn run(place: &Place, command: Devices) -> Outcome {
    let person = Person::sign_in(place).await?;
    let done = match command {
        Devices::Discover {
            ways,
            interfaces,
            ranges,
            json,
        } => discover(&person, ways, &interfaces, &ranges, json).await,
        Devices::Add(wanted) => add(&person, wanted).await,
        Devices::Import(wanted) => import_file(&person, wanted).await,
        Devices::List { search, json } => list(&person, &search, json).await,
        Devices::Accounts { device, json } => accounts(&person, &device, json).await,
    };
    person.leave().await;
    done
}

async fn discover(
    person: &Person,
    mut ways: Vec<String>,
    interfaces: &[String],
    ranges: &[String],
    as_json: bool,
) -> Outcome {
    if ways.is_empty() {
        ways = ["mdns", "ssdp", "ws-discovery"].map(str::to_owned).to_vec();
    }
    if !ranges.is_empty() {
        ways.push("ranges".to_owned());
    }
    let ways: Vec<String> = ways.iter().map(|way| way.replace('-', "_")).collect();
    let chosen = (!interfaces.is_empty()).then_some(interfaces);
    let arguments = json!({ "ways": ways, "interfaces": chosen, "ranges": ranges.join(",") });
    let workspace = person.program.workspace().await?;
    let mut events = workspace.database.subscribe();
    let search = person.call("discovery.start", &arguments).await?;
    let id = json!({ "id": search["id"] });
    let shows = std::io::stderr().is_terminal();
    let mut cancelled = false;
    let ended = loop {
        let view = person.call("discovery.read", &id).await?;
        if shows {
            // Nobody reads it: then there is nobody to tell.
            let _ = write!(
                std::io::stderr(),
                "\r{} ({} / {})",
                view["found"],
                view["probed"],
                view["to_probe"]
            );
        }
        if !view["finished_at"].is_null() {
            break view;
        }
        tokio::select! {
            _ = events.recv() => {}
            _ = tokio::signal::ctrl_c(), if !cancelled => {
                cancelled = true;
                person.call("discovery.stop", &id).await?;
            }
        }
    };
    if shows {
        let _ = writeln!(std::io::stderr());
    }
    let found = found(person, &search["id"]).await?;
    let mut hindrances = ended["hindrances"].as_array().cloned().unwrap_or_default();
    let unnamed = unknown(person, interfaces, &hindrances).await?;
    hindrances.extend(unnamed);
    if as_json {
        print_json(&json!({ "devices": found, "hindrances": hindrances }));
        return Ok(());
    }
    for device in &found {
        print_row(
            device,
            &[
                "host", "port", "serial", "model", "version", "state", "ways", "note",
            ],
        );
    }
    if found.is_empty() {
        complain(&word("discovery-nothing", &Parameters::new()));
    }
    hindered(&hindrances, &ways)
        .iter()
        .for_each(|line| complain(line));
    Ok(())
}

/// The chosen interfaces that there are not, and that the search has not named: ranges are probed whatever interfaces are chosen.
async fn unknown(person: &Person, chosen: &[String], hindrances: &[Value]) -> Result<Vec<Value>, CliError> {
    let named = |name: &String| hindrances.iter().any(|one| one["interface"] == name.as_str());
    let left: Vec<&String> = chosen.iter().filter(|name| !named(name)).collect();
    if left.is_empty() {
        return Ok(Vec::new());
    }
    let there = person.call("discovery.interfaces", &json!({})).await?;
    let is_there = |name: &String| {
        let mut all = there.as_array().into_iter().flatten();
        all.any(|one| one["name"] == name.as_str())
    };
    let left = left.into_iter().filter(|name| !is_there(name));
    let hindrance = |name: &String| json!({ "way": null, "interface": name, "range": "", "reason": "interface-unknown", "detail": "" });
    Ok(left.map(hindrance).collect())
}

/// What prevented parts of a search: each reason once, with everything that it prevented.
fn hindered(hindrances: &[Value], ways: &[String]) -> Vec<String> {
    let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
    for one in hindrances {
        let reason = text(one, "reason");
        let at = reasons.iter().position(|(known, _)| *known == reason);
        let at = at.unwrap_or_else(|| {
            reasons.push((reason, Vec::new()));
            reasons.len() - 1
        });
        for place in places_of(one, ways) {
            if !reasons[at].1.contains(&place) {
                reasons[at].1.push(place);
            }
        }
    }
    let line = |(reason, places): &(&str, Vec<String>)| {
        let said = word(&format!("discovery-hindrance-{reason}"), &Parameters::new());
        if places.is_empty() {
            said
        } else {
            format!("{said} ({})", places.join(", "))
        }
    };
    reasons.iter().map(line).collect()
}

/// What a hindrance prevented: a way, an interface, a range, or every way that asks networks; and what the operating system said.
fn places_of(hindrance: &Value, ways: &[String]) -> Vec<String> {
    let named = |way: &str| word(&format!("discovery-way-{way}"), &Parameters::new());
    let wheres = ["interface", "range"].map(|name| text(hindrance, name));
    let wheres = wheres.into_iter().filter(|name| !name.is_empty());
    let place = wheres.collect::<Vec<_>>().join(", ");
    let mut places = match (text(hindrance, "way"), place.is_empty()) {
        // Of all that ask networks, those that were to ask.
        ("", true) => {
            let asking = ways.iter().filter(|way| *way != "ranges");
            asking.map(|way| named(way)).collect()
        }
        ("", false) => vec![place],
        (way, true) => vec![named(way)],
        (way, false) => {
            let parameters = BTreeMap::from([
                ("way".to_owned(), named(way).into()),
                ("where".to_owned(), place.into()),
            ]);
            vec![word("discovery-hindrance-place", &parameters)]
        }
    };
    let detail = text(hindrance, "detail");
    if !detail.is_empty() {
        places.push(detail.to_owned());
    }
    places
}

/// Everything that a search has found, by address.
async fn found(person: &Person, search: &Value) -> Result<Vec<Value>, CliError> {
    let mut found: BTreeMap<String, Value> = BTreeMap::new();
    let mut since = json!(0);
    loop {
        let part = person
            .call("discovery.rows", &json!({ "id": search, "since": since }))
            .await?;
        for row in part["rows"].as_array().into_iter().flatten() {
            found.insert(text(row, "key").to_owned(), row.clone());
        }
        for key in part["gone"].as_array().into_iter().flatten() {
            found.remove(key.as_str().unwrap_or_default());
        }
        since = part["revision"].clone();
        if part["more"] != true {
            break;
        }
    }
    let mut found: Vec<Value> = found.into_values().collect();
    found.sort_by_key(|row| {
        let address: Option<std::net::IpAddr> = text(row, "host").parse().ok();
        (address, text(row, "key").to_owned())
    });
    Ok(found)
}

/// Host and port of `HOST`, `HOST:PORT` or `[ADDRESS]:PORT`.
fn place_of(device: &str) -> Result<(String, u16), CliError> {
    const PORT: u16 = 443;
    let wrong = || CliError::from(Problem::new(ErrorCode::FieldNotAnAddress).with("address", device));
    let port = |text: &str| text.parse::<u16>().map_err(|_| wrong());
    if let Some(rest) = device.strip_prefix('[') {
        let (host, rest) = rest.split_once(']').ok_or_else(wrong)?;
        return match rest.strip_prefix(':') {
            Some(text) => Ok((host.to_owned(), port(text)?)),
            None if rest.is_empty() => Ok((host.to_owned(), PORT)),
            None => Err(wrong()),
        };
    }
    match device.split_once(':') {
        // More than one: an address of IPv6.
        Some((_, rest)) if rest.contains(':') => Ok((device.to_owned(), PORT)),
        Some((host, text)) => Ok((host.to_owned(), port(text)?)),
        None => Ok((device.to_owned(), PORT)),
    }
}

/// The organization of this name, and the folder at this path.
async fn folder_of(person: &Person, customer: &str, path: &str) -> Result<(Value, Value), CliError> {
    let not_found = |name: &str| Problem::new(ErrorCode::NotFound).with("name", name);
    let same = |one: &str, other: &str| one.trim().to_lowercase() == other.trim().to_lowercase();
    let customers = rows(person, "organizations", customer).await?;
    let organization = customers
        .iter()
        .find(|row| same(text(row, "name"), customer))
        .map(|row| row["id"].clone())
        .ok_or_else(|| not_found(customer))?;
    let tree = person
        .call("folders.tree", &json!({ "id": organization }))
        .await?;
    let nodes = tree.as_array().cloned().unwrap_or_default();
    let mut folder = nodes
        .iter()
        .find(|node| node["default"] == true)
        .or(nodes.first())
        .map(|node| node["id"].clone())
        .ok_or_else(|| not_found(customer))?;
    for name in path.split('/').map(str::trim).filter(|name| !name.is_empty()) {
        folder = nodes
            .iter()
            .find(|node| node["parent"] == folder && same(text(node, "name"), name))
            .map(|node| node["id"].clone())
            .ok_or_else(|| not_found(name))?;
    }
    Ok((organization, folder))
}

async fn import_file(person: &Person, wanted: Import) -> Outcome {
    let (organization, folder) = folder_of(person, &wanted.customer, &wanted.folder).await?;
    let choices = import::Choices {
        yes: wanted.yes,
        trust: wanted.trust,
        // A device is known by its serial number: one that was never met is not added.
        without_contact: false,
        first_accounts: wanted.first_account,
        delete_file: wanted.delete_file,
        service_password: wanted.user.is_some(),
        service_user: wanted.user.unwrap_or_default(),
        service_port: String::new(),
        password_variable: "FLOTILLA_DEVICE_PASSWORD",
        password_question: "cli-ask-device-password",
        json: wanted.json,
    };
    let rows = import::Rows::Devices { organization, folder };
    import::import_as(person, &wanted.file, rows, choices).await
}

async fn add(person: &Person, wanted: Add) -> Outcome {
    let (organization, folder) = folder_of(person, &wanted.customer, &wanted.folder).await?;
    let mut devices = Vec::with_capacity(wanted.devices.len());
    for device in &wanted.devices {
        let (host, port) = place_of(device)?;
        devices.push(json!({ "host": host, "port": port, "accept": wanted.accept }));
    }
    let credentials = match (&wanted.credentials, &wanted.user) {
        (Some(name), _) => {
            let sets = person
                .call("credential_sets.of", &json!({ "organization": organization }))
                .await?;
            let set = sets
                .as_array()
                .into_iter()
                .flatten()
                .find(|set| text(set, "name").eq_ignore_ascii_case(name.trim()))
                .map(|set| set["id"].clone())
                .ok_or_else(|| Problem::new(ErrorCode::NotFound).with("name", name.as_str()))?;
            json!({ "kind": "set", "id": set })
        }
        (None, Some(user)) => {
            let password = session::secret("FLOTILLA_DEVICE_PASSWORD", "cli-ask-device-password")?;
            json!({ "kind": "typed", "user_name": user, "password": password.expose() })
        }
        (None, None) => Value::Null,
    };
    let first_account = wanted
        .first_account
        .as_ref()
        .map(|name| json!({ "user_name": name, "password": null }));
    let arguments = json!({
        "organization": organization, "folder": folder, "devices": devices, "credentials": credentials,
        "first_account": first_account, "accept_first_met": wanted.trust,
    });
    let workspace = person.program.workspace().await?;
    let mut events = workspace.database.subscribe();
    let begun = person.call("devices.add", &arguments).await?;
    let mut cancelled = false;
    let act = loop {
        let act = person.call("devices.act", &json!({ "id": begun["id"] })).await?;
        if !act["finished_at"].is_null() {
            break act;
        }
        tokio::select! {
            _ = events.recv() => {}
            _ = tokio::signal::ctrl_c(), if !cancelled => {
                cancelled = true;
                person.call("work.cancel", &json!({ "id": act["work"] })).await?;
            }
        }
    };
    let all = rows(person, "device_results", "").await?;
    let mut results: Vec<Value> = all.into_iter().filter(|row| row["act"] == begun["id"]).collect();
    for row in &mut results {
        row["error"] = row["problem"]["code"].clone();
        row["sha256"] = row["certificate"]["sha256"].clone();
    }
    if wanted.json {
        print_json(&Value::from(results.clone()));
    } else {
        for row in &results {
            print_row(
                row,
                &["host", "port", "serial", "model", "state", "error", "sha256"],
            );
        }
    }
    if act["counts"]["done"] == act["counts"]["all"] {
        return Ok(());
    }
    let first = results.iter().find(|row| !row["problem"].is_null());
    let code = first.and_then(|row| ErrorCode::from_code(text(row, "error")));
    let mut problem = Problem::new(code.unwrap_or(ErrorCode::Cancelled));
    if let Some(row) = first {
        for (name, value) in row["problem"]["params"].as_object().into_iter().flatten() {
            problem = match value.as_i64() {
                Some(number) => problem.with(name, number),
                None => problem.with(name, value.as_str().unwrap_or_default()),
            };
        }
    }
    Err(problem.into())
}

async fn cameras(person: &Person, search: &str) -> Result<Vec<Value>, CliError> {
    let mut found = rows(person, "systems", search).await?;
    found.retain(|row| row["kind"] == "camera");
    Ok(found)
}

async fn list(person: &Person, search: &str, as_json: bool) -> Outcome {
    let found = cameras(person, search).await?;
    if as_json {
        print_json(&Value::from(found));
        return Ok(());
    }
    for row in &found {
        print_row(
            row,
            &["name", "serial", "model", "version", "host", "state", "customer"],
        );
    }
    Ok(())
}

async fn accounts(person: &Person, device: &str, as_json: bool) -> Outcome {
    // An address of IPv6 is found without the brackets that it may be written in.
    let found = cameras(person, device.trim().trim_matches(['[', ']'])).await?;
    let system = named::DEVICE.find(&found, device)?["id"].clone();
    let accounts = person.call("devices.accounts", &json!({ "id": system })).await?;
    if as_json {
        print_json(&accounts);
        return Ok(());
    }
    for account in accounts.as_array().into_iter().flatten() {
        print_row(account, &["name", "role", "ptz", "own"]);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{hindered, place_of};
    use serde_json::json;

    /// DEV-02: with a port or without, of either version of IP.
    #[test]
    fn places() {
        for (text, expected) in [
            ("10.0.0.5", Some(("10.0.0.5", 443))),
            ("10.0.0.5:8443", Some(("10.0.0.5", 8443))),
            ("gate.example:80", Some(("gate.example", 80))),
            ("fe80::1", Some(("fe80::1", 443))),
            ("[fe80::1]", Some(("fe80::1", 443))),
            ("[fe80::1]:8443", Some(("fe80::1", 8443))),
            ("[fe80::1", None),
            ("[fe80::1]8443", None),
            ("10.0.0.5:port", None),
            ("10.0.0.5:70000", None),
        ] {
            let found = place_of(text).ok();
            let found = found.as_ref().map(|(host, port)| (host.as_str(), *port));
            assert_eq!(found, expected, "{text}");
        }
    }
    /// DEV-01: each reason is said once, with the ways, interfaces and ranges that it concerns.
    #[test]
    fn what_hindered_a_search_is_named() {
        let one = |way: Option<&str>, interface: &str, reason: &str, detail: &str| json!({ "way": way, "interface": interface, "range": "", "reason": reason, "detail": detail });
        let ways = ["mdns", "ws_discovery", "ranges"].map(str::to_owned);
        let lines = hindered(
            &[
                one(None, "eth9", "interface-unknown", ""),
                one(Some("mdns"), "eth0", "answers-filtered", ""),
                one(Some("ws_discovery"), "eth0", "answers-filtered", ""),
                one(None, "", "no-interface", ""),
                one(Some("ranges"), "", "other", "strange"),
            ],
            &ways,
        );
        for (line, named) in lines.iter().zip([
            &["(eth9)"][..],
            &["mDNS", "WS-Discovery", "eth0"],
            &["(mDNS, WS-Discovery)"],
            &["strange)"],
        ]) {
            assert!(named.iter().all(|name| line.contains(*name)), "{line}");
        }
        assert_eq!(lines.len(), 4);
    }
}
