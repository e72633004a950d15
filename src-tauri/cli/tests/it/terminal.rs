//! A person at a terminal, who is asked for what is typed unseen.

use crate::place::{LOGIN, Place};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::Command;

/// What takes longer than this never comes.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs the program at a terminal of its own and answers its questions, in this order. Gives how it ended and what
/// stood on the terminal. `without`: a variable that is not set, so that a person is asked.
async fn converse(
    place: &Place,
    arguments: &str,
    without: &str,
    answers: &[(&str, &str)],
) -> (Option<i32>, String) {
    let mut command = Command::new("script");
    let program = env!("CARGO_BIN_EXE_flotilla-cli");
    command.args([
        "--quiet",
        "--return",
        "--command",
        &format!("{program} --no-keychain {arguments}"),
        "/dev/null",
    ]);
    place.prepare(&mut command, LOGIN);
    let mut script = command
        .env("PATH", "/usr/bin:/bin")
        .env_remove(without)
        .stdin(Stdio::piped())
        .spawn()
        .expect("`script` of util-linux is there");
    let (mut keyboard, mut screen) = (
        script.stdin.take().expect("a keyboard"),
        script.stdout.take().expect("a screen"),
    );
    let talk = async {
        let mut seen = String::new();
        let mut begin = 0;
        let mut bytes = [0; 1_024];
        let mut waiting = answers.iter();
        let mut next = waiting.next();
        loop {
            let count = screen.read(&mut bytes).await.expect("the screen");
            if count == 0 {
                break seen;
            }
            seen.push_str(&String::from_utf8_lossy(&bytes[..count]));
            while let Some((question, answer)) = next
                && let Some(place) = seen[begin..].find(question)
            {
                begin += place + question.len();
                keyboard
                    .write_all(format!("{answer}\n").as_bytes())
                    .await
                    .expect("typed");
                next = waiting.next();
            }
        }
    };
    let seen = tokio::time::timeout(PATIENCE, talk)
        .await
        .expect("it comes to an end");
    (script.wait().await.expect("its end").code(), seen)
}

const FIRST: &str = "New database password:";
const AGAIN: &str = "Repeat:";

/// ADM-04: the password of a new database is asked for twice, since one slip would make it unreadable for ever; what
/// differs makes nothing. Later it is asked for once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_database_password_is_asked_for_twice() {
    let place = Place::bare(0).await;
    let variable = "FLOTILLA_DATABASE_PASSWORD";
    let slip = [(FIRST, "harbour-at-dawn"), (AGAIN, "harbour-at-down")];
    let (code, seen) = converse(&place, "init", variable, &slip).await;
    assert_eq!(code, Some(1), "{seen}");
    assert!(seen.contains("form.invalid: "), "{seen}");
    assert!(!place.file("workspace/key.json").exists() && !place.file("workspace/workspace.db").exists());

    let twice = [(FIRST, "harbour-at-dawn"), (AGAIN, "harbour-at-dawn")];
    let (code, seen) = converse(&place, "init", variable, &twice).await;
    assert_eq!(code, Some(0), "{seen}");

    let once = [("Database password:", "harbour-at-dawn")];
    let (code, seen) = converse(&place, "customers list", variable, &once).await;
    assert_eq!(code, Some(0), "{seen}");
    assert!(!seen.contains(AGAIN), "{seen}");
}

/// ACC-23: a new password for an account is asked for twice, too; the old one stays when they differ.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_account_password_is_asked_for_twice() {
    let place = Place::new(0).await;
    let variable = "FLOTILLA_PASSWORD";
    let slip = [("New password:", "Lantern-42-sails"), (AGAIN, "Lantern-42-sail")];
    let (code, seen) = converse(&place, "account reset chief", variable, &slip).await;
    assert_eq!(code, Some(1), "{seen}");
    assert_eq!(
        place.run(&["customers", "list"]).await.code,
        Some(0),
        "the old one is good"
    );
    let twice = [("New password:", "Lantern-42-sails"), (AGAIN, "Lantern-42-sails")];
    let (code, seen) = converse(&place, "account reset chief", variable, &twice).await;
    assert_eq!(code, Some(0), "{seen}");
    let once = [("Password:", "Lantern-42-sails")];
    let (code, seen) = converse(&place, "customers list", variable, &once).await;
    assert_eq!(code, Some(0), "{seen}");
}

/// LIC-21: the passphrase of an issuer's key is asked for twice when it is chosen, since one slip would make the key
/// useless for ever; later once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_passphrase_of_an_issuer_is_asked_for_twice() {
    const NEW: &str = "New passphrase for the issuer’s key:";
    let place = Place::bare(0).await;
    let variable = "FLOTILLA_ISSUER_PASSPHRASE";
    let make = "licence issuer-new --name North --secret secret.pem --public public.pem";
    let slip = [(NEW, "harbour at dawn"), (AGAIN, "harbour at down")];
    let (code, seen) = converse(&place, make, variable, &slip).await;
    assert_eq!(code, Some(1), "{seen}");
    assert!(!place.file("secret.pem").exists() && !place.file("public.pem").exists());
    let twice = [(NEW, "harbour at dawn"), (AGAIN, "harbour at dawn")];
    let (code, seen) = converse(&place, make, variable, &twice).await;
    assert_eq!(code, Some(0), "{seen}");
    let issue = "licence issue --issuer secret.pem --product a --type b --quantity 1 --years 1";
    let once = [("Passphrase of the issuer’s key:", "harbour at dawn")];
    let (code, seen) = converse(&place, issue, variable, &once).await;
    assert_eq!(code, Some(0), "{seen}");
    assert!(seen.contains("FLK-") && !seen.contains(AGAIN), "{seen}");
}
