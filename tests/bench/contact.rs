//! PERF-06 and PERF-07: rounds of contact with 5,000 simulated solutions over real TLS, kept alive.

use crate::fleet::{first_administrator, program};
use crate::processes::Simulated;
use crate::report::{Measurement, Report, Turns, Unit, milliseconds};
use anyhow::{Context as _, ensure};
use flotilla_connectors::Certificate;
use flotilla_core::Secret;
use flotilla_core::connections::service::Poller;
use flotilla_core::connections::store::{ContactMade, touch};
use flotilla_core::connections::types::ProxyChoice;
use flotilla_core::customers::store::{CustomerToSave, save_many};
use flotilla_core::customers::types::{CustomerFields, Mode};
use flotilla_kernel::ids::{AccountId, ConnectionId};
use flotilla_kernel::words::Language;
use flotilla_kernel::workspace::Workspace;
use flotilla_simulator::Solution;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use std::sync::Arc;
use std::time::Instant;

const SOLUTIONS: usize = 5_000;
const ROUNDS: usize = 4;
/// CUS-40: at most so many at once, as the preferences come.
const AT_ONCE: usize = 64;

/// Has a bare client and Flotilla's poller take turns with the same fleet.
pub async fn rounds(report: &mut Report) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let program = program(&folder.path().join("workspace"), true).await?;
    let chief = first_administrator(&program).await?;
    let workspace = program.workspace().await?;
    let (simulated, simulator, seen) = Simulated::start(SOLUTIONS, async |fleet| {
        let bare: Vec<Arc<Bare>> = fleet
            .solutions()
            .iter()
            .map(|solution| Bare::new(solution).map(Arc::new))
            .collect::<anyhow::Result<_>>()?;
        let customers: Vec<CustomerToSave> = fleet
            .solutions()
            .iter()
            .map(customer)
            .collect::<anyhow::Result<_>>()?;
        let systems: usize = fleet.solutions().iter().map(|one| one.systems().len()).sum();
        Ok((bare, customers, systems))
    })
    .await?;
    let (bare, customers, systems) = seen;
    let outcome = async {
        let customers = save(&customers, &workspace, chief.account).await?;
        measured(&bare, &customers, systems, &workspace, report).await
    }
    .await;
    program.close().await;
    simulator.end()?;
    drop(simulated);
    outcome
}

async fn measured(
    bare: &[Arc<Bare>],
    customers: &[ConnectionId],
    systems: usize,
    workspace: &Workspace,
    report: &mut Report,
) -> anyhow::Result<()> {
    let (mut floor, mut reached) = (Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let begun = Instant::now();
        let answers: Vec<usize> = stream::iter(bare)
            .map(|one| {
                let one = one.clone();
                async move { tokio::spawn(async move { one.read().await }).await? }
            })
            .buffer_unordered(AT_ONCE)
            .try_collect()
            .await?;
        let middle = Instant::now();
        ensure!(answers.iter().all(|bytes| *bytes > 0), "every solution answered");
        let mut events = workspace.database.subscribe();
        for poll in workspace.state::<Poller>().refresh(customers) {
            poll.1.await.context("a poll was forgotten")?;
        }
        // The first round shakes hands and stores what it read; it is not the one that is repeated every minute.
        if round > 0 {
            floor.push(milliseconds(middle.duration_since(begun)));
            reached.push(milliseconds(middle.elapsed()));
            ensure!(
                events.try_recv().is_err(),
                "an unchanged round told something (CUS-40)"
            );
        }
    }
    let statuses = statuses(workspace).await?;
    ensure!(
        statuses.len() == 1 && statuses[0].0 == "success",
        "not everybody answered: {statuses:?}"
    );
    report.add(Measurement {
        rule: "PERF-06",
        what: format!("a poll round over {SOLUTIONS} solutions ({systems} systems), TLS kept alive"),
        floor: Some(("a bare client of the same library", Turns::new(floor).median())),
        reached: Turns::new(reached).median(),
        unit: Unit::Milliseconds,
        times: Some(1.2),
        most: None,
    });
    unchanged(workspace, customers, report).await
}

