//! Workspaces to measure in: one as large as a workspace may be (GEN-12), and small helpers to call commands.

use anyhow::Context as _;
use flotilla_connectors::Certificate;
use flotilla_connectors::ip_office::{LicenceReading, Role, ServiceReading, SolutionReading, SystemReading};
use flotilla_core::Secret;
use flotilla_core::alarms::rules::Wanted;
use flotilla_core::alarms::store::{Scope, reconcile};
use flotilla_core::alarms::types::AlarmCause;
use flotilla_core::connections::probe::{ProbeResult, Reading};
use flotilla_core::connections::types::{ConnectivityStatus, ProxyChoice};
use flotilla_core::customers::store::{CustomerToSave, save_many};
use flotilla_core::customers::types::{CustomerFields, Mode};
use flotilla_core::intake::rules::{KnownDevice, systems};
use flotilla_core::organizations::store::name_and_top_folder;
use flotilla_core::program::{Keychain, Program, ProgramOptions};
use flotilla_core::router::Request;
use flotilla_core::systems::store::{Place, apply};
use flotilla_kernel::call::Origin;
use flotilla_kernel::call::Reply;
use flotilla_kernel::clock::Clock;
use flotilla_kernel::database::Transaction;
use flotilla_kernel::ids::{AccountId, ConnectionId, OrganizationId};
use flotilla_kernel::words::Language;
use flotilla_kernel::workspace::PasswordCost;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use tempfile::TempDir;

/// GEN-12: organizations, systems of each, alarms of each.
const CUSTOMERS: usize = 10_000;
const SYSTEMS_OF_EACH: usize = 10;
const ALARMS_OF_EACH: usize = 100;
/// Of them, those that are still open.
const OPEN_OF_EACH: usize = 2;
/// So many customers become one transaction.
const BATCH: usize = 250;

/// The first administrator's.
pub const LOGIN: &str = "chief";
pub const PASSWORD: &str = "Hafen-Licht-7";
const DATABASE_PASSWORD: &str = "a database password";

/// A workspace in a folder of its own that goes with it; closed, so that other processes can open it.
pub struct Full {
    folder: TempDir,
}

impl Full {
    /// The workspace's folder.
    pub fn workspace(&self) -> PathBuf {
        self.folder.path().join("workspace")
    }

    /// Has a program open this workspace.
    pub fn open_with(&self, command: &mut Command) {
        command.env("FLOTILLA_WORKSPACE", self.workspace());
        if !has_keychain() {
            command
                .env("FLOTILLA_KEYCHAIN", "none")
                .env("FLOTILLA_DATABASE_PASSWORD", DATABASE_PASSWORD);
        }
    }
}

/// A program on a workspace, and somebody signed in to it.
pub struct SignedIn {
    pub program: Program,
    token: Secret,
    pub account: AccountId,
}

impl SignedIn {
    /// Calls a command as a host does, and gives its answer as it leaves the core.
    pub async fn call(&self, name: &str, arguments: &str) -> anyhow::Result<Reply> {
        let request = Request {
            name,
            arguments,
            token: Some(self.token.clone()),
            origin: Origin::Desktop,
        };
        self.program.call(request).await.with_context(|| name.to_owned())
    }

    /// Calls a command that answers in JSON.
    pub async fn json(&self, name: &str, arguments: Value) -> anyhow::Result<Value> {
        match self.call(name, &arguments.to_string()).await? {
            Reply::Json(text) => Ok(serde_json::from_str(&text)?),
            Reply::Bytes(_) => anyhow::bail!("{name} answers in bytes"),
        }
    }

    /// The ids of a list in order, 16 bytes each.
    pub async fn index(&self, list: &str, query: &Value) -> anyhow::Result<Vec<u8>> {
        match self.call(&format!("{list}.index"), &query.to_string()).await? {
            Reply::Bytes(bytes) => Ok(bytes),
            Reply::Json(_) => anyhow::bail!("{list}.index answers in JSON"),
        }
    }
}

/// Whether a keychain runs for these measurements alone; `cargo xtask bench` starts it.
pub fn has_keychain() -> bool {
    std::env::var_os("FLOTILLA_BENCH_KEYCHAIN").is_some()
}

/// Opens the program on a folder, without its background services unless they are asked for; its key is in the keychain where
/// there is one.
pub async fn program(folder: &Path, services: bool) -> anyhow::Result<Program> {
    if has_keychain() {
        open(folder, services, Keychain::System, None).await
    } else {
        by_password(folder, services).await
    }
}

/// As [`program`], with a workspace whose key is made of a password, also where there is a keychain.
pub async fn by_password(folder: &Path, services: bool) -> anyhow::Result<Program> {
    open(
        folder,
        services,
        Keychain::None,
        Some(Secret::new(DATABASE_PASSWORD)),
    )
    .await
}

async fn open(
    folder: &Path,
    services: bool,
    keychain: Keychain,
    password: Option<Secret>,
) -> anyhow::Result<Program> {
    Ok(Program::open(ProgramOptions {
        folder: folder.to_owned(),
        clock: Clock::System,
        keychain,
        password,
        password_cost: PasswordCost::Full,
        services,
        demo: false,
        demo_available: false,
        shared: false,
    })
    .await?)
}

