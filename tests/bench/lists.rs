//! PERF-02 to PERF-05, PERF-19: lists over 100,000 systems, and what the command palette finds among them.

use crate::fleet::{Full, SignedIn, program, sign_in};
use crate::report::{Measurement, Report, Turns, Unit, by_turns, milliseconds};
use anyhow::{Context as _, ensure};
use flotilla_kernel::call::Reply;
use flotilla_kernel::coalesce::Coalesced;
use flotilla_kernel::events::Event;
use flotilla_kernel::workspace::Workspace;
use serde_json::{Value, json};
use std::time::Instant;
use uuid::Uuid;

const SYSTEMS: usize = 100_000;
const WINDOW: usize = 200;
const TURNS: usize = 25;
/// So many windows, for a 99th percentile that means something.
const WINDOWS: usize = 2_000;
const CHANGES: usize = 1_000;

/// Ordered ids, windows, searches and changes.
pub async fn lists(full: &Full, report: &mut Report) -> anyhow::Result<()> {
    let program = program(&full.workspace(), false).await?;
    let chief = sign_in(&program).await?;
    let workspace = program.workspace().await?;
    let outcome = async {
        palette(&chief, report).await?;
        ordered(&workspace, &chief, report).await?;
        search(&workspace, &chief, report).await?;
        windows(&workspace, &chief, report).await?;
        changes(&chief, report).await
    }
    .await;
    program.close().await;
    outcome
}

/// What the bare statement finds: the ids in order, joined by SQLite.
async fn bare(workspace: &Workspace, sql: &'static str) -> anyhow::Result<usize> {
    let mut connection = workspace.database.read().await?;
    let ids: String = sqlx::query_scalar(sql).fetch_one(&mut *connection).await?;
    Ok(ids.len() / 32)
}

/// PERF-02
async fn ordered(workspace: &Workspace, chief: &SignedIn, report: &mut Report) -> anyhow::Result<()> {
    let cases = [
        (
            "all, by name",
            json!({}),
            "SELECT group_concat(hex(id), '') FROM (SELECT id FROM system ORDER BY order_key, id)",
        ),
        (
            "those that are online, newest version first",
            json!({
                "criteria": [{ "column": "state", "test": { "kind": "any_of", "values": ["online"] } }],
                "sort": { "column": "version", "descending": true },
            }),
            "SELECT group_concat(hex(id), '') FROM (SELECT id FROM system WHERE state = 'online' \
             ORDER BY version_key DESC, order_key, id)",
        ),
        (
            "those of version 11.1.2, by customer",
            json!({
                "criteria": [{ "column": "version", "test": { "kind": "contains", "text": "11.1.2" } }],
                "sort": { "column": "customer", "descending": false },
            }),
            "SELECT group_concat(hex(id), '') FROM (SELECT id FROM system \
             WHERE instr(version, '11.1.2') > 0 ORDER BY customer_key, order_key, id)",
        ),
    ];
    for (what, query, sql) in cases {
        let found = chief.index("systems", &query).await?.len() / 16;
        ensure!(
            found > 0 && found == bare(workspace, sql).await?,
            "both find the same: {what}"
        );
        let (floor, reached) = by_turns(
            TURNS,
            async || bare(workspace, sql).await.map(|_| ()),
            async || chief.index("systems", &query).await.map(|_| ()),
        )
        .await?;
        report.add(Measurement {
            rule: "PERF-02",
            what: format!("ordered ids of a list over {SYSTEMS} systems: {what} ({found})"),
            floor: Some(("the bare statement", floor.median())),
            reached: reached.median(),
            unit: Unit::Milliseconds,
            times: Some(1.3),
            most: Some(30.0),
        });
    }
    Ok(())
}

/// PERF-04
async fn search(workspace: &Workspace, chief: &SignedIn, report: &mut Report) -> anyhow::Result<()> {
    const LIKE: &str = "SELECT group_concat(hex(id), '') FROM (SELECT id FROM system \
        WHERE name LIKE '%harbour%' OR host LIKE '%harbour%' OR model LIKE '%harbour%' OR version LIKE '%harbour%' \
        ORDER BY order_key, id)";
    let query = json!({ "search": "harbour" });
    let found = chief.index("systems", &query).await?.len() / 16;
    ensure!(
        found > 0 && found == bare(workspace, LIKE).await?,
        "both find the same"
    );
    let (floor, reached) = by_turns(
        TURNS,
        async || bare(workspace, LIKE).await.map(|_| ()),
        async || chief.index("systems", &query).await.map(|_| ()),
    )
    .await?;
    report.add(Measurement {
        rule: "PERF-04",
        what: format!("search in {SYSTEMS} systems ({found} found); Flotilla also minds accents and width"),
        floor: Some(("bare LIKE over four text columns", floor.median())),
        reached: reached.median(),
        unit: Unit::Milliseconds,
        times: Some(1.3),
        most: Some(40.0),
    });
    Ok(())
}

