use super::*;
use std::io::{Error, ErrorKind};

/// REL-03: a full disk is called one, whoever was writing.
#[test]
fn a_full_disk_is_said_to_be_full() {
    let full = || Error::from(ErrorKind::StorageFull);
    for problem in [
        unwritable(full()),
        unwritable_csv(csv::Error::from(full())),
        unwritable_sheet(XlsxError::IoError(full())),
    ] {
        assert_eq!(problem.code, ErrorCode::DiskFull);
    }
    let other = unwritable_sheet(XlsxError::RowColumnLimitError);
    assert_eq!(other.code, ErrorCode::FileUnwritable);
}
fn transfers(clock: &Clock) -> (tempfile::TempDir, Transfers) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let transfers = Transfers::new(&folder.path().join("transfers"), clock.clone()).expect("a folder");
    (folder, transfers)
}

fn owner() -> Owner {
    Owner {
        session: SessionId::new(Time(1)),
        account: AccountId::new(Time(1)),
    }
}

fn files_in(transfers: &Transfers) -> usize {
    // One of them is the lock.
    std::fs::read_dir(&*transfers.folder).expect("readable").count() - 1
}

fn upload(transfers: &Transfers, owner: SessionId, bytes: &[u8]) -> Outcome<TransferId> {
    let mut incoming = transfers.receive(owner, "customers.csv")?;
    incoming.write(bytes)?;
    Ok(incoming.finish()?.upload)
}

/// SEC-04: one session can have so many files and bytes waiting, and no more; what another has does not count
/// against it, and what is taken makes space.
#[test]
fn one_session_cannot_fill_the_disk() {
    let clock = Clock::manual(Time(1));
    let (_folder, transfers) = transfers(&clock);
    let (greedy, other) = (SessionId::new(Time(1)), SessionId::new(Time(1)));
    let first = upload(&transfers, greedy, b"1").expect("there is room");
    for _ in 1..OWN.files {
        upload(&transfers, greedy, b"1").expect("there is room");
    }
    let refused = upload(&transfers, greedy, b"1").expect_err("enough");
    assert_eq!(refused.code, ErrorCode::TooManyTransfers);
    upload(&transfers, other, b"1").expect("another's room");
    assert_eq!(
        transfers.take(first, greedy, 10).expect("it is there").bytes,
        b"1"
    );
    upload(&transfers, greedy, b"1").expect("there is room again");
    assert_eq!(files_in(&transfers), OWN.files + 1);
}

/// SEC-04: a file is refused at the byte that is too many, wherever its pieces end, and nothing of it stays.
#[test]
fn what_is_too_large_is_thrown_away_at_once() {
    let clock = Clock::manual(Time(1));
    let (_folder, transfers) = transfers(&clock);
    let owner = SessionId::new(Time(1));
    let piece = vec![0; 8 * 1024 * 1024];
    let mut incoming = transfers.receive(owner, "large").expect("there is room");
    for _ in 0..8 {
        incoming.write(&piece).expect("not yet too large");
    }
    let refused = incoming.write(b"x").expect_err("one byte too many");
    assert_eq!(refused.code, ErrorCode::FileTooLarge);
    assert_eq!(files_in(&transfers), 1);
    drop(incoming);
    assert_eq!(files_in(&transfers), 0);
    assert!(
        transfers.files.lock().coming.is_empty(),
        "its place is given back"
    );
}

/// GEN-08: what nobody took goes after an hour, or with its session, however the clock is put; what was chosen
/// where it lies is not ours to delete.
#[test]
fn what_nobody_takes_goes() {
    let clock = Clock::manual(Time(hours(24)));
    let (folder, transfers) = transfers(&clock);
    let (lives, ended) = (SessionId::new(Time(1)), SessionId::new(Time(1)));
    let chosen = folder.path().join("mine.csv");
    std::fs::write(&chosen, b"mine").expect("a file");
    transfers.choose(lives, &chosen).expect("it is there");
    upload(&transfers, lives, b"1").expect("there is room");
    upload(&transfers, ended, b"1").expect("there is room");
    transfers.sweep(|session| session == lives);
    assert_eq!(files_in(&transfers), 1, "the other went with its session");
    clock.advance(LIFETIME - 1);
    transfers.sweep(|_| true);
    assert_eq!(files_in(&transfers), 1);
    clock.advance(1);
    transfers.sweep(|_| true);
    assert_eq!(files_in(&transfers), 0);
    upload(&transfers, lives, b"1").expect("there is room");
    clock.advance(-hours(2));
    transfers.sweep(|_| true);
    assert_eq!(files_in(&transfers), 0, "the clock was put back");
    assert!(transfers.files.lock().waiting.is_empty());
    assert!(chosen.exists());
}

