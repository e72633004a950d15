//! What the list of results of acts is made of (UI-29).

use flotilla_kernel::lists::types::{ColumnKind, ListName};
use flotilla_kernel::lists::{Column, InOrganization, ListDefinition, Order, Search, VisibleRows};

const CUSTOMER: &str = "JOIN organization AS o ON o.id = r.organization_id";

/// What acts came to, device by device; whoever began an act sees its results, and administrators see all.
pub static DEFINITION: ListDefinition = ListDefinition {
    limited: None,
    list: ListName("device_results"),
    from: "device_result AS r",
    id: "r.id",
    organization: Some(InOrganization::Column("r.organization_id")),
    visible: VisibleRows::Own("r.account_id"),
    condition: "",
    search: Search::Column("r.search_key"),
    order: "r.act_id DESC, r.position, r.id",
    read: Order::Sorted,
    columns: &[
        Column::new("act", ColumnKind::Id, "r.act_id")
            .ordered("")
            .hidden(),
        Column::new("state", ColumnKind::Choice, "r.state").choices(&[
            "failed",
            "unknown",
            "running",
            "waiting",
            "interrupted",
            "cancelled",
            "done",
        ]),
        Column::new("name", ColumnKind::Text, "r.name")
            .ordered("r.name_key")
            .searched(),
        Column::new("customer", ColumnKind::Text, "o.name")
            .ordered("o.order_key")
            .folded("o.search_name")
            .joined(CUSTOMER),
        Column::new("host", ColumnKind::Text, "r.host")
            .ordered("r.host_order")
            .searched(),
        Column::new("model", ColumnKind::Text, "r.model").searched(),
        Column::new("serial", ColumnKind::Text, "r.serial").searched(),
        Column::new("step", ColumnKind::Choice, "r.step").choices(&[
            "connect",
            "certificate",
            "sign_in",
            "first_account",
            "store",
            "send",
            "prove",
            "restart",
            "move",
        ]),
        Column::new("at", ColumnKind::Time, "r.at"),
    ],
};
