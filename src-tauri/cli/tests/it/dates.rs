//! The licence wallet at a later date, from the shell (LIC-54).

use crate::place::Place;
use flotilla_kernel::clock::{Clock, Time, days};
use serde_json::{Value, json};

/// A date so many days from now.
fn date(ahead: i64) -> String {
    let now: Time = Clock::System.now();
    now.plus(days(ahead)).utc().date_naive().to_string()
}

/// LIC-54: `licence status --at` says how it will be; the workspace is as it was, and nothing of the copy is left.
#[tokio::test]
async fn the_status_at_a_later_date() {
    let place = Place::new(1).await;
    let open = place.open().await;
    let customer = json!({
        "id": null, "name": "Bergmann", "host": "127.0.9.1", "port": 1, "user_name": "operator", "mode": "on-premises",
        "password": "service", "without_contact": true,
    });
    let organization = open.call("customers.save", customer).await["id"].clone();
    let act = |number: u8, more: Value| {
        let mut arguments = json!({
            "operation": format!("01890000-0000-7000-9000-0000000000{number:02x}"), "organization": organization,
            "product": "camera-station-pro", "screen": "",
        });
        let fields = arguments.as_object_mut().expect("an object");
        fields.extend(more.as_object().expect("an object").clone());
        arguments
    };
    open.call("licences.register", act(1, json!({}))).await;
    let need = json!({ "system": null, "licence_type": "core", "quantity": 3 });
    open.call("licences.set_requirement", act(2, need)).await;
    open.call("licences.start", act(3, json!({ "together_with": null })))
        .await;
    open.close().await;

    let status = async |at: Option<&str>| {
        let mut arguments = vec!["licence", "status", "Bergmann", "--json"];
        arguments.extend(at.into_iter().flat_map(|date| ["--at", date]));
        place.json(&arguments).await[0]["status"].clone()
    };
    assert_eq!(status(None).await, "started");
    assert_eq!(status(Some(&date(60))).await, "unlicensed");
    assert_eq!(status(Some(&date(370))).await, "renewal_due");
    assert_eq!(status(None).await, "started");
    let left = std::fs::read_dir(place.file("workspace/test-clock")).expect("a folder");
    assert_eq!(left.count(), 0);
    for at in [date(-1), date(0), date(366 * 21)] {
        let refused = place.run(&["licence", "status", "--at", &at]).await;
        assert_ne!(refused.code, Some(0), "{at}");
        assert!(
            refused.complaint.starts_with("test-clock.date: "),
            "{at}: {}",
            refused.complaint
        );
    }
}
