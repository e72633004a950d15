//! Copies that are cancelled, resumed, and met with another content than before.

use super::*;
use flotilla_kernel::clock::Time;
use proptest::prelude::*;
use std::sync::atomic::{AtomicU64, Ordering};

struct Bench {
    folder: tempfile::TempDir,
    store: Store,
    arrival: ArrivalId,
}

fn bench() -> Bench {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = Store::new(folder.path());
    store.prepare().expect("made");
    Bench {
        store,
        arrival: ArrivalId::new(Time(1)),
        folder,
    }
}

impl Bench {
    fn source(&self, content: &[u8]) -> File {
        let path = self.folder.path().join("source");
        std::fs::write(&path, content).expect("written");
        File::open(path).expect("opened")
    }

    /// Copies, and cancels after so many bytes.
    fn copy(&self, content: &[u8], until: u64) -> Result<(Digest, u64), Stopped> {
        let mut part = self.store.open_part(self.arrival).expect("a part");
        let cancelled = CancellationToken::new();
        let done = AtomicU64::new(0);
        let progress = |bytes| {
            if done.fetch_add(bytes, Ordering::Relaxed) + bytes >= until {
                cancelled.cancel();
            }
        };
        let watch = Watch {
            progress: &progress,
            cancelled: &cancelled,
        };
        copy(&mut self.source(content), &mut part, &watch)
    }
}

fn content(length: usize, seed: u8) -> Vec<u8> {
    (0..length)
        .map(|at| u8::try_from((at / 7 + at % 251) % 256).expect("a byte") ^ seed)
        .collect()
}

/// REP-03, REP-04: cancelled, what has come stays; resumed, it is proven and the rest follows; the digest is that of the whole.
#[test]
fn a_copy_goes_on_where_it_was() {
    let bench = bench();
    let content = content(5 * BLOCK + 17, 0);
    let stopped = bench.copy(&content, 2 * BLOCK as u64);
    assert!(matches!(stopped, Err(Stopped::Cancelled)));
    let kept = bench.store.part_size(bench.arrival);
    assert!(kept >= 2 * BLOCK as u64 && kept < content.len() as u64, "{kept}");
    let (digest, size) = bench.copy(&content, u64::MAX).expect("copied");
    assert_eq!(size, content.len() as u64);
    assert_eq!(digest, Digest::from(Sha256::digest(&content)));
    bench
        .store
        .put_in_place(bench.arrival, &digest)
        .expect("in place");
    assert_eq!(std::fs::read(bench.store.path(&digest)).expect("there"), content);
    assert_eq!(bench.store.found().expect("readable"), (vec![digest], vec![]));
}

/// REP-03: a part that is not the beginning of the source is not gone on with.
#[test]
fn another_content_is_written_anew() {
    let bench = bench();
    let before = content(4 * BLOCK, 0);
    assert!(bench.copy(&before, 3 * BLOCK as u64).is_err());
    let mut after = before.clone();
    after[BLOCK + 5] ^= 1;
    after.truncate(2 * BLOCK + 9);
    let (digest, size) = bench.copy(&after, u64::MAX).expect("copied");
    assert_eq!(
        (digest, size),
        (Sha256::digest(&after).into(), after.len() as u64)
    );
    assert_eq!(bench.store.part_size(bench.arrival), size);
}

/// REP-04: a full disk has its own words.
#[test]
fn a_full_disk_is_told() {
    let problem = Problem::from(Stopped::Unwritable(io::ErrorKind::StorageFull.into()));
    assert_eq!(problem.code, ErrorCode::DiskFull);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    /// REP-03, REP-04: however a part came to be, the digest is that of the source, and so is the part.
    #[test]
    fn the_digest_is_that_of_the_source(
        length in 0_usize..3 * BLOCK,
        part in prop::option::of((0_usize..4 * BLOCK, any::<u8>())),
    ) {
        let bench = bench();
        let content = content(length, 0);
        if let Some((length, seed)) = part {
            let mut file = bench.store.open_part(bench.arrival).expect("a part");
            file.write_all(&self::content(length, seed % 2)).expect("written");
        }
        let (digest, size) = bench.copy(&content, u64::MAX).expect("copied");
        prop_assert_eq!(size, length as u64);
        prop_assert_eq!(digest, Digest::from(Sha256::digest(&content)));
        let mut written = Vec::new();
        File::open(bench.store.part(bench.arrival)).expect("there").read_to_end(&mut written).expect("read");
        prop_assert_eq!(written, content);
    }
}