/// Windows as a person scrolls: at places all over the list.
fn arguments(ids: &[u8], window: usize) -> String {
    let rows = ids.len() / 16;
    let first = window * 7_919 % (rows - WINDOW);
    let ids: Vec<Uuid> = ids[first * 16..(first + WINDOW) * 16]
        .chunks_exact(16)
        .filter_map(|id| Uuid::from_slice(id).ok())
        .collect();
    json!({ "ids": ids }).to_string()
}

/// PERF-03
async fn windows(workspace: &Workspace, chief: &SignedIn, report: &mut Report) -> anyhow::Result<()> {
    const BARE: &str = "SELECT s.id, s.organization_id, o.name, s.kind, s.name, s.role, s.state, s.model, s.serial, \
        s.host, s.version, s.alarm_count, s.worst_alarm, s.service_count, s.stopped_count, t.at \
        FROM json_each(?) AS wanted JOIN system AS s ON s.id = unhex(wanted.value, '-') \
        JOIN organization AS o ON o.id = s.organization_id \
        LEFT JOIN contact AS t ON t.connection_id = s.connection_id ORDER BY wanted.key";
    let ids = chief.index("systems", &json!({})).await?;
    let (mut floor, mut reached) = (Vec::new(), Vec::new());
    for window in 0..WINDOWS {
        let arguments = arguments(&ids, window);
        let asked: Value = serde_json::from_str(&arguments)?;
        let begun = Instant::now();
        let mut connection = workspace.database.read().await?;
        let rows = sqlx::query(BARE)
            .bind(asked["ids"].to_string())
            .fetch_all(&mut *connection)
            .await?
            .len();
        drop(connection);
        floor.push(milliseconds(begun.elapsed()));
        let begun = Instant::now();
        let Reply::Json(text) = chief.call("systems.window", &arguments).await? else {
            anyhow::bail!("a window is JSON");
        };
        reached.push(milliseconds(begun.elapsed()));
        ensure!(rows == WINDOW && text.len() > 100 * WINDOW, "a window is full");
    }
    let (floor, reached) = (Turns::new(floor), Turns::new(reached));
    report.add(Measurement {
        rule: "PERF-03",
        what: format!(
            "a window of {WINDOW} rows, as JSON for the interface: 99th percentile of {WINDOWS} (median {:.2} ms)",
            reached.median()
        ),
        floor: Some(("the bare statement, its rows read", floor.percentile(99))),
        reached: reached.percentile(99),
        unit: Unit::Milliseconds,
        times: None,
        most: Some(8.0),
    });
    Ok(())
}

/// PERF-19: what the palette finds, from a letter that everything has to a word that nothing has.
async fn palette(chief: &SignedIn, report: &mut Report) -> anyhow::Result<()> {
    for (search, what) in [
        ("e", "a letter that nearly all have"),
        ("harbour", "a word of some"),
        ("harbour 11.1", "two words"),
        ("zzzz", "a word that none has"),
    ] {
        let argument = json!({ "search": search }).to_string();
        let mut reached = Vec::new();
        for _ in 0..TURNS {
            let begun = Instant::now();
            chief.call("search.find", &argument).await?;
            reached.push(milliseconds(begun.elapsed()));
        }
        let reached = Turns::new(reached);
        report.add(Measurement {
            rule: "PERF-19",
            what: format!(
                "the command palette among {SYSTEMS} systems: {what} (median {:.1} ms), 90th percentile",
                reached.median()
            ),
            floor: None,
            reached: reached.percentile(90),
            unit: Unit::Milliseconds,
            times: None,
            most: Some(50.0),
        });
    }
    Ok(())
}

/// PERF-05, the core's part: a thousand changes are merged into what a window is told, and the rows in view are
/// read anew. The order is left alone until a person asks (UI-26).
async fn changes(chief: &SignedIn, report: &mut Report) -> anyhow::Result<()> {
    let ids = chief
        .index(
            "systems",
            &json!({ "sort": { "column": "version", "descending": true } }),
        )
        .await?;
    let view = arguments(&ids, 1);
    let mut reached = Vec::new();
    for _ in 0..TURNS {
        let (sender, receiver) = tokio::sync::broadcast::channel(4_096);
        let begun = Instant::now();
        for id in ids.chunks_exact(16).take(CHANGES) {
            sender.send(Event::Changed {
                feature: flotilla_core::systems::types::CHANGES,
                ids: vec![Uuid::from_slice(id)?],
                membership: false,
                many: false,
            })?;
        }
        drop(sender);
        let events = Coalesced::new(receiver, [])
            .next()
            .await
            .context("something changed")?;
        chief.call("systems.window", &view).await?;
        reached.push(milliseconds(begun.elapsed()));
        ensure!(events.len() == 1, "a thousand changes are told at once");
    }
    report.add(Measurement {
        rule: "PERF-05",
        what: format!(
            "{CHANGES} live changes while a list of {SYSTEMS} is sorted: told, rows in view read anew"
        ),
        floor: None,
        reached: Turns::new(reached).median(),
        unit: Unit::Milliseconds,
        times: None,
        most: Some(20.0),
    });
    Ok(())
}
