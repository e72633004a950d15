//! The fleet as a whole: addresses, listeners, trouble from the start, the end.
use crate::addresses::{Listeners, Listening, listen_all, listen_at, listen_beside, listen_in_clear};
use crate::blueprint::{self, VideoServerBlueprint};
use crate::camera::Camera;
use crate::control;
use crate::dates::Lifetime;
use crate::discovery;
use crate::fault::Fault;
use crate::gateway::{Gateway, Site};
use crate::listen::{self, Encryption, MOST_CONNECTIONS, Machine};
use crate::options::{DiscoveryWay, FleetOptions, Trouble};
use crate::random::Choices;
use crate::shared::Shared;
use crate::solution::Solution;
use crate::start_error::StartError;
use crate::station::{Counters, Station};
use crate::video_server::VideoServer;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

const DEVICES_AT_A_CUSTOMER: usize = 4;
const CUSTOMERS_BETWEEN: usize = 3;
/// The purpose of the choices of certificates' days.
const CERTIFICATES: u64 = 6;
/// The purpose of the choices of gateways' tokens.
const TOKENS: u64 = 8;
/// Of each kind, so that the ranges do not touch.
const MOST_OF_A_KIND: usize = 60_000;

/// A running fleet. It stops when it is dropped.
pub struct Fleet {
    pub(crate) shared: Arc<Shared>,
    tracker: TaskTracker,
    stop: CancellationToken,
    found_by: Vec<DiscoveryWay>,
}

impl Fleet {
    /// Starts a fleet on the runtime this is called on. When it returns, everything listens. The process's limit of
    /// open files is raised as far as it is permitted, since every address and every connection is one.
    ///
    /// # Errors
    /// When an address is taken or the state folder cannot be used.
    pub async fn start(options: FleetOptions) -> Result<Self, StartError> {
        let most = options.customers.max(options.cameras).max(options.video_servers);
        if most > MOST_OF_A_KIND {
            return Err(StartError::TooMany);
        }
        if let Some(path) = &options.state_folder {
            std::fs::create_dir_all(path).map_err(|source| StartError::StateFolder {
                path: path.clone(),
                source,
            })?;
        }
        // Double: as many connections as addresses.
        let plain = if options.discovery.plain_http {
            options.cameras
        } else {
            0
        };
        let gateways = match options.gateways {
            Some(_) => options.customers + options.video_servers,
            None => 0,
        };
        let systems = options.customers + options.cameras + options.video_servers;
        let files = 1024 + 2 * (systems + plain + gateways) as u64;
        if let Err(error) = rlimit::increase_nofile_limit(files.max(MOST_CONNECTIONS as u64)) {
            tracing::warn!(%error, "the limit of open files stays as it is");
        }
        let Listening {
            solutions: solution_listeners,
            cameras: camera_listeners,
            video_servers: server_listeners,
        } = listen_all(&options)?;
        let plain_listeners = listen_in_clear(&options, &camera_listeners)?;
        let stop = CancellationToken::new();
        let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
        let tracker = TaskTracker::new();
        let folder = options.state_folder.as_deref();
        let mut solutions = Vec::with_capacity(options.customers);
        let blueprints = blueprint::solutions(options.customers, options.seed, options.trouble);
        for (index, (blueprint, (address, listener))) in
            blueprints.into_iter().zip(solution_listeners).enumerate()
        {
            let index = index as u64;
            let serial_number = blueprint.systems[0].serial_number.clone();
            let kept = folder.map(|folder| state_file(folder, &serial_number));
            let lifetimes = lifetimes(&options, index);
            let station = Station::new(
                address,
                &serial_number,
                options.seed,
                index,
                kept,
                lifetimes,
                &stop,
            );
            let idle = Duration::from_secs(options.session_idle_seconds);
            let licence_seed = options.seed ^ index.wrapping_mul(0x1_0000_0001);
            let limit = options.session_limit;
            let solution = Solution::new(station, blueprint, limit, idle, licence_seed, options.today);
            spawn(
                &tracker,
                (listener, Encryption::Tls),
                solution.0.clone(),
                &places,
                &stop,
            );
            solutions.push(solution);
        }
        let mut cameras = Vec::with_capacity(options.cameras);
        let blueprints = blueprint::cameras(options.cameras, options.seed);
        let mut plain_listeners = plain_listeners.into_iter();
        for (index, (blueprint, (address, listener))) in
            blueprints.into_iter().zip(camera_listeners).enumerate()
        {
            let serial_number = blueprint.serial_number.clone();
            let kept = folder.map(|folder| state_file(folder, &serial_number));
            let index = (1 << 32) + index as u64;
            let lifetimes = lifetimes(&options, index);
            let mut station = Station::new(
                address,
                &serial_number,
                options.seed,
                index,
                kept,
                lifetimes,
                &stop,
            );
            let plain = plain_listeners.next();
            station.plain = plain.as_ref().map(|(address, _)| *address);
            let camera = Camera::new(station, blueprint);
            let listener = camera.0.resume(listener);
            spawn(
                &tracker,
                (listener, Encryption::Tls),
                camera.0.clone(),
                &places,
                &stop,
            );
            if let Some((_, listener)) = plain {
                spawn(
                    &tracker,
                    (listener, Encryption::None),
                    camera.0.clone(),
                    &places,
                    &stop,
                );
            }
            cameras.push(camera);
        }
        let video_servers =
            start_video_servers(&options, server_listeners, &cameras, (&tracker, &places, &stop));
        let sites = solutions.iter().cloned().map(Site::Solution);
        let sites = sites.chain(video_servers.iter().cloned().map(Site::VideoServer));
        let gateways = start_gateways(&options, sites, (&tracker, &places, &stop))?;
        trouble(&solutions, &cameras, &options);
        let found_by = let_be_found(&cameras, &options, &tracker, &stop);
        Ok(Self {
            found_by,
            shared: Arc::new(Shared {
                solutions,
                cameras,
                video_servers,
                gateways,
            }),
            tracker,
            stop,
        })
    }

