//! What people do with customers.

use super::rules;
use super::store::{self, CustomerToSave};
use super::types::*;
use crate::connections;
use crate::connections::commands::{proven, target_of, try_target};
use crate::connections::probe::Dialers;
use crate::connections::refresh::poll_now;
use crate::connections::service::Poller;
use crate::connections::types::{ConnectionKind, TestResult};

use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::Call;
use flotilla_kernel::call::{Nothing, Packed};
use flotilla_kernel::database::{Transaction, fold};
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::feature::{self, SubjectChange};
use flotilla_kernel::fields;
use flotilla_kernel::ids::{ConnectionId, OrganizationId};
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};
use flotilla_kernel::preferences::ZonePreferences;
use flotilla_kernel::rights::{Admission, Admissions, Right};
use sqlx::SqliteConnection;
use std::collections::{HashMap, HashSet};

/// At most so many customers are acted upon in one call.
const MAX_IDS_PER_CALL: usize = 20_000;

/// Ids of the customers that match, in order.
pub async fn index(call: &Call, query: ListQuery) -> Outcome<Packed> {
    flotilla_kernel::lists::index(
        &call.workspace.database,
        call.caller()?,
        &super::list::DEFINITION,
        &query,
    )
    .await
    .map(Packed)
}

/// The rows in view, as far as this account may see them (CUS-06).
pub async fn window(call: &Call, arguments: WindowArgument) -> Outcome<Vec<CustomerRow>> {
    let ids = flotilla_kernel::lists::window_ids(&arguments)?;
    store::window(&mut *call.workspace.database.read().await?, call.caller()?, ids).await
}

/// The information panel (CUS-30).
///
/// # Errors
/// `right.missing` (RGT-01), `not-found`
pub async fn panel(call: &Call, arguments: CustomerArgument) -> Outcome<CustomerPanel> {
    let caller = call.caller()?;
    let mut connection = call.workspace.database.read().await?;
    let parts = store::panel(&mut connection, caller, arguments.id).await?;
    let operators = crate::organizations::store::operators(&mut connection, arguments.id).await?;
    let systems = crate::systems::store::cards(&mut connection, caller, arguments.id).await?;
    let main = parts.main;
    let mut may = async |right| -> Outcome<bool> {
        let admissions = caller.admissions(&mut connection, right, &[arguments.id]).await?;
        Ok(admissions.of(arguments.id) == Admission::Admitted)
    };
    let may_manage = may(Right::ManageSystems).await?;
    let may_launch = may(Right::Launch).await?;
    Ok(CustomerPanel {
        applications: rules::applications(parts.row.mode, parts.main_kind).to_vec(),
        row: parts.row,
        operators,
        status_detail: parts.status_detail,
        certificate: parts.certificate,
        waiting_certificate: parts.waiting_certificate,
        provider: parts.provider,
        reseller: parts.reseller,
        licences: parts.licences,
        systems,
        next_contact: main.and_then(|main| call.workspace.state::<Poller>().next_contact(main)),
        main_connection: main,
        may_manage,
        may_launch,
    })
}

/// The customer as it stands in the form. Its password never comes back (GEN-08).
///
/// # Errors
/// `right.missing` (RGT-06), `not-found`
pub async fn read(call: &Call, arguments: CustomerArgument) -> Outcome<CustomerDetails> {
    let mut connection = call.workspace.database.read().await?;
    store::details(&mut connection, arguments.id).await
}

/// The tags in use, most frequent first.
pub async fn tags(call: &Call, _: Nothing) -> Outcome<Vec<TagCount>> {
    store::tags(&mut *call.workspace.database.read().await?, call.caller()?, None).await
}

/// A new customer is a new organization with its own connection: refuses who may not make one (RGT-11). Who may change this one was
/// asked before.
fn demand_save(call: &Call, id: Option<OrganizationId>) -> Outcome<()> {
    match id {
        Some(_) => Ok(()),
        None => crate::organizations::commands::demand_creation(call),
    }
}

/// Really connects as the main connection of a customer would, and says which status it got and which certificate it met
/// (CUS-11).
///
/// # Errors
/// `form.invalid`, `right.missing`
pub async fn test(call: &Call, arguments: TestCustomer) -> Outcome<TestResult> {
    let problems = [
        fields::host("host", &arguments.host),
        fields::port("port", arguments.port),
        fields::required("user_name", &arguments.user_name, fields::LINE_LENGTH),
    ];
    let mut connection = call.workspace.database.read().await?;
    demand_save(call, arguments.id)?;
    Problem::of_fields(problems.into_iter().flatten().collect())?;
    let (main, kind) = main_of(&mut connection, arguments.id).await?;
    let form = (
        arguments.host.as_str(),
        arguments.port,
        arguments.user_name.as_str(),
        &arguments.proxy,
    );
    let password = arguments.password.as_ref();
    let target = target_of(&call.workspace, &mut connection, main, kind, form, password).await?;
    try_target(
        call,
        connection,
        main,
        target,
        arguments.accept.as_deref(),
        arguments.id,
    )
    .await
}

