//! Applications on a device (ACAP, DEV-61): the list, installing, starting, stopping, removing, licence state, and whether
//! unsigned ones are taken.
use super::client::{Body, Client, Content, Repeat, Request, Unanswered};
use super::reading::{Failure, LONGEST_TEXT, accept_status, legacy_error};
use crate::dialer::Answer;
use crate::trust::plain_text;
use bytes::Bytes;
use chrono::NaiveDate;
use http::{HeaderValue, Method};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use sha2::{Digest, Sha256};
use std::time::Duration;
use url::form_urlencoded;

const LIST: &str = "/axis-cgi/applications/list.cgi";
const CONTROL: &str = "/axis-cgi/applications/control.cgi";
const CONFIGURATION: &str = "/axis-cgi/applications/config.cgi";
const UPLOAD: &str = "/axis-cgi/applications/upload.cgi";
/// Of applications on a device, and of what their list is read for.
const MOST_APPLICATIONS: usize = 256;
const MOST_EVENTS: usize = 8_192;
/// A package is sent, unpacked and checked before the device answers.
const LONGEST_INSTALLATION: Duration = Duration::from_secs(5 * 60);

/// Whether an application may do what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LicenceState {
    /// It needs none.
    NotNeeded,
    /// It has a valid one.
    Valid,
    /// It has one that is not valid.
    Invalid,
    /// It has none.
    Missing,
    /// It minds its own licences.
    Custom,
    /// The device does not say, or says something that is not known here.
    Unknown,
}

/// What an application does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ApplicationState {
    /// It runs.
    Running,
    /// It does not.
    Stopped,
    /// It waits.
    Idle,
    /// The device does not say, or says something that is not known here.
    Unknown,
}

/// Whether the maker of the device vouches for an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Signature {
    /// Signed.
    Signed,
    /// Not signed: a device that takes only signed applications does not have it any more (DEV-61).
    Unsigned,
    /// The device does not say.
    Unknown,
}

/// An application on a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Its short name, by which it is started and stopped.
    pub name: String,
    /// Its name for people.
    pub full_name: Option<String>,
    /// Who made it.
    pub vendor: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// What its licences are for.
    pub id: Option<String>,
    /// Whether it may do what it does.
    pub licence: LicenceState,
    /// The last day of its licence.
    pub licence_ends: Option<NaiveDate>,
    /// What it does.
    pub state: ApplicationState,
    /// Whether it is signed.
    pub signature: Signature,
    /// Its page on the device, relative.
    pub page: Option<String>,
}

/// What a device has against an act on applications: `Error: 4`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum ApplicationProblem {
    /// 1
    #[error("this is no package of an application")]
    InvalidPackage,
    /// 2: the signature is missing or wrong.
    #[error("the package is not signed, or its signature is wrong")]
    Signature,
    /// 3
    #[error("the package is too large, or the device is full")]
    TooLarge,
    /// 4
    #[error("the device does not have this application")]
    NotFound,
    /// 5
    #[error("the package is for other devices")]
    NotCompatible,
    /// 6
    #[error("the application runs already")]
    RunsAlready,
    /// 7
    #[error("the application does not run")]
    DoesNotRun,
    /// 8
    #[error("the application could not be started")]
    DidNotStart,
    /// 9
    #[error("too many applications run")]
    TooManyRun,
    /// 10
    #[error("the reason stands in the device's log")]
    SeeLog,
    /// 12
    #[error("another package is being installed")]
    Busy,
    /// 13
    #[error("the package wants a user or group that is not allowed")]
    Privileges,
    /// 14
    #[error("there is an application whose name differs in capitals only")]
    NameExists,
    /// 15: whether it was done is not known.
    #[error("the device did not finish in time")]
    TimedOut,
    /// 27
    #[error("the package is of another vendor than the application it would replace")]
    OtherVendor,
    /// 29
    #[error("the package does not describe itself rightly")]
    Manifest,
    /// Any other code.
    #[error("error {0}")]
    Other(u32),
}

impl ApplicationProblem {
    /// By its code.
    pub fn of(code: u32) -> Self {
        match code {
            1 => Self::InvalidPackage,
            2 => Self::Signature,
            3 => Self::TooLarge,
            4 => Self::NotFound,
            5 => Self::NotCompatible,
            6 => Self::RunsAlready,
            7 => Self::DoesNotRun,
            8 => Self::DidNotStart,
            9 => Self::TooManyRun,
            10 => Self::SeeLog,
            12 => Self::Busy,
            13 => Self::Privileges,
            14 => Self::NameExists,
            15 => Self::TimedOut,
            27 => Self::OtherVendor,
            29 => Self::Manifest,
            other => Self::Other(other),
        }
    }
}

