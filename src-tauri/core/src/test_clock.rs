//! The test clock (LIC-54): a copy of the workspace at a date of one's choice, which goes with the process and is thrown away when it
//! is left. Nothing is written back, and nothing is contacted from it; of the services only those run that need nothing but the
//! clock. The workspace itself goes on meanwhile.

use crate::accounts::sessions::{self, Sessions};
use crate::administration::types::TestClockDate;
use crate::licensing;
use crate::program::throwaway::ThrowawayFolder;
use crate::program::{COPIES, COPY, Program};
use crate::router::{self, Request};
use chrono::NaiveDate;
use chrono_tz::Tz;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::call::Origin;
use flotilla_kernel::clock::{Time, hours};
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::files;
use flotilla_kernel::ids::AccountId;
use flotilla_kernel::preferences::ZonePreferences;
use flotilla_kernel::running;
use flotilla_kernel::transfer::unwritable;
use flotilla_kernel::workspace::Workspace;
use std::time::Duration;

/// So long it is waited for the books; the licence service goes on with what is left.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// A copy at another date. Its files are removed with this value, after [`TestClock::end`].
pub struct TestClock {
    /// The program on the copy.
    pub program: Program,
    /// Who opened it.
    account: AccountId,
    _folder: ThrowawayFolder,
}

/// Noon: the same date in nearly every zone there is.
fn noon(date: NaiveDate, zone: Tz) -> Time {
    Time::start_of(date, zone).plus(hours(12))
}

/// Asks whether whoever has this session may go to this date; it stands in the audit log then.
async fn demand(
    workspace: &Workspace,
    token: &Secret,
    origin: Origin,
    date: NaiveDate,
) -> Outcome<AccountId> {
    let arguments = serde_json::to_string(&TestClockDate { date }).map_err(Problem::internal)?;
    let request = Request {
        name: "workspace.test_clock",
        arguments: &arguments,
        token: Some(token.clone()),
        origin,
    };
    router::call(workspace, request).await?;
    Ok(sessions::demand_open(workspace, Some(token)).await?.account)
}

/// The books are brought to the date, and the person goes on with a session that begins there.
async fn arrive(copy: &Workspace, account: AccountId) -> Outcome<Secret> {
    match tokio::time::timeout(LONGEST_WAIT, licensing::service::begin(copy)).await {
        Ok(outcome) => outcome?,
        Err(_) => tracing::info!("the licence service brings the rest of the books forward"),
    }
    sessions::open_for(copy, account).await
}

impl TestClock {
    /// Opens a copy of an open workspace at noon of a date, for an administrator at this machine. Gives the token of a session in the
    /// copy; the one in the workspace has ended.
    ///
    /// # Errors
    /// As the command `workspace.test_clock`, and when the copy cannot be made or opened; then nothing of it is left.
    pub async fn open(
        original: &Program,
        token: &Secret,
        origin: Origin,
        date: NaiveDate,
    ) -> Outcome<(Self, Secret)> {
        let workspace = original.workspace().await?;
        if workspace.test_clock {
            return Err(Problem::internal("a copy at another date is moved, not copied"));
        }
        let account = demand(&workspace, token, origin, date).await?;
        let place = workspace.folder.join(COPIES);
        files::private_folder(&place).map_err(unwritable)?;
        let folder = ThrowawayFolder::make_in(&place, COPY).map_err(unwritable)?;
        let zone = workspace.preferences::<ZonePreferences>().zone();
        let ahead = noon(date, zone).since(workspace.clock.now());
        let clock = workspace.clock.ahead_by(ahead);
        let copy = running::open_copy(&workspace, folder.path().join("workspace"), clock).await?;
        let session = match arrive(&copy, account).await {
            Ok(session) => session,
            Err(problem) => {
                running::close(&copy).await;
                return Err(problem);
            }
        };
        if let Ok(known) = sessions::demand_known(&workspace, Some(token)) {
            workspace.state::<Sessions>().end(known);
        }
        let program = original.of_copy(copy);
        Ok((
            Self {
                program,
                account,
                _folder: folder,
            },
            session,
        ))
    }

    /// Goes on to a later date. Every session in the copy ends with the day it began on, so this gives the token of another.
    ///
    /// # Errors
    /// As the command `workspace.test_clock`; then the date is as it was.
    pub async fn go_to(&self, token: &Secret, origin: Origin, date: NaiveDate) -> Outcome<Secret> {
        let copy = self.program.workspace().await?;
        let account = demand(&copy, token, origin, date).await?;
        let zone = copy.preferences::<ZonePreferences>().zone();
        copy.clock
            .advance(noon(date, zone).since(copy.clock.now()).max(0));
        arrive(&copy, account).await
    }

    /// The token of a session in the original for who is signed in here as whoever opened the copy: they need not sign in again.
    pub async fn going_on(&self, original: &Program, token: Option<&Secret>) -> Option<Secret> {
        let copy = self.program.workspace().await.ok()?;
        let caller = sessions::demand_open(&copy, token).await.ok()?;
        let workspace = original.workspace().await.ok()?;
        if caller.account != self.account {
            return None;
        }
        sessions::open_for(&workspace, self.account).await.ok()
    }

    /// Closes the copy.
    pub async fn end(&self) {
        self.program.close().await;
    }
}
