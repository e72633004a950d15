//! What a row says otherwise than the customer it means is (CUS-22). Pure.

use super::check::{self, Meaning};
use super::columns::{Column, ImportKind};
use super::existing::ExistingIndex;
use super::row::RowInput;
use super::types::ImportWas;
use crate::customers::store::Existing;
use crate::customers::types::{CustomerFields, Mode};

/// Whether a row says anything else than the customer is. An empty password says nothing, nor does a column that the file
/// does not have.
pub fn differs(
    row: &RowInput<'_>,
    meaning: &Meaning<'_>,
    default_mode: Mode,
    customer: &Existing,
    host: &str,
) -> bool {
    let cell = |column: Column| check::trimmed(row.cells[column as usize]);
    let said = |column: Column| row.said[column as usize];
    let password = row.cells[Column::Password as usize];
    said(Column::Name) && cell(Column::Name) != customer.name
        || meaning.host != host
        || i64::from(meaning.port) != customer.port
        || said(Column::UserName) && cell(Column::UserName) != customer.user_name
        || meaning.mode.unwrap_or(default_mode) != customer.mode
        || said(Column::Address) && cell(Column::Address) != customer.address
        || said(Column::Telephone) && cell(Column::Telephone) != customer.telephone
        || said(Column::Email) && cell(Column::Email) != customer.email
        || said(Column::Notes) && row.cells[Column::Notes as usize] != customer.notes
        || !password.is_empty() && !customer.password_is(password)
        || said(Column::Tags) && other_tags(row, &customer.tags)
}

fn other_tags(row: &RowInput<'_>, present: &[String]) -> bool {
    let cell = row.cells[Column::Tags as usize];
    if cell.is_empty() {
        return !present.is_empty();
    }
    // The order of tags means nothing.
    let mut tags = row.tags.tags(cell);
    let mut present = present.to_vec();
    tags.sort_unstable();
    present.sort_unstable();
    tags != present
}

/// What an update would change: field and present value (CUS-22). A password is only named.
pub fn was(row: &RowInput<'_>, default_mode: Mode, existing: &ExistingIndex, place: u32) -> Vec<ImportWas> {
    let Some(customer) = existing.get(place) else {
        return Vec::new();
    };
    let mut problems = Vec::new();
    let meaning = check::check(ImportKind::Customers, &row.cells, row.tags, false, &mut problems);
    let cell = |column: Column| check::trimmed(row.cells[column as usize]);
    // One without a connection stays so as long as a row says nothing of one.
    let unconnected = customer.host.is_empty() && meaning.host.is_empty();
    let said = |column: Column| {
        row.said[column as usize] && !(unconnected && matches!(column, Column::Host | Column::Port))
    };
    let password = row.cells[Column::Password as usize];
    let mode = |mode: Mode| match mode {
        Mode::OnPremises => "on-premises",
        Mode::Cloud => "cloud",
    };
    let compared = [
        (
            Column::Host,
            said(Column::Host) && meaning.host != existing.host(place),
            customer.host.clone(),
        ),
        (
            Column::Port,
            said(Column::Port) && i64::from(meaning.port) != customer.port,
            customer.port.to_string(),
        ),
        (
            Column::Name,
            said(Column::Name) && cell(Column::Name) != customer.name,
            customer.name.clone(),
        ),
        (
            Column::UserName,
            said(Column::UserName) && cell(Column::UserName) != customer.user_name,
            customer.user_name.clone(),
        ),
        (
            Column::Password,
            !password.is_empty() && !customer.password_is(password),
            String::new(),
        ),
        (
            Column::Address,
            said(Column::Address) && cell(Column::Address) != customer.address,
            customer.address.clone(),
        ),
        (
            Column::Telephone,
            said(Column::Telephone) && cell(Column::Telephone) != customer.telephone,
            customer.telephone.clone(),
        ),
        (
            Column::Email,
            said(Column::Email) && cell(Column::Email) != customer.email,
            customer.email.clone(),
        ),
        (
            Column::Notes,
            said(Column::Notes) && row.cells[Column::Notes as usize] != customer.notes,
            customer.notes.clone(),
        ),
        (
            Column::Tags,
            said(Column::Tags) && other_tags(row, &customer.tags),
            customer.tags.join(";"),
        ),
        (
            Column::Mode,
            meaning.mode.unwrap_or(default_mode) != customer.mode,
            mode(customer.mode).to_owned(),
        ),
    ];
    compared
        .into_iter()
        .filter(|(_, differs, _)| *differs)
        .map(|(column, _, value)| ImportWas {
            field: column.field().to_owned(),
            value,
        })
        .collect()
}

/// The customer a row without problems stands for. What the file has no column for stays as `known` has it.
pub fn fields_of(
    row: &RowInput<'_>,
    meaning: &Meaning<'_>,
    default_mode: Mode,
    known: Option<&Existing>,
) -> CustomerFields {
    let text = |column: Column, present: fn(&Existing) -> &str| match known {
        Some(known) if !row.said[column as usize] => present(known).to_owned(),
        _ if column == Column::Notes => row.cells[column as usize].to_owned(),
        _ => row.cells[column as usize].trim().to_owned(),
    };
    let known_if = |column: Column| known.filter(|_| !row.said[column as usize]);
    CustomerFields {
        name: text(Column::Name, |known| &known.name),
        host: known_if(Column::Host)
            .map_or_else(|| meaning.host.clone().into_owned(), |known| known.host.clone()),
        port: known_if(Column::Port).map_or(i64::from(meaning.port), |known| known.port),
        user_name: text(Column::UserName, |known| &known.user_name),
        mode: meaning.mode.unwrap_or(default_mode),
        tags: known_if(Column::Tags).map_or_else(
            || row.tags.tags(row.cells[Column::Tags as usize]),
            |known| known.tags.clone(),
        ),
        telephone: text(Column::Telephone, |known| &known.telephone),
        email: text(Column::Email, |known| &known.email),
        operators: Vec::new(),
        address: text(Column::Address, |known| &known.address),
        notes: text(Column::Notes, |known| &known.notes),
        proxy: known.map(|known| known.proxy.clone()).unwrap_or_default(),
    }
}
