//! DEV-10, ORG-24: the pages of 100,000 devices in 2,000 organizations: their list, the folders beside it with their counts, search,
//! and going from one folder to another.

use crate::fleet::{SignedIn, certificate, first_administrator, name, program};
use crate::report::{Measurement, Report, Turns, Unit, milliseconds};
use anyhow::{Context as _, ensure};
use flotilla_connectors::Certificate;
use flotilla_core::Secret;
use flotilla_core::connections::outcome;
use flotilla_core::connections::probe::{DeviceReading, ProbeResult, Reading};

use flotilla_core::connections::store::{ConnectionFields, insert};
use flotilla_core::connections::types::{ConnectionKind, ConnectivityStatus, ProxyChoice};
use flotilla_core::devices::adding::put_into_folder;
use flotilla_kernel::ids::{FolderId, OrganizationId};
use serde_json::{Value, json};
use std::time::Instant;
use uuid::Uuid;

const ORGANIZATIONS: usize = 2_000;
const FOLDERS_OF_EACH: usize = 4;
const DEVICES_OF_EACH: usize = 50;
const WINDOW: usize = 200;
const TURNS: usize = 25;
/// What none of it takes longer than, in milliseconds.
const MOST: f64 = 100.0;

/// Lists, windows, trees and searches, each as the pages ask for them.
pub async fn pages(report: &mut Report) -> anyhow::Result<()> {
    let folder = tempfile::Builder::new().prefix("flotilla-bench-").tempdir()?;
    let program = program(&folder.path().join("workspace"), false).await?;
    let chief = first_administrator(&program).await?;
    let outcome = async {
        let begun = Instant::now();
        let organization = fill(&chief, ORGANIZATIONS).await?;
        println!(
            "{} devices in {ORGANIZATIONS} organizations were made in {:.0} s\n",
            ORGANIZATIONS * DEVICES_OF_EACH,
            begun.elapsed().as_secs_f64()
        );
        measure(&chief, organization, report).await
    }
    .await;
    program.close().await;
    outcome
}

/// Makes so many organizations with their folders and 50 devices each; gives one in the middle.
pub async fn fill(chief: &SignedIn, organizations: usize) -> anyhow::Result<OrganizationId> {
    let certificate = certificate()?;
    let workspace = chief.program.workspace().await?;
    let mut middle = None;
    for number in 0..organizations {
        let made = json!({ "name": name(number), "zone": "Europe/Berlin", "language": "en" });
        let made = chief.json("organizations.create", made).await?;
        let organization: OrganizationId = text(&made["id"])?.parse()?;
        let tree = chief.json("folders.tree", json!({ "id": organization })).await?;
        let mut folders: Vec<FolderId> = vec![text(&tree[0]["id"])?.parse()?];
        for folder in 1..FOLDERS_OF_EACH {
            let made = json!({ "parent": folders[0], "name": format!("Hall {folder}") });
            let made = chief.json("folders.create", made).await?;
            folders.push(text(&made["id"])?.parse()?);
        }
        let mut transaction = workspace.database.begin().await?;
        for device in 0..DEVICES_OF_EACH {
            let now = transaction.now();
            let fields = connection(number, device, &certificate);
            let kind = ConnectionKind::Device;
            let id = insert(transaction.connection(), now, organization, kind, &fields).await?;
            let result = answer(number, device, &certificate);
            outcome::apply(&workspace, &mut transaction, id, None, &result).await?;
            put_into_folder(&mut transaction, id, folders[device % FOLDERS_OF_EACH]).await?;
        }
        outcome::changed(&workspace, &mut transaction, organization).await?;
        transaction.commit().await?;
        if number == organizations / 2 {
            middle = Some(organization);
        }
    }
    middle.context("an organization")
}

fn text(value: &Value) -> anyhow::Result<&str> {
    value.as_str().context("a text")
}

fn connection(number: usize, device: usize, certificate: &Certificate) -> ConnectionFields {
    ConnectionFields {
        name: format!("Gate {device}"),
        host: format!("10.{}.{}.{}", number / 250, number % 250, device + 1),
        port: 443,
        user_name: "flotilla".to_owned(),
        password: Some(Secret::new("a device's password".to_owned())),
        proxy: ProxyChoice::Workspace,
        pin: Some(certificate.clone()),
    }
}

