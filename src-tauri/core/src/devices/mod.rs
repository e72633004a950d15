//! Devices: cameras and others that speak VAPIX — how they come in, what is recommended for them, and what is done on them, one by one
//! or many at once (DEV-02, DEV-10, DEV-12, DEV-24, DEV-40, DEV-41).
//!
//! A device is a system that is reached by a connection of its own; both are the features' below. Here are the credential sets it is
//! added with, and the acts: `acting` runs one in the background with a result for each device, `adding` and `operating` say what is
//! done with each. Restarts and upgrades are jobs: `operations` are handed to the engine, `restarting` and `upgrading` order them.

pub mod accounts;
pub mod acting;
pub mod adding;
pub mod applications;
mod arriving;
pub mod commands;
pub mod commissioning;
pub mod discovering;
pub mod following;
pub mod leaving;
pub mod list;
pub mod operating;
pub mod operations;
pub mod restarting;
pub mod rules;
mod service;
pub mod software;
pub mod store;
pub mod types;
pub mod upgrading;

use crate::jobs::operations::Operations;
use crate::jobs::types::JobOrdered;
use flotilla_kernel::call::{Nothing, Packed};
use flotilla_kernel::feature::{ChangeSpec, FeatureSpec, SeenBy};
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};
use flotilla_kernel::preferences::PreferencePart;
use flotilla_kernel::services::{ServiceName, ServiceSpec};
use types::*;

flotilla_kernel::commands! {
    query "devices.models" SignedIn software::models(ModelsOf) -> Vec<DeviceModel>;
    query "devices.software" SignedIn software::software(WindowArgument) -> Vec<DeviceSoftware>;
    query "devices.accounts" In(ManageSystems) accounts::accounts(DeviceArgument) -> Vec<DeviceAccount>;
    act "devices.add" In(ManageSystems) adding::add(AddDevices) -> DeviceActBegun;
    act "devices.create_account" Each(ManageSystems) accounts::create_account(CreateDeviceAccount) -> DeviceActBegun;
    act "devices.set_password" Each(ManageSystems) accounts::set_password(SetDevicePassword) -> DeviceActBegun;
    act "devices.delete_account" Each(ManageSystems) accounts::delete_account(DeleteDeviceAccount) -> DeviceActBegun;
    act "devices.rotate_password" Each(ManageSystems) accounts::rotate_password(RotateDevicePassword) -> DeviceActBegun;
    act "devices.restart" Each(ManageSystems) restarting::restart(RestartDevices) -> JobOrdered;
    act "devices.roll_back" Each(ManageSystems) restarting::roll_back(RestartDevices) -> JobOrdered;
    act "devices.factory_default" Each(ManageSystems) restarting::factory_default(ResetDevices) -> JobOrdered;
    query "devices.plan_upgrade" Each(OrderJobs) upgrading::plan(PlanUpgrade) -> UpgradePlan;
    act "devices.upgrade" Each(OrderJobs) upgrading::upgrade(UpgradeDevices) -> JobOrdered;
    query "devices.applications" In(ManageSystems) applications::applications(DeviceArgument) -> DeviceApplications;
    act "devices.install_application" Each(ManageSystems) applications::install_application(InstallDeviceApplication) -> DeviceActBegun;
    act "devices.start_application" Each(ManageSystems) applications::start_application(DeviceApplicationArgument) -> DeviceActBegun;
    act "devices.stop_application" Each(ManageSystems) applications::stop_application(DeviceApplicationArgument) -> DeviceActBegun;
    act "devices.remove_application" Each(ManageSystems) applications::remove_application(DeviceApplicationArgument) -> DeviceActBegun;
    query "devices.preview_commission" Each(ManageSystems) commissioning::preview(PreviewCommission) -> CommissionPreview;
    act "devices.commission" Each(ManageSystems) commissioning::commission(CommissionDevices) -> DeviceActBegun;
    act "devices.remove" Each(ManageSystems) leaving::remove(DevicesArgument) -> DeviceActBegun;
    act "devices.transfer" Each(ManageSystems) leaving::transfer(TransferDevices) -> DeviceActBegun;
    query "devices.acts" SignedIn commands::acts(Nothing) -> Vec<DeviceAct>;
    query "devices.act" SignedIn commands::act(DeviceActArgument) -> DeviceAct;
    query "device_results.index" SignedIn commands::results_index(ListQuery) -> Packed;
    query "device_results.window" SignedIn commands::results_window(WindowArgument) -> Vec<DeviceResultRow>;
    query "discovery.interfaces" Anywhere(ManageSystems) discovering::interfaces(Nothing) -> Vec<NetworkInterface>;
    act "discovery.start" Anywhere(ManageSystems) discovering::start(StartDiscovery) -> DiscoveryView;
    query "discovery.read" SignedIn discovering::read(DiscoveryArgument) -> DiscoveryView;
    query "discovery.rows" SignedIn discovering::rows(DiscoveryRows) -> FoundDevices;
    act "discovery.stop" SignedIn discovering::stop(DiscoveryArgument) -> DiscoveryView;
    query "credential_sets.of" In(ManageSystems) commands::credential_sets(CredentialSetsOf) -> Vec<CredentialSet>;
    act "credential_sets.save" In(ManageSystems) commands::save_credential_set(SaveCredentialSet) -> CredentialSet;
    act "credential_sets.delete" In(ManageSystems) commands::delete_credential_set(CredentialSetArgument) -> Nothing;
}

/// What this feature offers the program.
pub static SPEC: FeatureSpec = FeatureSpec {
    commands: COMMANDS,
    lists: &[&list::DEFINITION],
    changes: &[
        ChangeSpec {
            name: CHANGES,
            // Acts and results are asked for anew, and are their own account's.
            seen_by: SeenBy::Everybody,
        },
        ChangeSpec {
            name: DISCOVERY,
            // Ids of searches; what they found is told to their own account.
            seen_by: SeenBy::Everybody,
        },
        ChangeSpec {
            name: CREDENTIAL_SETS,
            seen_by: SeenBy::Organizations,
        },
    ],
    services: &[ServiceSpec {
        name: ServiceName("devices"),
        run: |workspace| Box::pin(service::run(workspace)),
        in_test_clock: false,
        shown: None,
    }],
    preferences: &[PreferencePart::of::<DevicePreferences>()],
    work: &[ACT],
    on_open: |workspace| workspace.state::<Operations>().add(operations::OPERATIONS),
    ..FeatureSpec::new("devices")
};
