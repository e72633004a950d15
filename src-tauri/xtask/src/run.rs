//! `cargo xtask run`: builds the program and opens it, on a virtual display where there is no other.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::build::build;
use crate::outcome::Outcome;
use crate::process::{Running, Tool};
use crate::setup::{self, Purpose};
use crate::workspace::{Program, Workspace};

/// How `cargo xtask run` was asked for.
#[derive(Default)]
pub struct Options {
    demo: bool,
    release: bool,
    screenshot_and_exit: bool,
}

impl Options {
    /// Reads the words after `cargo xtask run`.
    pub fn parse(words: &[String]) -> Outcome<Self> {
        let mut options = Self::default();
        for word in words {
            match word.as_str() {
                "--demo" => options.demo = true,
                "--release" => options.release = true,
                "--screenshot-and-exit" => options.screenshot_and_exit = true,
                other => {
                    return Err(format!(
                        "`cargo xtask run` does not know `{other}`.\n\n{}",
                        crate::outcome::USAGE
                    ));
                }
            }
        }
        Ok(options)
    }
}

/// Installs, builds, opens; returns when the program has ended.
pub fn run(workspace: &Workspace, options: &Options) -> Outcome {
    setup::setup(workspace, Purpose::Run)?;
    build_interface(workspace)?;
    let mut programs = vec![Program::Desktop];
    if options.demo {
        programs.push(Program::Simulator);
    }
    build(workspace, &programs, options.release)?;

    let mut program = Tool::new(workspace.built(Program::Desktop, options.release));
    if options.demo {
        program = program.argument("--demo");
    }
    if setup::has_display() && !options.screenshot_and_exit {
        return program.run_guarded();
    }
    let display = VirtualDisplay::start()?;
    let mut running = display.open(program).start(Stdio::inherit())?;
    let picture = workspace.target.join("flotilla.png");
    display.photograph(&mut running, &picture)?;
    if options.screenshot_and_exit {
        println!("A picture of the window is at {}", picture.display());
        return Ok(());
    }
    println!(
        "There is no display here, so Flotilla runs on a virtual one ({}). A picture of its window is at {}\n\
         It keeps on until you press Ctrl-C.",
        display.name,
        picture.display()
    );
    let status = running
        .wait()
        .map_err(|error| format!("Flotilla cannot be waited for: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("Flotilla ended with {status}."))
    }
}

/// Builds the interface, unless what is built is newer than all it is made from.
pub fn build_interface(workspace: &Workspace) -> Outcome {
    let interface = workspace.interface();
    let page = interface.join("dist").join("index.html");
    let built = std::fs::read_to_string(&page)
        .ok()
        // The page that the shell's build script leaves in a clean clone is no interface.
        .filter(|text| !text.contains("has not been built"))
        .and_then(|_| page.metadata().and_then(|metadata| metadata.modified()).ok());
    let changed = workspace
        .files()?
        .iter()
        .filter(|name| name.starts_with("ui/"))
        .filter_map(|name| {
            workspace
                .root
                .join(name)
                .metadata()
                .and_then(|metadata| metadata.modified())
                .ok()
        })
        .max();
    if built.is_some() && built > changed {
        return Ok(());
    }
    println!("Building the interface");
    workspace
        .npm()
        .arguments(["run", "--silent", "build", "--", "--logLevel", "warn"])
        .run()
}

/// A display nobody sees; it ends with this value.
pub struct VirtualDisplay {
    /// As the variable `DISPLAY` names it.
    pub name: String,
    _server: Running,
}

impl VirtualDisplay {
    /// Starts one on the first free number and returns when it takes connections.
    pub fn start() -> Outcome<Self> {
        let mut server = Tool::new("Xvfb")
            .arguments([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1280x800x24",
                "-nolisten",
                "tcp",
                "-noreset",
            ])
            .start(Stdio::piped())?;
        let mut number = String::new();
        if let Some(output) = server.output() {
            BufReader::new(output)
                .read_line(&mut number)
                .map_err(|error| format!("The virtual display says nothing: {error}"))?;
        }
        let number = number.trim();
        if number.is_empty() {
            return Err("The virtual display (Xvfb) did not start.".to_owned());
        }
        Ok(Self {
            name: format!(":{number}"),
            _server: server,
        })
    }

    /// Has a program open its windows here.
    pub fn open(&self, program: Tool) -> Tool {
        program
            .variable("DISPLAY", &self.name)
            .variable("GDK_BACKEND", "x11")
            // There is no graphics card behind a virtual display.
            .variable("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .variable("LIBGL_ALWAYS_SOFTWARE", "1")
    }

    /// Takes a picture as soon as the window has something in it and stands still.
    pub fn photograph(&self, program: &mut Running, picture: &Path) -> Outcome {
        const LONGEST: Duration = Duration::from_secs(60);
        /// An empty window has a handful of colours; a page with text has shades of grey around each letter.
        const COLOURS_OF_A_PAGE: u32 = 24;

        if let Some(folder) = picture.parent() {
            std::fs::create_dir_all(folder)
                .map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
        }
        let begun = Instant::now();
        let mut before = String::new();
        loop {
            if let Some(status) = program.ended() {
                return Err(format!(
                    "Flotilla ended with {status} before its window showed anything."
                ));
            }
            // A display tells nobody that what it shows has come to rest; it has to be looked at.
            std::thread::sleep(Duration::from_millis(700));
            let (colours, signature) = self.look(picture)?;
            if colours >= COLOURS_OF_A_PAGE && signature == before {
                return Ok(());
            }
            if begun.elapsed() > LONGEST {
                return if colours >= COLOURS_OF_A_PAGE {
                    Ok(())
                } else {
                    Err(format!(
                        "After a minute the window is still empty; see {}",
                        picture.display()
                    ))
                };
            }
            before = signature;
        }
    }

    fn look(&self, picture: &Path) -> Outcome<(u32, String)> {
        Tool::new("import")
            .arguments(["-display", &self.name, "-window", "root"])
            .argument(picture)
            .output()?;
        let seen = Tool::new("identify")
            .arguments(["-format", "%k %#"])
            .argument(picture)
            .output()?;
        let (colours, signature) = seen.trim().split_once(' ').unwrap_or(("0", ""));
        Ok((colours.parse().unwrap_or(0), signature.to_owned()))
    }
}
