//! The book of one product of one organization: what its entries come to.

use super::calendar::Calendar;
use super::files::{FileState, OfflineFile};
use super::ledger::{
    Account, Breach, Commodity, Entry, Event, Lot, LotQuantity, Purpose, Reversible, check_balance,
};
use super::need::{self, Coverage, Quantities};
use super::terms::Terms;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What the entries of one product of one organization come to. Made by [`Book::apply`] alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// The book's id, made of organization and product.
    pub id: Uuid,
    /// When the product was registered.
    pub registered: Option<NaiveDate>,
    /// Its trial.
    pub trial: Option<Trial>,
    /// Its subscription.
    pub subscription: Option<Subscription>,
    /// What its systems need today, by type.
    pub need: Quantities,
    /// Every lot that ever had licences here.
    pub lots: BTreeMap<Uuid, Lot>,
    /// Licences that wait, by the transfer that brought them.
    pub waiting: BTreeMap<Uuid, Waiting>,
    /// The licence files for systems without a network (LIC-51).
    pub offline: BTreeMap<Uuid, OfflineFile>,
    /// Whether the organization is archived.
    pub archived: bool,
    /// Entries that were taken back.
    pub reversed: BTreeSet<Uuid>,
    /// The latest day of an entry; nothing is dated before it.
    pub last_day: Option<NaiveDate>,
    balances: BTreeMap<(Account, Commodity), i64>,
}

/// A trial (LIC-06).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trial {
    /// Its first day.
    pub start: NaiveDate,
    /// How many days it has.
    pub days: u32,
}

impl Trial {
    /// The first day after it.
    pub fn end(self) -> NaiveDate {
        super::calendar::later_by_days(self.start, self.days)
    }
}

/// Licences that wait for the product to be started (LIC-46).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The organization that sent them.
    pub from: Uuid,
    /// When they came.
    pub since: NaiveDate,
    /// How many of each lot still wait.
    pub lots: BTreeMap<Uuid, i64>,
}

/// A subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Its boundaries.
    pub calendar: Calendar,
    /// The first day of the product in it; later than its first boundary when that is another product's (LIC-11).
    pub first_day: NaiveDate,
    /// The year it began in.
    pub first_year: u32,
    /// The last year that began.
    pub year: u32,
    /// What the catalogue said when that year began.
    pub terms: Terms,
    /// The years that began.
    pub years: BTreeMap<u32, Year>,
    /// The day it was ended on.
    pub ended: Option<NaiveDate>,
}

/// What is known of a year that began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Year {
    /// The day its grace period begins on; none: nothing has been needed yet (LIC-18).
    pub grace_from: Option<NaiveDate>,
    /// Since when it is licensed, and `A₀` (LIC-16).
    pub licensed: Option<(NaiveDate, i64)>,
}

impl Subscription {
    /// The first day of a year on which the product was there: its boundary, or the product's first day.
    pub fn first_day_of(&self, year: u32) -> NaiveDate {
        self.calendar.anniversary(year).max(self.first_day)
    }

    /// The day after the grace period of a year; none: none has begun.
    pub fn grace_end(&self, year: u32) -> Option<NaiveDate> {
        let from = self.years.get(&year)?.grace_from?;
        Some(super::calendar::later_by_days(from, self.terms.grace_days))
    }

    /// The last year that can be allocated to on this day (LIC-12).
    pub fn last_in_reach(&self, today: NaiveDate) -> u32 {
        self.calendar
            .last_in_reach(today, self.terms.ahead_years)
            .unwrap_or(self.year)
    }
}

impl Book {
    /// A book without entries.
    pub fn new(id: Uuid) -> Self {
        Self {
            id,
            registered: None,
            trial: None,
            subscription: None,
            need: Quantities::new(),
            lots: BTreeMap::new(),
            waiting: BTreeMap::new(),
            offline: BTreeMap::new(),
            archived: false,
            reversed: BTreeSet::new(),
            last_day: None,
            balances: BTreeMap::new(),
        }
    }

    /// The sum of the postings of a commodity to an account.
    pub fn balance(&self, account: Account, commodity: &Commodity) -> i64 {
        self.balances
            .get(&(account, commodity.clone()))
            .copied()
            .unwrap_or(0)
    }

    /// How many licences of a lot are in an account.
    pub fn of_lot(&self, account: Account, lot: &Lot) -> i64 {
        self.balance(account, &lot.commodity())
    }

