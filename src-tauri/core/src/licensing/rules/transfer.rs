//! Sending unused licences to another organization (LIC-45, LIC-46).

use super::book::Book;
use super::ledger::{Account, Entry, Event, LotQuantity, SystemLine, derived};
use super::need::Quantities;
use super::refusal::Refusal;
use super::wallet::MOST_LICENCES;
use chrono::NaiveDate;
use uuid::Uuid;

/// Two books of the same product: who sends, and who receives.
pub struct Parties<'b> {
    /// The sender's book.
    pub sender: &'b mut Book,
    /// The sending organization, and the day there.
    pub sending: (Uuid, NaiveDate),
    /// The receiver's book.
    pub receiver: &'b mut Book,
    /// The receiving organization, and the day there.
    pub receiving: (Uuid, NaiveDate),
}

/// The two entries of a transfer: the sender's, the receiver's. Both are written, or neither.
pub type Legs = (Entry, Entry);

/// The id of a transfer.
pub fn transfer_id(operation: Uuid) -> Uuid {
    derived(&[b"transfer", operation.as_bytes()])
}

/// Sends licences of the sender's wallet; where the receiver has never started the product, they wait there (LIC-46).
///
/// # Errors
/// When either is archived, the wallet does not have them, or the product's licences stay with their organization.
pub fn send(
    parties: &mut Parties<'_>,
    operation: Uuid,
    lines: &[SystemLine],
    transferable: bool,
) -> Result<Legs, Refusal> {
    let Parties {
        sender,
        sending,
        receiver,
        receiving,
    } = parties;
    if sending.0 == receiving.0 {
        return Err(Refusal::SameOrganization);
    }
    if !transferable {
        return Err(Refusal::NotTransferable);
    }
    if sender.archived || receiver.archived {
        return Err(Refusal::Archived);
    }
    let possible = |line: &SystemLine| (1..=MOST_LICENCES).contains(&line.quantity);
    if lines.is_empty() || !lines.iter().all(possible) {
        return Err(Refusal::OutOfRange);
    }
    let mut lots = Vec::with_capacity(lines.len());
    for line in lines {
        let lot = sender
            .lots
            .get(&line.lot)
            .ok_or(Refusal::LotNotUsable(line.lot))?;
        // It has ended for neither of them.
        if lot.shelf_end <= sending.1.max(receiving.1) {
            return Err(Refusal::LotNotUsable(line.lot));
        }
        let taken: i64 = lines
            .iter()
            .filter(|other| other.lot == line.lot)
            .map(|other| other.quantity)
            .sum();
        let left = sender.of_lot(Account::Wallet, lot);
        if taken > left {
            return Err(Refusal::WalletShort(Quantities::from([(
                lot.licence_type.clone(),
                taken - left,
            )])));
        }
        lots.push(LotQuantity {
            lot: lot.clone(),
            quantity: line.quantity,
        });
    }
    let transfer = transfer_id(operation);
    let waiting = !receiver.activated();
    let sent = Event::TransferSent {
        transfer,
        to: receiving.0,
        lots: lots.clone(),
    };
    let received = Event::TransferReceived {
        transfer,
        from: sending.0,
        lots: lots.clone(),
        waiting,
    };
    let mut out = Entry::of_operation(operation, sender.id, 0, sending.1, sent);
    let mut into = Entry::of_operation(operation, receiver.id, 1, receiving.1, received);
    let arrives = if waiting {
        Account::Waiting
    } else {
        Account::Wallet
    };
    for LotQuantity { lot, quantity } in &lots {
        out.post(
            Account::Wallet,
            Account::InTransit(transfer),
            &lot.commodity(),
            *quantity,
        );
        into.post(Account::InTransit(transfer), arrives, &lot.commodity(), *quantity);
    }
    sender.apply(&out)?;
    receiver.apply(&into)?;
    Ok((out, into))
}

/// Calls back what still waits of a transfer (LIC-46).
///
/// # Errors
/// When nothing of it waits, or the sender is archived. From a receiver that was archived meanwhile they come back all the same: they
/// never were its own.
pub fn recall(parties: &mut Parties<'_>, operation: Uuid, transfer: Uuid) -> Result<Legs, Refusal> {
    let Parties {
        sender,
        sending,
        receiver,
        receiving,
    } = parties;
    if sender.archived {
        return Err(Refusal::Archived);
    }
    let waits = if receiver.archived {
        Account::FrozenWaiting
    } else {
        Account::Waiting
    };
    let waiting = receiver
        .waiting
        .get(&transfer)
        .filter(|waiting| waiting.from == sending.0)
        .ok_or(Refusal::NotWaiting)?;
    let lots: Vec<LotQuantity> = waiting
        .lots
        .iter()
        .filter_map(|(lot, quantity)| {
            Some(LotQuantity {
                lot: receiver.lots.get(lot)?.clone(),
                quantity: *quantity,
            })
        })
        .collect();
    let recalled = Event::TransferRecalled {
        transfer,
        from: sending.0,
        lots: lots.clone(),
    };
    let returned = Event::TransferReturned {
        transfer,
        to: receiving.0,
        lots: lots.clone(),
    };
    let mut out = Entry::of_operation(operation, receiver.id, 0, receiving.1, recalled);
    let mut back = Entry::of_operation(operation, sender.id, 1, sending.1, returned);
    for LotQuantity { lot, quantity } in &lots {
        // Where the sender's day has passed the shelf life already, they come back expired.
        let arrives = if lot.shelf_end <= sending.1 {
            Account::Expired
        } else {
            Account::Wallet
        };
        out.post(waits, Account::InTransit(transfer), &lot.commodity(), *quantity);
        back.post(Account::InTransit(transfer), arrives, &lot.commodity(), *quantity);
    }
    receiver.apply(&out)?;
    sender.apply(&back)?;
    Ok((out, back))
}
