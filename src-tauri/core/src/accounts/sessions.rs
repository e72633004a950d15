//! Who is signed in. Sessions live in memory only: when the program ends, everybody is signed out.
//!
//! A session is known by a token of 256 random bits; here only its SHA-256 is kept. Every call asks the database
//! whether the account still is what it was when the session began, so that disabling, deleting or a new role work
//! at once and in every process that has the workspace open (ACC-12).

use super::rules;
use super::store;
use super::types::{AccountPreferences, Gate};
use flotilla_connectors::secret::Secret;
use flotilla_kernel::clock::Time;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::events::Event;
use flotilla_kernel::ids::{AccountId, SessionId};
use flotilla_kernel::rights::Caller;
use flotilla_kernel::workspace::Workspace;
use parking_lot::Mutex;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// One time of being signed in.
#[derive(Debug, Clone)]
pub struct Session {
    /// The session's id; not its token.
    pub id: SessionId,
    /// The account that is signed in.
    pub account: AccountId,
    /// The account's epoch when the session began; another one ends it.
    pub epoch: i64,
    /// When the session began.
    pub opened: Time,
    /// When somebody last clicked, touched or typed in it (ACC-10).
    pub touched: Time,
    /// When the account signed in before, for what happened since.
    pub previous_sign_in: Option<Time>,
}

impl Session {
    /// When it ends if nothing is touched (ACC-10).
    pub fn ends_at(&self, timeout_minutes: i64) -> Time {
        rules::session_end(self.opened, self.touched, timeout_minutes)
    }
}

/// The sessions of this process.
#[derive(Default)]
pub struct Sessions {
    sessions: Mutex<HashMap<[u8; 32], Session>>,
}

fn key(token: &Secret) -> [u8; 32] {
    Sha256::digest(token.expose().as_bytes()).into()
}

impl Sessions {
    /// Begins a session; gives its token, which is told once.
    ///
    /// # Errors
    /// When the machine has no randomness.
    pub fn open(
        &self,
        now: Time,
        account: AccountId,
        epoch: i64,
        previous_sign_in: Option<Time>,
    ) -> Outcome<(Secret, Session)> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(Problem::internal)?;
        let token = Secret::new(hex::encode(bytes));
        let session = Session {
            id: SessionId::new(now),
            account,
            epoch,
            opened: now,
            touched: now,
            previous_sign_in,
        };
        let mut sessions = self.sessions.lock();
        sessions.retain(|_, session| session.opened.plus(rules::SESSION_LIFETIME) > now);
        sessions.insert(key(&token), session.clone());
        drop(sessions);
        Ok((token, session))
    }

    /// The session with this id, while it lasts.
    ///
    /// # Errors
    /// `session.ended`
    pub fn get(&self, id: SessionId) -> Outcome<Session> {
        let sessions = self.sessions.lock();
        sessions
            .values()
            .find(|session| session.id == id)
            .cloned()
            .ok_or_else(|| ErrorCode::SessionEnded.into())
    }

    /// Whether this session lasts, as far as can be told without asking the database.
    pub fn lives(&self, id: SessionId) -> bool {
        self.sessions.lock().values().any(|session| session.id == id)
    }

    /// A click, a touch or a key: the session rests anew from now (ACC-10).
    ///
    /// # Errors
    /// `session.ended`
    pub fn touch(&self, id: SessionId, now: Time) -> Outcome<Session> {
        let mut sessions = self.sessions.lock();
        let session = sessions.values_mut().find(|session| session.id == id);
        let session = session.ok_or_else(|| Problem::new(ErrorCode::SessionEnded))?;
        session.touched = session.touched.max(now);
        Ok(session.clone())
    }

    /// Ends one session, because its owner said so in one of its windows, and tells the others.
    pub fn sign_out(&self, workspace: &Workspace, id: SessionId) {
        self.end_where(workspace, |session| session.id == id);
    }

    /// Ends one session that nobody hears of any more.
    pub fn end(&self, id: SessionId) {
        self.sessions.lock().retain(|_, session| session.id != id);
    }

    /// Ends all sessions of an account from outside, and tells their windows (ACC-09, ACC-12).
    pub fn end_all_of(&self, workspace: &Workspace, account: AccountId) {
        self.end_where(workspace, |session| session.account == account);
    }

    /// Ends what has rested too long, and tells the windows (ACC-10).
    pub fn sweep(&self, workspace: &Workspace) {
        let now = workspace.clock.now();
        let timeout = workspace
            .preferences::<AccountPreferences>()
            .session_timeout_minutes;
        self.end_where(workspace, |session| session.ends_at(timeout) <= now);
    }

    /// Whether anybody is signed in.
    pub fn is_anybody_signed_in(&self, workspace: &Workspace) -> bool {
        let now = workspace.clock.now();
        let timeout = workspace
            .preferences::<AccountPreferences>()
            .session_timeout_minutes;
        let sessions = self.sessions.lock();
        sessions.values().any(|session| session.ends_at(timeout) > now)
    }

    fn end_where(&self, workspace: &Workspace, ends: impl Fn(&Session) -> bool) {
        let at = workspace.clock.now();
        let mut ended = Vec::new();
        self.sessions.lock().retain(|_, session| {
            let ends = ends(session);
            if ends {
                ended.push(session.id);
            }
            !ends
        });
        for session in ended {
            workspace.database.tell(Event::SessionEnded { session, at });
        }
    }

    fn find(&self, token: &Secret) -> Option<Session> {
        self.sessions.lock().get(&key(token)).cloned()
    }
}

