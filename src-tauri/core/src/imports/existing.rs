//! The customers or devices there are, as the rows of a file are compared with them (CUS-22, CUS-26, DEV-04).

use super::check;
use super::folders::Folders;
use crate::customers::store::Existing;
use flotilla_kernel::error::ErrorCode;
use flotilla_kernel::fields;
use flotilla_kernel::ids::OrganizationId;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// The customers there are, found by name and by address.
#[derive(Debug, Default)]
pub struct ExistingIndex {
    customers: Vec<Existing>,
    hosts: Vec<String>,
    by_name: HashMap<String, u32>,
    by_host: HashMap<String, Vec<(i64, u32)>>,
    /// The addresses of other connections than the main ones.
    others: HashMap<String, Vec<(i64, u32)>>,
    /// Folded names of organizations that are no customers.
    other_names: HashSet<String>,
    /// Where devices are added.
    devices: DevicesThere,
}

/// A managed device with this serial number, in any organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Managed {
    /// Its organization.
    pub organization: OrganizationId,
    /// The organization's name; empty: the account does not see it.
    pub customer: String,
    /// The address of its connection, in the one spelling that is compared.
    pub host: String,
    /// The port.
    pub port: i64,
}

/// What there is where devices are added: an organization with its folders and devices, and the serial numbers of all.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct DevicesThere {
    addresses: HashSet<(String, i64)>,
    folders: Folders,
    managed: Vec<Managed>,
    by_serial: HashMap<String, u32>,
}

impl DevicesThere {
    /// Of these addresses of the organization's connections, its folders, and the managed devices by their serial numbers.
    pub fn new(
        addresses: impl IntoIterator<Item = (String, i64)>,
        folders: Folders,
        managed: impl IntoIterator<Item = (String, Managed)>,
    ) -> Self {
        let mut there = Self {
            addresses: addresses
                .into_iter()
                .map(|(host, port)| (canonical(host), port))
                .collect(),
            folders,
            ..Self::default()
        };
        for (place, (serial, device)) in (0_u32..).zip(managed) {
            there.by_serial.insert(serial.to_uppercase(), place);
            there.managed.push(Managed {
                host: canonical(device.host),
                ..device
            });
        }
        there
    }

    /// Whether it was read: every organization has a folder.
    pub fn is_known(&self) -> bool {
        self.folders.is_known()
    }

    /// Whether the organization has a connection at this address.
    pub fn has(&self, host: &str, port: i64) -> bool {
        self.addresses.contains(&(host.to_owned(), port))
    }

    /// The organization's folders.
    pub fn folders(&self) -> &Folders {
        &self.folders
    }

    /// The managed device with this serial number, and its place.
    pub fn by_serial(&self, serial: &str) -> Option<(u32, &Managed)> {
        let place = *self.by_serial.get(&serial.to_uppercase())?;
        Some((place, self.managed.get(place as usize)?))
    }

    /// The managed device at this place.
    pub fn managed(&self, place: u32) -> Option<&Managed> {
        self.managed.get(place as usize)
    }
}

fn canonical(host: String) -> String {
    match check::canonical_host(&host) {
        Some(canonical) => canonical.into_owned(),
        None => host,
    }
}

impl ExistingIndex {
    /// An index of these customers; `names` are the folded names of all organizations, `others` the addresses of their
    /// other connections than the main ones.
    pub fn new(
        customers: Vec<Existing>,
        names: impl IntoIterator<Item = String>,
        others: impl IntoIterator<Item = (OrganizationId, String, i64)>,
    ) -> Self {
        let mut index = Self {
            hosts: Vec::with_capacity(customers.len()),
            ..Self::default()
        };
        for (place, customer) in (0_u32..).zip(&customers) {
            let host =
                check::canonical_host(&customer.host).map_or_else(|| customer.host.clone(), Cow::into_owned);
            index.by_name.insert(compared(&customer.name_key), place);
            // One without a connection is found by its name alone.
            if !host.is_empty() {
                let there = index.by_host.entry(host.clone()).or_default();
                there.push((customer.port, place));
            }
            index.hosts.push(host);
        }
        let mut others = others.into_iter().peekable();
        if others.peek().is_some() {
            let places: HashMap<OrganizationId, u32> = (0_u32..)
                .zip(&customers)
                .map(|(place, customer)| (customer.id, place))
                .collect();
            for (id, host, port) in others {
                if let Some(&place) = places.get(&id) {
                    let host = check::canonical_host(&host).map_or_else(|| host.clone(), Cow::into_owned);
                    index.others.entry(host).or_default().push((port, place));
                }
            }
        }
        index.customers = customers;
        index.other_names = names
            .into_iter()
            .map(|name| compared(&name))
            .filter(|name| !index.by_name.contains_key(name))
            .collect();
        index
    }

    /// An index of what there is where devices are added.
    pub fn of_devices(devices: DevicesThere) -> Self {
        Self {
            devices,
            ..Self::default()
        }
    }

    /// What there is where devices are added.
    pub fn devices(&self) -> &DevicesThere {
        &self.devices
    }

    /// The customer at this place.
    pub fn get(&self, place: u32) -> Option<&Existing> {
        self.customers.get(place as usize)
    }

    /// The address of the customer at this place, in the one spelling that is compared.
    pub fn host(&self, place: u32) -> &str {
        self.hosts
            .get(place as usize)
            .map(String::as_str)
            .unwrap_or_default()
    }

    /// Whether the customer at this place has this name, as names are compared.
    pub fn has_name(&self, place: u32, key: &str) -> bool {
        self.get(place)
            .is_some_and(|customer| fields::as_seen(&customer.name_key) == key)
    }

    /// Whether an organization that is no customer has this name.
    pub fn is_other_name(&self, name_key: &str) -> bool {
        self.other_names.contains(name_key)
    }

    /// Whether the main connection of the customer at this place is at this address.
    pub fn is_at(&self, place: u32, host: &str, port: i64) -> bool {
        self.host(place) == host && self.get(place).is_some_and(|customer| customer.port == port)
    }

    /// The first customer with another connection than its main one at this address (CUS-16).
    pub fn elsewhere(&self, host: &str, port: i64) -> Option<u32> {
        self.others
            .get(host)?
            .iter()
            .find_map(|(other, place)| (*other == port).then_some(*place))
    }

    /// Which customer a row means: same name, or same address and port.
    ///
    /// # Errors
    /// `import.ambiguous` when they are two.
    pub fn find(&self, name_key: &str, host: &str, port: i64) -> Result<Option<u32>, ErrorCode> {
        let named = self.by_name.get(name_key).copied();
        let places = self.by_host.get(host).map(Vec::as_slice).unwrap_or_default();
        let mut there = places
            .iter()
            .filter(|(other, _)| *other == port)
            .map(|(_, place)| *place);
        match (named, there.next(), there.next()) {
            (named, None, _) => Ok(named),
            (None, Some(place), None) => Ok(Some(place)),
            (Some(named), Some(first), _)
                if first == named
                    || places
                        .iter()
                        .any(|(other, place)| *other == port && *place == named) =>
            {
                Ok(Some(named))
            }
            _ => Err(ErrorCode::AmbiguousUpdate),
        }
    }
}

/// The folded form of a name as names are compared: two that look the same are the same.
pub fn compared(folded: &str) -> String {
    fields::as_seen(folded).into_owned()
}

/// A name as names are compared.
pub fn name_key(name: &str) -> String {
    flotilla_kernel::database::fold(&fields::as_seen(name))
}
