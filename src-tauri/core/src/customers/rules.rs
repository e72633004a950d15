//! What a form may hold, which application is where. Pure.

use super::types::*;
use crate::connections::types::{ConnectionKind, ConnectionState, ConnectivityStatus, ProxyChoice};
use crate::systems::types::{LicenceLine, LicenceState};
use flotilla_kernel::error::{ErrorCode, FieldProblem};
use flotilla_kernel::fields;
use flotilla_kernel::ids::ConnectionId;

/// CUS-04
pub fn icons(connection: ConnectionState) -> Vec<StatusIcon> {
    match connection {
        ConnectionState::Problems | ConnectionState::Disconnected => vec![StatusIcon::NeedsAttention],
        ConnectionState::Connected | ConnectionState::Never => Vec::new(),
    }
}

/// What is wrong with a proxy that was typed (CUS-15).
pub fn check_proxy(proxy: &ProxyChoice) -> [Option<FieldProblem>; 2] {
    match proxy {
        ProxyChoice::Workspace | ProxyChoice::Direct => [None, None],
        ProxyChoice::HttpConnect { host, port } | ProxyChoice::Socks5 { host, port } => [
            fields::host("proxy.host", host),
            fields::port("proxy.port", *port),
        ],
    }
}

/// CUS-10: every problem of the form at once; without those of the connection where the customer has none and none is given
/// (CUS-16).
pub fn check(fields: &CustomerFields, without_connection: bool) -> Vec<FieldProblem> {
    let proxy = check_proxy(&fields.proxy);
    let connection = [
        fields::host("host", &fields.host),
        fields::port("port", fields.port),
        fields::required("user_name", &fields.user_name, fields::LINE_LENGTH),
    ];
    let connection = connection
        .into_iter()
        .chain(proxy)
        .filter(|_| !without_connection);
    let texts = [
        fields::telephone("telephone", &fields.telephone),
        fields::email("email", &fields.email),
        fields::text("address", &fields.address, fields::LINE_LENGTH, true),
        fields::text("notes", &fields.notes, fields::NOTES_LENGTH, true),
        fields::tags("tags", &fields.tags),
    ];
    std::iter::once(fields::required("name", &fields.name, fields::NAME_LENGTH))
        .chain(connection)
        .chain(texts)
        .flatten()
        .collect()
}

/// The fields as they are kept: trimmed, the tags each once.
#[must_use]
pub fn tidy(mut fields: CustomerFields) -> CustomerFields {
    for text in [
        &mut fields.name,
        &mut fields.host,
        &mut fields.user_name,
        &mut fields.telephone,
        &mut fields.email,
        &mut fields.address,
    ] {
        *text = text.trim().to_owned();
    }
    fields.tags = fields::tidy_tags(fields.tags.iter().map(String::as_str));
    fields.operators.sort();
    fields.operators.dedup();
    fields
}

/// CUS-50: which applications there are, by the mode and by what the main connection leads to. A device has its own pages alone.
pub fn applications(mode: Mode, main: Option<ConnectionKind>) -> &'static [Application] {
    if main.is_some_and(|kind| kind != ConnectionKind::IpOffice) {
        return &[Application::WebManager];
    }
    match mode {
        Mode::Cloud => &[Application::WebManager],
        Mode::OnPremises => &[
            Application::OneXPortal,
            Application::WebLicenseManager,
            Application::WebControl,
            Application::WebManager,
        ],
    }
}

/// CUS-50: the address of an application at a customer.
///
/// # Errors
/// `launch.not-this-mode`, `launch.no-address` when no template is set, `launch.no-connection` without a host.
pub fn address(
    templates: &[ApplicationAddress],
    application: Application,
    (mode, main): (Mode, Option<ConnectionKind>),
    host: &str,
    port: i64,
) -> Result<String, ErrorCode> {
    if !applications(mode, main).contains(&application) {
        return Err(ErrorCode::NotThisMode);
    }
    let template = templates
        .iter()
        .find(|address| address.application == application)
        .filter(|address| !address.template.is_empty())
        .ok_or(ErrorCode::NoAddress)?;
    if host.is_empty() {
        return Err(ErrorCode::NoConnection);
    }
    let host = if host.contains(':') {
        format!("[{host}]")
    } else {
        host.to_owned()
    };
    Ok(template
        .template
        .replace("{host}", &host)
        .replace("{port}", &port.to_string()))
}

