//! The program: `flotilla-simulator --customers 40 --seed 1 --write-csv customers.csv`. Prints one line that begins
//! with `ready` once everything listens, and ends with Ctrl-C, SIGTERM, the control port, or with the program that
//! started it (`--exit-with-parent`). `offline-request` and `offline-confirm` start nothing: they play a system without
//! a network; `firmware` writes an image that its cameras install.
mod offline_commands;

use anyhow::Context;
use clap::{Args, Parser, Subcommand, ValueEnum};
use flotilla_simulator::{
    Addressing, Camera, Discovery, DiscoveryWay, Fleet, FleetOptions, GatewayPace, Trouble,
};
use std::fs::File;
use std::io::Write;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::oneshot;

/// Starts an invented fleet, on the loopback range unless addresses are named.
#[derive(Parser)]
#[command(name = "flotilla-simulator", version, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    tool: Option<Tool>,
    /// Customers, each with a solution of 1 to 32 systems.
    #[arg(long, default_value_t = 0)]
    customers: usize,
    /// Cameras and other devices.
    #[arg(long, default_value_t = 0)]
    cameras: usize,
    /// Video servers, each with the cameras of one customer.
    #[arg(long, default_value_t = 0)]
    video_servers: usize,
    /// The same seed gives the same fleet.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Writes the customers' import file.
    #[arg(long, value_name = "FILE")]
    write_csv: Option<PathBuf>,
    /// Writes the devices' import file.
    #[arg(long, value_name = "FILE")]
    write_devices: Option<PathBuf>,
    /// Writes the devices and video servers with the customers they are at.
    #[arg(long, value_name = "FILE")]
    write_customer_devices: Option<PathBuf>,
    /// A gateway beside each solution and video server, at port 29443 of its address.
    #[arg(long)]
    gateways: bool,
    /// How long a step of an operation takes at a gateway.
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 2000)]
    gateway_step: u64,
    /// Writes the gateways with their tokens.
    #[arg(long, value_name = "FILE")]
    write_gateways: Option<PathBuf>,
    /// How much is wrong from the start.
    #[arg(long, value_enum, default_value_t = TroubleArgument::None)]
    trouble: TroubleArgument,
    /// Opens the control port on 127.0.0.1; 0 takes a free one.
    #[arg(long, value_name = "PORT")]
    control_port: Option<u16>,
    /// Keeps certificates and versions there over a restart.
    #[arg(long, value_name = "FOLDER")]
    state: Option<PathBuf>,
    /// The first solution's address; without it, the first free range from 127.20.0.1 on.
    #[arg(long, conflicts_with = "ports")]
    base: Option<Ipv4Addr>,
    /// The first address of a network that an interface has the addresses of: solutions first, then cameras, then video servers, each at its own.
    /// Whoever is on that network reaches them.
    #[arg(long, value_name = "ADDRESS/PREFIX", conflicts_with_all = ["base", "ports"], value_parser = network)]
    addresses: Option<(Ipv4Addr, u8)>,
    /// The ways by which the cameras let themselves be found, between commas.
    #[arg(long, value_name = "WAYS", value_enum, value_delimiter = ',', default_values = ["mdns", "ssdp", "ws-discovery"])]
    discovery: Vec<WayArgument>,
    /// All on 127.0.0.1, on ports from 20000 (or the number given) on.
    #[arg(long, value_name = "FIRST", num_args = 0..=1, default_missing_value = "20000")]
    ports: Option<u16>,
    /// Ends when the standard input is closed. A program that starts this one keeps a pipe open to it; however that
    /// program ends, the system closes the pipe.
    #[arg(long)]
    exit_with_parent: bool,
}

/// What starts no fleet.
#[derive(Subcommand)]
enum Tool {
    #[command(flatten)]
    Offline(offline_commands::Offline),
    /// Writes an image of firmware that simulated cameras of a model install.
    Firmware(FirmwareArguments),
}

#[derive(Args)]
struct FirmwareArguments {
    /// The model, such as P3265-V.
    #[arg(long)]
    model: String,
    /// Its version.
    #[arg(long)]
    version: String,
    /// How many bytes it has; simulated cameras take up to 8 MiB.
    #[arg(long, default_value_t = 1_000_000)]
    size: usize,
    /// Where it goes, such as P3265-V_12_11_77.bin: by such a name it is recognised.
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
}

