//! Video servers, asked by curl: it keeps the simulator's NTLM honest.
use base64::Engine;
use flotilla_simulator::{Fault, Fleet, FleetOptions, NtlmScheme, VideoServer};
use serde_json::Value;
use std::path::Path;
use tokio::process::Command;

/// Status and body of one call, as this account; curl uses one connection for all messages that it takes.
async fn curl(
    folder: &Path,
    server: &VideoServer,
    (user, password): (&str, &str),
    body: &str,
) -> (String, Value) {
    let certificate = folder.join("server.pem");
    let encoded =
        base64::engine::general_purpose::STANDARD.encode(server.certificate().expect("a certificate"));
    std::fs::write(
        &certificate,
        format!("-----BEGIN CERTIFICATE-----\n{encoded}\n-----END CERTIFICATE-----\n"),
    )
    .expect("a file");
    let output = Command::new("curl")
        .args(["--silent", "--show-error", "--noproxy", "*", "--ntlm", "--cacert"])
        .arg(&certificate)
        .args([
            "--user",
            &format!("{user}:{password}"),
            "--json",
            body,
            "--write-out",
            "\n%{http_code}",
        ])
        .arg(format!(
            "https://{}/Acs/Api/DeviceListFacade/GetDeviceList",
            server.socket_address()
        ))
        .output()
        .await
        .expect("curl");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).expect("text");
    let (body, status) = text.rsplit_once('\n').expect("a status");
    (
        status.to_string(),
        serde_json::from_str(body).unwrap_or(Value::Null),
    )
}

/// PRO-01, SIM-01: curl signs in, as an account of the machine and of a domain, and reads the devices in parts; a wrong password
/// is refused.
#[tokio::test]
async fn curl_reads_the_devices() {
    let fleet = Fleet::start(FleetOptions {
        cameras: 24,
        video_servers: 6,
        ..FleetOptions::default()
    })
    .await
    .expect("a fleet");
    let folder = tempfile::tempdir().expect("a folder");
    let everything = r#"{"range":{"StartIndex":0,"NumberOfElements":100}}"#;
    let plain: Vec<&VideoServer> = fleet
        .video_servers()
        .iter()
        .filter(|server| server.blueprint().scheme == NtlmScheme::Ntlm)
        .collect();
    assert!(plain.iter().any(|server| server.blueprint().user.contains('\\')));
    assert!(plain.iter().any(|server| !server.blueprint().user.contains('\\')));
    for server in plain {
        let blueprint = server.blueprint();
        let right = (blueprint.user.as_str(), blueprint.password.as_str());
        let (status, answer) = curl(folder.path(), server, right, everything).await;
        assert_eq!(status, "200");
        let serials: Vec<&str> = answer["Devices"]
            .as_array()
            .expect("devices")
            .iter()
            .filter_map(|device| device["MacAddress"].as_str())
            .collect();
        let expected: Vec<&str> = server
            .devices()
            .iter()
            .map(|camera| camera.blueprint().serial_number.as_str())
            .collect();
        assert_eq!((serials.len(), &serials), (4, &expected));
        let part = r#"{"range":{"StartIndex":3,"NumberOfElements":100}}"#;
        let (_, answer) = curl(folder.path(), server, right, part).await;
        assert_eq!(answer["Devices"].as_array().map(Vec::len), Some(1));
        let (status, _) = curl(folder.path(), server, (right.0, "wrong"), everything).await;
        assert_eq!(status, "401");
        server.set_fault(Fault::NoMonitoringRights);
        let (status, _) = curl(folder.path(), server, right, everything).await;
        assert_eq!(status, "403");
        assert_eq!((server.counters().sign_ins, server.counters().refusals), (3, 2));
    }
}
