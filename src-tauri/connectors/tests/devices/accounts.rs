//! Accounts of a device (VPX-02, VPX-14).
use super::{administrator, endpoint, one, password, start, stranger, trust, user};
use flotilla_connectors::Dialer;
use flotilla_connectors::vapix::{
    AccountError, AccountRefusal, Client, Failure, Group, Privileges, Role, Transport, UserName,
};
use flotilla_simulator::{Fault, FaultRule, FleetOptions};

const OPERATOR: Privileges = Privileges {
    role: Role::Operator,
    ptz: true,
};

/// VPX-14, DEV-40: created, listed, given another password, other rights, removed; each as the device then has it.
#[tokio::test]
async fn the_life_of_an_account() {
    let fleet = one("11.11.116").await;
    let camera = &fleet.cameras()[0];
    let root = administrator(camera);
    let joe = UserName::parse("joe").unwrap();
    // Everything that a form and a proof could stumble over.
    let odd = "a b+c&d=e%f;\"~\\:";
    root.create_account(&joe, &password(odd), OPERATOR).await.unwrap();
    let accounts = root.accounts().await.unwrap();
    let listed: Vec<_> = accounts
        .iter()
        .map(|one| (one.name.as_str(), one.role(), one.groups.contains(&Group::Ptz)))
        .collect();
    assert_eq!(
        listed,
        [
            ("joe", Some(Role::Operator), true),
            ("root", Some(Role::Administrator), true)
        ]
    );
    let current = user(camera, "joe", odd).current_user().await.unwrap();
    assert_eq!(
        (current.name.as_str(), current.role()),
        ("joe", Some(Role::Operator))
    );
    assert_eq!(
        user(camera, "joe", odd).accounts().await,
        Err(Failure::Forbidden),
        "an operator does not see accounts"
    );

    root.change_password("joe", &password("other")).await.unwrap();
    assert_eq!(
        user(camera, "joe", odd).current_user().await,
        Err(Failure::CredentialsRefused)
    );
    assert!(user(camera, "joe", "other").current_user().await.is_ok());
    let viewer = Privileges {
        role: Role::Viewer,
        ptz: false,
    };
    root.change_privileges("joe", viewer).await.unwrap();
    let current = user(camera, "joe", "other").current_user().await.unwrap();
    assert_eq!(current.groups.into_iter().collect::<Vec<_>>(), [Group::Viewer]);

    root.remove_account("joe").await.unwrap();
    assert_eq!(root.accounts().await.unwrap().len(), 1);
    let refused = AccountError::Refused(AccountRefusal::NotForThisAccount);
    assert_eq!(root.remove_account("joe").await, Err(refused.clone()));
    assert_eq!(
        root.change_password("joe", &password("other")).await,
        Err(refused.clone())
    );
    assert_eq!(
        root.create_account(&UserName::first(), &password("x"), OPERATOR)
            .await,
        Err(refused)
    );
    assert_eq!(
        root.remove_account("not a name").await,
        Err(AccountError::Refused(AccountRefusal::UserName))
    );
}

/// VPX-02, DEV-02: a factory-new device takes its first account from anybody, and from then on asks who it is.
#[tokio::test]
async fn the_first_account() {
    for (version, name) in [("9.80.64", "root"), ("11.11.116", "chief"), ("12.5.56", "chief")] {
        let fleet = one(version).await;
        let camera = &fleet.cameras()[0];
        camera.set_fault(Fault::FactoryNew);
        let new = stranger(camera);
        assert!(new.probe().await.unwrap().needs_setup, "{version}");
        assert_eq!(administrator(camera).accounts().await, Err(Failure::NeedsSetup));
        assert_eq!(camera.counters().credential_bytes, 0);

        let chief = UserName::parse(name).unwrap();
        if version.starts_with('9') {
            let other = UserName::parse("chief").unwrap();
            assert_eq!(
                new.create_first_account(&other, &password("first")).await,
                Err(AccountError::Refused(AccountRefusal::NotAsFirst)),
                "older devices know one name"
            );
            assert!(new.probe().await.unwrap().needs_setup);
        }
        new.create_first_account(&chief, &password("first"))
            .await
            .unwrap();
        assert!(!new.probe().await.unwrap().needs_setup, "{version}");
        assert_eq!(camera.counters().credential_bytes, 0, "nobody has signed in");
        let info = user(camera, name, "first").prove_credentials().await.unwrap();
        assert_eq!(info.version.as_deref(), Some(version));
        assert_eq!(
            new.create_first_account(&chief, &password("second")).await,
            Err(AccountError::Failed(Failure::CredentialsNeeded)),
            "there is one only once"
        );
        assert!(user(camera, name, "first").accounts().await.is_ok());
    }
}

/// VPX-14, SEC-03: a password is never sent where it could be read on its way; not even a connection is made.
#[tokio::test]
async fn never_in_clear() {
    let fleet = one("11.11.116").await;
    let camera = &fleet.cameras()[0];
    let client = Client::new(
        &Dialer::new(None),
        &endpoint(camera),
        &trust(camera),
        Transport::Http,
    )
    .unwrap();
    let name = UserName::first();
    let refused = Err(AccountError::Failed(Failure::BasicWithoutEncryption));
    assert_eq!(client.create_first_account(&name, &password("x")).await, refused);
    assert_eq!(
        client.create_account(&name, &password("x"), OPERATOR).await,
        refused
    );
    assert_eq!(client.change_password("root", &password("x")).await, refused);
    assert_eq!(camera.counters().connections, 0);
}

/// VPX-14: an answer that is lost leaves open what was done, and it was done once.
#[tokio::test]
async fn a_lost_answer() {
    let fleet = one("11.11.116").await;
    let camera = &fleet.cameras()[0];
    let root = administrator(camera);
    root.accounts().await.unwrap();
    camera.set_rule(FaultRule {
        fault: Fault::LoseAnswer,
        rate: 1.0,
        times: Some(1),
    });
    let before = camera.counters().requests;
    let outcome = root
        .create_account(&UserName::parse("joe").unwrap(), &password("x"), OPERATOR)
        .await;
    assert!(
        matches!(outcome, Err(AccountError::OutcomeUnknown(_))),
        "{outcome:?}"
    );
    assert_eq!(camera.counters().requests, before + 1, "it is not sent again");
    assert_eq!(root.accounts().await.unwrap().len(), 2);
}

/// SIM-01: accounts outlive a fleet that has a folder for its state.
#[tokio::test]
async fn kept_by_the_simulator() {
    let folder = tempfile::tempdir().unwrap();
    let options = FleetOptions {
        cameras: 1,
        state_folder: Some(folder.path().to_path_buf()),
        ..FleetOptions::default()
    };
    let fleet = start(options.clone()).await;
    let root = administrator(&fleet.cameras()[0]);
    let joe = UserName::parse("joe").unwrap();
    root.create_account(&joe, &password("kept"), OPERATOR)
        .await
        .unwrap();
    fleet.stop().await;
    let fleet = start(options).await;
    let joe = user(&fleet.cameras()[0], "joe", "kept");
    assert_eq!(joe.current_user().await.unwrap().name, "joe");
}
