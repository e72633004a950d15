//! Accounts (VPX-02, VPX-14): the list, adding, changing, removing, the first one, and whom the caller is taken for.
use super::settings::{Group, StoredAccount};
use super::{Caller, Device, SETUP_HEADER};
use crate::fault::Fault;
use crate::listen::{Asked, plain, with_type};
use bytes::Bytes;
use http::{HeaderValue, Method, Response, StatusCode};
use std::collections::BTreeSet;
use std::collections::HashMap;
use url::form_urlencoded;

const LONGEST_NAME: usize = 14;
const FIRST_NAME: &str = "root";
/// From this version on the first account may have any name.
const ANY_FIRST_NAME: (u32, u32) = (11, 5);
const MOST_ACCOUNTS: usize = 100;

type Form = HashMap<String, String>;

/// What stands in the address and, of a POST, in the body.
fn form(asked: &Asked) -> Form {
    let mut fields: Form = HashMap::new();
    let query = asked.parts.uri.query().unwrap_or_default().as_bytes();
    let body: &[u8] = if asked.parts.method == Method::POST {
        &asked.body
    } else {
        &[]
    };
    for part in [query, body] {
        fields.extend(form_urlencoded::parse(part).into_owned());
    }
    fields
}

fn groups(form: &Form) -> Option<BTreeSet<Group>> {
    form.get("sgrp")?
        .split(':')
        .filter(|name| !name.is_empty())
        .map(|name| Group::ALL.into_iter().find(|group| group.name() == name))
        .collect()
}

