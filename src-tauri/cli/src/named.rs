//! What a person means by a name, where several things can have the same one.

use crate::error::{CliError, Own};
use crate::output::cell;
use flotilla_kernel::error::{ErrorCode, Parameters, Problem};
use serde_json::Value;

/// Things that are called by names, and what tells those of the same name apart.
pub struct Kind {
    /// The fields of which one alone says which is meant, the surest one first; large and small letters are the same.
    pub sure: &'static [&'static str],
    /// The field with the name, which several can have.
    pub name: &'static str,
    /// The key of the words for several.
    pub several: &'static str,
    /// What is shown of each of several.
    pub shown: &'static [&'static str],
}

/// Devices: by serial number, address or name.
pub const DEVICE: Kind = Kind {
    sure: &["serial", "host"],
    name: "name",
    several: "cli-several-devices",
    shown: &["serial", "host", "name", "customer"],
};

/// Jobs: by id or name.
pub const JOB: Kind = Kind {
    sure: &["id"],
    name: "name",
    several: "cli-several-jobs",
    shown: &["id", "name", "state"],
};

/// Packages: by SHA-256 or file name.
pub const PACKAGE: Kind = Kind {
    sure: &["sha256"],
    name: "file_name",
    several: "cli-several-packages",
    shown: &["sha256", "version", "file_name"],
};

fn text<'row>(row: &'row Value, field: &str) -> &'row str {
    row[field].as_str().unwrap_or_default().trim()
}

impl Kind {
    /// The one of these that is meant.
    ///
    /// # Errors
    /// `not-found`; `cli.several` when it may be any of several: nothing is done to the wrong one.
    pub fn find<'rows>(&self, rows: &'rows [Value], wanted: &str) -> Result<&'rows Value, CliError> {
        let wanted = wanted.trim();
        let not_found = || CliError::from(Problem::new(ErrorCode::NotFound).with("name", wanted));
        if wanted.is_empty() {
            return Err(not_found());
        }
        let lower = wanted.to_lowercase();
        // An address of IPv6 may be written as it is with a port.
        let bare = lower.trim_start_matches('[').trim_end_matches(']');
        let sure = self.sure.iter().map(|field| {
            let is = |row: &&Value| !bare.is_empty() && text(row, field).to_lowercase() == bare;
            rows.iter().filter(is).collect::<Vec<_>>()
        });
        let exactly = rows.iter().filter(|row| text(row, self.name) == wanted);
        let nearly = rows
            .iter()
            .filter(|row| text(row, self.name).to_lowercase() == lower);
        let named = [exactly.collect::<Vec<_>>(), nearly.collect::<Vec<_>>()];
        let found = sure
            .chain(named)
            .find(|found| !found.is_empty())
            .unwrap_or_default();
        match *found.as_slice() {
            [] => Err(not_found()),
            [one] => Ok(one),
            ref several => Err(self.several(several, wanted).into()),
        }
    }

    fn several(&self, rows: &[&Value], wanted: &str) -> Own {
        let cells = |row: &&Value| {
            self.shown
                .iter()
                .map(|field| cell(&row[*field]))
                .collect::<Vec<_>>()
        };
        Own {
            code: "cli.several",
            key: self.several,
            parameters: Parameters::from([("name".to_owned(), wanted.into())]),
            choices: rows.iter().map(cells).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn devices() -> Vec<Value> {
        let device = |id: i64, name: &str, serial: &str, host: &str| json!({ "id": id, "name": name, "serial": serial, "host": host, "customer": "Harbour" });
        vec![
            device(1, "Gate", "ACCC8E000001", "10.0.0.1"),
            device(2, "Gate", "ACCC8E000002", "10.0.0.2"),
            device(3, "gate", "ACCC8E000003", "10.0.0.3"),
            device(4, "Yard", "ACCC8E000004", "10.0.0.4"),
            device(5, "10.0.0.1", "", "fe80::5"),
            device(6, "Roof", "ACCC8E000006", "10.0.0.6"),
            device(7, "Cellar", "ACCC8E000007", "10.0.0.6"),
        ]
    }

    /// DEV-10: a device is found by serial number, address or name, whichever is sure.
    #[test]
    fn one_is_found() {
        let devices = devices();
        for (wanted, id) in [
            ("accc8e000002", Some(2)),
            ("10.0.0.3", Some(3)),
            ("10.0.0.1", Some(1)),
            ("[fe80::5]", Some(5)),
            ("Yard", Some(4)),
            (" yard ", Some(4)),
            ("gate", Some(3)),
            ("Tower", None),
            ("", None),
        ] {
            let found = DEVICE.find(&devices, wanted).ok();
            assert_eq!(found.and_then(|row| row["id"].as_i64()), id, "{wanted}");
        }
    }

    /// DEV-10: of several with one name or one address none is taken; what tells them apart is said.
    #[test]
    fn several_are_refused() {
        let devices = devices();
        for (wanted, serials) in [
            ("Gate", ["ACCC8E000001", "ACCC8E000002"]),
            ("10.0.0.6", ["ACCC8E000006", "ACCC8E000007"]),
        ] {
            let Err(CliError::Own(own)) = DEVICE.find(&devices, wanted) else {
                panic!("{wanted} is several");
            };
            assert_eq!(own.code, "cli.several");
            let shown: Vec<&str> = own.choices.iter().map(|cells| cells[0].as_str()).collect();
            assert_eq!(shown, serials, "{wanted}");
        }
        let Err(CliError::Own(own)) = DEVICE.find(&devices, "Gate") else {
            panic!("several");
        };
        assert_eq!(own.choices[0], ["ACCC8E000001", "10.0.0.1", "Gate", "Harbour"]);
    }

    /// REP-01: packages of the same file name are told apart by their SHA-256.
    #[test]
    fn packages_of_one_name() {
        let package = |sha256: &str| json!({ "file_name": "os.bin", "version": "", "sha256": sha256 });
        let packages = [package("aa11"), package("bb22")];
        let found = PACKAGE.find(&packages, "BB22").ok();
        assert_eq!(found.and_then(|row| row["sha256"].as_str()), Some("bb22"));
        let Err(CliError::Own(own)) = PACKAGE.find(&packages, "os.bin") else {
            panic!("several");
        };
        assert_eq!(own.choices, [["aa11", "-", "os.bin"], ["bb22", "-", "os.bin"]]);
    }
}