/// How often each process looks after its own sessions.
const SWEEP_EVERY: std::time::Duration = std::time::Duration::from_secs(60);

/// Ends what has rested too long (ACC-10), and throws files away that nobody fetched, until the workspace closes.
pub async fn keep_swept(workspace: Workspace) {
    let stop = workspace.stopping();
    let mut pulse = tokio::time::interval(SWEEP_EVERY);
    pulse.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = pulse.tick() => {}
        }
        let sessions = workspace.state::<Sessions>();
        sessions.sweep(&workspace);
        workspace.transfers.sweep(|session| sessions.lives(session));
        flotilla_kernel::logs::restrict(&workspace.folder.join("logs"));
    }
}

/// Begins a session of an account whose person has just shown, in another workspace of this process, that it is theirs (LIC-54).
///
/// # Errors
/// `session.ended` when the account may not sign in any more.
pub async fn open_for(workspace: &Workspace, account: AccountId) -> Outcome<Secret> {
    let pass = store::pass(&mut *workspace.database.read().await?, account).await?;
    let pass = pass.filter(|pass| pass.enabled).ok_or(ErrorCode::SessionEnded)?;
    let now = workspace.clock.now();
    let (token, _) = workspace
        .state::<Sessions>()
        .open(now, account, pass.epoch, None)?;
    Ok(token)
}

/// Whether this is the token of a session that lasts, as far as can be told without asking the database: who has none
/// is heard no further. Whether the account still is what it was, [`admit`] asks.
///
/// # Errors
/// `session.missing`, `session.ended`
pub fn demand_known(workspace: &Workspace, token: Option<&Secret>) -> Outcome<SessionId> {
    let token = token.ok_or(ErrorCode::NotSignedIn)?;
    let timeout = workspace
        .preferences::<AccountPreferences>()
        .session_timeout_minutes;
    let session = workspace.state::<Sessions>().find(token);
    session
        .filter(|session| workspace.clock.now() < session.ends_at(timeout))
        .map(|session| session.id)
        .ok_or_else(|| ErrorCode::SessionEnded.into())
}

/// Lets in what is no command: a file, events. As [`admit`], and nothing may wait to be done first (ACC-08, ACC-09).
///
/// # Errors
/// `session.missing`, `session.ended`, `session.password-change-needed`, `session.terms-not-accepted`
pub async fn demand_open(workspace: &Workspace, token: Option<&Secret>) -> Outcome<Caller> {
    let token = token.ok_or(ErrorCode::NotSignedIn)?;
    match admit(workspace, token).await? {
        (caller, Gate::Open) => Ok(caller),
        (_, Gate::ChangePassword) => Err(ErrorCode::PasswordChangeNeeded.into()),
        (_, Gate::Terms { .. }) => Err(ErrorCode::TermsNotAccepted.into()),
    }
}

/// Lets a call in: the session is known and has not ended, and its account still is what it was. Says who it is, and
/// what must happen before anything else.
///
/// # Errors
/// `session.ended`
pub async fn admit(workspace: &Workspace, token: &Secret) -> Outcome<(Caller, Gate)> {
    let ended = || Problem::new(ErrorCode::SessionEnded);
    let session = workspace.state::<Sessions>().find(token).ok_or_else(ended)?;
    let preferences = workspace.preferences::<AccountPreferences>();
    if workspace.clock.now() >= session.ends_at(preferences.session_timeout_minutes) {
        workspace.state::<Sessions>().end(session.id);
        return Err(ended());
    }
    let pass = store::pass(&mut *workspace.database.read().await?, session.account).await?;
    let Some(pass) = pass.filter(|pass| pass.enabled && pass.epoch == session.epoch) else {
        workspace.state::<Sessions>().end(session.id);
        return Err(ended());
    };
    let gate = rules::gate(
        pass.must_change_password,
        pass.terms_version,
        preferences.terms.as_ref(),
    );
    let caller = Caller {
        account: session.account,
        login: pass.login,
        role: pass.role,
        session: session.id,
        language: pass.language,
        zone: pass.zone,
    };
    Ok((caller, gate))
}