/// Makes the first administrator of an empty workspace.
pub async fn first_administrator(program: &Program) -> anyhow::Result<SignedIn> {
    let arguments = json!({
        "login": LOGIN, "password": PASSWORD, "confirmation": PASSWORD, "first_name": "Ada", "last_name": "Keller",
        "language": "en", "zone": "Europe/Berlin",
    });
    enter(program, "workspace.create_first", arguments).await
}

/// Signs in to a workspace that was made before.
pub async fn sign_in(program: &Program) -> anyhow::Result<SignedIn> {
    sign_in_as(program, LOGIN, PASSWORD).await
}

/// Signs in with an account that was made before.
pub async fn sign_in_as(program: &Program, login: &str, password: &str) -> anyhow::Result<SignedIn> {
    enter(
        program,
        "session.sign_in",
        json!({ "login": login, "password": password }),
    )
    .await
}

async fn enter(program: &Program, name: &str, arguments: Value) -> anyhow::Result<SignedIn> {
    let request = Request {
        name,
        arguments: &arguments.to_string(),
        token: None,
        origin: Origin::Desktop,
    };
    let Reply::Json(text) = program.call(request).await? else {
        anyhow::bail!("{name} answers in JSON");
    };
    let answer: Value = serde_json::from_str(&text)?;
    let token = answer["token"].as_str().context("a token")?;
    let account = answer["session"]["profile"]["id"]
        .as_str()
        .context("an account")?;
    Ok(SignedIn {
        program: program.clone(),
        token: Secret::new(token),
        account: account.parse()?,
    })
}

/// The largest workspace that is promised: 10,000 customers, 100,000 systems, and 1,000,000 alarms where those count.
pub async fn full(with_alarms: bool) -> anyhow::Result<Full> {
    let begun = Instant::now();
    let folder = tempfile::Builder::new().prefix("flotilla-bench-").tempdir()?;
    let full = Full { folder };
    let program = program(&full.workspace(), false).await?;
    let chief = first_administrator(&program).await?;
    // Polled once a day, so that what is measured is not the polling.
    let mut form = chief.json("preferences.read", json!({})).await?;
    form["preferences"]["poll_interval_seconds"] = json!(86_400);
    chief.json("preferences.save", form).await?;
    let certificate = certificate()?;
    let workspace = program.workspace().await?;
    for first in (0..CUSTOMERS).step_by(BATCH) {
        let numbers = first..(first + BATCH).min(CUSTOMERS);
        let customers: Vec<CustomerToSave> = numbers
            .clone()
            .map(|number| customer(number, &certificate))
            .collect();
        let mut transaction = workspace.database.begin().await?;
        let receipt = save_many(
            &workspace,
            &mut transaction,
            chief.account,
            "Europe/Berlin",
            Language::En,
            &customers,
        )
        .await?;
        let saved = receipt.added.iter().zip(&receipt.connections);
        for (number, (id, connection)) in numbers.zip(saved).filter(|_| with_alarms) {
            let reading = Reading::Solution(reading(number, &certificate));
            alarms(&mut transaction, number, (*id, *connection), &reading).await?;
        }
        transaction.commit().await?;
    }
    program.close().await;
    println!(
        "A workspace of {CUSTOMERS} customers, {} systems and {} alarms was made in {:.0} s\n",
        CUSTOMERS * SYSTEMS_OF_EACH,
        if with_alarms {
            CUSTOMERS * ALARMS_OF_EACH
        } else {
            0
        },
        begun.elapsed().as_secs_f64()
    );
    Ok(full)
}

/// A workspace of so many customers without systems; closed.
pub async fn customers(count: usize) -> anyhow::Result<Full> {
    let folder = tempfile::Builder::new().prefix("flotilla-bench-").tempdir()?;
    let full = Full { folder };
    let program = program(&full.workspace(), false).await?;
    let chief = first_administrator(&program).await?;
    let certificate = certificate()?;
    let workspace = program.workspace().await?;
    for first in (0..count).step_by(BATCH) {
        let customers: Vec<CustomerToSave> = (first..(first + BATCH).min(count))
            .map(|number| CustomerToSave {
                probe: None,
                ..customer(number, &certificate)
            })
            .collect();
        let mut transaction = workspace.database.begin().await?;
        let account = chief.account;
        save_many(
            &workspace,
            &mut transaction,
            account,
            "Europe/Berlin",
            Language::En,
            &customers,
        )
        .await?;
        transaction.commit().await?;
    }
    program.close().await;
    Ok(full)
}

/// A certificate that everything made here answers with.
pub fn certificate() -> anyhow::Result<Certificate> {
    let made = rcgen::generate_simple_self_signed(vec!["pbx.customer.example".to_owned()])?;
    Ok(Certificate::from_der(made.cert.der())?)
}

