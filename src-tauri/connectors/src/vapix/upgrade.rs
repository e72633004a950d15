//! Firmware goes to a device (VPX-11 to VPX-13, DEV-23): an image, once, and what is known afterwards.
use super::client::{Body, Client, Content, Repeat, Request, Unanswered};
use super::firmware::{FIRMWARE, FirmwareError, FirmwareProblem};
use super::image::{Form, Image, Sent};
use super::reading::{Failure, field, json_reply};
use http::{HeaderValue, Method};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

/// VPX-05
const LONGEST: Duration = Duration::from_secs(20 * 60);
/// What a device keeps of its settings when it is upgraded (VPX-11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Settings {
    /// All of them.
    #[default]
    Kept,
    /// Those of the network.
    NetworkKept,
    /// None.
    Reset,
}

impl Settings {
    fn as_str(self) -> &'static str {
        match self {
            Self::Kept => "none",
            Self::NetworkKept => "soft",
            Self::Reset => "hard",
        }
    }
}

/// What came of sending an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Upgrade {
    /// The device has it, installs it, and restarts. The version that it announces, where it says one.
    Accepted(Option<String>),
    /// The device may have all of it, and no answer came that could be understood: only what it runs later shows what became of it.
    Lost(Failure),
}

/// Why an image is not installed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UpgradeError {
    /// The device does not want it, or could not be spoken to before the image went out: nothing was installed (VPX-12).
    #[error(transparent)]
    Refused(FirmwareError),
    /// The connection ended while the image was going out: the device certainly does not have all of it.
    #[error("the image went out in part: {0}")]
    Incomplete(Failure),
}

impl Client {
    /// Sends an image, which is installed unless the device has something against it (VPX-11, VPX-12). It goes out once, after a small
    /// call that signs in; what runs afterwards is not kept before it is committed, as far as devices can do that.
    ///
    /// # Errors
    /// See [`UpgradeError`].
    pub async fn upgrade_firmware(
        &self,
        image: &Arc<Image>,
        settings: Settings,
        sent: &Arc<Sent>,
    ) -> Result<Upgrade, UpgradeError> {
        self.firmware_status().await.map_err(UpgradeError::Refused)?;
        let refused = |failure: Failure| UpgradeError::Refused(failure.into());
        let content = form(image, settings, sent).ok_or_else(|| refused(Failure::NotThisProtocol))?;
        let answer = self
            .send(Request {
                method: Method::POST,
                target: FIRMWARE,
                content: Some(content),
                limit: LONGEST,
                repeat: Repeat::Never,
            })
            .await;
        let whole = sent.is_whole();
        match answer {
            Ok(answer) => match json_reply(&answer) {
                Ok(data) => Ok(Upgrade::Accepted(
                    data.and_then(|data| field(&data, "firmwareVersion")),
                )),
                // Something was answered, and not by the interface that has the image.
                Err(failure) if whole && !is_verdict(&failure) => Ok(Upgrade::Lost(failure)),
                Err(failure) => Err(refused(failure)),
            },
            Err(Unanswered::Failed(failure)) if is_before_the_image(&failure) => Err(refused(failure)),
            Err(unanswered) if whole => Ok(Upgrade::Lost(unanswered.into())),
            Err(unanswered) => Err(UpgradeError::Incomplete(unanswered.into())),
        }
    }
}

/// Whether the device said it, and all of it is said before anything is installed.
fn is_verdict(failure: &Failure) -> bool {
    match failure {
        // An error inside the device says nothing of how far it had come.
        Failure::Device { code, .. } => FirmwareProblem::of(*code).is_some() || (1_000..5_000).contains(code),
        Failure::Forbidden | Failure::NotOffered => true,
        Failure::Status(status) => (400..500).contains(status),
        _ => false,
    }
}

/// Whether it was found out before a byte of the image counted: no connection came about, or the device does not let the caller in.
fn is_before_the_image(failure: &Failure) -> bool {
    matches!(
        failure,
        Failure::CertificateChanged(_)
            | Failure::CertificateNotTrusted(_)
            | Failure::CertificateUnusable
            | Failure::CredentialsRefused
            | Failure::CredentialsNeeded
            | Failure::NeedsSetup
            | Failure::UnknownAuthentication(_)
            | Failure::BasicWithoutEncryption
    )
}

