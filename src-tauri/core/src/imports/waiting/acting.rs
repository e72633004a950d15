//! What the rows of a waiting list do: which connections are tested, which customers stored (CUS-23).

use super::{TestState, WaitingList};
use crate::connections::probe::{ProbeResult, Target};
use crate::connections::store::Polled;
use crate::connections::types::{ConnectionKind, ConnectivityStatus};
use crate::customers::store::{CustomerToSave, Existing};
use crate::imports::check;
use crate::imports::check::CellProblem;
use crate::imports::classify::Facts;
use crate::imports::columns::{Column, ImportKind};
use crate::imports::compare::fields_of;
use crate::imports::existing::{ExistingIndex, name_key};
use crate::imports::kept::{Der, KeptTest};
use crate::imports::types::RowState;
use flotilla_connectors::secret::Secret;
use flotilla_connectors::{Certificate, Endpoint};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::OrganizationId;
use std::collections::{BTreeMap, HashMap};

/// By what a row finds its customer.
pub struct FoundBy {
    /// The name as it stands in the row.
    pub shown: String,
    /// The name as names are compared.
    pub name: String,
    /// The address, in the one spelling that is compared.
    pub host: String,
    /// The port.
    pub port: i64,
}

/// A device that a row is stored as (DEV-04).
pub struct DeviceToAdd {
    /// What it is called; empty: as it calls itself.
    pub name: String,
    /// How it was signed in to.
    pub target: Target,
    /// The path of the folder it is put into, as the row has it; empty: the folder that was chosen for all.
    pub folder: String,
    /// What its test came to.
    pub tested: ProbeResult,
    /// The certificate it is believed by.
    pub certificate: Certificate,
}

impl WaitingList {
    /// Compares the devices that were tested with those there are, by their serial numbers (DEV-03): one that is managed here at another
    /// address moves, one of another organization is not added.
    pub(super) fn compare_devices(&mut self) {
        let Some(place) = self.settings.devices else {
            return;
        };
        let mut rows: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for facts in self.facts.iter().filter(|facts| Self::savable(facts)) {
            if let Some(serial) = self.test_of(facts.number).and_then(KeptTest::serial) {
                rows.entry(serial.to_uppercase()).or_default().push(facts.number);
            }
        }
        let mut found = Vec::new();
        for (serial, rows) in rows {
            // As of all rows that clash each names another (CUS-26).
            if let [first, second, ..] = rows[..] {
                found.extend(rows.iter().map(|&row| {
                    let other = if row == first { second } else { first };
                    let clash = (ErrorCode::SameSerialAsRow, other);
                    (row, RowState::Invalid, Some(clash))
                }));
                continue;
            }
            let managed = self.existing.devices().by_serial(&serial);
            found.extend(rows.into_iter().zip(managed).map(|(row, (at, managed))| {
                let problem = match managed {
                    here if here.organization == place.organization => None,
                    unseen if unseen.customer.is_empty() => Some(ErrorCode::DeviceManagedElsewhere),
                    _ => Some(ErrorCode::DeviceManaged),
                };
                match problem {
                    None => (row, RowState::Update, None),
                    Some(code) => (row, RowState::Invalid, Some((code, at))),
                }
            }));
        }
        for (row, state, problem) in found {
            let place = self.facts.binary_search_by_key(&row, |facts| facts.number);
            let Some(facts) = place.ok().and_then(|place| self.facts.get_mut(place)) else {
                continue;
            };
            facts.state = state;
            if let Some((code, number)) = problem {
                facts.problems.push(CellProblem {
                    column: Some(Column::Host),
                    code,
                    number,
                });
            }
        }
    }

    /// The serial number that the test of a row has read, in capitals; none: it has read none.
    pub fn serial(&self, number: u32) -> Option<String> {
        self.test_of(number)
            .and_then(KeptTest::serial)
            .map(str::to_uppercase)
    }

    /// Whether what there is where a row leads to is as it was when it was shown.
    pub fn is_as_before(&self, number: u32, now: &ExistingIndex) -> bool {
        let Some(facts) = self.facts_of(number) else {
            return false;
        };
        let input = self.input_of(number);
        let (host, port, _) = self.reached(facts, &input);
        let serial = self.test_of(number).and_then(KeptTest::serial);
        let seen = |index: &ExistingIndex| {
            let there = index.devices();
            let managed = serial
                .and_then(|serial| there.by_serial(serial))
                .map(|(_, managed)| managed.clone());
            (there.has(&host, i64::from(port)), managed)
        };
        self.leads_as_before(number, &self.existing, now) && seen(now) == seen(&self.existing)
    }

