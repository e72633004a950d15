//! `repository …`: the software repository for scripts.

use crate::commands::{Outcome, rows, text};
use crate::error::{CliError, Own};
use crate::named;
use crate::output::{complain, print_json, print_row};
use crate::session::{Person, Place, words};
use clap::Subcommand;
use flotilla_kernel::error::{ErrorCode, Parameters, Problem};
use flotilla_kernel::transfer::unreadable;
use serde_json::{Value, json};
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

/// What can be done with the software repository.
#[derive(Subcommand)]
pub enum Repository {
    /// List packages
    List {
        /// Words to look for
        #[arg(default_value = "")]
        search: String,
        /// Print JSON instead of a table
        #[arg(long)]
        json: bool,
    },
    /// Add a file; Ctrl+C stops, and the same command goes on where it was
    Add {
        /// The file
        file: PathBuf,
        /// A `.sha256` file of the vendor; the one beside the file where none is given
        #[arg(long, value_name = "FILE")]
        digest: Option<PathBuf>,
        /// Print JSON instead of a table
        #[arg(long)]
        json: bool,
    },
    /// Add a file from an https address; Ctrl+C stops, and the same command goes on where it was
    Fetch {
        /// The address
        address: String,
        /// The vendor's SHA-256 of the file
        #[arg(long, value_name = "SHA256", default_value = "")]
        digest: String,
        /// The SHA-256 of a certificate that you accept for this server
        #[arg(long, value_name = "SHA256")]
        accept: Option<String>,
        /// Print JSON instead of a table
        #[arg(long)]
        json: bool,
    },
    /// Read packages again and compare them with their SHA-256: all that match
    Verify {
        /// Words to look for
        #[arg(default_value = "")]
        search: String,
        /// Print JSON instead of a table
        #[arg(long)]
        json: bool,
    },
    /// Delete packages
    Delete {
        /// Their file names or SHA-256; of several with one file name the SHA-256
        #[arg(required = true)]
        packages: Vec<String>,
        /// Do it, instead of saying what would be done
        #[arg(long)]
        yes: bool,
    },
    /// Save a copy of a package, verified first
    Save {
        /// Its file name, or its SHA-256 where several have that name
        package: String,
        /// Where to write it
        file: PathBuf,
    },
}

/// The columns of a table of packages.
const COLUMNS: [&str; 7] = [
    "file_name",
    "kind",
    "product",
    "version",
    "size",
    "state",
    "sha256",
];

/// `repository …`
pub async fn run(place: &Place, command: Repository) -> Outcome {
    let person = Person::sign_in(place).await?;
    let done = match command {
        Repository::List { search, json } => list(&person, &search, json).await,
        Repository::Add { file, digest, json } => add(&person, &file, digest, json).await,
        Repository::Fetch {
            address,
            digest,
            accept,
            json,
        } => fetch(&person, &address, &digest, accept, json).await,
        Repository::Verify { search, json } => verify(&person, &search, json).await,
        Repository::Delete { packages, yes } => delete(&person, &packages, yes).await,
        Repository::Save { package, file } => save(&person, &package, &file).await,
    };
    person.leave().await;
    done
}

fn print_packages(packages: &[Value], as_json: bool) {
    if as_json {
        return print_json(&Value::from(packages));
    }
    for package in packages {
        print_row(package, &COLUMNS);
    }
}

async fn list(person: &Person, search: &str, as_json: bool) -> Outcome {
    print_packages(&rows(person, "repository", search).await?, as_json);
    Ok(())
}

/// A file that stopped half-way and is the same: its name and size, or its address.
async fn stopped(person: &Person, same: impl Fn(&Value) -> bool) -> Result<Option<Value>, CliError> {
    let arrivals = person.call("repository.arrivals", &json!({})).await?;
    let arrivals = arrivals.as_array().into_iter().flatten();
    let mut interrupted = arrivals.filter(|arrival| arrival["state"] == "interrupted");
    Ok(interrupted.find(|arrival| same(arrival)).cloned())
}

