//! ORG-22: what an operator pays for seeing a part of a large workspace, beside an administrator who sees all of it.

use crate::fleet::{Full, SignedIn, program, sign_in, sign_in_as};
use crate::report::{Measurement, Report, Unit, by_turns};
use anyhow::{Context as _, ensure};
use serde_json::{Value, json};
use uuid::Uuid;

/// Organizations with folders, and how many each has beside its default folder: 2,000 folders in all.
const ORGANIZATIONS: usize = 500;
const FOLDERS_OF_EACH: usize = 3;
/// So many of the folders are granted.
const GRANTS: usize = 50;
/// The customers of an operator who is responsible for half of them.
const HALF: usize = 5_000;
const TURNS: usize = 15;
const PASSWORD: &str = "Segel-Wind-42";

/// Lists and dashboard, by turns with an administrator.
pub async fn operators(full: &Full, report: &mut Report) -> anyhow::Result<()> {
    let program = program(&full.workspace(), false).await?;
    let chief = sign_in(&program).await?;
    let outcome = async {
        let some = operator(&chief, "some").await?;
        grant_folders(&chief, some.account).await?;
        let what = format!(
            "an operator with grants on {GRANTS} of {} folders",
            ORGANIZATIONS * (FOLDERS_OF_EACH + 1)
        );
        compare(&chief, &some, &what, Some(1.5), report).await?;
        let half = operator(&chief, "half").await?;
        let customers = ids(&chief.index("customers", &json!({})).await?);
        for customers in customers[..HALF].chunks(1_000) {
            let edit = json!({ "ids": customers, "add_operators": [half.account] });
            chief.json("customers.edit", edit).await?;
        }
        let what = format!("an operator of {HALF} customers");
        compare(&chief, &half, &what, None, report).await
    }
    .await;
    program.close().await;
    outcome
}

fn ids(packed: &[u8]) -> Vec<Uuid> {
    packed
        .as_chunks()
        .0
        .iter()
        .map(|id| Uuid::from_bytes(*id))
        .collect()
}

async fn operator(chief: &SignedIn, login: &str) -> anyhow::Result<SignedIn> {
    let account = json!({ "login": login, "role": "operator", "enabled": true, "password": PASSWORD, "confirmation": PASSWORD });
    chief.json("accounts.add", account).await?;
    sign_in_as(&chief.program, login, PASSWORD).await
}

async fn grant_folders(chief: &SignedIn, account: impl serde::Serialize + Copy) -> anyhow::Result<()> {
    let customers = ids(&chief.index("customers", &json!({})).await?);
    for (number, organization) in customers.iter().take(ORGANIZATIONS).enumerate() {
        let tree = chief.json("folders.tree", json!({ "id": organization })).await?;
        let top = tree[0]["id"].clone();
        let query = json!({ "organization": organization });
        let systems = ids(&chief.index("systems", &query).await?);
        for (folder, systems) in systems.chunks(FOLDERS_OF_EACH).take(FOLDERS_OF_EACH).enumerate() {
            let made = json!({ "parent": top, "name": format!("Site {folder}") });
            let made = chief.json("folders.create", made).await?;
            let id = made["id"].as_str().context("a folder")?;
            chief
                .json("folders.move_systems", json!({ "ids": systems, "folder": id }))
                .await?;
            if folder == 0 && number.is_multiple_of(ORGANIZATIONS / GRANTS) {
                let grant = json!({ "organization": organization, "account": account, "role": "operator", "folders": [id] });
                chief.json("organizations.set_grants", grant).await?;
            }
        }
    }
    Ok(())
}

async fn compare(
    chief: &SignedIn,
    operator: &SignedIn,
    who: &str,
    times: Option<f64>,
    report: &mut Report,
) -> anyhow::Result<()> {
    let lists: [(&str, &str, Value); 4] = [
        ("systems by name", "systems", json!({})),
        ("search in systems", "systems", json!({ "search": "harbour" })),
        (
            "customers by their alarms",
            "customers",
            json!({ "sort": { "column": "alarms", "descending": true } }),
        ),
        (
            "open alarms",
            "alarms",
            json!({ "criteria": [{ "column": "state", "test": { "kind": "any_of", "values": ["open"] } }] }),
        ),
    ];
    for (what, list, query) in lists {
        let seen = operator.index(list, &query).await?.len() / 16;
        let all = chief.index(list, &query).await?.len() / 16;
        ensure!(seen < all, "an operator sees a part: {what}");
        let (floor, reached) = by_turns(
            TURNS,
            async || chief.index(list, &query).await.map(|_| ()),
            async || operator.index(list, &query).await.map(|_| ()),
        )
        .await?;
        report.add(Measurement {
            rule: "ORG-22",
            what: format!("{what}: {who} ({seen} of {all})"),
            floor: Some(("an administrator", floor.median())),
            reached: reached.median(),
            unit: Unit::Milliseconds,
            times,
            most: None,
        });
    }
    let search = json!({ "search": "harbour" }).to_string();
    let (floor, reached) = by_turns(
        TURNS,
        async || chief.call("search.find", &search).await.map(|_| ()),
        async || operator.call("search.find", &search).await.map(|_| ()),
    )
    .await?;
    report.add(Measurement {
        rule: "PERF-19",
        what: format!("the command palette: {who}"),
        floor: Some(("an administrator", floor.median())),
        reached: reached.median(),
        unit: Unit::Milliseconds,
        times: None,
        most: Some(50.0),
    });
    let everything = json!({ "organization": null }).to_string();
    let (floor, reached) = by_turns(
        TURNS,
        async || chief.call("dashboard.read", &everything).await.map(|_| ()),
        async || operator.call("dashboard.read", &everything).await.map(|_| ()),
    )
    .await?;
    report.add(Measurement {
        rule: "ORG-22",
        what: format!("the dashboard: {who}"),
        floor: Some(("an administrator", floor.median())),
        reached: reached.median(),
        unit: Unit::Milliseconds,
        times,
        most: None,
    });
    Ok(())
}