fn answer(number: usize, device: usize, certificate: &Certificate) -> ProbeResult {
    const MODELS: &[&str] = &["P3265-V", "Q6135-LE", "M3086-V", "P1468-LE"];
    let model = MODELS[device % MODELS.len()];
    ProbeResult {
        status: ConnectivityStatus::Success,
        detail: String::new(),
        certificate: Some(certificate.clone()),
        reading: Some(Reading::Device(DeviceReading {
            serial: format!("ACCC8E{:06X}", number * DEVICES_OF_EACH + device),
            model: model.to_owned(),
            name: format!("{model} Dome Camera"),
            version: format!("11.{}.{}", number % 12, device % 90),
            certificate: certificate.clone(),
        })),
        answers: None,
    }
}

async fn measure(chief: &SignedIn, organization: OrganizationId, report: &mut Report) -> anyhow::Result<()> {
    let devices = json!([{ "column": "kind", "test": { "kind": "any_of", "values": ["camera"] } }]);
    let all = chief.index("systems", &json!({ "criteria": devices })).await?;
    let count = all.len() / 16;
    ensure!(
        count == ORGANIZATIONS * DEVICES_OF_EACH,
        "{count} devices are listed"
    );
    let tree = chief.json("folders.tree", json!({ "id": organization })).await?;
    let folder = tree[1]["id"].clone();
    let in_folder = json!([{ "column": "folder_id", "test": { "kind": "any_of", "values": [folder] } }]);
    let found = chief
        .index(
            "systems",
            &json!({ "organization": organization, "criteria": in_folder }),
        )
        .await?;
    ensure!(!found.is_empty(), "the folder has devices");
    let lists = [
        ("the list of all devices, by name", json!({ "criteria": devices })),
        (
            "the list of all devices, oldest version first",
            json!({ "criteria": devices, "sort": { "column": "version", "descending": false } }),
        ),
        (
            "search in all devices",
            json!({ "criteria": devices, "search": "accc8e0a gate" }),
        ),
        (
            "the devices of one organization",
            json!({ "organization": organization, "criteria": devices }),
        ),
        (
            "another folder",
            json!({ "organization": organization, "criteria": in_folder }),
        ),
    ];
    for (what, query) in lists {
        let taken = turns(async || chief.index("systems", &query).await.map(|_| ())).await?;
        add(report, what, &taken);
    }
    let ids: Vec<Uuid> = all
        .as_chunks()
        .0
        .iter()
        .skip(count / 2)
        .take(WINDOW)
        .map(|id| Uuid::from_bytes(*id))
        .collect();
    let ids = json!({ "ids": ids }).to_string();
    let organization = json!({ "id": organization }).to_string();
    for (what, command, arguments) in [
        ("200 rows of the list", "systems.window", &ids),
        ("what is recommended for 200 devices", "devices.software", &ids),
        (
            "the folders of an organization with their counts",
            "folders.tree",
            &organization,
        ),
    ] {
        let taken = turns(async || chief.call(command, arguments).await.map(|_| ())).await?;
        add(report, what, &taken);
    }
    let everywhere = json!({ "organization": null }).to_string();
    let taken = turns(async || chief.call("devices.models", &everywhere).await.map(|_| ())).await?;
    add(report, "the models of all devices", &taken);
    Ok(())
}

async fn turns(act: impl AsyncFn() -> anyhow::Result<()>) -> anyhow::Result<Turns> {
    let mut taken = Vec::with_capacity(TURNS);
    for _ in 0..TURNS {
        let begun = Instant::now();
        act().await?;
        taken.push(milliseconds(begun.elapsed()));
    }
    Ok(Turns::new(taken))
}

fn add(report: &mut Report, what: &str, taken: &Turns) {
    report.add(Measurement {
        rule: "DEV-10",
        what: format!("100,000 devices in {ORGANIZATIONS} organizations: {what}"),
        floor: None,
        reached: taken.median(),
        unit: Unit::Milliseconds,
        times: None,
        most: Some(MOST),
    });
}