    /// The licence-days that are not credited yet (LIC-32).
    pub fn residual(&self, licence_type: &str) -> i64 {
        let commodity = Commodity::Days {
            licence_type: licence_type.to_owned(),
        };
        self.balance(Account::Residual, &commodity)
    }

    /// Every account with what is in it; empty ones are left out.
    pub fn balances(&self) -> impl Iterator<Item = (Account, &Commodity, i64)> {
        self.balances
            .iter()
            .map(|((account, commodity), amount)| (*account, commodity, *amount))
    }

    /// Whether a trial or a subscription was ever started (LIC-46).
    pub fn activated(&self) -> bool {
        self.trial.is_some() || self.subscription.is_some()
    }

    /// Whether anything was ever written into it.
    pub fn is_empty(&self) -> bool {
        self.registered.is_none() && self.lots.is_empty()
    }

    /// What is allocated to a year, by type: what begins in it, and what began before and is for several years (LIC-24); also what is in
    /// the file of a system that was not confirmed yet.
    pub fn allocated(&self, year: u32) -> Quantities {
        let mut allocated = Quantities::new();
        for ((account, commodity), &amount) in &self.balances {
            if let (
                Account::Year(first),
                Commodity::Licences {
                    licence_type, term, ..
                },
            ) = (account, commodity)
                && (*first..*first + (*term).max(1)).contains(&year)
            {
                need::add(&mut allocated, licence_type, amount);
            }
        }
        let pending = self
            .offline
            .values()
            .filter(|file| file.state == FileState::Pending);
        for line in pending.flat_map(|file| &file.lines) {
            if let Some(lot) = self.lots.get(&line.lot)
                && line.years(lot.term).contains(&year)
            {
                need::add(&mut allocated, &lot.licence_type, line.quantity);
            }
        }
        allocated
    }

    /// What is allocated to a year held against the live need (LIC-16).
    pub fn coverage(&self, year: u32) -> Coverage {
        let substitutions = self
            .subscription
            .as_ref()
            .map_or(&[][..], |subscription| &subscription.terms.substitutions);
        need::coverage(&self.need, &self.allocated(year), substitutions)
    }

    /// By how many licences the present year has grown beyond what its licences allow (LIC-17); 0 while it is not licensed.
    pub fn beyond_growth(&self) -> i64 {
        let Some(subscription) = &self.subscription else {
            return 0;
        };
        let year = subscription.year;
        let Some((_, frozen)) = subscription.years.get(&year).and_then(|year| year.licensed) else {
            return 0;
        };
        let later = (need::total(&self.allocated(year)) - frozen).max(0);
        let tolerance = i64::from(subscription.terms.tolerance_percent);
        need::beyond_growth(need::total(&self.need), frozen, later, tolerance)
    }

    /// What is still to be allocated to a year, by type: what is short of the live need; of a year whose need is frozen no more than what
    /// it has grown beyond its allowance (LIC-16, LIC-17).
    pub fn to_allocate(&self, year: u32) -> Quantities {
        let short = self.coverage(year).short;
        let frozen = self
            .subscription
            .as_ref()
            .and_then(|subscription| subscription.years.get(&year))
            .is_some_and(|known| known.licensed.is_some());
        if !frozen {
            return short;
        }
        let present = self.subscription.as_ref().map(|subscription| subscription.year) == Some(year);
        let mut due = if present { self.beyond_growth() } else { 0 };
        let mut wanted = Quantities::new();
        for (name, short) in short {
            let some = short.min(due);
            if some > 0 {
                need::add(&mut wanted, &name, some);
                due -= some;
            }
        }
        wanted
    }

    /// Whether a year is licensed: it was when its need was frozen (LIC-16), or would be if it began with today's need.
    pub fn is_licensed(&self, year: u32) -> bool {
        let Some(subscription) = &self.subscription else {
            return false;
        };
        match subscription.years.get(&year) {
            Some(known) => known.licensed.is_some(),
            None => {
                let any = need::total(&self.need) > 0 || need::total(&self.allocated(year)) > 0;
                any && self.coverage(year).short.is_empty()
            }
        }
    }

    /// The lots with licences in an account, with how many of each.
    pub fn in_account(&self, account: Account) -> impl Iterator<Item = (&Lot, i64)> {
        let first = Commodity::Licences {
            licence_type: String::new(),
            term: 0,
            lot: Uuid::nil(),
        };
        self.balances
            .range((account, first)..)
            .take_while(move |((other, _), _)| *other == account)
            .filter_map(|((_, commodity), amount)| match commodity {
                Commodity::Licences { lot, .. } => Some((self.lots.get(lot)?, *amount)),
                Commodity::Days { .. } => None,
            })
    }

