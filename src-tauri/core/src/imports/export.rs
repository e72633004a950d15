//! The list of customers as a file that can be imported again (CUS-26): the import's own columns in their order. What
//! leads into systems is in no export.

use super::columns::{Column, ImportKind};
use super::types::ExportForImport;
use crate::customers::list::DEFINITION;
use crate::customers::store::{Existing, existing_among};
use crate::customers::types::Mode;
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::Call;
use flotilla_kernel::error::Outcome;
use flotilla_kernel::formulas::harmless;
use flotilla_kernel::ids::OrganizationId;
use flotilla_kernel::lists::Rows;
use flotilla_kernel::preferences::ZonePreferences;
use flotilla_kernel::transfer::{Download, unwritable, unwritable_csv};
use std::collections::HashMap;
use std::io::Write;

/// Writes exactly the customers that are listed into a file, one batch after another. The column of the passwords is there,
/// and empty: imported again it leaves them as they are.
///
/// # Errors
/// `list.unknown-column`, `file.unwritable`
pub async fn export(call: &Call, arguments: ExportForImport) -> Outcome<Download> {
    let caller = call.caller()?;
    let database = &call.workspace.database;
    let names = ["name".to_owned()];
    let query = &arguments.query;
    let mut rows = Rows::matching(
        database,
        caller,
        &DEFINITION,
        query,
        arguments.ids.as_deref(),
        &names,
    )
    .await?;
    let zone = caller
        .zone
        .unwrap_or_else(|| call.workspace.preferences::<ZonePreferences>().zone());
    let day = call.now().utc().with_timezone(&zone).format("%Y-%m-%d");
    let name = format!("flotilla-customers-for-import-{day}.csv");
    let mut file = call.workspace.transfers.create(caller, &name)?;
    // Spreadsheets take a file without the mark for the machine's old code page.
    file.write_all("\u{feff}".as_bytes()).map_err(unwritable)?;
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(file);
    writer
        .write_record(
            ImportKind::Customers
                .columns()
                .iter()
                .map(|column| column.header(ImportKind::Customers)),
        )
        .map_err(unwritable_csv)?;
    while let Some(ids) = rows.next_ids() {
        let ids: Vec<OrganizationId> = ids.into_iter().map(OrganizationId).collect();
        let customers = existing_among(&mut *database.read().await?, &ids, &[], &[]).await?;
        let mut customers: HashMap<OrganizationId, Existing> = customers
            .into_iter()
            .map(|customer| (customer.id, customer))
            .collect();
        for customer in ids.iter().filter_map(|id| customers.remove(id)) {
            writer.write_record(cells(&customer)).map_err(unwritable_csv)?;
        }
    }
    let download = writer
        .into_inner()
        .map_err(|error| unwritable(error.into_error()))?
        .finish()?;
    let entry = Entry::done()
        .subject(download.name.clone())
        .detail("bytes", download.size);
    call.record(entry).await?;
    Ok(download)
}

fn cells(customer: &Existing) -> Vec<String> {
    let cell = |column: &Column| match column {
        Column::Host => customer.host.clone(),
        // One without a connection has none.
        Column::Port if customer.host.is_empty() => String::new(),
        Column::Port => customer.port.to_string(),
        Column::Name => harmless(customer.name.clone()),
        Column::UserName => harmless(customer.user_name.clone()),
        Column::Password | Column::Folder => String::new(),
        Column::Address => harmless(customer.address.clone()),
        Column::Telephone => harmless(customer.telephone.clone()),
        Column::Email => harmless(customer.email.clone()),
        Column::Notes => harmless(customer.notes.clone()),
        Column::Tags => harmless(customer.tags.join(";")),
        Column::Mode => match customer.mode {
            Mode::OnPremises => "on-premises",
            Mode::Cloud => "cloud",
        }
        .to_owned(),
    };
    ImportKind::Customers.columns().iter().map(cell).collect()
}
