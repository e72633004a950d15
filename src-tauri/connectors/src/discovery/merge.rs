//! Which sightings are one device (DEV-01). Pure.
//!
//! A device is what has one serial number, which is its MAC address (VPX-09). What is known by its address only belongs to
//! the device at that address, if exactly one is known there; otherwise it is a row of its own. So the rows follow from the
//! set of sightings, whatever their order. A hardware id says nothing: all devices of one model have the same.
use super::types::{Facts, MOST_OF_A_DEVICE, Service, Sighting, Way, join_certificates, join_sets};
use crate::trust::Certificate;
use crate::vapix::SerialNumber;
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};

/// Most devices that are kept apart; as many as addresses are probed.
pub const MOST_DEVICES: usize = 65_536;

/// What a device is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeviceKey {
    /// Its serial number.
    SerialNumber(SerialNumber),
    /// Where it is, as long as nothing better is known.
    Address(IpAddr),
}

/// One row: a device with all that is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// What it is known by.
    pub key: DeviceKey,
    /// How it was found.
    pub ways: BTreeSet<Way>,
    /// Where it is.
    pub addresses: BTreeSet<IpAddr>,
    /// Where it listens.
    pub services: BTreeSet<Service>,
    /// The certificates that were met, each where it was met.
    pub certificates: BTreeMap<SocketAddr, Certificate>,
    /// What else is known.
    pub facts: Facts,
}

impl Device {
    /// Its serial number, where it is known.
    pub fn serial_number(&self) -> Option<&SerialNumber> {
        match &self.key {
            DeviceKey::SerialNumber(serial_number) => Some(serial_number),
            DeviceKey::Address(_) => None,
        }
    }
}

/// What a sighting changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Rows that are new or other than before.
    pub changed: Vec<Device>,
    /// Rows that are no more: they became part of others.
    pub removed: Vec<DeviceKey>,
}

impl Changes {
    /// Whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.removed.is_empty()
    }
}

/// [`MOST_DEVICES`] are known; another is not taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("more than 65536 devices")]
pub struct TooManyDevices;

/// What was gathered under one serial number, or of one address.
#[derive(Debug, Clone, Default)]
struct Gathered {
    ways: BTreeSet<Way>,
    addresses: BTreeSet<IpAddr>,
    services: BTreeSet<Service>,
    certificates: BTreeMap<SocketAddr, Certificate>,
    facts: Facts,
}

impl Gathered {
    fn join(&mut self, other: Self) {
        self.ways.extend(other.ways);
        join_sets(&mut self.addresses, other.addresses);
        join_sets(&mut self.services, other.services);
        join_certificates(&mut self.certificates, other.certificates);
        self.facts.join(other.facts);
    }

    fn into_device(self, key: DeviceKey) -> Device {
        Device {
            key,
            ways: self.ways,
            addresses: self.addresses,
            services: self.services,
            certificates: self.certificates,
            facts: self.facts,
        }
    }
}

/// The devices that are known so far.
#[derive(Debug, Clone, Default)]
pub struct Devices {
    named: BTreeMap<SerialNumber, Gathered>,
    /// What is known by address only.
    placed: BTreeMap<IpAddr, Gathered>,
    /// Whose address it is.
    owners: BTreeMap<IpAddr, BTreeSet<SerialNumber>>,
}

impl Devices {
    /// Takes a sighting in. One that says nothing new changes nothing.
    ///
    /// # Errors
    /// When it is of one device more than can be kept; then nothing has changed.
    pub fn add(&mut self, sighting: Sighting) -> Result<Changes, TooManyDevices> {
        let known = match &sighting.serial_number {
            Some(serial_number) => self.named.contains_key(serial_number),
            None => self.placed.contains_key(&sighting.address),
        };
        if !known && self.named.len() + self.placed.len() >= MOST_DEVICES {
            return Err(TooManyDevices);
        }
        let affected = self.affected(&sighting);
        let before: Vec<Option<Device>> = affected.iter().map(|key| self.row(key)).collect();
        self.take_in(sighting);
        let mut changes = Changes::default();
        for (key, before) in affected.into_iter().zip(before) {
            match self.row(&key) {
                Some(after) if before.as_ref() != Some(&after) => changes.changed.push(after),
                None if before.is_some() => changes.removed.push(key),
                _ => {}
            }
        }
        Ok(changes)
    }