async fn add(person: &Person, file: &Path, digest: Option<PathBuf>, as_json: bool) -> Outcome {
    let workspace = person.program.workspace().await?;
    let upload = workspace.transfers.choose(person.session().await?, file)?;
    let digest = match digest {
        // Nothing at all would mean that none was given.
        Some(path) => format!("{}\n", std::fs::read_to_string(path).map_err(unreadable)?),
        None => String::new(),
    };
    let same = |arrival: &Value| {
        arrival["source"] == "file" && arrival["file_name"] == upload.name && arrival["total"] == upload.size
    };
    // What has come is compared with the file, whichever it was.
    let before = stopped(person, same).await?.filter(|_| digest.is_empty());
    let arrival = match before {
        Some(before) => {
            person
                .call("repository.resume", &json!({ "arrival": before["id"] }))
                .await?
        }
        None => {
            let arguments = json!({ "upload": upload.upload, "digest": digest });
            person.call("repository.add", &arguments).await?
        }
    };
    arrived(person, arrival, as_json).await
}

async fn fetch(
    person: &Person,
    address: &str,
    digest: &str,
    accept: Option<String>,
    as_json: bool,
) -> Outcome {
    let same = |arrival: &Value| arrival["source"] == "address" && arrival["address"] == address;
    if let Some(before) = stopped(person, same).await? {
        let arrival = person
            .call("repository.resume", &json!({ "arrival": before["id"] }))
            .await?;
        return arrived(person, arrival, as_json).await;
    }
    let arguments = json!({ "address": address, "digest": digest, "accept": accept });
    let answer = person.call("repository.fetch", &arguments).await?;
    if answer["arrival"].is_null() {
        print_json(&answer["certificate"]);
        return Err(not_trusted(address, text(&answer["certificate"], "sha256")).into());
    }
    arrived(person, answer["arrival"].clone(), as_json).await
}

/// Nobody has accepted the certificate of a server that this machine does not trust (CRT-11).
fn not_trusted(address: &str, sha256: &str) -> Own {
    let after = address.split_once("://").map_or(address, |(_, after)| after);
    let host = after.split(['/', '?', '#']).next().unwrap_or_default();
    // A name and a password may stand before it.
    let host = host.rsplit('@').next().unwrap_or_default();
    Own {
        code: "certificate.not-trusted",
        key: "cli-certificate-not-trusted",
        parameters: Parameters::from([
            ("host".to_owned(), host.into()),
            ("sha256".to_owned(), sha256.into()),
        ]),
        choices: Vec::new(),
    }
}

/// Waits until a file has come in, saying how far it is on a terminal.
async fn arrived(person: &Person, arrival: Value, as_json: bool) -> Outcome {
    let workspace = person.program.workspace().await?;
    let mut events = workspace.database.subscribe();
    let mut cancelled = false;
    let shows = std::io::stderr().is_terminal();
    let last = loop {
        let arrivals = person.call("repository.arrivals", &json!({})).await?;
        let found = arrivals
            .as_array()
            .into_iter()
            .flatten()
            .find(|one| one["id"] == arrival["id"])
            .cloned();
        let Some(found) = found.filter(|found| found["state"] == "running") else {
            break arrivals
                .as_array()
                .into_iter()
                .flatten()
                .find(|one| one["id"] == arrival["id"])
                .cloned();
        };
        if shows {
            // Nobody reads it: then there is nobody to tell.
            let _ = write!(std::io::stderr(), "\r{} / {}", found["done"], found["total"]);
        }
        tokio::select! {
            _ = events.recv() => {}
            _ = tokio::signal::ctrl_c(), if !cancelled => {
                cancelled = true;
                person.call("work.cancel", &json!({ "id": found["work"] })).await?;
            }
        }
    };
    if shows {
        let _ = writeln!(std::io::stderr());
    }
    let package = match last {
        // It became a package.
        None => {
            let name = text(&arrival, "file_name").to_owned();
            let found = rows(person, "repository", "").await?;
            let newest = found.into_iter().filter(|row| row["file_name"] == name.as_str());
            newest.max_by_key(|row| row["added_at"].as_i64())
        }
        Some(known) if known["state"] == "known" => {
            person
                .call("repository.discard", &json!({ "arrival": known["id"] }))
                .await?;
            Some(known["known_as"].clone())
        }
        Some(failed) => {
            let code = ErrorCode::from_code(text(&failed, "error")).unwrap_or(ErrorCode::Cancelled);
            return Err(Problem::new(code).into());
        }
    };
    let packages: Vec<Value> = package.into_iter().collect();
    print_packages(&packages, as_json);
    if !as_json {
        for doubt in packages
            .iter()
            .filter_map(|package| package["doubts"].as_array())
            .flatten()
        {
            let name = doubt.as_str().unwrap_or_default();
            complain(
                words()
                    .get(&format!("repository-doubt-{name}"))
                    .as_deref()
                    .unwrap_or(name),
            );
        }
    }
    Ok(())
}