/// The main connection of a customer and its kind; a new one is a telephone solution's.
async fn main_of(
    connection: &mut SqliteConnection,
    id: Option<OrganizationId>,
) -> Outcome<(Option<ConnectionId>, ConnectionKind)> {
    let main = match id {
        Some(id) => store::main_connection(connection, id).await?,
        None => None,
    };
    match main {
        Some(main) => Ok((Some(main), connections::store::one(connection, main).await?.kind)),
        None => Ok((None, ConnectionKind::IpOffice)),
    }
}

/// Adds a customer, or saves a changed one (CUS-10, CUS-11): only after a successful test of exactly this
/// connection, unless *save without contact* was chosen.
///
/// # Errors
/// `form.invalid` with every problem at once, `customer.not-tested`, `changed-meanwhile`, `right.missing`
pub async fn save(call: &Call, arguments: SaveCustomer) -> Outcome<CustomerDetails> {
    let caller = call.caller()?;
    let fields = rules::tidy(arguments.fields);
    let mut transaction = call.workspace.database.begin().await?;
    demand_save(call, arguments.id)?;
    let (main, kind) = main_of(transaction.connection(), arguments.id).await?;
    let without_connection = arguments.id.is_some() && main.is_none() && fields.host.is_empty();
    let mut problems = rules::check(&fields, without_connection);
    let name = fold(&fields.name);
    problems.extend(
        crate::organizations::store::name_problem(transaction.connection(), caller, &name, arguments.id)
            .await?,
    );
    if arguments.id.is_none()
        && arguments
            .password
            .as_ref()
            .is_none_or(flotilla_connectors::secret::Secret::is_empty)
    {
        problems.push(FieldProblem::new("password", ErrorCode::FieldRequired));
    }
    Problem::of_fields(problems)?;
    let before = match arguments.id {
        Some(id) => Some(store::details(transaction.connection(), id).await?),
        None => None,
    };
    if before
        .as_ref()
        .is_some_and(|before| before.revision != arguments.revision)
    {
        return Err(ErrorCode::Changed.into());
    }
    let form = (
        fields.host.as_str(),
        fields.port,
        fields.user_name.as_str(),
        &fields.proxy,
    );
    let same_connection = before.as_ref().is_some_and(|before| {
        let kept = &before.fields;
        (&kept.host, kept.port, &kept.user_name, &kept.proxy)
            == (&fields.host, fields.port, &fields.user_name, &fields.proxy)
            && arguments
                .password
                .as_ref()
                .is_none_or(flotilla_connectors::secret::Secret::is_empty)
    });
    let probe = if without_connection {
        None
    } else {
        let password = arguments.password.as_ref();
        let workspace = &call.workspace;
        let target = target_of(workspace, transaction.connection(), main, kind, form, password).await?;
        proven(
            call,
            &target,
            arguments.proof.as_deref(),
            same_connection,
            arguments.without_contact,
        )?
    };
    // The certificate of a proven test was believed because a person said yes to it, now or before.
    let pin = probe.as_ref().and_then(|probe| probe.certificate.clone());
    let customer = CustomerToSave {
        id: arguments.id,
        password: arguments.password.filter(|password| !password.is_empty()),
        pin,
        probe,
        fields,
    };
    let zone = call.workspace.preferences::<ZonePreferences>().zone.clone();
    let language = caller.language;
    let receipt = store::save_many(
        &call.workspace,
        &mut transaction,
        caller.account,
        &zone,
        language,
        std::slice::from_ref(&customer),
    )
    .await?;
    let id = receipt
        .added
        .first()
        .or(receipt.updated.first())
        .copied()
        .ok_or_else(|| Problem::internal("nothing was saved"))?;
    let operators = &customer.fields.operators;
    if crate::organizations::store::set_operators(&mut transaction, id, operators).await? {
        operators_changed(call, &mut transaction, vec![id]).await?;
    }
    let contact_made = customer.probe.is_some();
    store::refresh_search_key(transaction.connection(), id).await?;
    let details = store::details(transaction.connection(), id).await?;
    let entry = Entry::done()
        .organization(id)
        .subject(details.fields.name.clone())
        .detail("new", customer.id.is_none())
        .detail("host", details.fields.host.clone())
        .detail("port", details.fields.port)
        .detail("without_contact", arguments.without_contact && !contact_made);
    // While nobody else can save: it is used once.
    if let Some(proof) = &arguments.proof {
        call.workspace.state::<Dialers>().forget(proof);
    }
    call.commit(transaction, entry).await?;
    call.workspace.state::<Poller>().look_at(receipt.connections);
    Ok(details)
}