/// GEN-08, ADM-20: a file that came in is taken by the session it belongs to; another's try is a refusal and leaves it
/// where it is.
#[test]
fn an_upload_is_for_who_sent_it() {
    let clock = Clock::manual(Time(1));
    let (folder, transfers) = transfers(&clock);
    let (owner, other) = (SessionId::new(Time(1)), SessionId::new(Time(1)));
    let chosen = folder.path().join("mine.csv");
    std::fs::write(&chosen, b"mine").expect("a file");
    let chosen = transfers.choose(owner, &chosen).expect("it is there").upload;
    let sent = upload(&transfers, owner, b"sent").expect("there is room");
    for (file, bytes) in [(chosen, b"mine"), (sent, b"sent")] {
        let refused = transfers.take(file, other, 10).expect_err("somebody else's");
        assert_eq!((refused.code, refused.refused), (ErrorCode::TransferGone, true));
        assert_eq!(
            transfers.take(file, owner, 10).expect("it is still there").bytes,
            bytes
        );
        let gone = transfers.take(file, owner, 10).expect_err("taken");
        assert!(!gone.refused);
    }
}

/// GEN-08, CUS-06: an export is fetched by the session that asked for it; its exports do not pile up.
#[test]
fn an_export_is_for_who_asked() {
    let clock = Clock::manual(Time(1));
    let (_folder, transfers) = transfers(&clock);
    let (whose, other) = (owner(), SessionId::new(Time(1)));
    let owner = whose.session;
    let export = || {
        clock.advance(1);
        let file = transfers.create(whose, "customers.csv").expect("a file");
        file.finish().expect("written").download
    };
    let first = export();
    assert!(transfers.fetch(first, owner).is_ok());
    let refused = transfers.fetch(first, other).expect_err("somebody else's");
    assert_eq!(refused.code, ErrorCode::TransferGone);
    for _ in 0..OWN_EXPORTS {
        export();
    }
    assert!(
        transfers.fetch(first, owner).is_err(),
        "newer ones took its place"
    );
    assert_eq!(files_in(&transfers), OWN_EXPORTS);
    // Of several in one millisecond none is the oldest; the one that was just asked for is there.
    for _ in 0..4 * OWN_EXPORTS {
        let file = transfers.create(whose, "customers.csv").expect("a file");
        let newest = file.finish().expect("written").download;
        assert!(transfers.fetch(newest, owner).is_ok());
        assert_eq!(files_in(&transfers), OWN_EXPORTS);
    }
}

/// RGT-01, ORG-22: what somebody exported before its folders were taken from it cannot be fetched after that, also when it was
/// still being written; what others exported stays.
#[test]
fn exports_are_withdrawn_with_what_was_seen() {
    let clock = Clock::manual(Time(1));
    let (_folder, transfers) = transfers(&clock);
    let (hand, other) = (owner(), owner());
    let export = |owner: Owner| transfers.create(owner, "systems.csv").expect("a file");
    let waits = export(hand).finish().expect("written").download;
    let stays = export(other).finish().expect("written").download;
    let being_written = export(hand);
    transfers.withdraw(|account| account == hand.account);
    let code = |outcome: Outcome<_>| {
        outcome
            .map(|_: (PathBuf, String)| ())
            .map_err(|problem| problem.code)
    };
    assert_eq!(
        code(transfers.fetch(waits, hand.session)),
        Err(ErrorCode::TransferGone)
    );
    assert_eq!(code(transfers.fetch(stays, other.session)), Ok(()));
    let refused = being_written.finish().expect_err("withdrawn");
    assert_eq!(refused.code, ErrorCode::TransferGone);
    assert_eq!(files_in(&transfers), 1);
    // What is exported anew is seen anew.
    let anew = export(hand).finish().expect("written").download;
    assert_eq!(code(transfers.fetch(anew, hand.session)), Ok(()));
    transfers.sweep(|_| false);
    assert!(transfers.files.lock().seen_by.is_empty());
}