/// Why an act on applications did not succeed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApplicationError {
    /// The device says why.
    #[error(transparent)]
    Problem(ApplicationProblem),
    /// The request may have gone out, and no answer came that is understood: only the list shows what was done.
    #[error("the outcome is not known: {0}")]
    OutcomeUnknown(Failure),
    /// Nothing was changed.
    #[error(transparent)]
    Failed(Failure),
}

impl From<Unanswered> for ApplicationError {
    fn from(unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::Failed(failure) => Self::Failed(failure),
            Unanswered::Lost(failure) => Self::OutcomeUnknown(failure),
        }
    }
}

/// What is done with an application that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ApplicationAct {
    /// Starts it.
    Start,
    /// Stops it.
    Stop,
    /// Stops and starts it.
    Restart,
    /// Removes it with its settings.
    Remove,
}

impl ApplicationAct {
    fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Stop => "stop",
            Self::Restart => "restart",
            Self::Remove => "remove",
        }
    }
}

impl Client {
    /// The applications on the device; needs an administrator's account.
    ///
    /// # Errors
    /// Any [`Failure`]; [`Failure::NotOffered`] from devices that have no applications.
    pub async fn applications(&self) -> Result<Vec<Application>, Failure> {
        let answer = self.ask_applications(LIST).await?;
        accept_status(&answer)?;
        read_applications(&answer.body)
    }

    /// Whether the device takes unsigned applications. None: it has no such setting, and takes them (before version 11.2).
    ///
    /// # Errors
    /// Any other [`Failure`].
    pub async fn takes_unsigned_applications(&self) -> Result<Option<bool>, Failure> {
        let target = format!("{CONFIGURATION}?action=get&name=AllowUnsigned");
        let answer = self.ask_applications(&target).await?;
        match accept_status(&answer) {
            Ok(()) => read_setting(&answer.body, "AllowUnsigned").map(Some),
            Err(Failure::NotOffered) => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    async fn ask_applications(&self, target: &str) -> Result<Answer, Failure> {
        let answer = self
            .send(Request {
                method: Method::POST,
                target,
                content: None,
                limit: self.channel.limits.call,
                repeat: Repeat::Allowed,
            })
            .await?;
        Ok(answer)
    }

    /// Starts, stops, restarts or removes an application by its short name.
    ///
    /// # Errors
    /// See [`ApplicationError`].
    pub async fn control_application(&self, act: ApplicationAct, name: &str) -> Result<(), ApplicationError> {
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("action", act.as_str()), ("package", name)])
            .finish();
        let answer = self
            .send(Request {
                method: Method::POST,
                target: &format!("{CONTROL}?{query}"),
                content: None,
                limit: self.channel.limits.call,
                repeat: Repeat::Never,
            })
            .await?;
        read_outcome(&answer)
    }

    /// Installs a package (`.eap`); one of the same name is replaced. It is not started. The package goes out whole, and
    /// after the device has let the caller in, so that it goes out once.
    ///
    /// # Errors
    /// See [`ApplicationError`].
    pub async fn install_application(&self, package: &Bytes) -> Result<(), ApplicationError> {
        self.applications().await.map_err(ApplicationError::Failed)?;
        let content = multipart(package).ok_or(ApplicationError::Failed(Failure::NotThisProtocol))?;
        let answer = self
            .send(Request {
                method: Method::POST,
                target: UPLOAD,
                content: Some(content),
                limit: LONGEST_INSTALLATION,
                repeat: Repeat::Never,
            })
            .await?;
        read_outcome(&answer)
    }
}

/// A form with one file (RFC 7578). Its boundary is made of the package, so that the package does not have it inside.
fn multipart(package: &Bytes) -> Option<Content> {
    let boundary = format!("flotilla-{}", hex::encode(Sha256::digest(package)));
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"packfil\"; filename=\"package.eap\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    let foot = format!("\r\n--{boundary}--\r\n");
    let mut body = Vec::with_capacity(head.len() + package.len() + foot.len());
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(package);
    body.extend_from_slice(foot.as_bytes());
    Some(Content {
        kind: HeaderValue::from_str(&format!("multipart/form-data; boundary={boundary}")).ok()?,
        body: Body::Whole(body.into()),
    })
}

/// `OK`, or `Error: 4`, with HTTP 200 either way.
fn read_outcome(answer: &Answer) -> Result<(), ApplicationError> {
    accept_status(answer).map_err(ApplicationError::Failed)?;
    let text = String::from_utf8_lossy(&answer.body);
    let text = text.trim_start_matches('\u{feff}').trim();
    if text == "OK" {
        return Ok(());
    }
    match legacy_error(text) {
        Some(Failure::Legacy(words)) => Err(match words.trim_end_matches('.').parse() {
            Ok(code) => ApplicationError::Problem(ApplicationProblem::of(code)),
            Err(_) => ApplicationError::Failed(Failure::Legacy(words)),
        }),
        _ => Err(ApplicationError::OutcomeUnknown(Failure::NotThisProtocol)),
    }
}

