//! What the lists of organizations are made of: those that are there, and the archived ones.

use super::store::{self, member_list};
use flotilla_kernel::lists::types::{ColumnKind, ListName};
use flotilla_kernel::lists::{Column, InOrganization, ListDefinition, Order, Search, VisibleRows};

const FROM: &str = "organization AS o LEFT JOIN customer AS c ON c.organization_id = o.id";
/// The name is folded; telephone numbers and e-mail addresses have nothing to fold but their letters.
const SEARCH: &str = "(o.search_name || char(10) || o.telephone || char(10) || lower(o.email))";
const NAME: Column = Column::new("name", ColumnKind::Text, "o.name")
    .ordered("o.order_key")
    .folded("o.search_name")
    .searched();
const ZONE: Column = Column::new("zone", ColumnKind::Text, "o.zone");
const LANGUAGE: Column =
    Column::new("language", ColumnKind::Choice, "o.language").choices(&["en", "fr", "ja"]);
const TELEPHONE: Column = Column::new("telephone", ColumnKind::Text, "o.telephone").searched();
const EMAIL: Column = Column::new("email", ColumnKind::Text, "o.email").searched();
const ADDRESS: Column = Column::new("address", ColumnKind::Text, "o.address").hidden();
const NOTES: Column = Column::new("notes", ColumnKind::Text, "o.notes").hidden();
const CREATED: Column = Column::new("created_at", ColumnKind::Time, "o.created_at");

/// The organizations that an account may see, with connections or without (ORG-03).
pub static DEFINITION: ListDefinition = ListDefinition {
    limited: None,
    list: ListName("organizations"),
    from: FROM,
    id: "o.id",
    organization: Some(InOrganization::Column("o.id")),
    visible: VisibleRows::Organizations("o.id"),
    condition: "o.archived_at IS NULL",
    search: Search::Column(SEARCH),
    order: "o.order_key, o.id",
    read: Order::Sorted,
    columns: &[
        NAME,
        Column::new("customer", ColumnKind::YesNo, "c.organization_id IS NOT NULL"),
        Column::new("systems", ColumnKind::Number, store::SYSTEMS).limited(store::systems_seen),
        ZONE,
        LANGUAGE,
        TELEPHONE,
        EMAIL,
        ADDRESS,
        NOTES,
        CREATED.hidden(),
    ],
};

/// The organizations that were archived (ORG-07).
pub static ARCHIVED: ListDefinition = ListDefinition {
    limited: None,
    list: ListName("archived_organizations"),
    from: FROM,
    id: "o.id",
    organization: Some(InOrganization::Column("o.id")),
    visible: VisibleRows::Administrators,
    condition: "o.archived_at IS NOT NULL",
    search: Search::Column(SEARCH),
    order: "o.order_key, o.id",
    read: Order::Sorted,
    columns: &[
        NAME,
        Column::new("archived_at", ColumnKind::Time, "o.archived_at"),
        CREATED,
        TELEPHONE,
        EMAIL,
        ADDRESS,
        NOTES,
        ZONE.hidden(),
        LANGUAGE.hidden(),
    ],
};

/// The members of organizations, and who was invited; read in one organization at a time (ORG-13).
pub static MEMBERS: ListDefinition = ListDefinition {
    limited: None,
    list: ListName("members"),
    from: member_list::ROWS,
    id: "r.id",
    organization: Some(InOrganization::Column("r.organization_id")),
    visible: VisibleRows::Organizations("r.organization_id"),
    condition: member_list::CONDITION,
    search: Search::Column(
        "(coalesce(r.search_key, '') || char(10) || lower(r.name) || char(10) || lower(r.email))",
    ),
    order: "r.state = 'invited', lower(r.name), lower(r.email), r.id",
    read: Order::Sorted,
    columns: &[
        Column::new("name", ColumnKind::Text, "r.name")
            .ordered("lower(r.name)")
            .searched(),
        Column::new("email", ColumnKind::Text, "r.email")
            .ordered("lower(r.email)")
            .searched()
            .hidden(),
        Column::new("role", ColumnKind::Choice, "r.role")
            .choices(&["owner", "admin", "operator", "viewer"])
            .labelled("organizations-role-"),
        Column::new("folders", ColumnKind::Tags, member_list::FOLDERS).limited(member_list::folders_seen),
        Column::new("origin", ColumnKind::Choice, "r.origin").choices(&["by_hand", "invitation", "label"]),
        Column::new("state", ColumnKind::Choice, "r.state").choices(&[
            "active",
            "promotion_waiting",
            "invited",
        ]),
        Column::new("last_seen", ColumnKind::Time, "r.last_seen"),
        Column::new("login", ColumnKind::Text, "r.login")
            .searched()
            .hidden(),
    ],
};
