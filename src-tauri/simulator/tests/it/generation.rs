//! What a seed gives (SIM-01), and that the import files hold what the import takes (CUS-20, DEV-04).
use flotilla_simulator::{Addressing, CUSTOMER_HEADER, DEVICE_HEADER, Fault, Fleet, FleetOptions, Trouble};
use proptest::prelude::*;
use std::collections::HashSet;

fn start(customers: usize, cameras: usize, seed: u64, trouble: Trouble) -> (tokio::runtime::Runtime, Fleet) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let options = FleetOptions {
        customers,
        cameras,
        seed,
        trouble,
        addressing: Addressing::Ports { first: None },
        ..FleetOptions::default()
    };
    let fleet = runtime.block_on(Fleet::start(options)).expect("a fleet");
    (runtime, fleet)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// SIM-01, GEN-12, ORG-01, CUS-10, CUS-20: whatever the seed, everything is what an import takes.
    #[test]
    fn every_seed_gives_a_fleet_that_can_be_imported(seed: u64, customers in 0usize..120, cameras in 0usize..40) {
        let (_runtime, fleet) = start(customers, cameras, seed, Trouble::None);
        let (_other_runtime, same) = start(customers, cameras, seed, Trouble::None);
        let mut names = HashSet::new();
        let mut serial_numbers = HashSet::new();
        for (solution, twin) in fleet.solutions().iter().zip(same.solutions()) {
            prop_assert_eq!(solution.blueprint(), twin.blueprint());
            prop_assert!((1..=32).contains(&solution.systems().len()));
            prop_assert!(names.insert(solution.name().to_lowercase()), "{}", solution.name());
            for system in solution.systems() {
                prop_assert!(serial_numbers.insert(system.serial_number.clone()));
            }
        }
        for (camera, twin) in fleet.cameras().iter().zip(same.cameras()) {
            prop_assert_eq!(camera.blueprint(), twin.blueprint());
            prop_assert!(serial_numbers.insert(camera.blueprint().serial_number.clone()));
            prop_assert_eq!(camera.blueprint().serial_number.len(), 12);
        }
        let mut file = Vec::new();
        fleet.write_customers(&mut file).expect("a file");
        let mut reader = csv::Reader::from_reader(file.as_slice());
        prop_assert_eq!(reader.headers().expect("a header"), &csv::StringRecord::from(CUSTOMER_HEADER.to_vec()));
        let mut places = HashSet::new();
        let mut rows = 0;
        for row in reader.records() {
            let row = row.expect("a row");
            rows += 1;
            prop_assert!(places.insert((row[0].to_string(), row[1].to_string())));
            prop_assert!(row[0].parse::<std::net::Ipv4Addr>().expect("an address").is_loopback());
            prop_assert!((1..=100).contains(&row[2].chars().count()));
            prop_assert_eq!(row[2].trim(), &row[2]);
            prop_assert!(!row[3].is_empty() && !row[4].is_empty());
            let digits = row[6].chars().filter(char::is_ascii_digit).count();
            prop_assert!((3..=15).contains(&digits));
            prop_assert!(row[6].chars().all(|one| one.is_ascii_digit() || one == '+' || one == ' '));
            prop_assert!(row[7].is_ascii() && row[7].ends_with(".example"));
            prop_assert!(row[9].split(';').count() <= 5);
            prop_assert!(matches!(&row[10], "on-premises" | "cloud"));
        }
        prop_assert_eq!(rows, customers);
        let mut file = Vec::new();
        fleet.write_devices(&mut file).expect("a file");
        let mut reader = csv::Reader::from_reader(file.as_slice());
        prop_assert_eq!(reader.headers().expect("a header"), &csv::StringRecord::from(DEVICE_HEADER.to_vec()));
        prop_assert_eq!(reader.records().filter_map(Result::ok).count(), cameras);
    }
}

/// SIM-01: solutions have three systems on average, and a longer fleet begins like a shorter one.
#[test]
fn sizes() {
    let (_runtime, fleet) = start(1000, 0, 1, Trouble::None);
    assert!(
        (2700..3300).contains(&fleet.system_count()),
        "{}",
        fleet.system_count()
    );
    let (_other_runtime, shorter) = start(10, 0, 1, Trouble::None);
    for (one, other) in fleet.solutions().iter().zip(shorter.solutions()) {
        assert_eq!(one.blueprint(), other.blueprint());
    }
    assert!(fleet.solutions().iter().all(|one| one.faults().is_empty()));
}

/// CUS-03: the demonstration has a solution for every status; the first ones, and most, are healthy.
#[test]
fn demonstration() {
    for seed in [1, 2026] {
        let (_runtime, fleet) = start(40, 0, seed, Trouble::Demo);
        let faults: Vec<Fault> = fleet
            .solutions()
            .iter()
            .flat_map(|one| one.faults())
            .map(|rule| rule.fault)
            .collect();
        for expected in [
            Fault::NotThisProtocol,
            Fault::NoSuchUser,
            Fault::WrongPassword,
            Fault::NoMonitoringRights,
            Fault::UserDisabledByAdministrator,
            Fault::UserDisabled,
            Fault::UserLocked,
            Fault::TooManySessions,
            Fault::NoUpgradeRights,
            Fault::Refuse,
            Fault::UnsupportedEdition,
            Fault::NewCertificateAfter { sign_outs: 1 },
        ] {
            assert!(faults.contains(&expected), "{expected:?}");
        }
        assert!(faults.len() < 20, "{faults:?}");
        assert!(fleet.solutions()[..2].iter().all(|one| one.faults().is_empty()));
        let systems = fleet.system_count();
        assert!((130..=210).contains(&systems), "{systems}");
    }
}