/// The operators of these organizations were changed; the features that show them follow.
pub(super) async fn operators_changed(
    call: &Call,
    transaction: &mut Transaction,
    organizations: Vec<OrganizationId>,
) -> Outcome<()> {
    transaction.changed(
        crate::organizations::types::CHANGES,
        organizations.iter().map(|id| id.0),
    );
    feature::of(&call.workspace)
        .change(transaction, &SubjectChange::Operators(organizations))
        .await
}

/// How a call on several customers stands with one of them before anything is done to it. Its name is told to those
/// who can see it.
pub(super) fn outcome_of(
    id: OrganizationId,
    admissions: &Admissions,
    names: &HashMap<OrganizationId, String>,
) -> OrganizationOutcome {
    let admission = admissions.of(id);
    let name = names.get(&id);
    OrganizationOutcome {
        id,
        name: match admission {
            Admission::NotFound => String::new(),
            Admission::Admitted | Admission::Refused => name.cloned().unwrap_or_default(),
        },
        problem: admission
            .problem()
            .or(name.is_none().then_some(ErrorCode::NotFound)),
    }
}

/// Refuses more ids than one call may name.
///
/// # Errors
/// `call.too-large`
pub(super) fn demand_number(ids: &[OrganizationId]) -> Outcome<()> {
    if ids.len() > MAX_IDS_PER_CALL {
        Err(Problem::new(ErrorCode::TooLarge).with("limit", MAX_IDS_PER_CALL))
    } else {
        Ok(())
    }
}

/// Shows a customer by the address, version and profile of this connection (CUS-16).
///
/// # Errors
/// `not-found`, `right.missing`
pub async fn choose_main(call: &Call, arguments: ChooseMain) -> Outcome<Nothing> {
    let mut transaction = call.workspace.database.begin().await?;
    let chosen = connections::store::one(transaction.connection(), arguments.connection).await?;
    let organization = chosen.organization;
    store::choose_main(transaction.connection(), organization, arguments.connection).await?;
    transaction.changed(CHANGES, [organization.0]);
    let entry = Entry::done()
        .organization(organization)
        .detail("host", chosen.host.clone())
        .detail("port", chosen.port);
    call.commit(transaction, entry).await?;
    Ok(Nothing {})
}

/// Polls all connections of these customers at once and waits until what they said is stored (CUS-40).
///
/// # Errors
/// `call.too-large`; what concerns one customer is its own outcome.
pub async fn refresh(
    call: &Call,
    arguments: CustomersArgument,
    admissions: Admissions,
) -> Outcome<Vec<OrganizationOutcome>> {
    demand_number(&arguments.ids)?;
    let mut connection = call.workspace.database.read().await?;
    let names = store::names(&mut connection, &arguments.ids).await?;
    let mut outcomes: Vec<OrganizationOutcome> = arguments
        .ids
        .iter()
        .map(|&id| outcome_of(id, &admissions, &names))
        .collect();
    let wanted: Vec<OrganizationId> = outcomes
        .iter()
        .filter(|outcome| outcome.problem.is_none())
        .map(|outcome| outcome.id)
        .collect();
    let mut reached = connections::store::of_organizations(&mut connection, &wanted).await?;
    let ids: Vec<ConnectionId> = reached.iter().map(|(_, id)| *id).collect();
    let unmonitored = connections::store::unmonitored(&mut connection, &ids).await?;
    drop(connection);
    reached.retain(|(_, id)| !unmonitored.contains(id));
    let ids: Vec<ConnectionId> = reached.iter().map(|(_, id)| *id).collect();
    let polled = poll_now(call, &ids).await?;
    let left: HashSet<OrganizationId> = reached
        .iter()
        .filter(|(_, id)| !polled.contains(id))
        .map(|(organization, _)| *organization)
        .collect();
    for outcome in outcomes.iter_mut().filter(|outcome| outcome.problem.is_none()) {
        if left.contains(&outcome.id) {
            outcome.problem = Some(ErrorCode::Cancelled);
        }
    }
    let done: Vec<OrganizationId> = wanted.into_iter().filter(|id| !left.contains(id)).collect();
    let mut transaction = call.workspace.database.begin().await?;
    let entry = Entry::done().organizations(&done).detail("customers", done.len());
    call.append(&mut transaction, &entry).await?;
    call.append_refusals(&mut transaction, &admissions).await?;
    transaction.commit().await?;
    Ok(outcomes)
}

