//! `flotilla-simulator offline-request` and `offline-confirm`: a system without a network at the command line.
use anyhow::{Context, bail};
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use flotilla_licence_formats::{Name, Quantity, SystemId};
use flotilla_simulator::{OfflineIdentity, OfflineSystem};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Bytes of a file that are read; a licence file that is larger is refused by what reads it.
const LARGEST_FILE: u64 = 8 * 1024 * 1024;

#[derive(Subcommand)]
pub enum Offline {
    /// Writes the request of a system without a network; makes the system when its state file is not there.
    OfflineRequest(Box<RequestArguments>),
    /// Takes a licence file in as the system would, and writes the confirmation.
    OfflineConfirm(ConfirmArguments),
}

#[derive(Args)]
pub struct RequestArguments {
    /// What the system is and knows.
    #[arg(long, value_name = "FILE")]
    state: PathBuf,
    /// Where the request goes.
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
    /// What it needs, by licence type; can be given several times. Without any, what it needed before.
    #[arg(long = "need", value_name = "TYPE=QUANTITY", value_parser = need)]
    needs: Vec<Quantity>,
    /// The day by the system's clock; today, when none is given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<NaiveDate>,
    /// Of a new system: the product.
    #[arg(long, value_parser = name, default_value = "camera-station-pro")]
    product: Name,
    /// Of a new system: the version of the product.
    #[arg(long, default_value = "6.4")]
    product_version: String,
    /// Of a new system: how it calls itself.
    #[arg(long, value_parser = system, default_value = "simulated-system-1")]
    system: SystemId,
    /// Of a new system: what its hardware is recognised by; can be given several times.
    #[arg(long, value_name = "ID")]
    hardware: Vec<String>,
    /// Of a new system: it has no key to sign with.
    #[arg(long)]
    unsigned: bool,
}

#[derive(Args)]
pub struct ConfirmArguments {
    /// What the system is and knows.
    #[arg(long, value_name = "FILE")]
    state: PathBuf,
    /// The licence file.
    #[arg(long, value_name = "FILE")]
    response: PathBuf,
    /// Where the confirmation goes.
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
    /// The public key of an issuer that the system trusts from now on; can be given several times.
    #[arg(long = "issuer", value_name = "FILE")]
    issuers: Vec<PathBuf>,
    /// Gives the licences back instead.
    #[arg(long = "return")]
    gives_back: bool,
    /// The day by the system's clock; today, when none is given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<NaiveDate>,
}

fn name(text: &str) -> Result<Name, String> {
    Name::new(text).ok_or_else(|| "1 to 64 of a-z A-Z 0-9 . _ -".to_owned())
}

fn system(text: &str) -> Result<SystemId, String> {
    SystemId::new(text).ok_or_else(|| "1 to 64 visible ASCII characters".to_owned())
}

fn need(text: &str) -> Result<Quantity, String> {
    let (licence_type, quantity) = text.split_once('=').ok_or("TYPE=QUANTITY")?;
    Ok(Quantity {
        licence_type: name(licence_type)?,
        quantity: quantity.parse().map_err(|error| format!("{error}"))?,
    })
}

/// Runs one of them.
pub fn run(offline: Offline, today: NaiveDate) -> anyhow::Result<()> {
    match offline {
        Offline::OfflineRequest(arguments) => request(*arguments, today),
        Offline::OfflineConfirm(arguments) => confirm(&arguments, today),
    }
}

fn request(arguments: RequestArguments, today: NaiveDate) -> anyhow::Result<()> {
    let mut system = if arguments.state.try_exists()? {
        OfflineSystem::read(&arguments.state)?
    } else {
        OfflineSystem::new(OfflineIdentity {
            product: arguments.product,
            product_version: arguments.product_version,
            system: arguments.system,
            hardware: arguments.hardware,
            signs: !arguments.unsigned,
        })?
    };
    if !arguments.needs.is_empty() {
        system.set_needs(arguments.needs);
    }
    let file = system.request(arguments.date.unwrap_or(today))?;
    keep(&system, &arguments.state, &arguments.output, &file)
}

fn confirm(arguments: &ConfirmArguments, today: NaiveDate) -> anyhow::Result<()> {
    let mut system = OfflineSystem::read(&arguments.state)?;
    for issuer in &arguments.issuers {
        let text =
            String::from_utf8(read(issuer)?).with_context(|| format!("{} is no text", issuer.display()))?;
        system.trust(&text)?;
    }
    let file = read(&arguments.response)?;
    let today = arguments.date.unwrap_or(today);
    let confirmation = if arguments.gives_back {
        system.give_back(&file, today)?
    } else {
        system.take(&file, today)?
    };
    keep(&system, &arguments.state, &arguments.output, &confirmation)
}

/// The state first: a number that was used is not used again.
fn keep(system: &OfflineSystem, state: &Path, output: &Path, file: &[u8]) -> anyhow::Result<()> {
    system.write(state)?;
    std::fs::write(output, file).with_context(|| format!("cannot write {}", output.display()))
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_FILE {
        bail!("{} is too large", path.display());
    }
    Ok(bytes)
}
