//! What the lists of licences are made of.

use flotilla_kernel::lists::types::{ColumnKind, ListName};
use flotilla_kernel::lists::{Column, InOrganization, ListDefinition, Order, Search, VisibleRows};

/// The statuses of LIC-04 that a registered product can have.
pub const STATUSES: &[&str] = &[
    "registered",
    "not_registered",
    "trial",
    "trial_ended",
    "started",
    "renewal_due",
    "unlicensed",
    "beyond_growth",
    "nothing_needed",
    "licensed",
    "archived",
];

/// The kinds of entries of the ledger.
pub const KINDS: &[&str] = &[
    "registered",
    "trial_started",
    "subscription_started",
    "need_changed",
    "redeemed",
    "allocated",
    "transfer_sent",
    "transfer_received",
    "transfer_recalled",
    "transfer_returned",
    "expansion_allocated",
    "upgraded",
    "offline_issued",
    "offline_confirmed",
    "offline_returned",
    "offline_lapsed",
    "hardware_registered",
    "hardware_removed",
    "opened",
    "reconciled",
    "reversed",
    "ended",
    "archived",
    "restored",
    "year_began",
    "year_licensed",
    "shelf_life_ended",
];

/// Registered products of all organizations (LIC-03).
pub static LICENCES: ListDefinition = ListDefinition {
    limited: None,
    list: ListName("licences"),
    from: "licence_book AS b JOIN organization AS o ON o.id = b.organization_id",
    id: "b.id",
    organization: Some(InOrganization::Column("b.organization_id")),
    visible: VisibleRows::Organizations("b.organization_id"),
    condition: "o.archived_at IS NULL",
    search: Search::Joined("(b.search_key || char(10) || o.name_key)", &[]),
    order: "o.name_key, b.product_name, b.id",
    read: Order::Sorted,
    columns: &[
        Column::new("customer", ColumnKind::Text, "o.name")
            .ordered("o.name_key")
            .folded("o.search_name")
            .searched(),
        Column::new("product", ColumnKind::Text, "b.product_name").searched(),
        Column::new("status", ColumnKind::Choice, "b.status")
            .choices(STATUSES)
            .labelled("choice-licences-status-"),
        Column::new("status_date", ColumnKind::Date, "b.status_day"),
        Column::new("next_date", ColumnKind::Date, "b.next_day"),
        Column::new("shortage", ColumnKind::Number, "b.shortage"),
        Column::new("need", ColumnKind::Number, "b.need"),
        Column::new("wallet", ColumnKind::Number, "b.wallet"),
        Column::new("waiting", ColumnKind::Number, "b.waiting").hidden(),
    ],
};

/// Lots of all organizations (LIC-22).
pub static LOTS: ListDefinition = ListDefinition {
    limited: None,
    list: ListName("licence_lots"),
    from: "licence_holding AS h JOIN organization AS o ON o.id = h.organization_id",
    id: "h.id",
    organization: Some(InOrganization::Column("h.organization_id")),
    visible: VisibleRows::Organizations("h.organization_id"),
    condition: "o.archived_at IS NULL",
    search: Search::Joined("(h.search_key || char(10) || o.name_key)", &[]),
    order: "h.place IS NULL, h.shelf_end, h.redeemed, h.lot_id, h.id",
    read: Order::Sorted,
    columns: &[
        Column::new("place", ColumnKind::Number, "h.place"),
        Column::new("key", ColumnKind::Text, "h.key").searched(),
        Column::new("customer", ColumnKind::Text, "o.name")
            .ordered("o.name_key")
            .folded("o.search_name")
            .searched(),
        Column::new("product", ColumnKind::Text, "h.product_name").searched(),
        Column::new("product_id", ColumnKind::Id, "h.product")
            .ordered("")
            .hidden(),
        Column::new("licence_type", ColumnKind::Text, "h.licence_type").searched(),
        Column::new("term", ColumnKind::Number, "h.term"),
        Column::new("origin", ColumnKind::Choice, "h.origin")
            .choices(&["signed", "declared", "credit", "opening"]),
        Column::new("issuer", ColumnKind::Text, "h.issuer")
            .searched()
            .hidden(),
        Column::new("purpose", ColumnKind::Choice, "h.purpose")
            .choices(&["subscription", "expansion", "upgrade"])
            .hidden(),
        Column::new("order", ColumnKind::Text, "h.order_reference")
            .searched()
            .hidden(),
        Column::new("redeemed", ColumnKind::Date, "h.redeemed").hidden(),
        // The last day on which it can be allocated, as everywhere that something ends.
        Column::new("shelf_end", ColumnKind::Date, "(h.shelf_end - 1)").ordered("h.shelf_end"),
        Column::new("quantity", ColumnKind::Number, "h.quantity"),
        Column::new("left", ColumnKind::Number, "h.wallet"),
        Column::new("allocated", ColumnKind::Number, "h.allocated").hidden(),
        Column::new("waiting", ColumnKind::Number, "h.waiting").hidden(),
        Column::new("expired", ColumnKind::Number, "h.expired").hidden(),
        Column::new("state", ColumnKind::Choice, "h.state")
            .choices(&["usable", "waiting", "expired", "used_up"]),
    ],
};