/// PERF-07: all that an unchanged round writes is when each customer was last in contact (CUS-40).
async fn unchanged(
    workspace: &Workspace,
    customers: &[ConnectionId],
    report: &mut Report,
) -> anyhow::Result<()> {
    let mut reached = Vec::new();
    for _ in 0..10 {
        let now = workspace.clock.now();
        let contacts: Vec<_> = customers
            .iter()
            .map(|&id| ContactMade {
                id,
                at: now,
                edition: Some(0),
            })
            .collect();
        let begun = Instant::now();
        // The poller writes every two seconds: a round of a minute takes at most thirty transactions.
        for batch in contacts.chunks(contacts.len().div_ceil(30)) {
            let mut transaction = workspace.database.begin().await?;
            touch(transaction.connection(), batch).await?;
            transaction.commit().await?;
        }
        reached.push(milliseconds(begun.elapsed()));
    }
    report.add(Measurement {
        rule: "PERF-07",
        what: format!(
            "database time of an unchanged round over {SOLUTIONS}, in the thirty batches of a minute"
        ),
        floor: None,
        reached: Turns::new(reached).median(),
        unit: Unit::Milliseconds,
        times: None,
        most: Some(100.0),
    });
    Ok(())
}

/// Stores the fleet as customers, each with the certificate it really has.
async fn save(
    customers: &[CustomerToSave],
    workspace: &Workspace,
    account: AccountId,
) -> anyhow::Result<Vec<ConnectionId>> {
    let mut transaction = workspace.database.begin().await?;
    let receipt = save_many(
        workspace,
        &mut transaction,
        account,
        "Europe/Berlin",
        Language::En,
        customers,
    )
    .await?;
    transaction.commit().await?;
    workspace.state::<Poller>().wake();
    // Only what the poller knows can be asked for; it has read the customers when it has polled one of them.
    let mut events = workspace.database.subscribe();
    loop {
        if receipt
            .connections
            .iter()
            .all(|id| workspace.state::<Poller>().next_contact(*id).is_some())
        {
            return Ok(receipt.connections);
        }
        events.recv().await?;
    }
}

pub fn customer(solution: &Solution) -> anyhow::Result<CustomerToSave> {
    Ok(CustomerToSave {
        id: None,
        fields: CustomerFields {
            name: solution.name().to_owned(),
            host: solution.address(),
            port: i64::from(solution.port()),
            user_name: solution.user().to_owned(),
            mode: Mode::OnPremises,
            tags: Vec::new(),
            telephone: String::new(),
            email: String::new(),
            operators: Vec::new(),
            address: String::new(),
            notes: String::new(),
            proxy: ProxyChoice::Direct,
        },
        password: Some(Secret::new(solution.password())),
        pin: Some(Certificate::from_der(&solution.certificate()?)?),
        probe: None,
    })
}

async fn statuses(workspace: &Workspace) -> anyhow::Result<Vec<(String, i64)>> {
    let mut connection = workspace.database.read().await?;
    Ok(
        sqlx::query_as("SELECT status, count(*) FROM customer GROUP BY status")
            .fetch_all(&mut *connection)
            .await?,
    )
}

/// What the protocol asks for and nothing else: the library's client for one solution, its certificate believed,
/// answers read and forgotten.
struct Bare {
    client: reqwest::Client,
    origin: String,
    user: String,
    password: String,
}

impl Bare {
    fn new(solution: &Solution) -> anyhow::Result<Self> {
        let mut roots = rustls::RootCertStore::empty();
        roots.add(solution.certificate()?.into())?;
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .http1_only()
            .no_proxy()
            .tcp_nodelay(true)
            .build()?;
        Ok(Self {
            client,
            origin: format!("https://{}:{}", solution.address(), solution.port()),
            user: solution.user().to_owned(),
            password: solution.password().to_owned(),
        })
    }

    async fn read(&self) -> anyhow::Result<usize> {
        const AUTHENTICATE: &str = "/WebManagement/ws/sdk/security/authenticate";
        let request = |method: Method, path: &str| {
            self.client
                .request(method, format!("{}{path}", self.origin))
                .header("X-User-Client", "Avaya-WebAdmin")
                .header("X-User-Agent", "Avaya-SDKUser")
                .header(CONTENT_TYPE, "application/json")
        };
        let signed_in = request(Method::GET, AUTHENTICATE)
            .basic_auth(&self.user, Some(&self.password))
            .send()
            .await?;
        let cookies: Vec<&str> = signed_in
            .headers()
            .get_all(SET_COOKIE)
            .iter()
            .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
            .collect();
        let cookies = cookies.join("; ");
        signed_in.bytes().await?;
        let mut bytes = 0;
        for path in ["systems", "licenses"] {
            let answer = request(Method::GET, &format!("/WebManagement/ws/sdk/admin/v1/{path}"))
                .header(COOKIE, &cookies)
                .send()
                .await?
                .error_for_status()?;
            bytes += answer.bytes().await?.len();
        }
        request(Method::DELETE, AUTHENTICATE)
            .header(COOKIE, &cookies)
            .send()
            .await?
            .bytes()
            .await?;
        Ok(bytes)
    }
}
