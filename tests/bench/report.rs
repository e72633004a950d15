//! What was measured, beside what was promised.

use std::time::{Duration, Instant};

/// How a number is to be read.
#[derive(Clone, Copy, PartialEq)]
pub enum Unit {
    Milliseconds,
    Mebibytes,
    /// Of one core.
    PercentOfACore,
    PercentOfFrames,
}

impl Unit {
    fn show(self, value: f64) -> String {
        match self {
            Self::Milliseconds if value < 10.0 => format!("{value:.2} ms"),
            Self::Milliseconds => format!("{value:.1} ms"),
            Self::Mebibytes => format!("{value:.0} MiB"),
            Self::PercentOfACore => format!("{value:.2} % of a core"),
            Self::PercentOfFrames => format!("{value:.1} % of frames"),
        }
    }
}

/// A promise and what became of it.
pub struct Measurement {
    pub rule: &'static str,
    pub what: String,
    /// What stands below Flotilla, measured in the same run.
    pub floor: Option<(&'static str, f64)>,
    pub reached: f64,
    pub unit: Unit,
    /// At most so many times the floor.
    pub times: Option<f64>,
    /// At most so much. Beside a promised ratio it is what a quiet machine reaches, and no promise.
    pub most: Option<f64>,
}

impl Measurement {
    fn ratio(&self) -> Option<f64> {
        self.floor.map(|(_, floor)| self.reached / floor)
    }

    /// Whether the promise is kept; none where nothing was promised.
    fn kept(&self) -> Option<bool> {
        let times = self.times.zip(self.ratio()).map(|(goal, ratio)| ratio <= goal);
        times.or_else(|| self.most.map(|goal| self.reached <= goal))
    }

    fn print(&self) {
        println!("{}  {}", self.rule, self.what);
        if let Some((name, floor)) = self.floor {
            println!("         {name:<44} {:>18}", self.unit.show(floor));
        }
        let ratio = self
            .ratio()
            .filter(|ratio| ratio.is_finite())
            .map(|ratio| format!("{ratio:.2} ×"))
            .unwrap_or_default();
        let most = self.most.map(|most| self.unit.show(most));
        let goal = match (self.times, most) {
            (Some(times), Some(most)) => format!("≤ {times} × (on a quiet machine ≤ {most})"),
            (Some(times), None) => format!("≤ {times} ×"),
            (None, Some(most)) => format!("≤ {most}"),
            (None, None) => String::new(),
        };
        let verdict = match self.kept() {
            Some(true) => format!("promised {goal}: kept"),
            Some(false) => format!("promised {goal}: NOT KEPT"),
            None => "for comparison".to_owned(),
        };
        println!(
            "         {:<44} {:>18}  {ratio:>7}  {verdict}\n",
            "Flotilla",
            self.unit.show(self.reached)
        );
    }
}

/// All that was measured in this run.
pub struct Report {
    names: Vec<String>,
    measured: Vec<Measurement>,
}

impl Report {
    /// Of these promises, or of all when none is named.
    pub fn new(names: Vec<String>) -> Self {
        Self {
            names,
            measured: Vec::new(),
        }
    }

    /// Whether one of these is asked for.
    pub fn wants(&self, rules: &[&str]) -> bool {
        self.names.is_empty() || self.names.iter().any(|name| rules.contains(&name.as_str()))
    }

    /// Prints a measurement, unless it was not asked for, and keeps it for the summary.
    pub fn add(&mut self, measurement: Measurement) {
        if self.wants(&[measurement.rule]) {
            measurement.print();
            self.measured.push(measurement);
        }
    }

    /// How many promises were kept, and which were not.
    pub fn summary(&self) {
        let missed: Vec<&str> = self
            .measured
            .iter()
            .filter(|one| one.kept() == Some(false))
            .map(|one| one.rule)
            .collect();
        let judged = self.measured.iter().filter(|one| one.kept().is_some()).count();
        println!("{} of {judged} promises kept", judged - missed.len());
        if !missed.is_empty() {
            println!("not kept: {}", missed.join(", "));
        }
    }
}

/// How long each of some turns took, in milliseconds, smallest first.
pub struct Turns(Vec<f64>);

impl Turns {
    /// Takes over what was measured.
    pub fn new(mut milliseconds: Vec<f64>) -> Self {
        milliseconds.sort_by(f64::total_cmp);
        Self(milliseconds)
    }

    /// The middle one.
    pub fn median(&self) -> f64 {
        self.percentile(50)
    }

    /// The one that so many of a hundred do not exceed.
    pub fn percentile(&self, percent: usize) -> f64 {
        let last = self.0.len().saturating_sub(1);
        self.0.get(last * percent / 100).copied().unwrap_or(f64::NAN)
    }
}

/// In milliseconds.
pub fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

/// Has the floor and Flotilla take turns, so that what else the machine does meets both alike. The first turn of
/// each is for warming up and does not count.
pub async fn by_turns<Floor, Ours>(
    turns: usize,
    mut floor: impl FnMut() -> Floor,
    mut ours: impl FnMut() -> Ours,
) -> anyhow::Result<(Turns, Turns)>
where
    Floor: Future<Output = anyhow::Result<()>>,
    Ours: Future<Output = anyhow::Result<()>>,
{
    let (mut below, mut reached) = (Vec::new(), Vec::new());
    for turn in 0..=turns {
        let begun = Instant::now();
        floor().await?;
        let middle = Instant::now();
        ours().await?;
        if turn > 0 {
            below.push(milliseconds(middle.duration_since(begun)));
            reached.push(milliseconds(middle.elapsed()));
        }
    }
    Ok((Turns::new(below), Turns::new(reached)))
}