async fn verify(person: &Person, search: &str, as_json: bool) -> Outcome {
    let packages = rows(person, "repository", search).await?;
    let ids: Vec<&Value> = packages.iter().map(|package| &package["id"]).collect();
    for some in ids.chunks(1_000) {
        person.call("repository.verify", &json!({ "ids": some })).await?;
    }
    let workspace = person.program.workspace().await?;
    let mut events = workspace.database.subscribe();
    loop {
        let works = person.call("work.list", &json!({})).await?;
        let verifying = |work: &Value| work["kind"] == "repository_verify" && work["finished_at"].is_null();
        if !works.as_array().is_some_and(|works| works.iter().any(verifying)) {
            break;
        }
        // Whatever it was, it is looked at again.
        let _ = events.recv().await;
    }
    let packages = rows(person, "repository", search).await?;
    print_packages(&packages, as_json);
    let altered = packages.iter().find(|package| package["state"] != "stored");
    match altered {
        Some(altered) if altered["state"] == "missing" => {
            Err(Problem::new(ErrorCode::RepositoryMissing).into())
        }
        Some(_) => Err(Problem::new(ErrorCode::RepositoryAltered).into()),
        None => Ok(()),
    }
}

/// The packages of these names or digests.
async fn named(person: &Person, names: &[String]) -> Result<Vec<Value>, CliError> {
    let all = rows(person, "repository", "").await?;
    let mut found = Vec::new();
    for name in names {
        found.push(named::PACKAGE.find(&all, name)?.clone());
    }
    Ok(found)
}

async fn delete(person: &Person, names: &[String], yes: bool) -> Outcome {
    let packages = named(person, names).await?;
    print_packages(&packages, false);
    if !yes {
        return Ok(());
    }
    let ids: Vec<&Value> = packages.iter().map(|package| &package["id"]).collect();
    let outcomes = person.call("repository.delete", &json!({ "ids": ids })).await?;
    let refused = outcomes
        .as_array()
        .into_iter()
        .flatten()
        .find_map(|outcome| outcome["error"].as_str());
    match refused.and_then(ErrorCode::from_code) {
        Some(code) => Err(Problem::new(code).into()),
        None => Ok(()),
    }
}

async fn save(person: &Person, name: &str, file: &Path) -> Outcome {
    let packages = named(person, &[name.to_owned()]).await?;
    let id = packages.first().map(|package| package["id"].clone());
    let prepared = person.call("repository.hand_out", &json!({ "id": id })).await?;
    let download = serde_json::from_value(prepared["download"].clone()).map_err(Problem::internal)?;
    let workspace = person.program.workspace().await?;
    workspace
        .transfers
        .save(download, person.session().await?, file)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::not_trusted;
    use flotilla_kernel::error::Parameter;

    /// CRT-11: a certificate that was never met is not called a different one, and its server is named.
    #[test]
    fn a_certificate_that_was_never_met() {
        for (address, host) in [
            ("https://localhost:8443/os.bin?x=1", "localhost:8443"),
            ("https://user:secret@files.example/", "files.example"),
            ("https://[fe80::1]:8443", "[fe80::1]:8443"),
        ] {
            let own = not_trusted(address, "AB:CD");
            assert_eq!(own.code, "certificate.not-trusted");
            assert_eq!(own.parameters.get("host"), Some(&Parameter::from(host)));
        }
    }
}