/// A connection of an organization, as its summary needs it.
#[derive(Debug, Clone, PartialEq)]
pub struct ConnectionPart {
    /// The connection's id.
    pub id: ConnectionId,
    /// What is reached by it.
    pub kind: ConnectionKind,
    /// Its state (CUS-02).
    pub state: ConnectionState,
    /// How its last contact ended (CUS-03).
    pub status: ConnectivityStatus,
    /// Since when that status holds, in UTC milliseconds; none: never tried.
    pub status_since: Option<i64>,
    /// Its IP address or host name.
    pub host: String,
    /// Its port, 1 to 65535.
    pub port: i64,
    /// When the certificate that is believed ends, in UTC milliseconds; none: none is believed.
    pub certificate_until: Option<i64>,
    /// The primary system's own name, or the device's; empty: not known.
    pub system_name: String,
    /// The version of the primary system or the device; empty: not known.
    pub version: String,
    /// The version as text that sorts by its numbers.
    pub version_key: String,
    /// The profile it reports; empty: none.
    pub profile: String,
    /// What its licences come to.
    pub licence_state: LicenceState,
    /// The licences it reports.
    pub licences: Vec<LicenceLine>,
}

/// What the list of customers shows of all connections of an organization (CUS-01, CUS-02, CUS-16).
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// The main connection, whose address, version and profile are shown; none: the organization has no connection.
    pub main: Option<ConnectionId>,
    /// The worst state among the connections; *never tried* where there are none.
    pub state: ConnectionState,
    /// The status of the worst connection; *never tried* where there are none.
    pub status: ConnectivityStatus,
    /// Since when that status holds, in UTC milliseconds; none: never tried.
    pub status_since: Option<i64>,
    /// How many connections there are.
    pub connections: i64,
    /// How many of them are connected.
    pub connected: i64,
    /// When the first of the certificates that are believed ends, in UTC milliseconds; none: none is believed.
    pub certificate_until: Option<i64>,
    /// What the licences come to, the most urgent of all connections.
    pub licence_state: LicenceState,
    /// The licences that all connections report.
    pub licences: Vec<LicenceLine>,
    /// The main connection's IP address or host name; empty: there is none.
    pub host: String,
    /// The main connection's port; 0: there is none.
    pub port: i64,
    /// The own name of the main connection's primary system; empty: not known.
    pub system_name: String,
    /// The main connection's version; empty: not known.
    pub version: String,
    /// That version as text that sorts by its numbers.
    pub version_key: String,
    /// The main connection's profile; empty: none.
    pub profile: String,
}

/// How bad a connection is: the worst is the largest.
fn badness(state: ConnectionState) -> u8 {
    match state {
        ConnectionState::Connected => 0,
        ConnectionState::Never => 1,
        ConnectionState::Problems => 2,
        ConnectionState::Disconnected => 3,
    }
}

/// How much licences need a look: the worst is the largest.
fn urgency(state: LicenceState) -> u8 {
    match state {
        LicenceState::Unknown => 0,
        LicenceState::Valid => 1,
        LicenceState::Due => 2,
        LicenceState::Invalid => 3,
        LicenceState::Expired => 4,
    }
}

