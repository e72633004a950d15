//! `flotilla-cli`: the same command table for scripts.
//!
//! Results go to standard output, errors with their code and words to standard error. Ends with 0 when it worked,
//! 1 when a command refused, 2 when it was called the wrong way.

mod commands;
mod devices;
mod error;
mod import;
mod jobs;
mod licences;
mod named;
mod output;
mod repository;
mod session;

use clap::{Parser, Subcommand};
use error::{CliError, Own};
use flotilla_kernel::clock;
use flotilla_kernel::error::{ErrorCode, Parameters, Problem};
use flotilla_kernel::logs::{self, Console};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

/// Flotilla on the command line
#[derive(Parser)]
#[command(name = "flotilla-cli", version)]
struct Arguments {
    /// The folder of the workspace
    #[arg(long, env = "FLOTILLA_WORKSPACE", global = true)]
    workspace: Option<PathBuf>,
    /// Never use the system's keychain; the database password is asked for, or taken from FLOTILLA_DATABASE_PASSWORD
    #[arg(long, global = true)]
    no_keychain: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a workspace and its first administrator
    Init {
        /// Login name; FLOTILLA_ACCOUNT where none is given
        #[arg(long)]
        login: Option<String>,
        /// The language of that administrator: en, fr or ja
        #[arg(long, default_value = "en")]
        language: String,
        /// IANA name of the workspace's time zone
        #[arg(long, default_value = "UTC")]
        zone: String,
    },
    /// List the command table
    Commands {
        /// Print JSON instead of a table
        #[arg(long)]
        json: bool,
    },
    /// Call a command of the table and print its JSON result
    Call {
        /// The command's name, as `commands` lists it
        name: String,
        /// Its arguments as a JSON object
        #[arg(default_value = "{}")]
        arguments: String,
    },
    /// Customers
    #[command(subcommand)]
    Customers(Customers),
    /// Poll every customer once, now
    Poll {
        /// Print JSON instead of a table
        #[arg(long)]
        json: bool,
    },
    /// Licences
    #[command(subcommand)]
    Licence(licences::Licence),
    /// Devices
    #[command(subcommand)]
    Devices(devices::Devices),
    /// Jobs: what changes many systems
    #[command(subcommand)]
    Job(jobs::Job),
    /// The software repository
    #[command(subcommand)]
    Repository(repository::Repository),
    /// The audit log
    #[command(subcommand)]
    Audit(Audit),
    /// Accounts, on the machine itself
    #[command(subcommand)]
    Account(Account),
    /// Share the workspace over HTTPS
    Serve {
        /// The port to listen on
        #[arg(long, default_value_t = 7080)]
        port: u16,
        /// Where to listen; other machines reach it only when this is not the loopback address
        #[arg(long, default_value = "127.0.0.1")]
        address: std::net::IpAddr,
        /// A further name under which this machine is reached; can be given several times
        #[arg(long = "name", value_name = "NAME")]
        names: Vec<String>,
    },
}

