//! Images on this machine on their way to a device (VPX-11): read while they go out, and counted.
use bytes::Bytes;
use futures_util::future::BoxFuture;
use futures_util::{Stream, StreamExt, stream};
use std::fs::File;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// So much of an image is read at once.
const PIECE: usize = 256 * 1024;

/// An image on this machine. It is held open: what was looked at before is what goes out.
#[derive(Debug)]
pub struct Image {
    file: Arc<File>,
    length: u64,
}

impl Image {
    /// A file that was opened, from its beginning to its present end.
    ///
    /// # Errors
    /// When its length cannot be told.
    pub fn new(file: File) -> io::Result<Self> {
        let length = file.metadata()?.len();
        Ok(Self {
            file: Arc::new(file),
            length,
        })
    }

    /// In bytes.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Each reads at a place of its own: several may go out at once.
    fn read(&self) -> impl Stream<Item = io::Result<Bytes>> + Send + use<> {
        stream::try_unfold((self.file.clone(), 0), |(file, at)| async move {
            let read = tokio::task::spawn_blocking(move || piece(&file, at).map(|piece| (file, piece)));
            let (file, piece) = read.await.map_err(io::Error::other)??;
            let next = at + piece.len() as u64;
            Ok((!piece.is_empty()).then_some((piece, (file, next))))
        })
    }
}

/// Some bytes from a place on; none at the end.
fn piece(file: &File, at: u64) -> io::Result<Bytes> {
    let mut piece = vec![0; PIECE];
    #[cfg(unix)]
    let length = std::os::unix::fs::FileExt::read_at(file, &mut piece, at)?;
    #[cfg(windows)]
    let length = std::os::windows::fs::FileExt::seek_read(file, &mut piece, at)?;
    piece.truncate(length);
    Ok(piece.into())
}

/// What is awaited before the last bytes of an image go out. Its error ends the sending: the device then certainly does not have all
/// of it.
pub type BeforeTheLast = Box<dyn Fn() -> BoxFuture<'static, io::Result<()>> + Send + Sync>;

/// How far an image is on its way. Shared between whoever sends it and whoever shows it.
#[derive(Default)]
pub struct Sent {
    bytes: AtomicU64,
    whole: AtomicBool,
    before_the_last: Option<BeforeTheLast>,
}

impl std::fmt::Debug for Sent {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Sent")
            .field("bytes", &self.bytes())
            .field("whole", &self.is_whole())
            .finish_non_exhaustive()
    }
}

impl Sent {
    /// One that says so before the last bytes go out: from then on the device may have all of it.
    pub fn announcing(before_the_last: BeforeTheLast) -> Self {
        Self {
            before_the_last: Some(before_the_last),
            ..Self::default()
        }
    }

    /// Bytes of the image that were handed to the network.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Whether everything was handed to the network: from then on the device may have all of it.
    pub fn is_whole(&self) -> bool {
        self.whole.load(Ordering::Relaxed)
    }
}

/// A form of two parts around an image (VPX-11).
pub(super) struct Form {
    head: Bytes,
    image: Arc<Image>,
    foot: Bytes,
    sent: Arc<Sent>,
}

impl Form {
    /// Around this image; how far it is on its way is counted in `sent`.
    pub(super) fn new(head: String, image: &Arc<Image>, foot: String, sent: &Arc<Sent>) -> Self {
        Self {
            head: head.into(),
            image: image.clone(),
            foot: foot.into(),
            sent: sent.clone(),
        }
    }

    pub(super) fn length(&self) -> u64 {
        self.head.len() as u64 + self.image.length + self.foot.len() as u64
    }

    /// The form from its beginning; what was counted before is counted anew.
    pub(super) fn stream(&self) -> impl Stream<Item = io::Result<Bytes>> + Send + use<> {
        self.sent.bytes.store(0, Ordering::Relaxed);
        self.sent.whole.store(false, Ordering::Relaxed);
        let counted = self.sent.clone();
        let length = self.image.length;
        let image = self.image.read().then(move |piece| {
            let counted = counted.clone();
            async move {
                let piece = piece?;
                let sent = counted.bytes() + piece.len() as u64;
                // The length was announced: a file that grows meanwhile is another one.
                if sent > length {
                    return Err(changed());
                }
                if sent == length
                    && let Some(before_the_last) = &counted.before_the_last
                {
                    before_the_last().await?;
                }
                counted.bytes.store(sent, Ordering::Relaxed);
                Ok(piece)
            }
        });
        let sent = self.sent.clone();
        let foot = self.foot.clone();
        let end = stream::once(async move {
            // One that got shorter has not gone out as a whole.
            if sent.bytes() != length {
                return Err(changed());
            }
            sent.whole.store(true, Ordering::Relaxed);
            Ok(foot)
        });
        stream::once(std::future::ready(Ok(self.head.clone())))
            .chain(image)
            .chain(end)
    }
}

fn changed() -> io::Error {
    io::Error::other("the image changed while it was sent")
}
