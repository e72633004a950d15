//! LIC-03 and LIC-75: the product list and the expiry calendar over 1,000 organizations with five products each.

use crate::fleet::{SignedIn, first_administrator, program};
use crate::report::{Measurement, Report, Turns, Unit, milliseconds};
use anyhow::Context as _;
use chrono::{DateTime, Days, NaiveDate};
use flotilla_kernel::clock::Clock;
use serde_json::{Value, json};
use std::time::Instant;
use uuid::Uuid;

const ORGANIZATIONS: u64 = 1_000;
/// Products of the built-in catalogue, each with a licence type whose need is said by hand.
const PRODUCTS: [(&str, &str); 5] = [
    ("camera-station-edge", "device"),
    ("device-manager", "device"),
    ("cloud-storage", "hd-30"),
    ("body-worn", "camera"),
    ("ip-office-subscription", "uc-user"),
];
const TURNS: usize = 25;
/// The rows that a page asks for at first.
const WINDOW: usize = 200;
/// Until a page is open.
const MOST_MILLISECONDS: f64 = 300.0;

/// Fills a workspace with running subscriptions, and opens both pages again and again.
pub async fn pages(report: &mut Report) -> anyhow::Result<()> {
    let folder = tempfile::Builder::new().prefix("flotilla-bench-").tempdir()?;
    let program = program(&folder.path().join("workspace"), false).await?;
    let chief = first_administrator(&program).await?;
    let outcome = async {
        fill(&chief).await?;
        for (list, rule, what) in [
            ("licences", "LIC-03", "the product list"),
            ("licence_endings", "LIC-75", "the expiry calendar"),
        ] {
            let mut reached = Vec::new();
            let mut rows = 0;
            for _ in 0..TURNS {
                let begun = Instant::now();
                let ids = chief.index(list, &json!({})).await?;
                let window: Vec<Uuid> = ids
                    .chunks_exact(16)
                    .take(WINDOW)
                    .filter_map(|id| Uuid::from_slice(id).ok())
                    .collect();
                chief.json(&format!("{list}.window"), json!({ "ids": window })).await?;
                reached.push(milliseconds(begun.elapsed()));
                rows = ids.len() / 16;
            }
            let reached = Turns::new(reached);
            report.add(Measurement {
                rule,
                what: format!(
                    "{what} of {ORGANIZATIONS} organizations with {} products each, {rows} rows (median {:.1} ms), 90th \
                     percentile",
                    PRODUCTS.len(),
                    reached.median()
                ),
                floor: None,
                reached: reached.percentile(90),
                unit: Unit::Milliseconds,
                times: None,
                most: Some(MOST_MILLISECONDS),
            });
        }
        Ok(())
    }
    .await;
    program.close().await;
    outcome
}

/// Each subscription began on another day, has licences in its wallet, and mostly a shortage.
async fn fill(chief: &SignedIn) -> anyhow::Result<()> {
    let now = DateTime::from_timestamp_millis(Clock::System.now().0).context("a time")?;
    let today = now.date_naive();
    let mut operation = 0;
    for number in 0..ORGANIZATIONS {
        let form =
            json!({ "name": format!("Organization {number}"), "zone": "Europe/Berlin", "language": "en" });
        let organization = chief.json("organizations.create", form).await?["id"].clone();
        for (place, (product, licence_type)) in PRODUCTS.into_iter().enumerate() {
            let mut act = async |name: &str, more: Value| {
                operation += 1;
                let mut arguments = json!({
                    "operation": Uuid::from_u128(operation), "organization": organization, "product": product, "screen": "",
                });
                if let (Some(fields), Value::Object(more)) = (arguments.as_object_mut(), more) {
                    fields.extend(more);
                }
                chief.json(name, arguments).await
            };
            let start: NaiveDate = today - Days::new((number * 7 + place as u64 * 61) % 360);
            let key = format!("KEY-{number:04}-{place}");
            act("licences.register", json!({})).await?;
            let lot = json!({
                "key": key, "licence_type": licence_type, "term": 1, "order": "", "redeemed": start, "wallet": number % 9,
                "years": [{ "year": 0, "quantity": 10 }],
            });
            act(
                "licences.open",
                json!({ "start": start, "reference": "portal", "lots": [lot] }),
            )
            .await?;
            let need = json!({ "system": null, "licence_type": licence_type, "quantity": 8 + number % 5 });
            act("licences.set_requirement", need).await?;
        }
    }
    Ok(())
}
