//! Tests of what devices say about accounts.
use super::*;
use http::HeaderMap;
use proptest::prelude::*;
use rstest::rstest;

fn answer(status: u16, body: &str) -> Answer {
    Answer {
        status: StatusCode::from_u16(status).expect("a status"),
        headers: HeaderMap::new(),
        body: body.as_bytes().to_vec().into(),
    }
}

/// VPX-14: text under HTTP 200 is read to the word.
#[rstest]
#[case(Act::Add, 200, "Created account joe.\n", Ok(()))]
#[case(Act::Add, 200, "Modified the account joe.", Ok(()))]
#[case(Act::Update, 200, "Modified account joe.", Ok(()))]
#[case(Act::Remove, 200, "<html>\r\n<body>Removed account joe.</body></html>", Ok(()))]
#[case(
    Act::Remove,
    200,
    "Created account joe.",
    Err(AccountError::OutcomeUnknown(Failure::NotThisProtocol))
)]
#[case(
    Act::Add,
    200,
    "Created account joey.",
    Err(AccountError::OutcomeUnknown(Failure::NotThisProtocol))
)]
#[case(
    Act::Add,
    200,
    "",
    Err(AccountError::OutcomeUnknown(Failure::NotThisProtocol))
)]
#[case(
    Act::Add,
    200,
    "Error: account user name.",
    Err(AccountError::Refused(AccountRefusal::UserName))
)]
#[case(
    Act::Add,
    200,
    "# Error: consult the system log file.",
    Err(AccountError::Refused(AccountRefusal::SeeLog))
)]
#[case(
    Act::Add,
    200,
    "Error: malformed action operation, add.",
    Err(AccountError::Refused(AccountRefusal::NotForThisAccount))
)]
#[case(
    Act::Add,
    200,
    "Error: action operation type.",
    Err(AccountError::Refused(AccountRefusal::Action))
)]
#[case(
    Act::Add,
    401,
    "Error: not a valid initial admin user.",
    Err(AccountError::Refused(AccountRefusal::NotAsFirst))
)]
#[case(
    Act::Add,
    401,
    "Error: initial admin user must be created first.",
    Err(AccountError::Refused(AccountRefusal::FirstIsMissing))
)]
#[case(Act::Add, 200, "Error: invalid password.", Err(AccountError::Refused(AccountRefusal::Other("invalid password.".into()))))]
#[case(Act::Add, 403, "forbidden", Err(AccountError::Failed(Failure::Forbidden)))]
fn outcomes(
    #[case] act: Act,
    #[case] status: u16,
    #[case] body: &str,
    #[case] expected: Result<(), AccountError>,
) {
    assert_eq!(read_outcome(&answer(status, body), act, "joe"), expected);
}

/// VPX-14
#[test]
fn names_and_passwords() {
    assert_eq!(
        UserName::parse("joe7").map(|name| name.to_string()),
        Ok("joe7".to_string())
    );
    assert_eq!(UserName::parse(""), Err(UserNameError::Empty));
    assert_eq!(UserName::parse("joe.x"), Err(UserNameError::Characters));
    assert_eq!(UserName::parse("éva"), Err(UserNameError::Characters));
    assert!(UserName::parse(&"a".repeat(14)).is_ok());
    assert_eq!(UserName::parse(&"a".repeat(15)), Err(UserNameError::TooLong));
    let password = |text: &str| AccountPassword::new(&Secret::new(text)).map(|_| ());
    assert_eq!(password("a b&c=%~"), Ok(()));
    assert_eq!(password(""), Err(PasswordError::Empty));
    assert_eq!(password("motdepassé"), Err(PasswordError::Characters));
    assert_eq!(password(&"x".repeat(65)), Err(PasswordError::TooLong));
    let kept = AccountPassword::new(&Secret::new("hidden-word")).expect("a password");
    assert!(!format!("{kept:?}").contains("hidden-word"));
}

/// VPX-14: groups with their accounts become accounts with their groups.
#[test]
fn lists() {
    let found = read_accounts(
        b"admin=\"root,joe\"\r\noperator=\"root,joe,ellen\"\r\nviewer=\"root,joe,ellen,frank\"\r\nptz=\"root,ellen\"\r\n\
          digusers=\"root,joe,ellen,frank,nobody\"\r\n",
    )
    .expect("accounts");
    let roles: Vec<_> = found
        .iter()
        .map(|one| (one.name.as_str(), one.role(), one.groups.contains(&Group::Ptz)))
        .collect();
    assert_eq!(
        roles,
        [
            ("ellen", Some(Role::Operator), true),
            ("frank", Some(Role::Viewer), false),
            ("joe", Some(Role::Administrator), false),
            ("nobody", None, false),
            ("root", Some(Role::Administrator), true),
        ]
    );
    assert_eq!(
        read_accounts(b"Error: action operation type."),
        Err(Failure::Legacy("action operation type.".into()))
    );
    assert_eq!(read_accounts(b"<html>"), Err(Failure::NotThisProtocol));
    assert_eq!(read_accounts(b"admin=\"\"\n").map(|list| list.len()), Ok(0));

    let user = read_current_user(b"root\nroot admin operator ptz viewer\n").expect("a user");
    assert_eq!(
        (user.name.as_str(), user.role()),
        ("root", Some(Role::Administrator))
    );
    assert_eq!(read_current_user(b"<html>\n"), Err(Failure::NotThisProtocol));
}

proptest! {
    /// VPX-14: what is given is what the list says.
    #[test]
    fn privileges_come_back(operator in any::<bool>(), admin in any::<bool>(), ptz in any::<bool>()) {
        let role = if admin { Role::Administrator } else if operator { Role::Operator } else { Role::Viewer };
        let groups = Privileges { role, ptz }.groups();
        let list: String = groups.split(':').map(|group| format!("{group}=\"joe\"\n")).collect();
        let accounts = read_accounts(list.as_bytes()).expect("accounts");
        prop_assert_eq!(accounts[0].role(), Some(role));
        prop_assert_eq!(accounts[0].groups.contains(&Group::Ptz), ptz);
    }

    /// SEC-04
    #[test]
    fn anything(text in "\\PC{0,200}", lines in "(admin|digusers|=|\"|,|\n|joe|<|>|Error:){0,60}") {
        for text in [text, lines] {
            let _ = read_accounts(text.as_bytes());
            let _ = read_current_user(text.as_bytes());
            for act in [Act::Add, Act::Update, Act::Remove] {
                let _ = read_outcome(&answer(200, &text), act, "joe");
            }
        }
    }
}
