//! A distributor's part: the keys of an issuer, and the licence keys that it signs (LIC-21).

use super::refusals::problem;
use crate::error::{CliError, usage};
use crate::output::{print, print_json};
use crate::session::{self, words};
use chrono::NaiveDate;
use clap::{ArgGroup, Args};
use flotilla_kernel::clock::Clock;
use flotilla_kernel::error::{ErrorCode, Parameters, Problem};
use flotilla_kernel::files::{Readers, write_whole};
use flotilla_kernel::transfer::{unreadable, unwritable, unwritable_csv};
use flotilla_licence_formats::issuer::{Issuer, SecretKey};
use flotilla_licence_formats::key::{Contents, Grant, LicenceKey, Serial};
use flotilla_licence_formats::{Name, Quantity};
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// Where the passphrase of an issuer's secret key comes from when nobody is to be asked.
const PASSPHRASE: &str = "FLOTILLA_ISSUER_PASSPHRASE";

/// Bytes of a key file that are read.
const FILE_LIMIT: u64 = 64 * 1024;

/// Keys that are made at once, as many as one file of them may have.
const COUNT_LIMIT: i64 = flotilla_licence_formats::key::list::KEYS_LIMIT as i64;

/// `licence issuer-new`
#[derive(Args)]
pub struct NewIssuer {
    /// What people call the issuer
    #[arg(long)]
    name: String,
    /// Where to write the secret key, under a passphrase that is asked for or taken from FLOTILLA_ISSUER_PASSPHRASE
    #[arg(long, value_name = "FILE")]
    secret: PathBuf,
    /// Where to write the public key, for administrators who are to trust the issuer
    #[arg(long, value_name = "FILE")]
    public: PathBuf,
}

/// `licence issue`
#[derive(Args)]
#[command(group(ArgGroup::new("grant").required(true).args(["licence_type", "expansion", "upgrade"])))]
pub struct Issue {
    /// The issuer's secret key; its passphrase is asked for or taken from FLOTILLA_ISSUER_PASSPHRASE
    #[arg(long, value_name = "FILE")]
    issuer: PathBuf,
    /// The product, by its ID in the catalogue
    #[arg(long, value_parser = name)]
    product: Name,
    /// Licences of this type for the wallet
    #[arg(long = "type", value_name = "TYPE", value_parser = name, requires_all = ["quantity", "years"])]
    licence_type: Option<Name>,
    /// An expansion key with so many licences of a type; can be given several times
    #[arg(long, value_name = "TYPE=QUANTITY", value_parser = expansion, conflicts_with_all = ["quantity", "years"])]
    expansion: Vec<Quantity>,
    /// An upgrade key from one type to another
    #[arg(long, value_name = "FROM=TO", value_parser = upgrade, requires = "quantity", conflicts_with = "years")]
    upgrade: Option<(Name, Name)>,
    /// How many licences a key holds
    #[arg(long)]
    quantity: Option<u32>,
    /// For how many years
    #[arg(long)]
    years: Option<u8>,
    /// The order that the keys are for
    #[arg(long, default_value = "")]
    order: String,
    /// The only organization that may redeem the keys, by its ID
    #[arg(long, value_name = "ORGANIZATION")]
    recipient: Option<Uuid>,
    /// The date of issue; today, in UTC, when none is given
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<NaiveDate>,
    /// The last date on which the keys can be redeemed
    #[arg(long, value_name = "YYYY-MM-DD")]
    redeem_until: Option<NaiveDate>,
    /// How many keys to make
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(i64).range(1..=COUNT_LIMIT))]
    count: i64,
    /// Write the keys to a CSV with one column, instead of printing one a line
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    output: Option<PathBuf>,
    /// Print the keys with what is recognised of each
    #[arg(long)]
    json: bool,
}

fn name(text: &str) -> Result<Name, String> {
    Name::new(text).ok_or_else(|| "1 to 64 of a-z A-Z 0-9 . _ -".to_owned())
}

fn expansion(text: &str) -> Result<Quantity, String> {
    let (licence_type, quantity) = text.split_once('=').ok_or("TYPE=QUANTITY")?;
    Ok(Quantity {
        licence_type: name(licence_type)?,
        quantity: quantity.parse().map_err(|error| format!("{error}"))?,
    })
}

fn upgrade(text: &str) -> Result<(Name, Name), String> {
    let (from, to) = text.split_once('=').ok_or("FROM=TO")?;
    Ok((name(from)?, name(to)?))
}

/// A file that would take the place of another one is not written: a secret key that is lost is lost for ever.
fn demand_new(path: &Path) -> Result<(), CliError> {
    let is_there = path
        .try_exists()
        .map_err(|error| in_file(unreadable(error), path))?;
    if is_there {
        return Err(in_file(ErrorCode::FileExists.into(), path).into());
    }
    Ok(())
}

fn in_file(problem: Problem, path: &Path) -> Problem {
    problem.with("file", path.display().to_string())
}

