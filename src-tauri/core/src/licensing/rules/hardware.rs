//! Hardware that carries licences (LIC-40): they never enter the wallet and never move to other hardware.

use super::book::Book;
use super::ledger::{Entry, Event};
use super::need::{self, Quantities};
use super::refusal::Refusal;
use super::wallet::MOST_LICENCES;
use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization as _;
use uuid::Uuid;

/// A serial number as it is compared: letters and digits, in capitals; those of full width are those of the usual one.
pub fn serial_key(serial: &str) -> String {
    serial
        .nfkc()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .collect()
}

/// What the catalogue says a model carries: beginning of the model, type, number. Of several beginnings that fit, the longest holds.
pub fn carried<'h>(model: &str, known: impl Iterator<Item = (&'h str, &'h str, i64)>) -> Quantities {
    let fits: Vec<(&str, &str, i64)> = known.filter(|(start, ..)| model.starts_with(start)).collect();
    let longest = fits.iter().map(|(start, ..)| start.len()).max();
    let mut carried = Quantities::new();
    for (_, licence_type, quantity) in fits.iter().filter(|(start, ..)| Some(start.len()) == longest) {
        need::add(&mut carried, licence_type, *quantity);
    }
    carried
}

/// Registers hardware; that its serial number is registered nowhere else is looked at where all hardware is known.
///
/// # Errors
/// When the product is not registered, the organization is archived, or a number is outside its limits.
pub fn register(
    book: &mut Book,
    operation: Uuid,
    (serial, model, reference): (&str, &str, &str),
    licences: &Quantities,
    today: NaiveDate,
) -> Result<Entry, Refusal> {
    if book.archived {
        return Err(Refusal::Archived);
    }
    if book.registered.is_none() {
        return Err(Refusal::NotRegistered);
    }
    let possible = |quantity: &i64| (1..=MOST_LICENCES).contains(quantity);
    if licences.is_empty() || !licences.values().all(possible) {
        return Err(Refusal::OutOfRange);
    }
    let event = Event::HardwareRegistered {
        serial: serial.to_owned(),
        model: model.to_owned(),
        licences: licences.clone(),
        reference: reference.to_owned(),
    };
    let entry = Entry::of_operation(operation, book.id, 0, today, event);
    book.apply(&entry)?;
    Ok(entry)
}

/// Removes hardware: what it carries is suspended.
///
/// # Errors
/// When the organization is archived.
pub fn remove(
    book: &mut Book,
    operation: Uuid,
    serial: &str,
    reason: &str,
    today: NaiveDate,
) -> Result<Entry, Refusal> {
    if book.archived {
        return Err(Refusal::Archived);
    }
    let event = Event::HardwareRemoved {
        serial: serial.to_owned(),
        reason: reason.to_owned(),
    };
    let entry = Entry::of_operation(operation, book.id, 0, today, event);
    book.apply(&entry)?;
    Ok(entry)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// LIC-40: a serial number is the same however it is written.
    #[rstest]
    #[case("accc8e-01 0001")]
    #[case("ACCC8E010001")]
    #[case("ac:cc:8e:01:00:01")]
    fn serial_numbers(#[case] written: &str) {
        assert_eq!(serial_key(written), "ACCC8E010001");
    }

    /// LIC-40: the beginning that fits best says what a model carries.
    #[rstest]
    #[case("S1216 MkII", &[("core", 8)])]
    #[case("S1216 Tower", &[("core", 4)])]
    #[case("S2108", &[])]
    fn models(#[case] model: &str, #[case] expected: &[(&str, i64)]) {
        let known = [("S1216", "core", 4), ("S1216 MkII", "core", 8)];
        let expected: Quantities = expected
            .iter()
            .map(|(name, number)| ((*name).to_owned(), *number))
            .collect();
        assert_eq!(carried(model, known.into_iter()), expected);
    }
}