    /// The lots that can be allocated today for this purpose, the first to be used first (LIC-23), with what is left of each.
    pub fn wallet(&self, purpose: Purpose, today: NaiveDate) -> Vec<(&Lot, i64)> {
        let mut lots: Vec<(&Lot, i64)> = self
            .in_account(Account::Wallet)
            .filter(|(lot, left)| lot.purpose == purpose && lot.shelf_end > today && *left > 0)
            .collect();
        lots.sort_by_key(|(lot, _)| (lot.shelf_end, lot.redeemed, lot.id));
        lots
    }

    /// Writes an entry into the book.
    ///
    /// # Errors
    /// What the entry does not keep to; then the book is as it was.
    pub fn apply(&mut self, entry: &Entry) -> Result<(), Breach> {
        check_balance(&entry.postings)?;
        let mut sums: BTreeMap<(Account, Commodity), i64> = BTreeMap::new();
        for posting in &entry.postings {
            let key = (posting.account, posting.commodity.clone());
            let before = self.balances.get(&key).copied().unwrap_or(0);
            let sum = sums.entry(key).or_insert(before);
            *sum = sum.checked_add(posting.amount).ok_or(Breach::NoAmount)?;
        }
        // What is between two organizations is looked at over both.
        let may_be_negative = |account| matches!(account, Account::Issuer | Account::InTransit(_));
        let negative = sums
            .iter()
            .find(|((account, _), sum)| **sum < 0 && !may_be_negative(*account));
        if let Some(((account, commodity), _)) = negative {
            return Err(Breach::Negative(*account, commodity.clone()));
        }
        for (key, sum) in sums {
            if sum == 0 {
                self.balances.remove(&key);
            } else {
                self.balances.insert(key, sum);
            }
        }
        self.follow(entry);
        self.last_day = self.last_day.max(Some(entry.day));
        Ok(())
    }