/// The first part has no file name; the boundary is random, since a whole image is not searched for it.
fn form(image: &Arc<Image>, settings: Settings, sent: &Arc<Sent>) -> Option<Content> {
    let mut random = [0_u8; 16];
    getrandom::fill(&mut random).ok()?;
    let boundary = format!("flotilla-{}", hex::encode(random));
    let question = json!({
        "apiVersion": "1.0",
        "context": "flotilla",
        "method": "upgrade",
        "params": {"factoryDefaultMode": settings.as_str(), "autoCommit": "never", "autoRollback": "default"},
    });
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"json\"\r\nContent-Type: application/json\r\n\r\n{question}\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"firmware.bin\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    let foot = format!("\r\n--{boundary}--\r\n");
    let form = Form::new(head, image, foot, sent);
    Some(Content {
        kind: HeaderValue::from_str(&format!("multipart/form-data; boundary={boundary}")).ok()?,
        body: Body::Image(form),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::StreamExt;

    fn image(bytes: &[u8]) -> Arc<Image> {
        let mut file = tempfile::tempfile().expect("a file");
        std::io::Write::write_all(&mut file, bytes).expect("written");
        Arc::new(Image::new(file).expect("an image"))
    }

    async fn read(form: &Form) -> Vec<u8> {
        let pieces: Vec<_> = form.stream().collect().await;
        pieces
            .into_iter()
            .flat_map(|piece| piece.expect("a piece"))
            .collect()
    }

    /// VPX-11: two parts, the first without a file name; its length is exact; it can be read again.
    #[tokio::test]
    async fn the_form() {
        let sent = Arc::new(Sent::default());
        let content = form(&image(&vec![7; 800_001]), Settings::Kept, &sent).expect("a form");
        let Body::Image(form) = content.body else {
            panic!("an image");
        };
        for _ in 0..2 {
            let body = read(&form).await;
            assert_eq!(body.len() as u64, form.length());
            assert!(sent.is_whole());
            assert_eq!(sent.bytes(), 800_001);
            let text = String::from_utf8_lossy(&body);
            let (first, second) = text.split_once("name=\"file\"").expect("two parts");
            assert!(!first.contains("filename"), "{first}");
            assert!(
                first.contains("\"method\":\"upgrade\"") && first.contains("\"factoryDefaultMode\":\"none\"")
            );
            assert!(second.contains("filename=\"firmware.bin\""));
        }
    }

    /// VPX-13: two that go out at once do not disturb each other; a file that changes has not gone out as a whole.
    #[tokio::test]
    async fn images_at_once() {
        let bytes: Vec<u8> = (0..900_000_u32).map(|number| (number % 251) as u8).collect();
        let mut file = tempfile::tempfile().expect("a file");
        std::io::Write::write_all(&mut file, &bytes).expect("written");
        let image = Arc::new(Image::new(file.try_clone().expect("another")).expect("an image"));
        let form = |sent: &Arc<Sent>| match form(&image, Settings::Kept, sent).expect("a form").body {
            Body::Image(form) => form,
            Body::Whole(_) => panic!("an image"),
        };
        let (one, other) = (form(&Arc::default()), form(&Arc::default()));
        let (mut first, mut second) = (Box::pin(one.stream()), Box::pin(other.stream()));
        let mut read = [Vec::new(), Vec::new()];
        loop {
            let pieces = [first.next().await, second.next().await];
            if pieces.iter().all(Option::is_none) {
                break;
            }
            for (read, piece) in read.iter_mut().zip(pieces) {
                read.extend(piece.transpose().expect("a piece").unwrap_or_default());
            }
        }
        for read in read {
            assert!(read.windows(bytes.len()).any(|part| part == bytes));
        }
        file.set_len(1_000).expect("cut");
        let sent = Arc::new(Sent::default());
        let pieces: Vec<_> = form(&sent).stream().collect().await;
        assert!(pieces.last().expect("something").is_err());
        assert!(!sent.is_whole());
    }

    /// JOB-23: before the last bytes go out somebody is asked; who says no has a device that does not have all of it.
    #[tokio::test]
    async fn before_the_last_bytes() {
        for may in [true, false] {
            let asked = Arc::new(std::sync::atomic::AtomicU64::new(0));
            let count = asked.clone();
            let sent = Arc::new(Sent::announcing(Box::new(move || {
                count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                Box::pin(std::future::ready(if may {
                    Ok(())
                } else {
                    Err(std::io::Error::other("no"))
                }))
            })));
            let Body::Image(form) = form(&image(&vec![7; 800_001]), Settings::Kept, &sent)
                .expect("a form")
                .body
            else {
                panic!("an image");
            };
            let pieces: Vec<_> = form.stream().collect().await;
            assert_eq!(asked.load(std::sync::atomic::Ordering::SeqCst), 1);
            assert_eq!(sent.is_whole(), may);
            assert_eq!(pieces.iter().all(Result::is_ok), may);
            assert_eq!(sent.bytes() == 800_001, may);
        }
    }

    /// VPX-12, VPX-13: what the device says is a refusal; what somebody else says after the whole image went out proves nothing.
    #[test]
    fn verdicts() {
        let device = Failure::Device {
            code: 409,
            message: String::new(),
        };
        let internal = Failure::Device {
            code: 8000,
            message: String::new(),
        };
        assert!(is_verdict(&device) && is_verdict(&Failure::Status(423)) && !is_verdict(&internal));
        assert!(!is_verdict(&Failure::Status(503)) && !is_verdict(&Failure::NotThisProtocol));
        assert!(is_before_the_image(&Failure::CredentialsRefused));
        assert!(!is_before_the_image(&device));
    }
}
