//! Programs of other people keep the simulator honest: what they read from cameras they read from it.
use super::start;
use flotilla_simulator::{AuthenticationScheme, FleetOptions};
use tokio::process::Command;

/// Reads a device as home automation does, and prints what it has read.
const READ: &str = r#"
import asyncio, sys, httpx
from axis.device import AxisDevice
from axis.models.configuration import Configuration

async def read(host, port, user, password):
    async with httpx.AsyncClient(verify=False) as session:
        configuration = Configuration(session, host, username=user, password=password, port=int(port), web_proto="https")
        vapix = AxisDevice(configuration).vapix
        await vapix.initialize()
        await vapix.initialize_param_cgi()
        await vapix.initialize_event_instances()
        await vapix.initialize_users()
        print(vapix.serial_number, vapix.product_number, vapix.firmware_version)
        print(vapix.params.property_handler["0"].firmware_version)
        print(sorted(vapix.event_instances.keys()))
        print([user.name for user in vapix.users.values()])

asyncio.run(read(*sys.argv[1:]))
"#;

/// SIM-01, VPX-06, VPX-08, VPX-14: the Python package `axis` reads identity, parameters, events and accounts.
#[tokio::test]
async fn a_device_is_read_by_another_program() {
    let there = Command::new("python3")
        .args(["-c", "import axis, httpx"])
        .output()
        .await;
    if !there.is_ok_and(|output| output.status.success()) {
        eprintln!("the package axis is not installed for Python; no other program has read a device");
        return;
    }
    let fleet = start(FleetOptions {
        cameras: 2,
        ..FleetOptions::default()
    })
    .await;
    // That program knows no other ways to sign in.
    for (camera, scheme) in fleet.cameras().iter().zip([
        AuthenticationScheme::DigestMd5,
        AuthenticationScheme::DigestSha256,
    ]) {
        camera.set_scheme(scheme);
        let blueprint = camera.blueprint();
        let port = camera.port().to_string();
        let output = Command::new("python3")
            .args([
                "-c",
                READ,
                &camera.address(),
                &port,
                &blueprint.user,
                &blueprint.password,
            ])
            .output()
            .await
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let lines: Vec<&str> = said.lines().collect();
        let (version, serial) = (camera.version(), &blueprint.serial_number);
        assert_eq!(
            lines,
            [
                format!("{serial} {} {version}", blueprint.model[3]).as_str(),
                &version,
                "['tns1:Device/tnsaxis:IO/VirtualPort', 'tns1:Device/tnsaxis:Status/SystemReady']",
                "['root']",
            ],
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    fleet.stop().await;
}
