//! The ledger as a plain-text journal: `hledger check` accepts it, and refuses it when one licence is added anywhere (LIC-63).

use super::{NEW_YEAR, at};
use crate::people::add_customer;
use chrono::{Days, NaiveDate};
use flotilla_core::licensing::journal::write;
use flotilla_core::licensing::rules::advance::advance;
use flotilla_core::licensing::rules::allocation::{Request, allocate};
use flotilla_core::licensing::rules::book::Book;
use flotilla_core::licensing::rules::ledger::{
    Account, Entry, Event, LotOrigin, Purpose, SystemLine, derived,
};
use flotilla_core::licensing::rules::need::Quantities;
use flotilla_core::licensing::rules::subscription;
use flotilla_core::licensing::rules::terms::Terms;
use flotilla_core::licensing::rules::transfer::{Parties, send};
use flotilla_core::licensing::rules::wallet::{Key, KeyContent, redeem};
use flotilla_core::licensing::store::{self, Written};
use flotilla_core::licensing::types::LedgerFormat;
use flotilla_kernel::ids::OrganizationId;
use std::path::Path;
use std::process::Command;

const OPERATIONS: u128 = 10_000;
const PRODUCT: &str = "camera-station-pro";

fn terms() -> Terms {
    Terms {
        catalogue: 1,
        grace_days: 30,
        trial_days: 90,
        storage_years: 5,
        ahead_years: 5,
        tolerance_percent: 100,
        transferable: true,
        substitutions: Vec::new(),
    }
}

/// What operation `number` does to one of the books; with the book it belongs to.
fn operate(books: &mut [(OrganizationId, Book)], number: u128, today: NaiveDate) -> Vec<(usize, Vec<Entry>)> {
    let operation = derived(&[b"test", &number.to_be_bytes()]);
    let place = (number % books.len() as u128) as usize;
    let terms = terms();
    let mut written = Vec::new();
    let brought = advance(&mut books[place].1, today, &|_| terms.clone()).expect("forward");
    written.push((place, brought));
    let turn = number / books.len() as u128 % 6;
    let book = &mut books[place].1;
    let done = match turn {
        0 if book.subscription.is_none() => {
            let register = subscription::register(book, operation, today).expect("registered");
            let start = subscription::start(book, derived(&[operation.as_bytes()]), today, &terms, today)
                .expect("started");
            Ok(std::iter::once(register).chain(start).collect())
        }
        0 | 1 => {
            let content = KeyContent {
                purpose: Purpose::Subscription,
                licence_type: "core".to_owned(),
                term: 1 + (number / 7 % 3) as u32,
                quantity: 1 + (number % 40) as i64,
            };
            let key = Key {
                origin: LotOrigin::Declared,
                digest: number.to_string(),
                masked: "••••-TEST".to_owned(),
                order: "PO-1".to_owned(),
                content: vec![content],
                issuer: None,
            };
            redeem(book, operation, &key, &terms, today).map(|entry| vec![entry])
        }
        2 => {
            let need = Quantities::from([("core".to_owned(), 1 + (number / 3 % 25) as i64)]);
            subscription::change_need(book, operation, &need, today)
        }
        3 | 4 => {
            let request = Request {
                years: 1 + (number / 5 % 2) as u32,
                beyond_need: true,
                ..Request::default()
            };
            allocate(book, operation, &request, today)
        }
        _ => {
            let line = book
                .in_account(Account::Wallet)
                .next()
                .map(|(lot, _)| SystemLine {
                    lot: lot.id,
                    quantity: 1,
                });
            let other = (place + 1) % books.len();
            let [sender, receiver] = books.get_disjoint_mut([place, other]).expect("two of them");
            let mut parties = Parties {
                sending: (sender.0.0, today),
                sender: &mut sender.1,
                receiving: (receiver.0.0, today),
                receiver: &mut receiver.1,
            };
            if let Ok((out, into)) = send(&mut parties, operation, line.as_slice(), true) {
                written.extend([(place, vec![out]), (other, vec![into])]);
            }
            return written;
        }
    };
    written.extend(done.ok().map(|entries| (place, entries)));
    written
}

fn accepted(journal: &Path) -> Option<bool> {
    let checked = Command::new("hledger")
        .arg("-f")
        .arg(journal)
        .arg("check")
        .output()
        .ok()?;
    Some(checked.status.success())
}

/// LIC-61, LIC-63: ten thousand operations; the books read back are those that were written, the journal is accepted, and one licence
/// more anywhere makes it refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_journal_that_hledger_accepts() {
    let (harness, chief) = at(NEW_YEAR).await;
    let mut books = Vec::new();
    for name in [
        "Bergmann",
        "Miramar",
        "Ostermann",
        "桜屋",
        "Lindqvist",
        "Duval",
        "Okafor",
    ] {
        let organization: OrganizationId = add_customer(&chief, name).await.parse().expect("an id");
        books.push((organization, Book::new(store::book_id(organization, PRODUCT))));
    }
    let database = harness.workspace().await.database.clone();
    let mut today: NaiveDate = "2026-01-01".parse().expect("a date");
    let mut transaction = database.begin().await.expect("a transaction");
    for number in 0..OPERATIONS {
        for (place, entries) in operate(&mut books, number, today) {
            let written = Written {
                organization: books[place].0,
                product: PRODUCT,
                account: None,
                screen: "test",
                at: NEW_YEAR,
            };
            store::append(&mut transaction, &written, &entries)
                .await
                .expect("written");
            for entry in &entries {
                if let Event::Redeemed { key, .. } = &entry.event {
                    let known = store::key_was_redeemed(transaction.connection(), key, entry.id).await;
                    assert!(!known.expect("written"), "each key counts once");
                }
            }
        }
        if number % 20 == 0 {
            today = today + Days::new(1);
        }
    }
    transaction.commit().await.expect("committed");
    let mut reader = database.read().await.expect("a reader");
    for (organization, book) in &books {
        let read = store::load(&mut reader, *organization, PRODUCT)
            .await
            .expect("a book");
        assert_eq!(&read, book);
    }
    drop(reader);
    let mut text = Vec::new();
    let exported = write(&database, None, LedgerFormat::Journal, &mut text)
        .await
        .expect("a journal");
    assert!(
        exported.entries > i64::try_from(OPERATIONS / 2).expect("small"),
        "{} entries",
        exported.entries
    );
    let journal = harness.folder().join("licences.journal");
    std::fs::write(&journal, &text).expect("written");
    let Some(sound) = accepted(&journal) else {
        eprintln!("hledger is not installed; the journal was written and not checked by it");
        return;
    };
    assert!(sound, "hledger accepts the journal");
    // One licence more, in the first, a middle and the last posting.
    let text = String::from_utf8(text).expect("a text");
    let lines: Vec<&str> = text.lines().collect();
    let postings: Vec<usize> = (0..lines.len())
        .filter(|line| lines[*line].starts_with("    "))
        .collect();
    for at in [0, postings.len() / 2, postings.len() - 1] {
        let mut altered: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        let line = &mut altered[postings[at]];
        let (account, rest) = line.trim_start().split_once("  ").expect("an amount");
        let (amount, commodity) = rest.split_once(' ').expect("a commodity");
        let amount: i64 = amount.parse().expect("a number");
        *line = format!("    {account}  {} {commodity}", amount + 1);
        std::fs::write(&journal, altered.join("\n")).expect("written");
        assert_eq!(accepted(&journal), Some(false), "posting {at}");
    }
}