const ACCOUNT: &str = "LEFT JOIN person AS p ON p.account_id = e.account_id";
const ACCOUNT_NAME: &str = "coalesce(nullif(trim(p.first_name || ' ' || p.last_name), ''), p.login, '')";
const PRODUCT: &str =
    "LEFT JOIN licence_book AS b ON b.organization_id = e.organization_id AND b.product = e.product";

/// The history: the entries of the ledger (LIC-62).
pub static HISTORY: ListDefinition = ListDefinition {
    limited: None,
    list: ListName("licence_history"),
    from: "licence_entry AS e JOIN organization AS o ON o.id = e.organization_id",
    id: "e.id",
    organization: Some(InOrganization::Column("e.organization_id")),
    visible: VisibleRows::Organizations("e.organization_id"),
    condition: "o.archived_at IS NULL",
    search: Search::Joined("(e.search_key || char(10) || o.name_key)", &[]),
    order: "e.sequence DESC",
    read: Order::Sorted,
    columns: &[
        Column::new("number", ColumnKind::Number, "e.sequence"),
        Column::new("day", ColumnKind::Date, "e.day"),
        Column::new("customer", ColumnKind::Text, "o.name")
            .ordered("o.name_key")
            .folded("o.search_name")
            .searched(),
        Column::new("product", ColumnKind::Text, "coalesce(b.product_name, e.product)").joined(PRODUCT),
        Column::new("product_id", ColumnKind::Id, "e.product")
            .ordered("")
            .hidden(),
        Column::new("kind", ColumnKind::Choice, "e.kind")
            .choices(KINDS)
            .labelled("choice-licence_history-kind-"),
        Column::new("wallet", ColumnKind::Number, "e.wallet"),
        Column::new("account_name", ColumnKind::Text, ACCOUNT_NAME).joined(ACCOUNT),
        Column::new("reason", ColumnKind::Text, "e.reason").searched(),
        Column::new("screen", ColumnKind::Text, "e.screen")
            .searched()
            .hidden(),
        Column::new("at", ColumnKind::Time, "e.at").hidden(),
    ],
};

const BOOK: &str = "JOIN licence_book AS b ON b.id = n.book_id";

/// Everything that ends (LIC-75).
pub static ENDINGS: ListDefinition = ListDefinition {
    limited: None,
    list: ListName("licence_endings"),
    from: "licence_ending AS n JOIN organization AS o ON o.id = n.organization_id",
    id: "n.id",
    organization: Some(InOrganization::Column("n.organization_id")),
    visible: VisibleRows::Organizations("n.organization_id"),
    condition: "o.archived_at IS NULL",
    search: Search::Joined("(n.search_key || char(10) || o.name_key)", &[]),
    order: "n.day, o.name_key, n.id",
    read: Order::Sorted,
    columns: &[
        Column::new("date", ColumnKind::Date, "n.day"),
        Column::new("customer", ColumnKind::Text, "o.name")
            .ordered("o.name_key")
            .folded("o.search_name")
            .searched(),
        Column::new("product", ColumnKind::Text, "n.product_name").searched(),
        Column::new("product_id", ColumnKind::Id, "n.product")
            .ordered("")
            .hidden(),
        Column::new("kind", ColumnKind::Choice, "n.kind")
            .choices(&["trial", "grace", "year", "shelf_life", "waiting_shelf_life"])
            .labelled("choice-licence_endings-kind-"),
        Column::new("quantity", ColumnKind::Number, "n.quantity"),
        Column::new("short", ColumnKind::Number, "n.short"),
        Column::new("wallet", ColumnKind::Number, "b.wallet").joined(BOOK),
        Column::new("key", ColumnKind::Text, "n.key").searched().hidden(),
        Column::new("quiet", ColumnKind::YesNo, "n.quiet").hidden(),
    ],
};