    /// Whether the path of a row leads where it led before, or to what was to be made there.
    pub(super) fn leads_as_before(&self, number: u32, before: &ExistingIndex, now: &ExistingIndex) -> bool {
        if self.kind() != ImportKind::Devices {
            return true;
        }
        let path = self.path(number);
        path.is_empty()
            || before
                .devices()
                .folders()
                .still_leads(path, now.devices().folders())
    }

    /// The device that a row is stored as: one whose test succeeded.
    pub fn device(&self, number: u32) -> Option<DeviceToAdd> {
        let facts = self.facts_of(number).filter(|facts| Self::savable(facts))?;
        let tested = self.test_of(number).filter(|test| test.succeeded())?.tested();
        let (_, _, mut target) = self.target(facts, &HashMap::new())?;
        let certificate = tested.reading.as_ref()?.certificate().clone();
        target.pin = Some(certificate.fingerprint);
        let input = self.input_of(number);
        let cell = |column: Column| check::trimmed(input.cells[column as usize]);
        Some(DeviceToAdd {
            name: cell(Column::Name).to_owned(),
            target,
            folder: cell(Column::Folder).to_owned(),
            tested,
            certificate,
        })
    }

    /// What is to be tested: of all rows or the chosen ones those that can be stored, with their connections. `polled`
    /// holds the customers there are, for the passwords and pins that a row leaves as they are.
    pub fn targets(
        &self,
        chosen: Option<&[u32]>,
        polled: &HashMap<OrganizationId, Polled>,
    ) -> Vec<(u32, String, Target)> {
        let numbers: Box<dyn Iterator<Item = &Facts>> = match chosen {
            None => Box::new(self.facts.iter()),
            Some(rows) => Box::new(rows.iter().filter_map(|&row| self.facts_of(row))),
        };
        numbers
            .filter(|facts| Self::savable(facts))
            .filter_map(|facts| self.target(facts, polled))
            .collect()
    }

    /// The devices that are given their first account: those that were met factory-new, each with the account of its row and the
    /// certificate that it showed then (DEV-02). `preview`: not those that came to something else since.
    ///
    /// # Errors
    /// `changed-meanwhile` when what was previewed is not known any more.
    pub fn first_accounts(&self, preview: Option<&str>) -> Outcome<Vec<(u32, String, Target)>> {
        let changed = match preview {
            Some(preview) => Some(
                self.changed_since(preview)
                    .ok_or_else(|| Problem::new(ErrorCode::Changed))?,
            ),
            None => None,
        };
        let meant = |facts: &&Facts| {
            Self::savable(facts)
                && self.tests.get(&facts.number) == Some(&TestState::FactoryNew)
                && !changed.as_ref().is_some_and(|changed| changed(facts.number))
        };
        let target = |facts: &Facts| {
            let met = self.test_of(facts.number)?.certificate.as_ref()?.certificate()?;
            let (row, connection, target) = self.target(facts, &HashMap::new())?;
            let pin = Some(met.fingerprint);
            Some((row, connection, Target { pin, ..target }))
        };
        Ok(self.facts.iter().filter(meant).filter_map(target).collect())
    }

    /// How many of these rows have been read.
    pub fn read_among(&self, rows: &[u32]) -> usize {
        rows.iter()
            .filter(|row| self.tests.get(row) == Some(&TestState::Succeeded))
            .count()
    }

    fn target(
        &self,
        facts: &Facts,
        polled: &HashMap<OrganizationId, Polled>,
    ) -> Option<(u32, String, Target)> {
        let input = self.input_of(facts.number);
        let cell = |column: Column| input.cells[column as usize];
        let (host, port, user) = self.reached(facts, &input);
        let endpoint = Endpoint::parse(&host, port).ok()?;
        let known = facts
            .matched
            .and_then(|place| self.existing.get(place))
            .and_then(|customer| polled.get(&customer.id));
        let password = match cell(Column::Password) {
            "" => known.map(|known| known.target.password.clone())?,
            password => Secret::new(password),
        };
        let accepted = self
            .overlays
            .get(&facts.number)
            .and_then(|overlay| overlay.pin.as_ref())
            .and_then(Der::certificate);
        // A pin belongs to an address; another address starts anew (CUS-15).
        let kept = known
            .filter(|known| known.target.endpoint == endpoint)
            .and_then(|known| known.target.pin);
        let target = Target {
            kind: match self.kind() {
                ImportKind::Customers => ConnectionKind::IpOffice,
                ImportKind::Devices => ConnectionKind::Device,
            },
            endpoint,
            user_name: user.to_owned(),
            password,
            proxy: known.map(|known| known.target.proxy.clone()).unwrap_or_default(),
            pin: accepted.map(|certificate| certificate.fingerprint).or(kept),
        };
        Some((facts.number, self.connection(facts), target))
    }

