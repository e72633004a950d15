//! What the lists of jobs and of their systems are made of (JOB-10, JOB-11).

use super::store::columns;
use flotilla_kernel::lists::types::{ColumnKind, ListName};
use flotilla_kernel::lists::{Column, InOrganization, ListDefinition, Order, Search, VisibleRows};

/// Jobs of which the account sees a system; the latest first.
pub static DEFINITION: ListDefinition = ListDefinition {
    limited: None,
    list: ListName("jobs"),
    from: "job AS j",
    id: "j.id",
    organization: Some(InOrganization::Among(columns::ORGANIZATIONS)),
    visible: VisibleRows::AnyFolder(columns::FOLDERS),
    condition: "",
    search: Search::Column("j.search_key"),
    order: "j.created_at DESC, j.id DESC",
    read: Order::Sorted,
    columns: &[
        Column::new("name", ColumnKind::Text, "j.name")
            .ordered("j.name_key")
            .searched(),
        Column::new("customers", ColumnKind::Text, columns::CUSTOMERS)
            .ordered(columns::FIRST_CUSTOMER)
            .limited(columns::customers_for),
        Column::new("operation", ColumnKind::Choice, "j.operation")
            .choices(&[
                "device-restart",
                "device-roll-back",
                "device-factory-default",
                "device-upgrade",
            ])
            .labelled("job-operation-"),
        Column::new("about", ColumnKind::Text, "j.about")
            .searched()
            .hidden(),
        Column::new("state", ColumnKind::Choice, "j.state")
            .choices(&[
                "running",
                "paused",
                "awaiting_approval",
                "scheduled",
                "failed",
                "completed_with_failures",
                "missed",
                "stopped",
                "completed",
            ])
            .labelled("choice-jobs-state-"),
        Column::new(
            "starts_at",
            ColumnKind::Time,
            "coalesce(j.started_at, j.starts_at)",
        ),
        Column::new("finished_at", ColumnKind::Time, "j.finished_at"),
        Column::new("targets", ColumnKind::Number, "j.targets").hidden(),
        Column::new("failed", ColumnKind::Number, columns::FAILED).hidden(),
        Column::new("created_by", ColumnKind::Text, "j.account_name").searched(),
        Column::new("created_at", ColumnKind::Time, "j.created_at").hidden(),
        Column::new("priority", ColumnKind::Number, "j.priority").hidden(),
    ],
};

const CUSTOMER: &str = "JOIN organization AS o ON o.id = t.organization_id";

/// The systems of jobs, as far as the account sees them.
pub static TASKS: ListDefinition = ListDefinition {
    limited: None,
    list: ListName("job_tasks"),
    from: "job_task AS t JOIN system AS s ON s.id = t.system_id",
    id: "t.id",
    organization: Some(InOrganization::Column("t.organization_id")),
    visible: VisibleRows::AnyFolder(columns::TASK_FOLDER),
    condition: "",
    search: Search::Joined(
        "(s.name_key || char(10) || s.host || char(10) || lower(s.serial) || char(10) || lower(s.model) || char(10) || o.search_name)",
        &[CUSTOMER],
    ),
    order: "t.job_id DESC, t.position, t.id",
    read: Order::Sorted,
    columns: &[
        Column::new("job", ColumnKind::Id, "t.job_id")
            .ordered("")
            .hidden(),
        Column::new("state", ColumnKind::Choice, "t.state")
            .choices(&[
                "failed", "unknown", "running", "waiting", "stopped", "skipped", "done",
            ])
            .labelled("choice-job_tasks-state-"),
        Column::new("name", ColumnKind::Text, "s.name")
            .ordered("s.order_key")
            .searched(),
        Column::new("customer", ColumnKind::Text, "o.name")
            .ordered("o.order_key")
            .folded("o.search_name")
            .joined(CUSTOMER),
        Column::new("host", ColumnKind::Text, "s.host")
            .ordered("s.host_order")
            .searched(),
        Column::new("model", ColumnKind::Text, "s.model").searched(),
        Column::new("serial", ColumnKind::Text, "s.serial")
            .searched()
            .hidden(),
        Column::new("step", ColumnKind::Text, "t.step"),
        Column::new("wave", ColumnKind::Number, "t.wave"),
        Column::new("version_from", ColumnKind::Text, "t.version_from").hidden(),
        Column::new("version_to", ColumnKind::Text, "t.version_to").hidden(),
        Column::new("started_at", ColumnKind::Time, "t.started_at").hidden(),
        Column::new("finished_at", ColumnKind::Time, "t.finished_at"),
    ],
};