    /// The customers' solutions.
    pub fn solutions(&self) -> &[Solution] {
        &self.shared.solutions
    }

    /// The devices.
    pub fn cameras(&self) -> &[Camera] {
        &self.shared.cameras
    }

    /// The video servers.
    pub fn video_servers(&self) -> &[VideoServer] {
        &self.shared.video_servers
    }

    /// The gateways: first those of the solutions, then those of the video servers, in their order.
    pub fn gateways(&self) -> &[Gateway] {
        &self.shared.gateways
    }

    /// Whose premises a video server is at: those of the devices that it works with.
    pub fn customer_of_server(&self, server: usize) -> Option<&Solution> {
        self.customer_of(server * DEVICES_AT_A_CUSTOMER)
    }

    /// Whose premises a device is at: of every third customer, beginning with the first, four. None where there are no
    /// customers.
    pub fn customer_of(&self, camera: usize) -> Option<&Solution> {
        let customers = self.solutions();
        let place = (camera / DEVICES_AT_A_CUSTOMER * CUSTOMERS_BETWEEN).checked_rem(customers.len())?;
        customers.get(place)
    }

    /// The ways by which the devices are found: those that were wanted, without those that this machine does not let them
    /// answer by, which is said in the log.
    pub fn found_by(&self) -> &[DiscoveryWay] {
        &self.found_by
    }

    /// Everything that happened at all systems together.
    pub fn counters(&self) -> Counters {
        self.shared.counters()
    }

    /// How many systems it stands for: those of all solutions, the devices, and the video servers.
    pub fn system_count(&self) -> usize {
        let systems: usize = self.solutions().iter().map(|one| one.systems().len()).sum();
        systems + self.cameras().len() + self.video_servers().len()
    }

    /// Opens the control port (see the manual of the program) on 127.0.0.1. 0 takes a free one. Gives where it is.
    ///
    /// # Errors
    /// When the port is taken.
    pub async fn open_control_port(&self, port: u16) -> Result<SocketAddr, StartError> {
        let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let (address, listener) = listen_at(wanted, false)?;
        let serve = control::serve(listener, self.shared.clone(), self.stop.clone());
        self.tracker.spawn(serve);
        Ok(address)
    }

    /// Ends when the fleet was told to stop, over the control port or otherwise.
    pub async fn stopped(&self) {
        self.stop.cancelled().await;
    }

    /// Closes all connections and listeners.
    pub async fn stop(self) {
        self.stop.cancel();
        self.tracker.close();
        self.tracker.wait().await;
    }
}