/// Every element of a reply, in order, however deep; nothing is nested in what is read here, and an entity that is not one
/// of the five of XML is an error.
fn elements(
    body: &[u8],
    mut each: impl FnMut(&str, &Attributes) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let text = std::str::from_utf8(body).map_err(|_| Failure::NotThisProtocol)?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}').trim_start());
    for _ in 0..MOST_EVENTS {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                let attributes = Attributes::of(&tag)?;
                each(tag.local_name().as_ref(), &attributes)?;
            }
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(_) => return Err(Failure::NotThisProtocol),
        }
    }
    Err(Failure::NotThisProtocol)
}

struct Attributes(Vec<(String, String)>);

impl Attributes {
    fn of(tag: &BytesStart<'_>) -> Result<Self, Failure> {
        let mut read = Vec::new();
        for attribute in tag.attributes().take(64) {
            let attribute = attribute.map_err(|_| Failure::NotThisProtocol)?;
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|_| Failure::NotThisProtocol)?;
            read.push((attribute.key.0.to_string(), plain_text(&value, LONGEST_TEXT)));
        }
        Ok(Self(read))
    }

    /// What is empty says nothing.
    fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(key, _)| key == name);
        found
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }
}

/// The reply has to say that it is one, and that it is no error.
fn accept_reply(name: &str, attributes: &Attributes) -> Result<(), Failure> {
    match (name, attributes.get("result")) {
        ("reply", Some("ok")) => Ok(()),
        ("reply", _) => Err(Failure::Legacy("the reply is an error".to_string())),
        _ => Err(Failure::NotThisProtocol),
    }
}

pub(crate) fn read_applications(body: &[u8]) -> Result<Vec<Application>, Failure> {
    let mut applications = Vec::new();
    let mut is_reply = false;
    elements(body, |name, attributes| {
        if !is_reply {
            is_reply = true;
            return accept_reply(name, attributes);
        }
        if name == "application" && applications.len() < MOST_APPLICATIONS {
            applications.extend(read_application(attributes));
        }
        Ok(())
    })?;
    if is_reply {
        Ok(applications)
    } else {
        Err(Failure::NotThisProtocol)
    }
}

fn read_application(attributes: &Attributes) -> Option<Application> {
    let text = |name: &str| attributes.get(name).map(str::to_string);
    Some(Application {
        name: text("Name")?,
        full_name: text("NiceName"),
        vendor: text("Vendor"),
        version: text("Version"),
        id: text("ApplicationID"),
        licence: match attributes.get("License") {
            Some("None") => LicenceState::NotNeeded,
            Some("Valid") => LicenceState::Valid,
            Some("Invalid") => LicenceState::Invalid,
            Some("Missing") => LicenceState::Missing,
            Some("Custom") => LicenceState::Custom,
            _ => LicenceState::Unknown,
        },
        licence_ends: attributes
            .get("LicenseExpirationDate")
            .and_then(|day| day.parse().ok()),
        state: match attributes.get("Status") {
            Some("Running") => ApplicationState::Running,
            Some("Stopped") => ApplicationState::Stopped,
            Some("Idle") => ApplicationState::Idle,
            _ => ApplicationState::Unknown,
        },
        // The documented list does not say it, and allows for further attributes. The name of this one is not known from
        // any device; until it is, real devices say *unknown*.
        signature: match attributes.get("Signed") {
            Some("true") => Signature::Signed,
            Some("false") => Signature::Unsigned,
            _ => Signature::Unknown,
        },
        page: text("ConfigurationPage"),
    })
}