fn is_name(name: &str) -> bool {
    (1..=LONGEST_NAME).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn words(text: String) -> Response<Bytes> {
    with_type(StatusCode::OK, "text/html", format!("{text}\n"))
}

impl Device {
    /// Whether it waits for its first account.
    pub(super) fn is_new(&self) -> bool {
        self.station.faults.happens(Fault::FactoryNew) || self.state.lock().settings.accounts.is_empty()
    }

    /// VPX-02: what a device without any account says to everything else.
    pub(super) fn setup_needed(&self, words: &'static str) -> Response<Bytes> {
        let mut response = plain(StatusCode::UNAUTHORIZED, words);
        if self.major() >= 12 {
            response
                .headers_mut()
                .insert(SETUP_HEADER, HeaderValue::from_static("vapix"));
        }
        response
    }

    /// The first account: an administrator with pan, tilt and zoom, and before version 11.5 called `root`.
    pub(super) fn first_account(&self, asked: &Asked) -> Response<Bytes> {
        let form = form(asked);
        if form.get("action").map(String::as_str) != Some("add") {
            return self.setup_needed("Error: initial admin user must be created first.\n");
        }
        let name = form.get("user").map(String::as_str).unwrap_or_default();
        let password = form.get("pwd").map(String::as_str).unwrap_or_default();
        let groups = groups(&form).unwrap_or_default();
        let comment = form.get("comment").map(String::as_str).unwrap_or_default();
        let is_older = self.major_and_minor() < ANY_FIRST_NAME;
        let fits = is_name(name)
            && !password.is_empty()
            && groups.contains(&Group::Admin)
            && groups.contains(&Group::Ptz)
            && !(is_older && (name != FIRST_NAME || !comment.is_empty()));
        if !fits {
            return self.setup_needed("Error: not a valid initial admin user.\n");
        }
        let account = StoredAccount {
            name: name.to_string(),
            password: password.to_string(),
            primary_group: form.get("grp").cloned().unwrap_or_else(|| "users".to_string()),
            groups: Group::ALL.into_iter().collect(),
            comment: comment.to_string(),
            first: true,
        };
        self.station
            .faults
            .remove(|fault| matches!(fault, Fault::FactoryNew));
        self.change_settings(|settings| settings.accounts = vec![account]);
        words(format!("Created account {name}."))
    }

    /// `pwdgrp.cgi` of a device that has its first account.
    pub(super) fn accounts(&self, asked: &Asked) -> Response<Bytes> {
        let form = form(asked);
        let action = form.get("action").map(String::as_str).unwrap_or_default();
        match action {
            "get" => self.account_list(),
            "add" | "update" | "remove" => {
                let name = form.get("user").map(String::as_str).unwrap_or_default();
                if !is_name(name) {
                    return words("Error: account user name.".to_string());
                }
                let done = match action {
                    "add" => self.add_account(name, &form),
                    "update" => self.update_account(name, &form),
                    _ => self.remove_account(name),
                };
                words(done.unwrap_or_else(|words| words))
            }
            _ => words("Error: action operation type.".to_string()),
        }
    }

    fn account_list(&self) -> Response<Bytes> {
        let state = self.state.lock();
        let names = |keep: &dyn Fn(&StoredAccount) -> bool| {
            let names: Vec<&str> = state
                .settings
                .accounts
                .iter()
                .filter(|account| keep(account))
                .map(|account| account.name.as_str())
                .collect();
            names.join(",")
        };
        let mut lines = String::new();
        for group in Group::ALL {
            lines.push_str(&format!(
                "{}=\"{}\"\r\n",
                group.name(),
                names(&|account| account.is_in(group))
            ));
        }
        lines.push_str(&format!("digusers=\"{}\"\r\n", names(&|_| true)));
        with_type(StatusCode::OK, "text/plain", lines)
    }

    fn add_account(&self, name: &str, form: &Form) -> Result<String, String> {
        // What a device says to a missing password or group is not documented.
        let unsaid = || "Error: consult the system log file.".to_string();
        let password = form
            .get("pwd")
            .filter(|text| !text.is_empty())
            .ok_or_else(unsaid)?;
        let groups = groups(form)
            .filter(|groups| !groups.is_empty())
            .ok_or_else(unsaid)?;
        let primary_group = form.get("grp").cloned().ok_or_else(unsaid)?;
        self.change_settings(|settings| {
            if settings.accounts.iter().any(|one| one.name == name) {
                return Err("Error: malformed action operation, add.".to_string());
            }
            if settings.accounts.len() >= MOST_ACCOUNTS {
                return Err(unsaid());
            }
            settings.accounts.push(StoredAccount {
                name: name.to_string(),
                password: password.clone(),
                primary_group,
                groups,
                comment: form.get("comment").cloned().unwrap_or_default(),
                first: false,
            });
            Ok(format!("Created account {name}."))
        })
    }

    fn update_account(&self, name: &str, form: &Form) -> Result<String, String> {
        let groups = groups(form);
        self.change_settings(|settings| {
            let Some(account) = settings.accounts.iter_mut().find(|one| one.name == name) else {
                return Err("Error: malformed action operation, update.".to_string());
            };
            if let Some(password) = form.get("pwd") {
                if password.is_empty() {
                    return Err("Error: consult the system log file.".to_string());
                }
                account.password.clone_from(password);
            }
            if let Some(groups) = groups {
                account.groups = groups;
            }
            if let Some(comment) = form.get("comment") {
                account.comment.clone_from(comment);
            }
            Ok(format!("Modified account {name}."))
        })
    }

    fn remove_account(&self, name: &str) -> Result<String, String> {
        let keeps_first = self.major_and_minor() < ANY_FIRST_NAME;
        self.change_settings(|settings| {
            let before = settings.accounts.len();
            // Nobody could sign in without an administrator. What a device says then is not documented.
            let is_last = settings
                .accounts
                .iter()
                .all(|one| one.name == name || !one.is_in(Group::Admin));
            settings
                .accounts
                .retain(|one| one.name != name || is_last || (keeps_first && one.first));
            if settings.accounts.len() < before {
                Ok(format!("Removed account {name}."))
            } else {
                Err("Error: malformed action operation, remove.".to_string())
            }
        })
    }

    /// `usergroup.cgi`
    pub(super) fn current_user(&self, caller: &Caller) -> Response<Bytes> {
        let Caller::Account { name, groups } = caller else {
            return self.unauthorized(false);
        };
        let primary_group = self
            .state
            .lock()
            .settings
            .accounts
            .iter()
            .find(|one| one.name == *name)
            .map(|one| one.primary_group.clone())
            .unwrap_or_default();
        let names: Vec<&str> = groups.iter().map(|group| group.name()).collect();
        let text = format!("{name}\n{primary_group} {}\n", names.join(" "));
        with_type(StatusCode::OK, "text/plain", text)
    }
}