fn write(path: &Path, readers: Readers, text: &str) -> Result<(), CliError> {
    write_whole(path, readers, |file| file.write_all(text.as_bytes()))
        .map_err(|error| in_file(unwritable(error), path).into())
}

/// `licence issuer-new`
pub fn issuer_new(new: &NewIssuer) -> Result<(), CliError> {
    if new.secret == new.public {
        return Err(usage(ErrorCode::CommandLineWrong.into()));
    }
    demand_new(&new.secret)?;
    demand_new(&new.public)?;
    let secret = SecretKey::generate().map_err(Problem::internal)?;
    let issuer = Issuer {
        name: new.name.clone(),
        key: secret.public(),
    };
    let public = issuer.to_text().map_err(|error| problem(&error))?;
    let passphrase = session::new_secret(PASSPHRASE, "cli-ask-new-issuer-passphrase")?;
    let file = secret
        .to_text(&new.name, passphrase.expose())
        .map_err(|error| problem(&error))?;
    write(&new.secret, Readers::Owner, &file)?;
    write(&new.public, Readers::AsUsual, &public)?;
    let parameters = Parameters::from([
        ("name".to_owned(), new.name.as_str().into()),
        ("fingerprint".to_owned(), secret.public().fingerprint().into()),
        ("file".to_owned(), new.public.display().to_string().into()),
    ]);
    let said = words().with("cli-issuer-made", None, &parameters);
    print(&said.unwrap_or_else(|| secret.public().fingerprint()));
    Ok(())
}

/// `licence issue`
pub fn issue(issue: &Issue) -> Result<(), CliError> {
    if let Some(output) = &issue.output {
        demand_new(output)?;
    }
    let (issuer, secret) = read_secret(&issue.issuer)?;
    let today = || Clock::System.now().utc().date_naive();
    let issued = issue.date.unwrap_or_else(today);
    let keys = (0..issue.count)
        .map(|_| {
            let contents = Contents {
                product: issue.product.clone(),
                grant: grant(issue)?,
                order: issue.order.clone(),
                serial: Serial::generate().map_err(Problem::internal)?,
                recipient: issue.recipient,
                issued: Some(issued),
                redeem_until: issue.redeem_until,
            };
            LicenceKey::issue(&secret, &issuer, contents).map_err(|error| problem(&error).into())
        })
        .collect::<Result<Vec<LicenceKey>, CliError>>()?;
    match &issue.output {
        Some(output) => write_list(output, &keys),
        None if issue.json => {
            let described: Vec<Value> = keys.iter().map(describe).collect();
            print_json(&Value::from(described));
            Ok(())
        }
        None => {
            keys.iter().for_each(|key| print(&key.to_text()));
            Ok(())
        }
    }
}

/// What the options say. That one of them is there, and what belongs to it, the command line was asked for.
fn grant(issue: &Issue) -> Result<Grant, CliError> {
    let missing = || usage(ErrorCode::CommandLineWrong.into());
    if let Some(licence_type) = &issue.licence_type {
        return Ok(Grant::Licences {
            licence_type: licence_type.clone(),
            quantity: issue.quantity.ok_or_else(missing)?,
            years: issue.years.ok_or_else(missing)?,
        });
    }
    if let Some((from, to)) = &issue.upgrade {
        return Ok(Grant::Upgrade {
            from: from.clone(),
            to: to.clone(),
            quantity: issue.quantity.ok_or_else(missing)?,
        });
    }
    Ok(Grant::Expansion(issue.expansion.clone()))
}

/// Name and secret key of the issuer.
fn read_secret(path: &Path) -> Result<(String, SecretKey), CliError> {
    let mut text = String::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(FILE_LIMIT).read_to_string(&mut text))
        .map_err(|error| in_file(unreadable(error), path))?;
    let passphrase = session::secret(PASSPHRASE, "cli-ask-issuer-passphrase")?;
    SecretKey::from_text(&text, passphrase.expose()).map_err(|error| in_file(problem(&error), path).into())
}

/// A CSV with one column, as redeeming many keys reads it. Whoever reads it can redeem them: it is its owner's alone.
fn write_list(path: &Path, keys: &[LicenceKey]) -> Result<(), CliError> {
    let list = || {
        let mut list = csv::Writer::from_writer(Vec::new());
        list.write_record(["Licence key"])?;
        keys.iter()
            .try_for_each(|key| list.write_record([key.to_text()]))?;
        list.into_inner()
            .map_err(|error| csv::Error::from(error.into_error()))
    };
    let list = list().map_err(|error| in_file(unwritable_csv(error), path))?;
    write_whole(path, Readers::Owner, |file| file.write_all(&list))
        .map_err(|error| in_file(unwritable(error), path).into())
}

fn describe(key: &LicenceKey) -> Value {
    json!({
        "key": key.to_text(),
        "masked": key.masked(),
        "fingerprint": key.fingerprint().to_string(),
        "serial": key.contents().serial.to_string(),
    })
}