#[derive(Subcommand)]
enum Customers {
    /// List customers
    List {
        /// Words to look for
        #[arg(default_value = "")]
        search: String,
        /// Print JSON instead of a table
        #[arg(long)]
        json: bool,
    },
    /// Import customers from a CSV file: test every row and save those that answered
    Import {
        /// The CSV file
        file: PathBuf,
        /// Save; without it, only say what would be done
        #[arg(long)]
        yes: bool,
        /// Also trust every certificate met for the first time
        #[arg(long)]
        trust: bool,
        /// Save rows that did not answer, too, marked as never tried
        #[arg(long)]
        without_contact: bool,
        /// Delete the file once its rows are saved: it holds passwords in clear
        #[arg(long, requires = "yes")]
        delete_file: bool,
        /// Mode of rows without their own: on-premises or cloud
        #[arg(long, value_name = "MODE", default_value = "on-premises", value_parser = ["on-premises", "cloud"])]
        mode: String,
        /// Service user of new customers of whom the file says none
        #[arg(long, value_name = "NAME", default_value = "")]
        service_user: String,
        /// Port of new customers of whom the file says none
        #[arg(long, value_name = "PORT", default_value = "")]
        service_port: String,
        /// Service password of new customers of whom the file says none: FLOTILLA_SERVICE_PASSWORD, or asked for
        #[arg(long)]
        service_password: bool,
        /// Print JSON instead of a table
        #[arg(long)]
        json: bool,
    },
    /// Test the connection of customers that match, or of all
    Test {
        /// Words to look for
        #[arg(default_value = "")]
        search: String,
        /// Print JSON instead of a table
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
enum Audit {
    /// Check the chain of the workspace, or of an exported file without any workspace
    Verify {
        /// The exported file; the workspace's own log where none is given
        file: Option<PathBuf>,
        /// A final hash that was written down: of an export, in the audit log or a document
        #[arg(long, value_name = "HASH")]
        head: Option<String>,
        /// Print JSON instead of a table
        #[arg(long)]
        json: bool,
    },
    /// Write the audit log to a file
    Export {
        /// Where to write it
        file: PathBuf,
    },
}

#[derive(Subcommand)]
enum Account {
    /// Set a new password for an account whose password was lost (needs the database key of this machine)
    Reset {
        /// The account's login name
        login: String,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(wrong) => return not_understood(&wrong),
    };
    // Before the logs: the time of their first line is what would break.
    if clock::is_before_1970() {
        output::refuse_own(&Own {
            code: "clock.before-1970",
            key: "clock-before-1970",
            parameters: Parameters::new(),
            choices: Vec::new(),
        });
        return ExitCode::from(1);
    }
    logs::start(match arguments.command {
        // It runs on when one of its calls fails, and nobody else says why.
        Command::Serve { .. } => Console::Errors,
        _ => Console::Silent,
    });
    let ended = run(arguments).await;
    session::close().await;
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(CliError::Refused(error)) => {
            output::refuse(&error);
            ExitCode::from(1)
        }
        Err(CliError::Usage(error)) => {
            output::refuse(&error);
            ExitCode::from(2)
        }
        Err(CliError::Own(own)) => {
            output::refuse_own(&own);
            ExitCode::from(1)
        }
    }
}

/// Help and version are no errors; of anything else the code and the words come first, then what clap knows of it.
fn not_understood(wrong: &clap::Error) -> ExitCode {
    if wrong.use_stderr() {
        output::refuse(&Problem::new(ErrorCode::CommandLineWrong).into_wire());
        // It repeats arguments, which may be names of files.
        output::complain_lines(&wrong.render().to_string());
        return ExitCode::from(2);
    }
    // Nobody reads it: then there is nobody to tell.
    let _ = wrong.print();
    ExitCode::SUCCESS
}

async fn run(arguments: Arguments) -> Result<(), CliError> {
    let place = session::Place {
        workspace: arguments.workspace,
        keychain: !arguments.no_keychain,
    };
    match arguments.command {
        Command::Commands { json } => commands::list_commands(json),
        Command::Init {
            login,
            language,
            zone,
        } => commands::init(&place, login, &language, &zone).await,
        Command::Call { name, arguments } => commands::call(&place, &name, &arguments).await,
        Command::Customers(Customers::List { search, json }) => {
            commands::list_customers(&place, &search, json).await
        }
        Command::Customers(Customers::Import {
            file,
            yes,
            trust,
            without_contact,
            delete_file,
            mode,
            service_user,
            service_port,
            service_password,
            json,
        }) => {
            let choices = import::Choices {
                yes,
                trust,
                without_contact,
                first_accounts: false,
                delete_file,
                service_user,
                service_port,
                service_password,
                password_variable: "FLOTILLA_SERVICE_PASSWORD",
                password_question: "cli-ask-service-password",
                json,
            };
            import::import(&place, &file, import::Rows::Customers { mode }, choices).await
        }
        Command::Customers(Customers::Test { search, json }) => {
            commands::test_customers(&place, &search, json).await
        }
        Command::Licence(licence) => licences::run(&place, licence).await,
        Command::Job(command) => jobs::run(&place, command).await,
        Command::Devices(command) => devices::run(&place, command).await,
        Command::Repository(command) => repository::run(&place, command).await,
        Command::Poll { json } => commands::test_customers(&place, "", json).await,
        Command::Audit(Audit::Verify {
            file: Some(file),
            head,
            json,
        }) => commands::verify_file(&file, head.as_deref(), json),
        Command::Audit(Audit::Verify {
            file: None,
            head,
            json,
        }) => commands::verify(&place, head.as_deref(), json).await,
        Command::Audit(Audit::Export { file }) => commands::export_audit(&place, &file).await,
        Command::Account(Account::Reset { login }) => commands::reset_account(&place, &login).await,
        Command::Serve { port, address, names } => {
            commands::serve(&place, SocketAddr::new(address, port), &names).await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Arguments;
    use clap::CommandFactory as _;

    /// Every command, argument and option says what it is.
    #[test]
    fn everything_is_explained() {
        let mut silent = Vec::new();
        let mut commands = vec![(String::new(), Arguments::command())];
        while let Some((place, command)) = commands.pop() {
            let place = format!("{place} {}", command.get_name());
            if command.get_about().is_none() {
                silent.push(place.clone());
            }
            for argument in command.get_arguments() {
                let own = !["help", "version"].contains(&argument.get_id().as_str());
                if own && argument.get_help().is_none() && argument.get_long_help().is_none() {
                    silent.push(format!("{place} {}", argument.get_id()));
                }
            }
            commands.extend(
                command
                    .get_subcommands()
                    .map(|below| (place.clone(), below.clone())),
            );
        }
        assert!(silent.is_empty(), "nothing is said of: {silent:#?}");
    }
}