fn read_setting(body: &[u8], setting: &str) -> Result<bool, Failure> {
    let mut value = None;
    let mut is_reply = false;
    elements(body, |name, attributes| {
        if !is_reply {
            is_reply = true;
            return accept_reply(name, attributes);
        }
        if name == "param" && attributes.get("name") == Some(setting) {
            value = attributes.get("value").and_then(|text| text.parse().ok());
        }
        Ok(())
    })?;
    value.ok_or(Failure::NotThisProtocol)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, StatusCode};
    use proptest::prelude::*;

    fn answer(body: &str) -> Answer {
        Answer {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: body.as_bytes().to_vec().into(),
        }
    }

    /// DEV-61: every documented code has its meaning.
    #[test]
    fn outcomes() {
        assert_eq!(read_outcome(&answer("OK\n")), Ok(()));
        for code in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 27, 29] {
            let problem = ApplicationProblem::of(code);
            assert!(!matches!(problem, ApplicationProblem::Other(_)), "{code}");
            assert_eq!(
                read_outcome(&answer(&format!("Error: {code}\r\n"))),
                Err(ApplicationError::Problem(problem))
            );
        }
        assert_eq!(
            read_outcome(&answer("Error: 99")),
            Err(ApplicationError::Problem(ApplicationProblem::Other(99)))
        );
        assert_eq!(
            read_outcome(&answer("Error: no such thing")),
            Err(ApplicationError::Failed(Failure::Legacy("no such thing".into())))
        );
        for other in ["", "<html>OK</html>", "OKAY"] {
            assert_eq!(
                read_outcome(&answer(other)),
                Err(ApplicationError::OutcomeUnknown(Failure::NotThisProtocol))
            );
        }
    }

    const DOCUMENTED: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<reply result="ok">
  <application Name="VideoMotionDetection" NiceName="AXIS Video &amp; Motion &lt;Detection&gt;" Vendor="Axis Communications"
      Version="2.1" ApplicationID="8546" License="None" Status="Running"
      ConfigurationPage="local/VideoMotionDetection/setup.shtml" />
  <application Name="ExampleApp" NiceName="" Vendor="B" Version="1.1" License="Valid" LicenseExpirationDate="2027-03-31"
      Status="Stopped" Signed="false"></application>
  <application NiceName="no name" />
  <application Name="sparse" License="?" />
</reply>"#;

    /// DEV-61: as it is documented; what is missing or new is unknown.
    #[test]
    fn lists() {
        let found = read_applications(DOCUMENTED.as_bytes()).expect("a list");
        assert_eq!(found.len(), 3);
        assert_eq!(
            found[0].full_name.as_deref(),
            Some("AXIS Video & Motion <Detection>")
        );
        assert_eq!(
            (found[0].licence, found[0].state, found[0].signature),
            (
                LicenceState::NotNeeded,
                ApplicationState::Running,
                Signature::Unknown
            )
        );
        assert_eq!(found[1].licence_ends, NaiveDate::from_ymd_opt(2027, 3, 31));
        assert_eq!(
            (found[1].full_name.as_deref(), found[1].signature),
            (None, Signature::Unsigned)
        );
        assert_eq!(
            (found[2].licence, found[2].state),
            (LicenceState::Unknown, ApplicationState::Unknown)
        );
        assert_eq!(read_applications(b"<reply result=\"ok\"/>"), Ok(Vec::new()));
        assert!(matches!(
            read_applications(b"<reply result=\"error\"><error type=\"1\" message=\"x\"/></reply>"),
            Err(Failure::Legacy(_))
        ));
        for other in [
            "",
            "<html><body/></html>",
            "<reply result=\"ok\"><application Name=\"&bomb;\"/></reply>",
            "<reply result=\"ok\"",
        ] {
            assert_eq!(
                read_applications(other.as_bytes()),
                Err(Failure::NotThisProtocol),
                "{other}"
            );
        }
        let setting = "<reply result=\"ok\"><param name=\"AllowUnsigned\" value=\"true\" /></reply>";
        assert_eq!(read_setting(setting.as_bytes(), "AllowUnsigned"), Ok(true));
        assert_eq!(
            read_setting(setting.as_bytes(), "AllowRoot"),
            Err(Failure::NotThisProtocol)
        );
    }

    proptest! {
        /// SEC-04
        #[test]
        fn anything(text in "\\PC{0,200}", tags in "(<reply result=\"ok\">|<application|/>|>| Name=\"a\"| Name=b|&lt;|&x;|<!DOCTYPE x|\\[|\\]|</reply>){0,30}") {
            for text in [text, tags] {
                let _ = read_applications(text.as_bytes());
                let _ = read_setting(text.as_bytes(), "x");
                let _ = read_outcome(&answer(&text));
            }
        }

        /// RFC 7578: the package stands whole between head and foot, and nothing in it ends it early.
        #[test]
        fn packages(package in proptest::collection::vec(any::<u8>(), 0..300)) {
            let content = multipart(&Bytes::from(package.clone())).expect("a form");
            let kind = content.kind.to_str().expect("text").to_string();
            let boundary = kind.rsplit_once('=').expect("a boundary").1.to_string();
            let foot = format!("\r\n--{boundary}--\r\n");
            let Body::Whole(body) = content.body else { panic!("a body") };
            let inside = body.strip_suffix(foot.as_bytes()).expect("a foot");
            prop_assert!(inside.ends_with(&package));
            let marks = body.windows(boundary.len()).filter(|part| *part == boundary.as_bytes()).count();
            prop_assert_eq!(marks, 2);
        }
    }
}