/// Each launch is a window of a browser: nobody looks at more of them at once.
const LAUNCH_AT_ONCE: usize = 20;

/// Which addresses would be opened, and who is skipped and why (CUS-50, CUS-52).
///
/// # Errors
/// `launch.too-many`
pub async fn plan_launch(
    call: &Call,
    arguments: LaunchArgument,
    admissions: Admissions,
) -> Outcome<LaunchPlan> {
    let plan = planned(call, &arguments, &admissions).await?;
    call.record_refusals(&admissions).await?;
    Ok(plan)
}

async fn planned(call: &Call, arguments: &LaunchArgument, admissions: &Admissions) -> Outcome<LaunchPlan> {
    if arguments.ids.len() > LAUNCH_AT_ONCE {
        return Err(Problem::new(ErrorCode::LaunchTooMany).with("limit", LAUNCH_AT_ONCE));
    }
    let mut connection = call.workspace.database.read().await?;
    let templates = call
        .workspace
        .preferences::<LaunchPreferences>()
        .addresses
        .clone();
    let known: HashMap<_, _> = store::addresses(&mut connection, call.caller()?, &arguments.ids)
        .await?
        .into_iter()
        .map(|address| (address.id, address))
        .collect();
    let mut plan = LaunchPlan {
        addresses: Vec::new(),
        skipped: Vec::new(),
    };
    for &id in &arguments.ids {
        let skipped = match (admissions.of(id), known.get(&id)) {
            (Admission::Admitted, Some(known)) => {
                let place = (known.mode, known.kind);
                match rules::address(&templates, arguments.application, place, &known.host, known.port) {
                    Ok(url) => {
                        plan.addresses.push(LaunchAddress {
                            id,
                            name: known.name.clone(),
                            url,
                        });
                        continue;
                    }
                    Err(code) => (known.name.clone(), code),
                }
            }
            (Admission::Refused, Some(known)) => (known.name.clone(), ErrorCode::RightMissing),
            (Admission::NotFound, _) | (_, None) => (String::new(), ErrorCode::NotFound),
        };
        plan.skipped.push(OrganizationOutcome {
            id,
            name: skipped.0,
            problem: Some(skipped.1),
        });
    }
    Ok(plan)
}

/// Hands out the addresses to open; one audit entry for each (CUS-50).
///
/// # Errors
/// As [`plan_launch`]; `right.missing` or `not-found` when nothing is left for such a reason.
pub async fn launch(call: &Call, arguments: LaunchArgument, admissions: Admissions) -> Outcome<LaunchPlan> {
    if call.workspace.test_clock {
        return Err(ErrorCode::TestClockNoContact.into());
    }
    let application = flotilla_kernel::database::enum_text(&arguments.application)?;
    let plan = planned(call, &arguments, &admissions).await?;
    let any = |code| plan.skipped.iter().any(|skipped| skipped.problem == Some(code));
    if plan.addresses.is_empty() && any(ErrorCode::RightMissing) {
        return Err(ErrorCode::RightMissing.into());
    }
    if plan.addresses.is_empty() && any(ErrorCode::NotFound) {
        return Err(Problem::not_visible());
    }
    let mut transaction = call.workspace.database.begin().await?;
    for address in &plan.addresses {
        let entry = Entry::done()
            .organization(address.id)
            .subject(address.name.clone())
            .detail("application", application.clone())
            .detail("url", address.url.clone());
        call.append(&mut transaction, &entry).await?;
    }
    call.append_refusals(&mut transaction, &admissions).await?;
    transaction.commit().await?;
    Ok(plan)
}

/// The consoles of clusters, as the preferences have them (CUS-50).
pub async fn consoles(call: &Call, _: Nothing) -> Outcome<Vec<Console>> {
    Ok(call.workspace.preferences::<LaunchPreferences>().consoles.clone())
}

/// Hands out the address of a console to be opened; an audit entry like every launch (CUS-50).
///
/// # Errors
/// `not-found` when the preferences do not have it.
pub async fn open_console(call: &Call, arguments: OpenConsole) -> Outcome<Console> {
    let preferences = call.workspace.preferences::<LaunchPreferences>();
    let console = preferences
        .consoles
        .iter()
        .find(|console| console.url == arguments.url)
        .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    let entry = Entry::done()
        .subject(console.name.clone())
        .detail("url", console.url.clone());
    call.record(entry).await?;
    Ok(console.clone())
}