/// Names as they are: of many beginnings, with accents, some in Japanese.
pub fn name(number: usize) -> String {
    const TRADES: &[&str] = &[
        "Hotel",
        "Clinic",
        "Bakery",
        "Logistics",
        "School",
        "Théâtre",
        "Brasserie",
        "Étude",
        "工業",
        "病院",
    ];
    const PLACES: &[&str] = &[
        "Harbour",
        "Lake",
        "Saint-Étienne",
        "Zürich",
        "Kyoto",
        "大阪",
        "Nørre",
        "Elbe",
        "Vosges",
        "Mill",
    ];
    let trade = TRADES[number * 7 % TRADES.len()];
    let place = PLACES[number / 10 * 3 % PLACES.len()];
    format!("{place} {trade} {number}")
}

fn customer(number: usize, certificate: &Certificate) -> CustomerToSave {
    let [_, high, middle, low] = u32::try_from(number).unwrap_or_default().to_be_bytes();
    let cloud = number.is_multiple_of(3);
    CustomerToSave {
        id: None,
        fields: CustomerFields {
            name: name(number),
            host: format!("127.7{high}.{middle}.{low}"),
            port: 8443,
            user_name: "COMAdmin".to_owned(),
            mode: if cloud { Mode::Cloud } else { Mode::OnPremises },
            tags: vec![format!("tag {}", number % 40), format!("region {}", number % 9)],
            telephone: format!("+49 40 55{number:05}"),
            email: format!("office{number}@customer.example"),
            operators: Vec::new(),
            address: format!("{number} Harbour Street, Hamburg"),
            notes: if number.is_multiple_of(5) {
                "Call before noon".to_owned()
            } else {
                String::new()
            },
            proxy: ProxyChoice::Workspace,
        },
        password: Some(Secret::new(format!("pass{number}word"))),
        pin: Some(certificate.clone()),
        probe: Some(ProbeResult {
            status: ConnectivityStatus::Success,
            detail: String::new(),
            certificate: Some(certificate.clone()),
            reading: Some(Reading::Solution(reading(number, certificate))),
            answers: None,
        }),
    }
}

fn identity(number: usize, system: usize) -> String {
    format!("{:012x}", number * 64 + system)
}

fn reading(number: usize, certificate: &Certificate) -> SolutionReading {
    let [_, high, middle, low] = u32::try_from(number).unwrap_or_default().to_be_bytes();
    let version = format!("11.1.{}.{}", number % 4, number * 13 % 90);
    let systems = (0..SYSTEMS_OF_EACH)
        .map(|system| SystemReading {
            name: format!(
                "{} {}",
                name(number),
                ["Primary", "Secondary", "Branch"][system.min(2)]
            ),
            address: format!("127.{}.{middle}.{low}", 70 + usize::from(high) + system),
            role: [Role::Primary, Role::Secondary, Role::Expansion][system.min(2)],
            version: if system == 9 {
                "11.0.4.2".to_owned()
            } else {
                version.clone()
            },
            identity: identity(number, system),
            edition: ["Server Edition", "IP500 V2"][usize::from(system > 1)].to_owned(),
            running: !(number + system).is_multiple_of(50),
            services: ["IP Office", "Voicemail", "one-X Portal"]
                .iter()
                .map(|service| ServiceReading {
                    name: (*service).to_owned(),
                    version: version.clone(),
                    running: true,
                })
                .collect(),
        })
        .collect();
    SolutionReading {
        systems,
        licences: vec![LicenceReading {
            licence_type: "Power User".to_owned(),
            quantity: 20,
            free: 4,
            expires: None,
            valid: true,
        }],
        may_upgrade: true,
        certificate: certificate.clone(),
        provider: None,
        reseller: Some(format!("Reseller {}", number % 20)),
        profile: number.is_multiple_of(3).then(|| "Gold".to_owned()),
    }
}

/// Raises a customer's alarms, and clears all but the last few.
async fn alarms(
    transaction: &mut Transaction,
    number: usize,
    (organization, connection): (OrganizationId, ConnectionId),
    reading: &Reading,
) -> anyhow::Result<()> {
    let now = transaction.now();
    let (customer, folder) = name_and_top_folder(transaction.connection(), organization).await?;
    let place = Place {
        organization,
        connection,
        customer: &customer,
        folder,
    };
    // Nothing of it is new: this only says which id each system has.
    let seen = systems(reading, "", "", &KnownDevice::default());
    let known = apply(transaction.connection(), now, &place, &seen).await?.ids;
    let wanted: Vec<Wanted> = (0..ALARMS_OF_EACH)
        .map(|alarm| Wanted {
            system: Some(identity(number, alarm % SYSTEMS_OF_EACH)),
            cause: AlarmCause::ServiceStopped,
            qualifier: format!("Service {}", alarm / SYSTEMS_OF_EACH),
        })
        .collect();
    for wanted in [&wanted[..], &wanted[ALARMS_OF_EACH - OPEN_OF_EACH..]] {
        let scope = Scope {
            organization,
            connection,
            alone: None,
            systems: &known,
            causes: &[AlarmCause::ServiceStopped],
        };
        let _ = reconcile(transaction.connection(), now, &scope, wanted).await?;
    }
    Ok(())
}