    fn remember<'l>(&mut self, lots: impl IntoIterator<Item = &'l Lot>) {
        for lot in lots {
            self.lots.entry(lot.id).or_insert_with(|| lot.clone());
        }
    }

    /// What an entry says beside its postings.
    fn follow(&mut self, entry: &Entry) {
        let day = entry.day;
        match &entry.event {
            Event::Registered => self.registered = Some(day),
            Event::TrialStarted { days } => {
                self.trial = Some(Trial {
                    start: day,
                    days: *days,
                });
                self.waiting.clear();
            }
            Event::SubscriptionStarted { start, terms } => {
                self.begin(Calendar::starting(*start), day, day, terms);
                self.waiting.clear();
            }
            Event::Opened {
                start, terms, lots, ..
            } => {
                self.registered.get_or_insert(day);
                self.begin(Calendar::starting(*start), *start, day, terms);
                self.remember(lots.iter().map(|lot| &lot.lot));
                self.waiting.clear();
            }
            Event::NeedChanged { need } => self.need_changed(day, need),
            Event::Redeemed { lots, .. } => self.remember(lots.iter().map(|lot| &lot.lot)),
            Event::Allocated { compensations, .. } => {
                self.remember(compensations.iter().filter_map(|given| given.lot.as_ref()));
            }
            Event::TransferReceived {
                transfer,
                from,
                lots,
                waiting,
            } => {
                self.remember(lots.iter().map(|lot| &lot.lot));
                if *waiting {
                    self.waiting.insert(
                        *transfer,
                        Waiting {
                            from: *from,
                            since: day,
                            lots: by_lot(lots),
                        },
                    );
                }
            }
            Event::TransferRecalled { transfer, .. } => {
                self.waiting.remove(transfer);
            }
            Event::ShelfLifeEnded { lot } => {
                for waiting in self.waiting.values_mut() {
                    waiting.lots.remove(lot);
                }
                self.waiting.retain(|_, waiting| !waiting.lots.is_empty());
            }
            Event::OfflineIssued { .. }
            | Event::OfflineConfirmed { .. }
            | Event::OfflineReturned { .. }
            | Event::OfflineLapsed { .. } => self.follow_offline(day, &entry.event),
            Event::Archived => self.archived = true,
            Event::Restored => self.archived = false,
            Event::YearBegan { year, terms } => {
                if let Some(subscription) = &mut self.subscription {
                    subscription.year = *year;
                    subscription.terms = terms.clone();
                    let grace_from = (need::total(&self.need) > 0).then_some(day);
                    subscription.years.insert(
                        *year,
                        Year {
                            grace_from,
                            licensed: None,
                        },
                    );
                }
            }
            Event::YearLicensed { year, allocated } => {
                if let Some(subscription) = &mut self.subscription {
                    subscription.years.entry(*year).or_default().licensed = Some((day, *allocated));
                }
            }
            Event::Ended { .. } => {
                if let Some(subscription) = &mut self.subscription {
                    subscription.ended = Some(day);
                }
            }
            Event::Reversed { entry, of, .. } => {
                self.reversed.insert(*entry);
                match (of, &mut self.subscription) {
                    (Reversible::Opening, _) => self.subscription = None,
                    (Reversible::Ending, Some(subscription)) => subscription.ended = None,
                    _ => {}
                }
            }
            Event::Reconciled { lots, .. } => {
                self.remember(lots);
                self.unfreeze();
            }
            Event::TransferSent { .. }
            | Event::TransferReturned { .. }
            | Event::ExpansionAllocated { .. }
            | Event::HardwareRegistered { .. }
            | Event::HardwareRemoved { .. }
            | Event::Upgraded { .. } => {}
        }
    }

    /// What an entry says of the files for systems without a network.
    fn follow_offline(&mut self, day: NaiveDate, event: &Event) {
        let mut set = |of: Uuid, from: &[FileState], to: FileState| {
            let files = self.offline.values_mut();
            for file in files.filter(|file| file.system == of && from.contains(&file.state)) {
                file.state = to;
            }
        };
        match event {
            Event::OfflineIssued {
                file,
                system,
                sequence,
                expires,
                first_day,
                lines,
                replaces,
                ..
            } => {
                set(*system, &[FileState::Pending], FileState::Superseded);
                if let Some(lost) = replaces {
                    set(*lost, &[FileState::Confirmed], FileState::Lost);
                }
                let issued = OfflineFile {
                    system: *system,
                    sequence: *sequence,
                    issued: day,
                    expires: *expires,
                    first_day: *first_day,
                    lines: lines.clone(),
                    state: FileState::Pending,
                    replaces: *replaces,
                };
                self.offline.insert(*file, issued);
            }
            Event::OfflineConfirmed {
                system,
                compensations,
                ..
            } => {
                set(*system, &[FileState::Pending], FileState::Confirmed);
                self.remember(compensations.iter().filter_map(|given| given.lot.as_ref()));
            }
            Event::OfflineReturned { system, .. } => {
                let open = [FileState::Pending, FileState::Confirmed, FileState::Lost];
                set(*system, &open, FileState::Returned);
                self.unfreeze();
            }
            Event::OfflineLapsed { system, .. } => {
                set(*system, &[FileState::Pending], FileState::Lapsed);
                self.unfreeze();
            }
            _ => {}
        }
    }

    /// A year's need was frozen with what was allocated then (LIC-16); of that, only what is still there counts.
    fn unfreeze(&mut self) {
        let Some(subscription) = &self.subscription else {
            return;
        };
        let left: Vec<(u32, i64)> = subscription
            .years
            .keys()
            .map(|&year| (year, need::total(&self.allocated(year))))
            .collect();
        let Some(subscription) = &mut self.subscription else {
            return;
        };
        for (year, left) in left {
            if let Some(known) = subscription.years.get_mut(&year)
                && let Some((_, frozen)) = &mut known.licensed
            {
                *frozen = left.min(*frozen);
            }
        }
    }

    fn begin(&mut self, calendar: Calendar, first_day: NaiveDate, today: NaiveDate, terms: &Terms) {
        let year = calendar.year_of(today).unwrap_or(0);
        let mut subscription = Subscription {
            calendar,
            first_day,
            first_year: calendar.year_of(first_day).unwrap_or(0),
            year,
            terms: terms.clone(),
            years: BTreeMap::new(),
            ended: None,
        };
        let grace_from = (need::total(&self.need) > 0).then(|| subscription.first_day_of(year));
        subscription.years.insert(
            year,
            Year {
                grace_from,
                licensed: None,
            },
        );
        self.subscription = Some(subscription);
    }

    fn need_changed(&mut self, day: NaiveDate, need: &Quantities) {
        self.need.clone_from(need);
        let needed = need::total(need) > 0;
        if let Some(subscription) = &mut self.subscription
            && let Some(year) = subscription.years.get_mut(&subscription.year)
            && needed
        {
            year.grace_from.get_or_insert(day);
        }
    }
}

fn by_lot(lots: &[LotQuantity]) -> BTreeMap<Uuid, i64> {
    lots.iter().map(|lot| (lot.lot.id, lot.quantity)).collect()
}
