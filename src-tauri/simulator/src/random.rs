//! Reproducible choices. SplitMix64 (Steele, Lea, Flood, 2014), written out here, because a library's generator may
//! change with its version, and the same seed must give the same fleet (SIM-01).

/// A generator of choices.
#[derive(Debug, Clone)]
pub(crate) struct Choices(u64);

impl Choices {
    /// One stream per purpose and index, so that a longer fleet begins like a shorter one.
    pub(crate) fn new(seed: u64, purpose: u64, index: u64) -> Self {
        let mut start = Self(seed ^ purpose.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let mixed = start.next() ^ index.wrapping_mul(0xD1B5_4A32_D192_ED03);
        Self(mixed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`; 0 when there is none.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        if limit == 0 { 0 } else { self.next() % limit }
    }

    /// One from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// True in so many of a hundred cases.
    pub(crate) fn percent(&mut self, share: u64) -> bool {
        self.below(100) < share
    }

    /// True with this probability.
    pub(crate) fn chance(&mut self, rate: f64) -> bool {
        // 53 bits are what a double holds exactly.
        ((self.next() >> 11) as f64) / ((1u64 << 53) as f64) < rate
    }

    /// One of several; they must not be none.
    pub(crate) fn one_of<'list, T>(&mut self, list: &'list [T]) -> &'list T {
        let index = self.below(list.len() as u64) as usize;
        &list[index]
    }

    /// Mixes a list.
    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let other = self.below(last as u64 + 1) as usize;
            list.swap(last, other);
        }
    }
}
