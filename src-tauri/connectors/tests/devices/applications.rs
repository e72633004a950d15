//! Applications on devices (DEV-61).
use super::{administrator, start};
use bytes::Bytes;
use flotilla_connectors::vapix::{
    Application, ApplicationAct, ApplicationError, ApplicationProblem, ApplicationState, Client,
    LicenceState, Signature,
};
use flotilla_simulator::{Camera, Fault, FaultRule, FleetOptions};

async fn named(client: &Client, name: &str) -> Option<Application> {
    let list = client.applications().await.unwrap();
    list.into_iter().find(|one| one.name == name)
}

fn package(name: &str, version: &str, signed: bool) -> Bytes {
    Camera::package(name, version, signed).unwrap().into()
}

fn problem(problem: ApplicationProblem) -> Result<(), ApplicationError> {
    Err(ApplicationError::Problem(problem))
}

/// DEV-61: installed, started, stopped, replaced, removed; each as the list then has it, also over a restart.
#[tokio::test]
async fn the_life_of_an_application() {
    let folder = tempfile::tempdir().unwrap();
    let options = FleetOptions {
        cameras: 1,
        state_folder: Some(folder.path().to_path_buf()),
        ..FleetOptions::default()
    };
    let fleet = start(options.clone()).await;
    let root = administrator(&fleet.cameras()[0]);
    root.install_application(&package("counter", "1.0", true))
        .await
        .unwrap();
    let state = |one: Option<Application>| one.map(|one| (one.state, one.version.unwrap()));
    let stopped = |version: &str| Some((ApplicationState::Stopped, version.to_string()));
    assert_eq!(
        state(named(&root, "counter").await),
        stopped("1.0"),
        "installed is not started"
    );
    let control = |act| root.control_application(act, "counter");
    assert_eq!(
        control(ApplicationAct::Stop).await,
        problem(ApplicationProblem::DoesNotRun)
    );
    control(ApplicationAct::Start).await.unwrap();
    assert_eq!(
        control(ApplicationAct::Start).await,
        problem(ApplicationProblem::RunsAlready)
    );
    control(ApplicationAct::Restart).await.unwrap();
    control(ApplicationAct::Stop).await.unwrap();
    root.install_application(&package("counter", "1.1", true))
        .await
        .unwrap();
    assert_eq!(
        root.install_application(&package("Counter", "1.1", true)).await,
        problem(ApplicationProblem::NameExists)
    );
    assert_eq!(
        root.install_application(&Bytes::from_static(b"\x1f\x8b not a package"))
            .await,
        problem(ApplicationProblem::InvalidPackage)
    );
    fleet.stop().await;

    let fleet = start(options).await;
    let root = administrator(&fleet.cameras()[0]);
    assert_eq!(state(named(&root, "counter").await), stopped("1.1"), "it is kept");
    root.control_application(ApplicationAct::Remove, "counter")
        .await
        .unwrap();
    assert_eq!(named(&root, "counter").await, None);
    assert_eq!(
        root.control_application(ApplicationAct::Remove, "counter").await,
        problem(ApplicationProblem::NotFound)
    );
    assert_eq!(
        root.control_application(ApplicationAct::Start, "a b&package=vmd")
            .await,
        problem(ApplicationProblem::NotFound),
        "a name is one name"
    );
}

/// DEV-61: what is not signed is named; from version 12 on it is not taken, before 11.2 nobody asks.
#[tokio::test]
async fn signatures_and_licences() {
    let fleet = start(FleetOptions {
        cameras: 7,
        ..FleetOptions::default()
    })
    .await;
    let mut licences = Vec::new();
    for camera in fleet.cameras() {
        let root = administrator(camera);
        for (version, takes) in [
            ("10.12.228", None),
            ("11.11.116", Some(true)),
            ("12.5.56", Some(false)),
        ] {
            camera.set_version(version);
            assert_eq!(root.takes_unsigned_applications().await, Ok(takes));
        }
        for one in root.applications().await.unwrap() {
            let is_ours = one.vendor.as_deref() == Some("Axis Communications");
            assert_eq!(one.signature == Signature::Signed, is_ours);
            licences.push(one.licence);
        }
        assert_eq!(
            root.install_application(&package("counter", "1.0", false)).await,
            problem(ApplicationProblem::Signature)
        );
        camera.set_version("11.11.116");
        assert_eq!(
            root.install_application(&package("counter", "1.0", false)).await,
            Ok(())
        );
        assert_eq!(
            named(&root, "counter").await.map(|one| one.signature),
            Some(Signature::Unsigned)
        );
    }
    for licence in [
        LicenceState::NotNeeded,
        LicenceState::Valid,
        LicenceState::Missing,
    ] {
        assert!(licences.contains(&licence), "{licence:?}");
    }
}

/// DEV-61: an answer that is lost leaves open what was done; it was done once.
#[tokio::test]
async fn a_lost_answer() {
    let fleet = super::one("11.11.116").await;
    let camera = &fleet.cameras()[0];
    let root = administrator(camera);
    root.applications().await.unwrap();
    camera.set_rule(FaultRule {
        fault: Fault::LoseAnswer,
        rate: 1.0,
        times: Some(1),
    });
    let outcome = root.control_application(ApplicationAct::Remove, "vmd").await;
    assert!(
        matches!(outcome, Err(ApplicationError::OutcomeUnknown(_))),
        "{outcome:?}"
    );
    assert_eq!(named(&root, "vmd").await, None);
}
