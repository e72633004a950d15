//! Rollouts (JOB-26): which system belongs to which wave, and when the next wave may begin. Pure.

use crate::jobs::types::{Rollout, ThresholdAct, WaveCounts, WaveSize};
use flotilla_kernel::clock::{Time, minutes};

/// The wave of each group, by its place: `groups` are their systems, in the order in which they are done. A wave may take none.
pub fn waves_of(rollout: &Rollout, groups: &[u32]) -> Vec<u32> {
    let all: u64 = groups.iter().map(|&systems| u64::from(systems)).sum();
    let mut waves = Vec::with_capacity(groups.len());
    let mut left = groups.iter().peekable();
    let mut number = 0;
    for wave in &rollout.waves {
        let (mut taken, mut systems) = (0_u64, 0_u64);
        let enough = |taken: u64, systems: u64| match wave.size {
            WaveSize::Groups(count) => taken >= u64::from(count),
            WaveSize::Systems(count) => systems >= u64::from(count),
            WaveSize::Percent(percent) => systems * 100 >= all * u64::from(percent),
        };
        while !enough(taken, systems) {
            let Some(&group) = left.next() else { break };
            taken += 1;
            systems += u64::from(group);
            waves.push(number);
        }
        number += 1;
    }
    waves.extend(left.map(|_| number));
    waves
}

/// What a rollout does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Systems of this wave may begin.
    Wave(u32),
    /// Nothing may begin before then: the last wave soaks.
    Soak(Time),
    /// Nothing begins by itself: too little of the last wave is proven good, and nothing of it is under way.
    Held,
    /// Nothing begins now: what is under way decides.
    Wait,
    /// Too much failed.
    Threshold(ThresholdAct),
    /// Nothing is left.
    Finished,
}

/// What is next (JOB-26). `begun` is the highest wave that has begun, none before the first; `go_on` says that a person wants the next
/// wave to begin, whatever the last one came to, and that failures so far are known. `known_failures` are those that were there when
/// somebody went on after the threshold: only further ones count.
pub fn decide(
    rollout: &Rollout,
    waves: &[WaveCounts],
    begun: Option<u32>,
    (go_on, known_failures): (bool, u32),
    now: Time,
) -> Decision {
    let mut all = WaveCounts::default();
    for wave in waves {
        all.waiting += wave.waiting;
        all.running += wave.running;
        all.failed += wave.failed;
        all.unknown += wave.unknown;
    }
    if all.waiting + all.running + all.unknown == 0 {
        return Decision::Finished;
    }
    let at = begun.and_then(|number| usize::try_from(number).ok()).unwrap_or(0);
    let current = waves.get(at).copied().unwrap_or_default();
    let begun_waves = waves.get(..=at).unwrap_or(waves);
    if all.waiting > 0
        && let Some(act) = breached(rollout, &all, begun_waves, known_failures)
    {
        return Decision::Threshold(act);
    }
    let later = waves
        .get(at + 1..)
        .is_some_and(|later| later.iter().any(|wave| wave.waiting > 0));
    // Also of a wave before this one: what was put off there has its turn again. After the last wave there is none.
    if begun.is_none() || current.waiting > 0 || !later {
        return if all.waiting > 0 {
            Decision::Wave(begun.unwrap_or(0))
        } else {
            Decision::Wait
        };
    }
    let next = Decision::Wave(begun.unwrap_or(0) + 1);
    if go_on {
        return next;
    }
    let Some(rule) = rollout.waves.get(at) else {
        return next;
    };
    if current.is_proven(rule.proven_percent) {
        // Those of the rest that are under way still may take as long as they want.
        let soaked = current
            .ended_at
            .map_or(now, |ended| ended.plus(minutes(i64::from(rule.soak_minutes))));
        return if soaked <= now {
            next
        } else {
            Decision::Soak(soaked)
        };
    }
    if current.running + current.unknown > 0 {
        Decision::Wait
    } else {
        Decision::Held
    }
}