/// REP-03, CUS-26: whichever way a file comes in, nothing is in its name that nobody sees or that is a path; what a script is written
/// with stays.
#[test]
fn names_are_plain() {
    for (name, plain) in [
        ("../P3265-V_12_11_77.bin", "..P3265-V_12_11_77.bin"),
        ("a\n\tb\u{7}\u{85}.bin", "ab.bin"),
        ("evil\u{202e}nib.exe", "evilnib.exe"),
        ("\u{2066}a\u{2069}\u{200b}\u{feff}.bin", "a.bin"),
        ("می\u{200c}خواهم 東京 👍.bin", "می\u{200c}خواهم 東京 👍.bin"),
        ("\u{202e}\n", "file"),
    ] {
        assert_eq!(plain_name(name), plain, "{name:?}");
    }
    let (folder, transfers) = transfers(&Clock::manual(Time(1)));
    let missing = transfers
        .choose(owner().session, &folder.path().join("none"))
        .expect_err("it is not there");
    assert_eq!(missing.code, ErrorCode::FileUnreadable);
    assert!(missing.source.is_none(), "the log has nothing to add");
    #[cfg(unix)]
    {
        let path = folder.path().join("evil\n\u{202e}nib.exe");
        std::fs::write(&path, b"1").expect("a file");
        let chosen = transfers.choose(owner().session, &path).expect("it is there");
        assert_eq!(chosen.name, "evilnib.exe");
    }
}

/// REP-06: what was altered after it was handed out is broken off before its end, and no copy of it stays; what is as it was is sent
/// whole, in pieces.
#[test]
fn what_was_altered_meanwhile_is_not_sent() {
    let (folder, transfers) = transfers(&Clock::manual(Time(1)));
    let whose = owner();
    let kept = folder.path().join("kept");
    let target = folder.path().join("copy.bin");
    let content: Vec<u8> = (0..2 * PIECE + 5).map(|at| at.to_le_bytes()[0]).collect();
    let sha256: [u8; 32] = Sha256::digest(&content).into();
    let mut altered = content.clone();
    altered[7] ^= 1;
    let mut longer = content.clone();
    longer.push(0);
    let sent = |id| -> Outcome<Vec<u8>> {
        let mut opened = transfers.open(id, whose.session)?;
        assert_eq!(opened.size, content.len() as u64);
        let mut sent = Vec::new();
        while let Some(piece) = opened.piece()? {
            sent.extend(piece);
        }
        Ok(sent)
    };
    for (meanwhile, whole) in [
        (&content, true),
        // What was put behind the end is no part of what was verified.
        (&longer, true),
        (&altered, false),
        (&content[..PIECE + 5].to_vec(), false),
        (&Vec::new(), false),
    ] {
        std::fs::write(&kept, &content).expect("written");
        let id = transfers
            .hand_out(whose, "a.bin", &kept, sha256)
            .expect("it waits")
            .download;
        // In place: what waits is the same file under another name.
        std::fs::write(&kept, meanwhile).expect("written");
        let code = |outcome: Outcome<Vec<u8>>| outcome.map_err(|problem| problem.code);
        let saved = transfers.save(id, whose.session, &target);
        if whole {
            assert_eq!(code(sent(id)), Ok(content.clone()));
            assert!(saved.is_ok());
            assert_eq!(std::fs::read(&target).expect("saved"), content);
            std::fs::remove_file(&target).expect("removed");
        } else {
            assert_eq!(code(sent(id)), Err(ErrorCode::RepositoryAltered));
            assert_eq!(
                saved.map_err(|problem| problem.code),
                Err(ErrorCode::RepositoryAltered)
            );
            assert!(!target.exists() && !files::partial(&target).exists());
        }
    }
    // Altered before it waits, it is not sent either, however small it is.
    std::fs::write(&kept, b"").expect("written");
    let empty = transfers
        .hand_out(whose, "a.bin", &kept, sha256)
        .expect("it waits")
        .download;
    let mut opened = transfers.open(empty, whose.session).expect("it waits");
    let refused = opened.piece().expect_err("not what it should be");
    assert_eq!(refused.code, ErrorCode::RepositoryAltered);
}

/// CUS-06, ADM-20: what an export holds is sent as it was written, and to nobody else.
#[test]
fn an_export_is_sent_whole() {
    let (folder, transfers) = transfers(&Clock::manual(Time(1)));
    let whose = owner();
    let export = |bytes: &[u8]| {
        let mut file = transfers.create(whose, "customers.csv").expect("a file");
        file.write_all(bytes).expect("written");
        file.finish().expect("written").download
    };
    let target = folder.path().join("customers.csv");
    for bytes in [b"Name\n".as_slice(), b""] {
        transfers
            .save(export(bytes), whose.session, &target)
            .expect("saved");
        assert_eq!(std::fs::read(&target).expect("saved"), bytes);
    }
    let other = transfers.open(export(b"1"), SessionId::new(Time(2))).map(|_| ());
    assert!(other.expect_err("another's").refused);
}
