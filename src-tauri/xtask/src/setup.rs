//! Installs what the system lacks, and nothing that it has.

use std::path::Path;

use crate::outcome::Outcome;
use crate::process::{Tool, find_program};
use crate::workspace::Workspace;

/// What the machine is prepared for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Building and opening the program.
    Run,
    /// Also everything the tests need: a browser, a virtual display, drivers.
    Test,
    /// Also a keychain, as the machines of our users have one.
    Benchmark,
}

/// A thing the system must have, with its name at each distribution.
struct Need {
    purpose: Purpose,
    /// Not needed where one of these programs is found.
    programs: &'static [&'static str],
    /// Only needed where there is no display.
    headless: bool,
    debian: &'static str,
    fedora: &'static str,
}

const fn library(debian: &'static str, fedora: &'static str) -> Need {
    Need {
        purpose: Purpose::Run,
        programs: &[],
        headless: false,
        debian,
        fedora,
    }
}

/// A keychain that needs no desktop.
pub const KEYCHAIN: &str = "gnome-keyring-daemon";
/// Starts a program with a message bus of its own, over which a keychain is asked.
pub const SESSION_BUS: &str = "dbus-run-session";

const NEEDS: &[Need] = &[
    library("build-essential", "gcc-c++"),
    library("pkg-config", "pkgconf-pkg-config"),
    // OpenSSL's own build, for the encrypted database.
    library("perl", "perl-core"),
    library("libwebkit2gtk-4.1-dev", "webkit2gtk4.1-devel"),
    library("librsvg2-dev", "librsvg2-devel"),
    library("libayatana-appindicator3-dev", "libappindicator-gtk3-devel"),
    library("libxdo-dev", "libxdo-devel"),
    Need {
        purpose: Purpose::Run,
        programs: &["Xvfb"],
        headless: true,
        debian: "xvfb",
        fedora: "xorg-x11-server-Xvfb",
    },
    Need {
        purpose: Purpose::Run,
        programs: &["import"],
        headless: true,
        debian: "imagemagick",
        fedora: "ImageMagick",
    },
    Need {
        purpose: Purpose::Run,
        programs: &[],
        headless: true,
        debian: "fonts-noto-cjk",
        fedora: "google-noto-sans-cjk-fonts",
    },
    Need {
        purpose: Purpose::Test,
        programs: &["import"],
        headless: false,
        debian: "imagemagick",
        fedora: "ImageMagick",
    },
    Need {
        purpose: Purpose::Test,
        programs: &["Xvfb"],
        headless: false,
        debian: "xvfb",
        fedora: "xorg-x11-server-Xvfb",
    },
    Need {
        purpose: Purpose::Test,
        programs: &[],
        headless: false,
        debian: "fonts-noto-cjk",
        fedora: "google-noto-sans-cjk-fonts",
    },
    Need {
        purpose: Purpose::Test,
        programs: &["WebKitWebDriver"],
        headless: false,
        debian: "webkit2gtk-driver",
        fedora: "webkit2gtk-driver",
    },
    Need {
        purpose: Purpose::Test,
        programs: &["chromium", "chromium-browser", "google-chrome"],
        headless: false,
        debian: "chromium",
        fedora: "chromium",
    },
    // Drags files from another program onto the window (REP-03).
    Need {
        purpose: Purpose::Test,
        programs: &["xdotool"],
        headless: false,
        debian: "xdotool",
        fedora: "xdotool",
    },
    Need {
        purpose: Purpose::Test,
        programs: &[],
        headless: false,
        debian: "python3-gi",
        fedora: "python3-gobject",
    },
    Need {
        purpose: Purpose::Test,
        programs: &[],
        headless: false,
        debian: "gir1.2-gtk-3.0",
        fedora: "gtk3",
    },
    // Checks the licence ledger's journal (LIC-63).
    Need {
        purpose: Purpose::Test,
        programs: &["hledger"],
        headless: false,
        debian: "hledger",
        fedora: "hledger",
    },
    // Makes the networks that devices are looked for in (DEV-01).
    Need {
        purpose: Purpose::Test,
        programs: &["ip"],
        headless: false,
        debian: "iproute2",
        fedora: "iproute",
    },
    Need {
        purpose: Purpose::Benchmark,
        programs: &[KEYCHAIN],
        headless: false,
        debian: "gnome-keyring",
        fedora: "gnome-keyring",
    },
    Need {
        purpose: Purpose::Benchmark,
        programs: &[SESSION_BUS],
        headless: false,
        debian: "dbus-daemon",
        fedora: "dbus-daemon",
    },
];