/// CUS-16: the worst connection, *n of m connected*, and what the main one is and reports: the one that somebody has chosen (`chosen`),
/// else the one that was it before, else the oldest. A telephone solution goes before a device, which reports neither profile nor licences. `parts` are in the order of their
/// age.
pub fn summary(parts: &[ConnectionPart], before: Option<ConnectionId>, chosen: bool) -> Summary {
    let main = parts.iter().min_by_key(|part| {
        let device = part.kind != ConnectionKind::IpOffice;
        let another = Some(part.id) != before;
        (chosen && another, device, another)
    });
    // Of several that are equally bad the oldest, so that the list does not flicker between them.
    let worst = parts.iter().rev().max_by_key(|part| badness(part.state));
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let connected = |part: &&ConnectionPart| part.state == ConnectionState::Connected;
    let of_main = |text: fn(&ConnectionPart) -> &String| main.map(text).cloned().unwrap_or_default();
    Summary {
        main: main.map(|part| part.id),
        state: worst.map_or(ConnectionState::Never, |part| part.state),
        status: worst.map_or(ConnectivityStatus::NeverTried, |part| part.status),
        status_since: worst.and_then(|part| part.status_since),
        connections: count(parts.len()),
        connected: count(parts.iter().filter(connected).count()),
        certificate_until: parts.iter().filter_map(|part| part.certificate_until).min(),
        licence_state: parts
            .iter()
            .map(|part| part.licence_state)
            .max_by_key(|state| urgency(*state))
            .unwrap_or(LicenceState::Unknown),
        licences: parts.iter().flat_map(|part| part.licences.clone()).collect(),
        host: of_main(|part| &part.host),
        port: main.map_or(0, |part| part.port),
        system_name: of_main(|part| &part.system_name),
        version: of_main(|part| &part.version),
        version_key: of_main(|part| &part.version_key),
        profile: of_main(|part| &part.profile),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// CUS-50: templates are filled in, and an application of the other mode is refused.
    #[test]
    fn addresses_follow_the_mode() {
        let templates = LaunchPreferences::default().addresses;
        let of = |application, mode, host| {
            address(
                &templates,
                application,
                (mode, Some(ConnectionKind::IpOffice)),
                host,
                8443,
            )
        };
        assert_eq!(
            of(Application::WebManager, Mode::Cloud, "pbx.example"),
            Ok("https://pbx.example:8443/".to_owned())
        );
        assert_eq!(
            of(Application::WebManager, Mode::OnPremises, "::1"),
            Ok("https://[::1]:8443/".to_owned())
        );
        assert_eq!(
            of(Application::OneXPortal, Mode::Cloud, "pbx.example"),
            Err(ErrorCode::NotThisMode)
        );
        assert_eq!(
            address(
                &[],
                Application::WebManager,
                (Mode::Cloud, None),
                "pbx.example",
                1
            ),
            Err(ErrorCode::NoAddress)
        );
        assert_eq!(
            of(Application::WebManager, Mode::Cloud, ""),
            Err(ErrorCode::NoConnection)
        );
        // A device has its own pages, and none of a telephone system's.
        let device = (Mode::OnPremises, Some(ConnectionKind::Device));
        let of_device = |application| address(&templates, application, device, "camera.example", 443);
        assert!(of_device(Application::WebManager).is_ok());
        assert_eq!(of_device(Application::OneXPortal), Err(ErrorCode::NotThisMode));
    }

    fn part(number: i64, kind: ConnectionKind, state: ConnectionState) -> ConnectionPart {
        ConnectionPart {
            id: ConnectionId::new(flotilla_kernel::clock::Time(number)),
            kind,
            state,
            status: ConnectivityStatus::Success,
            status_since: Some(number),
            host: format!("10.0.0.{number}"),
            port: 8443,
            certificate_until: Some(100 - number),
            system_name: String::new(),
            version: String::new(),
            version_key: String::new(),
            profile: String::new(),
            licence_state: LicenceState::Unknown,
            licences: Vec::new(),
        }
    }

    /// CUS-02, CUS-16: the worst connection colours the customer; address and version are the main one's, which stays what it was,
    /// but for a device where there is a telephone solution; else it is the oldest.
    #[test]
    fn the_summary_shows_the_worst_and_the_main_connection() {
        use ConnectionKind::{Device, IpOffice};
        use ConnectionState::{Connected, Disconnected, Never, Problems};
        let parts = [
            part(1, Device, Connected),
            part(2, IpOffice, Problems),
            part(3, Device, Disconnected),
            part(4, Device, Disconnected),
            part(5, IpOffice, Never),
        ];
        let all = summary(&parts, None, false);
        assert_eq!((all.state, all.status_since), (Disconnected, Some(3)));
        assert_eq!((all.connections, all.connected), (5, 1));
        assert_eq!((all.main, all.host.as_str()), (Some(parts[1].id), "10.0.0.2"));
        assert_eq!(all.certificate_until, Some(95));
        assert_eq!(summary(&parts, Some(parts[4].id), false).main, Some(parts[4].id));
        assert_eq!(summary(&parts, Some(parts[3].id), false).main, Some(parts[1].id));
        // Chosen by somebody it stays the main one, also where it is a device.
        assert_eq!(summary(&parts, Some(parts[3].id), true).main, Some(parts[3].id));
        assert_eq!(summary(&parts, None, true).main, Some(parts[1].id));
        assert_eq!(
            summary(&parts[2..4], Some(parts[3].id), false).main,
            Some(parts[3].id)
        );
        assert_eq!(summary(&parts[..1], None, false).main, Some(parts[0].id));
        let none = summary(&[], None, false);
        assert_eq!((none.main, none.state, none.connections), (None, Never, 0));
    }
}
