//! What the list of accounts is made of (ACC-17).

use flotilla_kernel::lists::types::{ColumnKind, ListName};
use flotilla_kernel::lists::{Column, ListDefinition, Order, Search, VisibleRows};

/// The accounts of the workspace; administrators only.
pub static DEFINITION: ListDefinition = ListDefinition {
    limited: None,
    list: ListName("accounts"),
    from: "account AS a JOIN person AS p ON p.account_id = a.id",
    id: "a.id",
    organization: None,
    visible: VisibleRows::Administrators,
    condition: "",
    search: Search::Column("a.search_key"),
    order: "a.login_key",
    read: Order::Sorted,
    columns: &[
        Column::new("login", ColumnKind::Text, "a.login")
            .ordered("a.login_key")
            .folded("a.login_key")
            .searched(),
        Column::new("role", ColumnKind::Choice, "a.role").choices(&["administrator", "operator"]),
        Column::new("first_name", ColumnKind::Text, "p.first_name").searched(),
        Column::new("last_name", ColumnKind::Text, "p.last_name").searched(),
        Column::new("email", ColumnKind::Text, "p.email").searched(),
        Column::new("telephone", ColumnKind::Text, "p.telephone").searched(),
        Column::new("mobile", ColumnKind::Text, "p.mobile")
            .searched()
            .hidden(),
        Column::new("labels", ColumnKind::Tags, "a.labels").searched(),
        Column::new("enabled", ColumnKind::YesNo, "a.enabled"),
        Column::new(
            "must_change_password",
            ColumnKind::YesNo,
            "a.must_change_password",
        )
        .hidden(),
        Column::new("expires_on", ColumnKind::Date, "a.expires_on"),
        Column::new("last_sign_in", ColumnKind::Time, "a.last_sign_in"),
        Column::new("second_factor", ColumnKind::YesNo, "0").hidden(),
        Column::new("has_avatar", ColumnKind::YesNo, "p.avatar IS NOT NULL").hidden(),
    ],
};