fn breached(rollout: &Rollout, all: &WaveCounts, begun: &[WaveCounts], known: u32) -> Option<ThresholdAct> {
    let threshold = rollout.threshold?;
    let failures = all.failures().saturating_sub(known);
    if failures == 0 {
        return None;
    }
    let by_number = threshold.systems.is_some_and(|most| failures >= most.max(1));
    // Also of a wave before this one: what was under way when this one began may fail late.
    let by_percent = threshold.percent.is_some_and(|most| {
        begun.iter().any(|wave| {
            let failed = wave.failures().min(failures);
            failed > 0 && u64::from(failed) * 100 >= u64::from(wave.counted()) * u64::from(most.max(1))
        })
    });
    (by_number || by_percent).then_some(threshold.act)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::types::{Threshold, Wave};
    use proptest::prelude::*;

    const NOW: Time = Time(1_800_000_000_000);

    fn wave(size: WaveSize, proven_percent: u8, soak_minutes: u32) -> Wave {
        Wave {
            size,
            proven_percent,
            soak_minutes,
        }
    }

    fn rollout(waves: Vec<Wave>, threshold: Option<Threshold>) -> Rollout {
        Rollout { waves, threshold }
    }

    fn counts(waiting: u32, running: u32, done: u32, failed: u32, unknown: u32) -> WaveCounts {
        WaveCounts {
            waiting,
            running,
            done,
            failed,
            unknown,
            ended_at: Some(NOW),
            ..WaveCounts::default()
        }
    }

    /// JOB-26: by number and percent; a customer is never split; the last wave has the rest.
    #[test]
    fn waves() {
        let trial = rollout(
            vec![
                wave(WaveSize::Groups(1), 100, 0),
                wave(WaveSize::Percent(10), 95, 0),
            ],
            None,
        );
        assert_eq!(waves_of(&trial, &[4, 2, 9, 6, 100, 30]), [0, 1, 1, 1, 2, 2]);
        let numbers = rollout(vec![wave(WaveSize::Systems(5), 100, 0)], None);
        assert_eq!(waves_of(&numbers, &[1; 7]), [0, 0, 0, 0, 0, 1, 1]);
        // A wave that takes none keeps its place, and its rule.
        let none = rollout(
            vec![
                wave(WaveSize::Percent(0), 100, 0),
                wave(WaveSize::Groups(1), 50, 60),
            ],
            None,
        );
        assert_eq!(waves_of(&none, &[1, 1]), [1, 2]);
        // One customer alone: all of it is the trial.
        assert_eq!(waves_of(&numbers, &[8]), [0]);
        assert_eq!(waves_of(&Rollout::default(), &[8, 1]), [0, 0]);
        assert!(waves_of(&trial, &[]).is_empty());
    }

    /// JOB-26: the next wave begins when enough is proven good, after the soak time; not before, and by hand at once.
    #[test]
    fn the_next_wave() {
        let trial = rollout(vec![wave(WaveSize::Systems(4), 75, 60)], None);
        let then = |wave: WaveCounts, go_on, now| {
            decide(&trial, &[wave, counts(10, 0, 0, 0, 0)], Some(0), (go_on, 0), now)
        };
        assert_eq!(
            decide(
                &trial,
                &[counts(4, 0, 0, 0, 0), counts(10, 0, 0, 0, 0)],
                None,
                (false, 0),
                NOW
            ),
            Decision::Wave(0)
        );
        assert_eq!(then(counts(1, 3, 0, 0, 0), false, NOW), Decision::Wave(0));
        assert_eq!(then(counts(0, 2, 2, 0, 0), false, NOW), Decision::Wait);
        let hour = NOW.plus(minutes(60));
        assert_eq!(then(counts(0, 0, 3, 1, 0), false, NOW), Decision::Soak(hour));
        assert_eq!(then(counts(0, 0, 3, 1, 0), false, hour), Decision::Wave(1));
        assert_eq!(then(counts(0, 0, 2, 2, 0), false, hour), Decision::Held);
        assert_eq!(then(counts(0, 0, 2, 1, 1), false, hour), Decision::Wait);
        assert_eq!(then(counts(0, 0, 2, 2, 0), true, NOW), Decision::Wave(1));
        // Who was removed meanwhile stands in nobody's way.
        let mut removed = counts(0, 0, 3, 0, 0);
        removed.skipped = 1;
        assert_eq!(then(removed, false, hour), Decision::Wave(1));
        let mut all_removed = counts(0, 0, 0, 0, 0);
        all_removed.skipped = 4;
        assert_eq!(then(all_removed, false, hour), Decision::Wave(1));
    }

    /// JOB-26: failures reach a number or percent; unknown counts until it is known; what somebody knew of does not count again.
    #[test]
    fn thresholds() {
        let some = |systems, percent, act| {
            rollout(
                vec![wave(WaveSize::Systems(10), 90, 0)],
                Some(Threshold {
                    systems,
                    percent,
                    act,
                }),
            )
        };
        let by_number = some(Some(3), None, ThresholdAct::Pause);
        let next = counts(90, 0, 0, 0, 0);
        let at =
            |rollout: &Rollout, wave, known| decide(rollout, &[wave, next], Some(0), (false, known), NOW);
        assert_eq!(at(&by_number, counts(4, 2, 2, 1, 1), 0), Decision::Wave(0));
        let three = counts(4, 1, 2, 2, 1);
        assert_eq!(at(&by_number, three, 0), Decision::Threshold(ThresholdAct::Pause));
        assert_eq!(at(&by_number, three, 3), Decision::Wave(0));
        let by_percent = some(None, Some(20), ThresholdAct::Stop);
        assert_eq!(at(&by_percent, counts(8, 1, 0, 1, 0), 0), Decision::Wave(0));
        assert_eq!(
            at(&by_percent, counts(7, 1, 0, 1, 1), 0),
            Decision::Threshold(ThresholdAct::Stop)
        );
        // What was put off in a wave before the last waits for its turn; no wave follows the last.
        let put_off = [counts(1, 0, 3, 0, 0), counts(0, 0, 6, 0, 0)];
        assert_eq!(
            decide(&by_number, &put_off, Some(1), (false, 0), NOW),
            Decision::Wave(1)
        );
        // Late failures of a wave count in that one; a wave of which all are skipped breaches nothing.
        let late = [
            counts(0, 0, 8, 2, 0),
            counts(99, 1, 0, 0, 0),
            counts(5, 0, 0, 0, 0),
        ];
        assert_eq!(
            decide(&by_percent, &late, Some(1), (false, 0), NOW),
            Decision::Threshold(ThresholdAct::Stop)
        );
        let few = [
            counts(0, 0, 99, 1, 0),
            WaveCounts {
                skipped: 4,
                ..counts(0, 0, 0, 0, 0)
            },
            counts(5, 0, 0, 0, 0),
        ];
        assert_eq!(
            decide(&by_percent, &few, Some(1), (false, 0), NOW),
            Decision::Wave(2)
        );
        // Nothing is left to be held.
        let last = [counts(0, 0, 5, 5, 0), counts(0, 1, 5, 5, 0)];
        assert_eq!(
            decide(&by_percent, &last, Some(1), (false, 0), NOW),
            Decision::Wait
        );
        let ended = [counts(0, 0, 5, 5, 0), counts(0, 0, 5, 6, 0)];
        assert_eq!(
            decide(&by_percent, &ended, Some(1), (false, 0), NOW),
            Decision::Finished
        );
        // What is unknown is not finished.
        let unknown = [counts(0, 0, 5, 5, 0), counts(0, 0, 5, 5, 1)];
        assert_eq!(
            decide(&by_percent, &unknown, Some(1), (false, 0), NOW),
            Decision::Wait
        );
    }

    fn any_rollout() -> impl Strategy<Value = Rollout> {
        let size = prop_oneof![
            (0..5_u32).prop_map(WaveSize::Groups),
            (0..9_u32).prop_map(WaveSize::Systems),
            (0..=100_u8).prop_map(WaveSize::Percent),
        ];
        let wave = (size, 0..=100_u8, 0..100_u32).prop_map(|(size, proven_percent, soak_minutes)| Wave {
            size,
            proven_percent,
            soak_minutes,
        });
        prop::collection::vec(wave, 0..4).prop_map(|waves| Rollout {
            waves,
            threshold: None,
        })
    }

    proptest! {
        /// JOB-26: everything is in exactly one wave, and waves follow each other in order.
        #[test]
        fn everything_is_in_a_wave(rollout in any_rollout(), groups in prop::collection::vec(1..6_u32, 0..40)) {
            let waves = waves_of(&rollout, &groups);
            prop_assert_eq!(waves.len(), groups.len());
            prop_assert!(waves.is_sorted());
            prop_assert!(waves.last().is_none_or(|last| *last as usize <= rollout.waves.len()));
        }

        /// JOB-26: a run whose systems all end well comes to its end, whatever the waves.
        #[test]
        fn it_comes_to_an_end(rollout in any_rollout(), groups in prop::collection::vec(1..6_u32, 0..20)) {
            let waves = waves_of(&rollout, &groups);
            let mut counts = vec![WaveCounts::default(); waves.last().map_or(0, |last| *last as usize + 1)];
            for (group, wave) in groups.iter().zip(&waves) {
                counts[*wave as usize].waiting += group;
            }
            let (mut now, mut begun) = (NOW, None);
            for _ in 0..1_000 {
                match decide(&rollout, &counts, begun, (false, 0), now) {
                    Decision::Wave(number) => {
                        begun = Some(number);
                        let wave = &mut counts[number as usize];
                        if wave.waiting == 0 {
                            continue;
                        }
                        wave.waiting -= 1;
                        wave.done += 1;
                        wave.ended_at = Some(now);
                    }
                    Decision::Soak(until) => {
                        prop_assert!(until > now);
                        now = until;
                    }
                    Decision::Finished => {
                        prop_assert!(counts.iter().all(|wave| wave.waiting == 0));
                        return Ok(());
                    }
                    other => prop_assert!(false, "{other:?}"),
                }
            }
            prop_assert!(false, "it does not come to an end");
        }
    }
}