impl FirmwareArguments {
    fn write(&self) -> anyhow::Result<()> {
        let image = Camera::firmware_image(&self.model, &self.version, true, self.size)?;
        std::fs::write(&self.output, image)
            .with_context(|| format!("{} cannot be written", self.output.display()))
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum TroubleArgument {
    /// Nothing.
    None,
    /// One in ten.
    Some,
    /// Every connectivity status.
    Demo,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum WayArgument {
    /// Multicast DNS.
    Mdns,
    /// SSDP.
    Ssdp,
    /// WS-Discovery.
    WsDiscovery,
    /// No way; they do not speak in clear either.
    None,
}

impl WayArgument {
    fn way(self) -> Option<DiscoveryWay> {
        match self {
            Self::Mdns => Some(DiscoveryWay::Mdns),
            Self::Ssdp => Some(DiscoveryWay::Ssdp),
            Self::WsDiscovery => Some(DiscoveryWay::WsDiscovery),
            Self::None => None,
        }
    }
}

fn network(text: &str) -> anyhow::Result<(Ipv4Addr, u8)> {
    let (first, prefix) = text.split_once('/').context("no prefix, such as 10.77.0.2/22")?;
    let prefix: u8 = prefix.parse().context("the prefix is no number")?;
    anyhow::ensure!((8..=30).contains(&prefix), "the prefix is not between 8 and 30");
    Ok((first.parse().context("not an IPv4 address")?, prefix))
}

fn main() -> anyhow::Result<()> {
    let mut arguments = Arguments::parse();
    match arguments.tool.take() {
        Some(Tool::Offline(offline)) => return offline_commands::run(offline, FleetOptions::default().today),
        Some(Tool::Firmware(firmware)) => return firmware.write(),
        None => {}
    }
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the runtime does not start")?
        .block_on(run(arguments))
}

async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let input = arguments.exit_with_parent.then(end_of_input);
    let addressing = match (arguments.base, arguments.ports, arguments.addresses) {
        (_, _, Some((first, prefix))) => Addressing::Assigned { first, prefix },
        (Some(base), _, None) => Addressing::LoopbackRange { base },
        (None, Some(first), None) => Addressing::Ports { first: Some(first) },
        (None, None, None) => Addressing::FreeRange,
    };
    let ways: Vec<DiscoveryWay> = arguments.discovery.iter().filter_map(|one| one.way()).collect();
    let fleet = Fleet::start(FleetOptions {
        customers: arguments.customers,
        cameras: arguments.cameras,
        video_servers: arguments.video_servers,
        seed: arguments.seed,
        state_folder: arguments.state,
        addressing,
        trouble: match arguments.trouble {
            TroubleArgument::None => Trouble::None,
            TroubleArgument::Some => Trouble::Percent(10),
            TroubleArgument::Demo => Trouble::Demo,
        },
        discovery: Discovery {
            plain_http: !arguments.discovery.contains(&WayArgument::None),
            ways,
            ..Discovery::default()
        },
        gateways: arguments.gateways.then(|| GatewayPace {
            step: Duration::from_millis(arguments.gateway_step),
            ..GatewayPace::default()
        }),
        ..FleetOptions::default()
    })
    .await?;
    if let Some(path) = &arguments.write_csv {
        fleet.write_customers(create(path)?)?;
    }
    if let Some(path) = &arguments.write_devices {
        fleet.write_devices(create(path)?)?;
    }
    if let Some(path) = &arguments.write_customer_devices {
        fleet.write_customer_devices(create(path)?)?;
    }
    if let Some(path) = &arguments.write_gateways {
        fleet.write_gateways(create(path)?)?;
    }
    let control = match arguments.control_port {
        Some(port) => format!(", control port {}", fleet.open_control_port(port).await?.port()),
        None => String::new(),
    };
    let found_by: Vec<&str> = fleet.found_by().iter().map(|way| way.as_str()).collect();
    let found_by = match found_by.is_empty() || arguments.cameras == 0 {
        true => String::new(),
        false => format!(", found by {}", found_by.join(" ")),
    };
    let servers = match fleet.video_servers().len() {
        0 => String::new(),
        count => format!(", {count} video servers"),
    };
    {
        let mut output = std::io::stdout().lock();
        writeln!(
            output,
            "ready: {} customers, {} systems, {} devices{found_by}{servers}{control}",
            fleet.solutions().len(),
            fleet.system_count() - fleet.cameras().len() - fleet.video_servers().len(),
            fleet.cameras().len(),
        )?;
        output.flush()?;
    }
    tokio::select! {
        () = fleet.stopped() => {}
        outcome = asked_to_end() => outcome?,
        () = ended(input) => {}
    }
    fleet.stop().await;
    Ok(())
}

/// Told at the end of the standard input. It is read by a thread of its own, because one of the runtime's would hold up the
/// end of the program until something comes in.
fn end_of_input() -> oneshot::Receiver<()> {
    let (send, receive) = oneshot::channel();
    std::thread::spawn(move || {
        // What comes in is not looked at; an input that cannot be read is at its end as well.
        let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
        // The program may be ending for another reason.
        let _ = send.send(());
    });
    receive
}

async fn ended(input: Option<oneshot::Receiver<()>>) {
    match input {
        // Without the thread nobody would tell: that is an end, too.
        Some(input) => drop(input.await),
        None => std::future::pending().await,
    }
}

fn create(path: &Path) -> anyhow::Result<File> {
    File::create(path).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(unix)]
async fn asked_to_end() -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        outcome = tokio::signal::ctrl_c() => outcome?,
        _ = terminate.recv() => {}
    }
    Ok(())
}

#[cfg(not(unix))]
async fn asked_to_end() -> anyhow::Result<()> {
    tokio::signal::ctrl_c().await?;
    Ok(())
}