    /// All rows, those with a serial number first, each in order.
    pub fn rows(&self) -> impl Iterator<Item = Device> + '_ {
        let named = self.named.keys().cloned().map(DeviceKey::SerialNumber);
        let placed = self.placed.keys().copied().map(DeviceKey::Address);
        named.chain(placed).filter_map(|key| self.row(&key))
    }

    /// One row.
    pub fn row(&self, key: &DeviceKey) -> Option<Device> {
        match key {
            DeviceKey::SerialNumber(serial_number) => {
                let mut gathered = self.named.get(serial_number)?.clone();
                for address in gathered.addresses.clone() {
                    if self.sole_owner(address) == Some(serial_number)
                        && let Some(placed) = self.placed.get(&address)
                    {
                        gathered.join(placed.clone());
                    }
                }
                Some(gathered.into_device(key.clone()))
            }
            DeviceKey::Address(address) => {
                let gathered = self.placed.get(address)?;
                match self.sole_owner(*address) {
                    Some(_) => None,
                    None => Some(gathered.clone().into_device(key.clone())),
                }
            }
        }
    }

    fn sole_owner(&self, address: IpAddr) -> Option<&SerialNumber> {
        let owners = self.owners.get(&address)?;
        owners.first().filter(|_| owners.len() == 1)
    }

    /// The rows that a sighting may change: its own, and those that have or lose what is known of an address.
    fn affected(&self, sighting: &Sighting) -> BTreeSet<DeviceKey> {
        let mut addresses = BTreeSet::from([sighting.address]);
        let mut affected = BTreeSet::new();
        if let Some(serial_number) = &sighting.serial_number {
            affected.insert(DeviceKey::SerialNumber(serial_number.clone()));
            // Only where there are more addresses than are kept can it lose one.
            if let Some(gathered) = self.named.get(serial_number)
                && gathered.addresses.len() >= MOST_OF_A_DEVICE
            {
                addresses.extend(&gathered.addresses);
            }
        }
        for address in addresses {
            affected.insert(DeviceKey::Address(address));
            let owners = self.owners.get(&address).into_iter().flatten();
            affected.extend(owners.cloned().map(DeviceKey::SerialNumber));
        }
        affected
    }

    fn take_in(&mut self, sighting: Sighting) {
        let new = Gathered {
            ways: BTreeSet::from([sighting.way]),
            addresses: BTreeSet::from([sighting.address]),
            services: sighting.services,
            certificates: sighting.certificates,
            facts: sighting.facts,
        };
        let Some(serial_number) = sighting.serial_number else {
            self.placed.entry(sighting.address).or_default().join(new);
            return;
        };
        let gathered = self.named.entry(serial_number.clone()).or_default();
        let before = gathered.addresses.clone();
        gathered.join(new);
        for address in before.symmetric_difference(&gathered.addresses) {
            if gathered.addresses.contains(address) {
                let owners = self.owners.entry(*address).or_default();
                owners.insert(serial_number.clone());
            } else if let Some(owners) = self.owners.get_mut(address) {
                owners.remove(&serial_number);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::types::{Known, Source, known};
    use super::*;
    use proptest::prelude::*;
    use proptest::sample::subsequence;

    fn serial(number: u8) -> SerialNumber {
        SerialNumber::parse(&format!("ACCC8E0000{number:02X}")).expect("a serial number")
    }

    fn address(number: u8) -> IpAddr {
        IpAddr::from([10, 0, 0, number])
    }

    fn sighting(way: Way, place: u8, number: Option<u8>) -> Sighting {
        Sighting {
            serial_number: number.map(serial),
            ..Sighting::new(way, address(place))
        }
    }

    fn gathered(sightings: &[Sighting]) -> Devices {
        let mut devices = Devices::default();
        for one in sightings {
            devices.add(one.clone()).expect("few");
        }
        devices
    }

    fn rows(sightings: &[Sighting]) -> Vec<Device> {
        gathered(sightings).rows().collect()
    }

    /// DEV-01, VPX-09: the same camera by three ways is one row, with what each knew and how it was found.
    #[test]
    fn one_camera_by_three_ways() {
        let mut by_mdns = sighting(Way::Mdns, 5, Some(1));
        by_mdns.facts.name = known(Source::Mdns, "Entrance");
        let mut by_discovery = sighting(Way::WsDiscovery, 5, None);
        by_discovery.facts.hardware_id = known(Source::WsDiscovery, "P3265-LVE");
        let mut by_range = sighting(Way::Ranges, 5, Some(1));
        by_range.facts.name = known(Source::Http, "Main entrance");
        by_range.facts.needs_setup = Some(Known {
            source: Source::Http,
            value: true,
        });
        let all = rows(&[by_discovery, by_mdns, by_range]);
        assert_eq!(all.len(), 1, "{all:?}");
        assert_eq!(all[0].serial_number(), Some(&serial(1)));
        assert_eq!(
            all[0].ways,
            BTreeSet::from([Way::Mdns, Way::WsDiscovery, Way::Ranges])
        );
        let facts = &all[0].facts;
        assert_eq!(facts.name, known(Source::Http, "Main entrance"));
        assert_eq!(facts.hardware_id, known(Source::WsDiscovery, "P3265-LVE"));
        assert!(facts.needs_setup.as_ref().is_some_and(|known| known.value));
    }

    /// DEV-01: the same hardware id says nothing.
    #[test]
    fn two_cameras_with_one_hardware_id_stay_two() {
        let sightings = [(5, 1), (6, 2)].map(|(place, number)| {
            let mut one = sighting(Way::WsDiscovery, place, Some(number));
            one.facts.hardware_id = known(Source::WsDiscovery, "7D1.2");
            one
        });
        assert_eq!(rows(&sightings).len(), 2);
    }

    /// DEV-01: what is known by its address becomes part of the device that is found to be there, and one device has
    /// several addresses.
    #[test]
    fn first_by_address_then_by_serial_number() {
        let mut devices = Devices::default();
        let first = devices.add(sighting(Way::WsDiscovery, 5, None)).expect("few");
        assert_eq!(first.changed[0].key, DeviceKey::Address(address(5)));
        let second = devices.add(sighting(Way::Ssdp, 5, Some(1))).expect("few");
        assert_eq!(second.removed, [DeviceKey::Address(address(5))]);
        assert_eq!(second.changed.len(), 1);
        assert_eq!(
            second.changed[0].ways,
            BTreeSet::from([Way::WsDiscovery, Way::Ssdp])
        );
        let third = devices.add(sighting(Way::Mdns, 9, Some(1))).expect("few");
        assert_eq!(
            third.changed[0].addresses,
            BTreeSet::from([address(5), address(9)])
        );
        assert_eq!(devices.rows().count(), 1);
        // Two devices at one address, as behind a router: what is known by that address belongs to neither.
        let fourth = devices.add(sighting(Way::Ssdp, 5, Some(2))).expect("few");
        assert_eq!((fourth.changed.len(), devices.rows().count()), (3, 3));
    }

    /// Another device more than can be kept is refused, and says so.
    #[test]
    fn not_more_than_can_be_kept() {
        let mut devices = Devices::default();
        for number in 0..u32::try_from(MOST_DEVICES).expect("small") {
            let place = IpAddr::from((0x0A00_0000 + number).to_be_bytes());
            devices.add(Sighting::new(Way::Ranges, place)).expect("few");
        }
        let one_more = Sighting::new(Way::Ranges, address(1).to_canonical());
        assert!(
            devices.add(one_more).is_ok_and(|changes| changes.is_empty()),
            "known"
        );
        let other = Sighting::new(Way::Ranges, IpAddr::from([192, 168, 0, 1]));
        assert_eq!(devices.add(other), Err(TooManyDevices));
    }

    fn any_sighting() -> impl Strategy<Value = Sighting> {
        let way = prop_oneof![
            Just(Way::Mdns),
            Just(Way::Ssdp),
            Just(Way::WsDiscovery),
            Just(Way::Ranges)
        ];
        let name = prop_oneof![Just(""), Just("a"), Just("b")];
        (way, 0_u8..60, proptest::option::of(0_u8..4), name, any::<bool>()).prop_map(
            |(way, place, number, name, secure)| {
                // Few addresses meet often; many come to more than are kept.
                let place = if place < 50 { place % 5 } else { place };
                let mut one = sighting(way, place, number);
                let source = if secure { Source::Https } else { Source::Mdns };
                one.facts.name = known(source, name);
                one.facts.needs_setup = secure.then_some(Known { source, value: true });
                one
            },
        )
    }

    fn shuffled() -> impl Strategy<Value = (Vec<Sighting>, Vec<Sighting>)> {
        proptest::collection::vec(any_sighting(), 0..60).prop_flat_map(|all| {
            let other = Just(all.clone()).prop_shuffle();
            (Just(all), other)
        })
    }

    proptest! {
        /// DEV-01: the order of the sightings does not matter, and the same one again changes nothing.
        #[test]
        fn any_order((one, other) in shuffled(), again in subsequence((0..60).collect::<Vec<usize>>(), 0..20)) {
            let expected = rows(&one);
            prop_assert_eq!(&rows(&other), &expected);
            let mut devices = gathered(&other);
            for index in again {
                if let Some(sighting) = one.get(index) {
                    prop_assert!(devices.add(sighting.clone()).expect("few").is_empty());
                }
            }
            prop_assert_eq!(devices.rows().collect::<Vec<_>>(), expected);
        }

        /// DEV-01: who follows the changes has the same rows; no serial number has two, and nothing is lost.
        #[test]
        fn changes_are_complete(sightings in proptest::collection::vec(any_sighting(), 0..60)) {
            let mut devices = Devices::default();
            let mut followed: BTreeMap<DeviceKey, Device> = BTreeMap::new();
            for sighting in &sightings {
                let changes = devices.add(sighting.clone()).expect("few");
                for key in changes.removed {
                    prop_assert!(followed.remove(&key).is_some());
                }
                for device in changes.changed {
                    followed.insert(device.key.clone(), device);
                }
            }
            prop_assert_eq!(devices.rows().collect::<Vec<_>>(), followed.into_values().collect::<Vec<_>>());
            for sighting in &sightings {
                let has = devices.rows().any(|row| row.ways.contains(&sighting.way)
                    && row.addresses.contains(&sighting.address)
                    && sighting.serial_number.as_ref().is_none_or(|number| row.serial_number() == Some(number)));
                prop_assert!(has, "{:?}", sighting);
            }
        }

    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]

        /// More addresses than are kept: still whatever the order.
        #[test]
        fn many_addresses(places in Just((0_u8..50).collect::<Vec<_>>()).prop_shuffle()) {
            let all: Vec<Sighting> = places.iter().flat_map(|place| [
                sighting(Way::Mdns, *place, Some(1)),
                sighting(Way::Ranges, *place, None),
            ]).collect();
            let mut sorted = all.clone();
            sorted.sort_by_key(|one| one.address);
            prop_assert_eq!(rows(&all), rows(&sorted));
        }
    }
}