    /// The rows whose certificate waits for a yes: the chosen ones, or all that were met for the first time. One that
    /// has changed is looked at by itself (CRT-11).
    pub fn untrusted(&self, chosen: Option<&[u32]>) -> Vec<u32> {
        let first_met = |row: &u32| {
            self.test_of(*row)
                .is_some_and(|test| test.status == ConnectivityStatus::CertificateNotTrusted)
        };
        let waits = |row: &u32| {
            self.tests.get(row) == Some(&TestState::Untrusted)
                && self.facts_of(*row).is_some_and(Self::savable)
        };
        match chosen {
            None => self
                .facts
                .iter()
                .map(|facts| facts.number)
                .filter(waits)
                .filter(first_met)
                .collect(),
            Some(rows) => rows.iter().copied().filter(waits).collect(),
        }
    }

    /// The rows a save would store, each with whether its test succeeded; and the unchanged ones, which are done
    /// (CUS-23).
    pub fn to_save(&self, without_contact: bool) -> (Vec<(u32, bool)>, Vec<u32>) {
        let succeeded = |row: u32| self.tests.get(&row) == Some(&TestState::Succeeded);
        let rows = self
            .facts
            .iter()
            .filter(|facts| Self::savable(facts))
            .map(|facts| (facts.number, succeeded(facts.number)));
        let unchanged = self
            .facts
            .iter()
            .filter(|facts| facts.state == RowState::Unchanged)
            .map(|facts| facts.number);
        (
            // A device is known by its serial number: one that was never met is none (DEV-02).
            rows.filter(|(_, succeeded)| {
                *succeeded || without_contact && self.kind() == ImportKind::Customers
            })
            .collect(),
            unchanged.collect(),
        )
    }

    /// What a row does: the customer it means, as it was when that was shown; none: it adds one.
    pub fn meant(&self, number: u32) -> Option<&Existing> {
        self.facts_of(number)?
            .matched
            .and_then(|place| self.existing.get(place))
    }

    /// By what a row finds its customer: its name as names are compared, and where it is reached.
    pub fn found_by(&self, number: u32) -> Option<FoundBy> {
        let facts = self.facts_of(number)?;
        let input = self.input_of(number);
        let (host, port, _) = self.reached(facts, &input);
        let name = check::trimmed(input.cells[Column::Name as usize]);
        Some(FoundBy {
            shown: name.to_owned(),
            name: name_key(name),
            host: host.into_owned(),
            port: i64::from(port),
        })
    }

    /// The customer a row is stored as.
    pub fn customer(&self, number: u32) -> Option<CustomerToSave> {
        let facts = self.facts_of(number).filter(|facts| Self::savable(facts))?;
        let input = self.input_of(number);
        let mut problems = Vec::new();
        let meaning = check::check(
            ImportKind::Customers,
            &input.cells,
            input.tags,
            false,
            &mut problems,
        );
        let known = facts.matched.and_then(|place| self.existing.get(place));
        let fields = fields_of(&input, &meaning, self.settings.mode, known);
        let password = Some(input.cells[Column::Password as usize])
            .filter(|password| !password.is_empty())
            .map(Secret::new);
        let tested = self
            .test_of(number)
            .filter(|test| test.succeeded())
            .map(KeptTest::tested);
        let pin = match &tested {
            Some(tested) => tested.certificate.clone(),
            None => self
                .overlays
                .get(&number)
                .and_then(|overlay| overlay.pin.as_ref())
                .and_then(Der::certificate),
        };
        Some(CustomerToSave {
            id: known.map(|customer| customer.id),
            fields,
            password,
            pin,
            probe: tested,
        })
    }
}