/// Makes the machine ready for `purpose`: system packages first, then the interface's packages.
pub fn setup(workspace: &Workspace, purpose: Purpose) -> Outcome {
    if cfg!(target_os = "linux") {
        linux_packages(purpose)?;
    } else if cfg!(target_os = "macos") {
        if !Tool::new("xcode-select").argument("-p").succeeds() {
            return Err(
                "The command line tools of Xcode are missing. Install them with `xcode-select --install`, \
                        then say it again."
                    .to_owned(),
            );
        }
    } else if cfg!(windows) && find_program("perl").is_none() {
        return Err(
            "The encrypted database is built with Perl and NASM, which are missing. Install Strawberry Perl \
                    (`winget install StrawberryPerl.StrawberryPerl`), which has both, then say it again."
                .to_owned(),
        );
    }
    interface_packages(workspace)
}

/// Whether a window can be shown to somebody.
pub fn has_display() -> bool {
    !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

fn needs(purpose: Purpose) -> impl Iterator<Item = &'static Need> {
    NEEDS.iter().filter(move |need| {
        need.purpose <= purpose
            && (!need.headless || !has_display())
            && (need.programs.is_empty()
                || !need
                    .programs
                    .iter()
                    .any(|program| find_program(program).is_some()))
    })
}

fn linux_packages(purpose: Purpose) -> Outcome {
    if find_program("dpkg-query").is_some() {
        let missing = missing(purpose, |need| need.debian, debian_has);
        if missing.is_empty() {
            return Ok(());
        }
        println!("Installing what the system lacks: {}", missing.join(" "));
        // Without an up-to-date list a package may be looked for at a place it has long left.
        as_administrator("apt-get")?
            .arguments(["update", "-qq"])
            .variable("DEBIAN_FRONTEND", "noninteractive")
            .run()?;
        as_administrator("apt-get")?
            .arguments(["install", "--yes", "-qq", "--no-install-recommends"])
            .arguments(missing)
            .variable("DEBIAN_FRONTEND", "noninteractive")
            .run()
    } else if find_program("dnf").is_some() {
        let missing = missing(
            purpose,
            |need| need.fedora,
            |name| Tool::new("rpm").arguments(["-q", name]).succeeds(),
        );
        if missing.is_empty() {
            return Ok(());
        }
        println!("Installing what the system lacks: {}", missing.join(" "));
        as_administrator("dnf")?
            .arguments(["install", "--assumeyes"])
            .arguments(missing)
            .run()
    } else {
        let names: Vec<&str> = needs(purpose).map(|need| need.debian).collect();
        println!(
            "This system's packages are not known here. Flotilla needs what Debian calls: {}",
            names.join(" ")
        );
        Ok(())
    }
}

fn missing(purpose: Purpose, name: fn(&Need) -> &'static str, has: fn(&str) -> bool) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = needs(purpose).map(name).collect();
    names.sort_unstable();
    names.dedup();
    names.retain(|name| !has(name));
    names
}

fn debian_has(name: &str) -> bool {
    Tool::new("dpkg-query")
        .arguments(["--show", "--showformat=${db:Status-Abbrev}", name])
        .output()
        .is_ok_and(|status| status.starts_with("ii"))
}

/// A package manager, with the rights it needs.
fn as_administrator(program: &str) -> Outcome<Tool> {
    let root = Tool::new("id")
        .argument("-u")
        .output()
        .is_ok_and(|user| user.trim() == "0");
    if root {
        Ok(Tool::new(program))
    } else if find_program("sudo").is_some() {
        // A variable does not pass through sudo; `env` carries what matters.
        Ok(Tool::new("sudo").arguments(["env", "DEBIAN_FRONTEND=noninteractive", program]))
    } else {
        Err(format!(
            "`{program}` must install packages, but this is not the administrator and there is no sudo."
        ))
    }
}

fn interface_packages(workspace: &Workspace) -> Outcome {
    let version = Tool::new("node").argument("--version").output().map_err(|_| {
        "Node.js is missing: Flotilla's interface is built with version 20 or newer. See https://nodejs.org".to_owned()
    })?;
    let major = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|text| text.parse::<u32>().ok());
    if major.is_none_or(|major| major < 20) {
        return Err(format!(
            "Node.js {} is too old: the interface is built with version 20 or newer.",
            version.trim()
        ));
    }
    let interface = workspace.interface();
    let wanted = interface.join("package-lock.json");
    if is_newer(
        &interface.join("node_modules").join(".package-lock.json"),
        &wanted,
    ) {
        return Ok(());
    }
    println!("Installing the interface's packages");
    workspace
        .npm()
        .arguments(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        .run()?;
    // npm keeps the times of its own archive; the stamp is what the next call looks at.
    touch(&interface.join("node_modules").join(".package-lock.json"))
}

fn is_newer(made: &Path, from: &Path) -> bool {
    let time = |path: &Path| path.metadata().and_then(|metadata| metadata.modified()).ok();
    matches!((time(made), time(from)), (Some(made), Some(from)) if made >= from)
}

fn touch(path: &Path) -> Outcome {
    let text = std::fs::read(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    std::fs::write(path, text).map_err(|error| format!("{} cannot be written: {error}", path.display()))
}