impl Drop for Fleet {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// Starts the video servers, each with the devices of one customer.
fn start_video_servers(
    options: &FleetOptions,
    listeners: Listeners,
    cameras: &[Camera],
    (tracker, places, stop): (&TaskTracker, &Arc<Semaphore>, &CancellationToken),
) -> Vec<VideoServer> {
    let mut groups = cameras.chunks(DEVICES_AT_A_CUSTOMER);
    let start = |(index, (blueprint, (address, listener))): (usize, (VideoServerBlueprint, _))| {
        let kept = options
            .state_folder
            .as_deref()
            .map(|folder| state_file(folder, &blueprint.identity));
        let index = (2 << 32) + index as u64;
        let lifetimes = lifetimes(options, index);
        let station = Station::new(
            address,
            &blueprint.identity,
            options.seed,
            index,
            kept,
            lifetimes,
            stop,
        );
        let devices = groups.next().unwrap_or_default().to_vec();
        let server = VideoServer::new(station, blueprint, devices);
        spawn(
            tracker,
            (listener, Encryption::Tls),
            server.0.clone(),
            places,
            stop,
        );
        server
    };
    blueprint::video_servers(options.video_servers, options.seed)
        .into_iter()
        .zip(listeners)
        .enumerate()
        .map(start)
        .collect()
}

/// Starts a gateway beside each, where gateways are wanted (GWY-02).
fn start_gateways(
    options: &FleetOptions,
    sites: impl Iterator<Item = Site>,
    (tracker, places, stop): (&TaskTracker, &Arc<Semaphore>, &CancellationToken),
) -> Result<Vec<Gateway>, StartError> {
    let Some(pace) = options.gateways else {
        return Ok(Vec::new());
    };
    let start = |(index, site): (usize, Site)| -> Result<Gateway, StartError> {
        let (address, listener) = listen_beside(options, site.address())?;
        let index = (3 << 32) + index as u64;
        let name = format!("{}-GATEWAY", site.serial_number());
        let kept = options.state_folder.as_deref();
        let station = Station::new(
            address,
            &name,
            options.seed,
            index,
            kept.map(|folder| state_file(folder, &name)),
            lifetimes(options, index),
            stop,
        );
        let mut choices = Choices::new(options.seed, TOKENS, index);
        let token = format!("{:016x}{:016x}", choices.next(), choices.next());
        let gateway = Gateway::new(station, site, token, pace, stop);
        spawn(
            tracker,
            (listener, Encryption::Tls),
            gateway.0.clone(),
            places,
            stop,
        );
        Ok(gateway)
    };
    sites.enumerate().map(start).collect()
}

/// Of a system's first certificate, and of those that take its place. Only where trouble is wanted is there one that has
/// ended, or soon will.
fn lifetimes(options: &FleetOptions, index: u64) -> (Lifetime, Lifetime) {
    let renewed = Lifetime::ordinary(options.today);
    let first = match options.trouble {
        Trouble::None => renewed,
        Trouble::Percent(_) | Trouble::Demo => Lifetime::of_mixed_fleet(
            &mut Choices::new(options.seed, CERTIFICATES, index),
            options.today,
        ),
    };
    (first, renewed)
}

fn spawn<M: Machine>(
    tracker: &TaskTracker,
    (listener, encryption): (TcpListener, Encryption),
    machine: Arc<M>,
    places: &Arc<Semaphore>,
    stop: &CancellationToken,
) {
    tracker.spawn(listen::accept(
        listener,
        encryption,
        machine,
        places.clone(),
        stop.clone(),
    ));
}

fn state_file(folder: &Path, serial_number: &str) -> PathBuf {
    folder.join(format!("{serial_number}.json"))
}

/// Has the devices answer whoever looks for them. A way that this machine does not let them answer by is none; the fleet
/// starts all the same.
fn let_be_found(
    cameras: &[Camera],
    options: &FleetOptions,
    tracker: &TaskTracker,
    stop: &CancellationToken,
) -> Vec<DiscoveryWay> {
    let ports = options.discovery.ports;
    let answered = |way: &DiscoveryWay| match discovery::answer_by(*way, ports, cameras, tracker, stop) {
        Ok(()) => true,
        Err(error) => {
            tracing::warn!(%error, way = way.as_str(), "the devices are not found this way");
            false
        }
    };
    options.discovery.ways.iter().copied().filter(answered).collect()
}

/// One for every status of CUS-03 but success.
const EVERY_STATUS: &[Fault] = &[
    Fault::NotThisProtocol,
    Fault::NoSuchUser,
    Fault::WrongPassword,
    Fault::NoMonitoringRights,
    Fault::UserDisabledByAdministrator,
    Fault::UserDisabled,
    Fault::UserLocked,
    Fault::TooManySessions,
    Fault::NoUpgradeRights,
    Fault::Refuse,
    Fault::UnsupportedEdition,
    // Pinned at the import, another one soon after: *certificate changed*.
    Fault::NewCertificateAfter { sign_outs: 1 },
    // Away during the import, back with a certificate nobody has seen: *certificate not trusted*.
    Fault::Reboot { seconds: 45 },
];

/// What happens to some of a larger fleet.
const SOME_TROUBLE: &[Fault] = &[
    Fault::Slow { milliseconds: 900 },
    Fault::Refuse,
    Fault::WrongPassword,
    Fault::TooManySessions,
    Fault::NoUpgradeRights,
    Fault::Unavailable503 {
        retry_after_seconds: 2,
    },
    Fault::UserLocked,
];

const DEVICE_TROUBLE: &[Fault] = &[
    Fault::FactoryNew,
    Fault::WrongPassword,
    Fault::Refuse,
    // Adding a device takes several requests, and the demonstration opens when all are added.
    Fault::Slow { milliseconds: 200 },
];

fn trouble(solutions: &[Solution], cameras: &[Camera], options: &FleetOptions) {
    let mut choices = Choices::new(options.seed, 5, 0);
    let share = match options.trouble {
        Trouble::None => return,
        Trouble::Percent(share) => share,
        Trouble::Demo => 5,
    };
    let mut rest: Vec<usize> = (0..solutions.len()).collect();
    if options.trouble == Trouble::Demo {
        // The first ones, with many systems, stay healthy: they are what is looked at.
        rest.drain(..solutions.len().min(2));
        choices.shuffle(&mut rest);
        let troubled = EVERY_STATUS.len().min(solutions.len().saturating_sub(2) * 3 / 4);
        for (fault, index) in EVERY_STATUS.iter().zip(rest.drain(..troubled)) {
            solutions[index].set_fault(*fault);
        }
    }
    for index in rest {
        if choices.percent(u64::from(share)) {
            solutions[index].set_fault(*choices.one_of(SOME_TROUBLE));
        }
    }
    for camera in cameras {
        if choices.percent(u64::from(share.max(if options.trouble == Trouble::Demo {
            20
        } else {
            0
        }))) {
            camera.set_fault(*choices.one_of(DEVICE_TROUBLE));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Addressing;
    use chrono::NaiveDate;

    /// DSH-03, SIM-01: whenever the demonstration starts, some licences and certificates have ended, some end within 30,
    /// 60 and 90 days, and most later.
    #[tokio::test]
    async fn the_demonstration_has_something_due_at_any_time() {
        for today in ["2026-03-02", "2029-12-30"] {
            let today: NaiveDate = today.parse().expect("a day");
            let options = FleetOptions {
                customers: 40,
                seed: 2026,
                trouble: Trouble::Demo,
                addressing: Addressing::Ports { first: None },
                today,
                ..FleetOptions::default()
            };
            let fleet = Fleet::start(options.clone()).await.expect("a fleet");
            let licences: Vec<i64> = fleet
                .solutions()
                .iter()
                .flat_map(|one| one.0.licences())
                .filter_map(|line| line["Expiry"].as_str()?.parse::<NaiveDate>().ok())
                .map(|day| (day - today).num_days())
                .collect();
            let certificates: Vec<i64> = (0..40)
                .map(|index| (lifetimes(&options, index).0.until - today).num_days())
                .collect();
            for left in [licences, certificates] {
                for soon in [-201..0, 1..30, 31..60, 61..90] {
                    assert!(left.iter().any(|days| soon.contains(days)), "{soon:?} {left:?}");
                }
                assert!(left.iter().filter(|days| **days > 90).count() * 2 > left.len());
            }
            fleet.stop().await;
        }
    }
}
