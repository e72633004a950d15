//! What the list of packages is made of (REP-01).

use flotilla_kernel::lists::types::{ColumnKind, ListName};
use flotilla_kernel::lists::{Column, ListDefinition, Order, Search, VisibleRows};

/// All packages; everybody may look (REP-02, RGT-13).
pub static DEFINITION: ListDefinition = ListDefinition {
    limited: None,
    list: ListName("repository"),
    from: "package AS p",
    id: "p.id",
    organization: None,
    visible: VisibleRows::Everybody,
    condition: "",
    search: Search::Column("p.search_key"),
    order: "p.kind, p.product_key, p.version_key DESC, p.id",
    read: Order::Sorted,
    columns: &[
        Column::new("version", ColumnKind::Text, "p.version")
            .ordered("p.version_key")
            .searched(),
        Column::new("kind", ColumnKind::Choice, "p.kind").choices(&[
            "iso_image",
            "component",
            "firmware",
            "application",
            "server_installer",
            "tool",
            "customization",
        ]),
        Column::new("product", ColumnKind::Text, "p.product")
            .ordered("p.product_key")
            .searched(),
        Column::new("file_name", ColumnKind::Text, "p.file_name")
            .ordered("p.file_name_key")
            .searched(),
        Column::new("tags", ColumnKind::Tags, "p.tags").searched(),
        Column::new("added_at", ColumnKind::Time, "p.added_at"),
        Column::new("added_by", ColumnKind::Text, "p.added_by").searched(),
        Column::new("size", ColumnKind::Number, "p.size"),
        Column::new("state", ColumnKind::Choice, "p.state")
            .choices(&["stored", "altered", "missing", "remote"]),
        // The column tells also why it was computed.
        Column::new(
            "digest_origin",
            ColumnKind::Choice,
            "CASE p.digest_origin WHEN 'vendor' THEN 'vendor' ELSE 'computed' END",
        )
        .choices(&["vendor", "computed"]),
        Column::new("sha256", ColumnKind::Text, "lower(hex(p.digest))")
            .searched()
            .hidden(),
        Column::new("verified_at", ColumnKind::Time, "p.verified_at").hidden(),
        Column::new("note", ColumnKind::Text, "p.note")
            .searched()
            .hidden(),
    ],
};
