//! Events of a device (VPX-16).
use super::{administrator, one, stranger};
use flotilla_connectors::Obstacle;
use flotilla_connectors::vapix::Failure;
use flotilla_simulator::AuthenticationScheme;

const PORT: &str = "tns1:Device/tnsaxis:IO/VirtualPort";
const READY: &str = "tns1:Device/tnsaxis:Status/SystemReady";

/// VPX-16: the states at first, then what happens, and nothing of other topics; the line ends with the device's restart.
#[tokio::test]
async fn what_happens_is_heard() {
    for scheme in [AuthenticationScheme::DigestSha256, AuthenticationScheme::Basic] {
        let fleet = one("12.5.56").await;
        let camera = &fleet.cameras()[0];
        camera.set_scheme(scheme);
        let root = administrator(camera);
        let mut events = root.events(&["tns1:Device//."]).await.unwrap();
        let first = events.next().await.unwrap();
        assert_eq!((first.topic.as_str(), first.data["ready"].as_str()), (READY, "1"));
        assert!(first.time.is_some());
        assert_eq!(camera.listeners(), 1);
        camera.raise_event("tns1:RuleEngine/tnsaxis:Other", &[], &[]);
        camera.raise_event(PORT, &[("port", "3")], &[("state", "1")]);
        let second = events.next().await.unwrap();
        assert_eq!(
            (
                second.topic.as_str(),
                second.source["port"].as_str(),
                second.data["state"].as_str()
            ),
            (PORT, "3", "1")
        );
        root.restart().await.unwrap();
        let closed = Failure::Unreachable(Obstacle::Closed.to_string());
        assert_eq!(events.next().await, Err(closed));
    }
}

/// VPX-16: who has no account hears nothing; what the device does not take is said.
#[tokio::test]
async fn refusals() {
    let fleet = one("12.5.56").await;
    let camera = &fleet.cameras()[0];
    assert_eq!(
        stranger(camera).events(&[PORT]).await.err(),
        Some(Failure::CredentialsNeeded)
    );
    let many = vec![PORT; 100];
    assert!(matches!(
        administrator(camera).events(&many).await.err(),
        Some(Failure::Device { code: 2104, .. })
    ));
}
