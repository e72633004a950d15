//! What goes wrong on the way (SIM-01, JOB-23), and that nothing is done twice (GWY-02).
use super::support::{FOR_EVER, carry_out, client, fleet, key, once, site};
use flotilla_connectors::gateway::{Failure, GatewayError, Logs, OperationRequest, ProblemKind};
use flotilla_simulator::{Fault, Mode};
use std::time::Duration;

/// GWY-02: the same key with the same request gives the same operation, also after an answer that was lost.
#[tokio::test]
async fn nothing_is_done_twice() {
    let fleet = fleet().await;
    let (_, gateway) = site(&fleet, Mode::OnPremises, 1);
    let client = client(gateway);
    gateway.set_step_time(FOR_EVER);
    let (key, request) = (key(), OperationRequest::BackUp {});
    gateway.set_rule(once(Fault::LoseAnswer));
    let lost = client.begin(&key, &request).await;
    assert!(
        lost.as_ref().err().is_none_or(|error| error.is_retryable()),
        "{lost:?}"
    );
    let first = client.begin(&key, &request).await.expect("begun");
    let second = client.begin(&key, &request).await.expect("begun");
    assert_eq!(first.operation.id, second.operation.id);
    let all = client.operations().await.expect("a list");
    assert_eq!(all.len(), 1);
    let other = OperationRequest::CollectLogs { logs: Logs::All };
    let reused = client.begin(&key, &other).await.map_err(|error| error.kind());
    assert_eq!(reused.err(), Some(Some(ProblemKind::IdempotencyKeyReused)));
}

/// GWY-04, JOB-23: what stands in the way is told apart, and what may be tried again.
#[tokio::test]
async fn what_stands_in_the_way() {
    let fleet = fleet().await;
    let (_, gateway) = site(&fleet, Mode::OnPremises, 1);
    let unavailable = Fault::Unavailable503 {
        retry_after_seconds: 9,
    };
    let problem = |kind: ProblemKind| (Some(kind), None);
    let failure = |failure: Failure| (None, Some(failure));
    for (fault, expected, is_retryable) in [
        (Fault::Busy423, problem(ProblemKind::Busy), true),
        (unavailable, problem(ProblemKind::Unavailable), true),
        (Fault::WrongPassword, problem(ProblemKind::TokenRefused), false),
        (Fault::HalfJson, failure(Failure::NotThisProtocol), false),
        (Fault::DropMidBody, failure(Failure::Broken), true),
        (Fault::NotThisProtocol, failure(Failure::NotThisProtocol), false),
    ] {
        // A client of its own: what is kept of one fault says nothing of the next.
        let client = client(gateway);
        gateway.set_fault(fault);
        let error = client.identity().await.expect_err("an error");
        gateway.clear_faults();
        let said = match &error {
            GatewayError::Problem(problem) => (Some(problem.kind), None),
            GatewayError::Failed(failure) => (None, Some(failure.clone())),
        };
        assert_eq!(
            (said, error.is_retryable()),
            (expected, is_retryable),
            "{fault:?}"
        );
        if fault == unavailable {
            assert_eq!(error.retry_after(), Some(Duration::from_secs(9)));
        }
    }
}

/// JOB-21: a gateway that started anew knows an operation no more, and says so.
#[tokio::test]
async fn an_operation_is_forgotten() {
    let fleet = fleet().await;
    let (_, gateway) = site(&fleet, Mode::OnPremises, 1);
    let client = client(gateway);
    let seen = carry_out(&client, &OperationRequest::BackUp {}).await;
    gateway.set_fault(Fault::OperationsForgotten);
    let forgotten = client.operation(&seen[0].id, None, Duration::ZERO).await;
    let forgotten = forgotten.map_err(|error| error.kind());
    assert_eq!(forgotten.err(), Some(Some(ProblemKind::NotFound)));
}

/// GWY-02: what has not changed is waited for, and then said not to have changed.
#[tokio::test]
async fn what_has_not_changed() {
    let fleet = fleet().await;
    let (_, gateway) = site(&fleet, Mode::OnPremises, 1);
    let client = client(gateway);
    let seen = carry_out(&client, &OperationRequest::BackUp {}).await;
    let id = &seen[0].id;
    let known = client
        .operation(id, None, Duration::ZERO)
        .await
        .expect("an answer");
    let tag = known.expect("an operation").tag;
    let same = client.operation(id, Some(&tag), Duration::ZERO).await;
    assert_eq!(same, Ok(None));
}
