//! Address ranges as people write them (DEV-01). Pure.
use std::fmt;
use std::net::Ipv4Addr;
use std::str::FromStr;

/// DEV-01: of all ranges together.
pub const MOST_ADDRESSES: u64 = 65_536;
const LONGEST_TEXT: usize = 4096;

/// From one address to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Range {
    first: Ipv4Addr,
    last: Ipv4Addr,
}

/// Why a text is no range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RangeError {
    /// Nothing was given.
    #[error("the range is empty")]
    Empty,
    /// Longer than anybody writes.
    #[error("the text is too long")]
    TooLong,
    /// No IPv4 address, such as `10.31.2.300`.
    #[error("not an IPv4 address")]
    NotAnAddress,
    /// Behind `/` stands no number from 0 to 32.
    #[error("the prefix is not between 0 and 32")]
    NotAPrefix,
    /// It ends before it begins.
    #[error("the range ends before it begins")]
    Backwards,
    /// It touches addresses that no device can have: 0.0.0.0/8, or from 224.0.0.0 on.
    #[error("the range touches addresses that no device has")]
    NotForDevices,
    /// More than [`MOST_ADDRESSES`].
    #[error("{addresses} addresses; at most 65536 are probed")]
    TooMany {
        /// How many it would be.
        addresses: u64,
    },
}

impl Range {
    /// From one address to another.
    ///
    /// # Errors
    /// When it ends before it begins, has too many addresses or some that no device has.
    pub fn new(first: Ipv4Addr, last: Ipv4Addr) -> Result<Self, RangeError> {
        if last < first {
            return Err(RangeError::Backwards);
        }
        let range = Self { first, last };
        if range.len() > MOST_ADDRESSES {
            return Err(RangeError::TooMany {
                addresses: range.len(),
            });
        }
        if first.octets()[0] == 0 || last.octets()[0] >= 224 {
            return Err(RangeError::NotForDevices);
        }
        Ok(range)
    }

    fn of_network(address: Ipv4Addr, prefix: u32) -> Result<Self, RangeError> {
        let mask = u32::MAX.checked_shl(32 - prefix).unwrap_or(0);
        let network = u32::from(address) & mask;
        let end = network | !mask;
        // What names the network, and what reaches everybody in it, is no device; a network of two has neither (RFC 3021).
        let (first, last) = if prefix <= 30 {
            (network + 1, end - 1)
        } else {
            (network, end)
        };
        Self::new(first.into(), last.into())
    }

    /// The first address.
    pub fn first(&self) -> Ipv4Addr {
        self.first
    }

    /// The last address.
    pub fn last(&self) -> Ipv4Addr {
        self.last
    }

    /// How many addresses it has; at least one.
    #[expect(clippy::len_without_is_empty, reason = "a range is never empty")]
    pub fn len(&self) -> u64 {
        u64::from(u32::from(self.last)) - u64::from(u32::from(self.first)) + 1
    }

    /// Whether the address is in it.
    pub fn contains(&self, address: Ipv4Addr) -> bool {
        (self.first..=self.last).contains(&address)
    }

    /// Its addresses in order.
    pub fn addresses(self) -> impl Iterator<Item = Ipv4Addr> {
        (u32::from(self.first)..=u32::from(self.last)).map(Ipv4Addr::from)
    }
}

impl FromStr for Range {
    type Err = RangeError;

    /// `10.0.0.0/24` (without the two addresses that no device has), `10.0.0.5–10.0.0.90` with any usual dash, or one
    /// address. Full-width forms are read as what they mean.
    fn from_str(text: &str) -> Result<Self, RangeError> {
        if text.len() > LONGEST_TEXT {
            return Err(RangeError::TooLong);
        }
        let text: String = text.chars().map(narrow).collect();
        let text = text.trim();
        if text.is_empty() {
            return Err(RangeError::Empty);
        }
        let address = |text: &str| {
            text.trim()
                .parse::<Ipv4Addr>()
                .map_err(|_| RangeError::NotAnAddress)
        };
        if let Some((network, prefix)) = text.split_once('/') {
            let network = address(network)?;
            let prefix = prefix.trim();
            let is_number =
                (1..=2).contains(&prefix.len()) && prefix.bytes().all(|byte| byte.is_ascii_digit());
            let prefix: Option<u32> = prefix.parse().ok().filter(|prefix| is_number && *prefix <= 32);
            return Self::of_network(network, prefix.ok_or(RangeError::NotAPrefix)?);
        }
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        Self::new(address(first)?, address(last)?)
    }
}

/// Dashes as one, and full-width forms as their ASCII twins.
fn narrow(character: char) -> char {
    match character {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '~' | '\u{301c}' | '\u{ff5e}' | '\u{ff0d}' | '\u{30fc}' => '-',
        '\u{ff01}'..='\u{ff5d}' => char::from_u32(character as u32 - 0xfee0).unwrap_or(character),
        '\u{3000}' => ' ',
        '\u{3002}' | '\u{ff61}' => '.',
        other => other,
    }
}

impl fmt::Display for Range {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(formatter, "{}", self.first)
        } else {
            write!(formatter, "{}-{}", self.first, self.last)
        }
    }
}

/// Several ranges, in order and without an address twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ranges(Vec<Range>);

impl Ranges {
    /// Puts ranges together.
    ///
    /// # Errors
    /// When they have more than [`MOST_ADDRESSES`] together.
    pub fn new(ranges: impl IntoIterator<Item = Range>) -> Result<Self, RangeError> {
        let mut ranges: Vec<Range> = ranges.into_iter().collect();
        ranges.sort_unstable();
        let mut joined: Vec<Range> = Vec::with_capacity(ranges.len());
        for range in ranges {
            match joined.last_mut() {
                Some(before) if u32::from(range.first) <= u32::from(before.last).saturating_add(1) => {
                    before.last = before.last.max(range.last);
                }
                _ => joined.push(range),
            }
        }
        let addresses = joined.iter().map(Range::len).sum();
        if addresses > MOST_ADDRESSES {
            return Err(RangeError::TooMany { addresses });
        }
        Ok(Self(joined))
    }

    /// The ranges.
    pub fn as_slice(&self) -> &[Range] {
        &self.0
    }

    /// How many addresses they have.
    pub fn len(&self) -> u64 {
        self.0.iter().map(Range::len).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromStr for Ranges {
    type Err = RangeError;

    /// Ranges between commas, semicolons or line ends. Nothing at all is none.
    fn from_str(text: &str) -> Result<Self, RangeError> {
        if text.len() > LONGEST_TEXT {
            return Err(RangeError::TooLong);
        }
        let parts = text
            .split([',', ';', '\n', '、', '，', '；'])
            .filter(|part| !part.trim().is_empty());
        Self::new(parts.map(str::parse).collect::<Result<Vec<Range>, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    /// DEV-01
    #[rstest]
    #[case("10.0.0.0/24", Ok(("10.0.0.1", "10.0.0.254")))]
    #[case("10.0.0.77/20", Ok(("10.0.0.1", "10.0.15.254")))]
    #[case("10.0.0.4/31", Ok(("10.0.0.4", "10.0.0.5")))]
    #[case("10.0.0.4/32", Ok(("10.0.0.4", "10.0.0.4")))]
    #[case(" 10.0.0.5 – 10.0.1.9 ", Ok(("10.0.0.5", "10.0.1.9")))]
    #[case("１０．０．０．５〜１０．０．１．９", Ok(("10.0.0.5", "10.0.1.9")))]
    #[case("10.0.0.9", Ok(("10.0.0.9", "10.0.0.9")))]
    #[case("172.16.0.0/16", Ok(("172.16.0.1", "172.16.255.254")))]
    #[case("10.0.0.0/15", Err(RangeError::TooMany { addresses: 131_070 }))]
    #[case("0.0.0.0/0", Err(RangeError::TooMany { addresses: 4_294_967_294 }))]
    #[case("10.0.0.0-10.1.0.0", Err(RangeError::TooMany { addresses: 65_537 }))]
    #[case("10.0.0.9-10.0.0.5", Err(RangeError::Backwards))]
    #[case("10.31.2.300", Err(RangeError::NotAnAddress))]
    #[case("010.0.0.1", Err(RangeError::NotAnAddress))]
    #[case("10.0.0.1-9", Err(RangeError::NotAnAddress))]
    #[case("10.0.0.1/33", Err(RangeError::NotAPrefix))]
    #[case("10.0.0.1/+8", Err(RangeError::NotAPrefix))]
    #[case("239.0.0.0/24", Err(RangeError::NotForDevices))]
    #[case("  ", Err(RangeError::Empty))]
    fn as_people_write_them(#[case] text: &str, #[case] expected: Result<(&str, &str), RangeError>) {
        let read = text.parse::<Range>();
        let expected = expected.map(|(first, last)| Range {
            first: first.parse().expect("an address"),
            last: last.parse().expect("an address"),
        });
        assert_eq!(read, expected);
    }

    proptest! {
        /// DEV-01: no address twice, none lost, never more than are allowed.
        #[test]
        fn together(pairs in proptest::collection::vec((0_u32..4000, 0_u32..300), 0..12)) {
            let base = u32::from(Ipv4Addr::new(10, 0, 0, 0));
            let parts: Vec<Range> = pairs
                .iter()
                .map(|(first, more)| Range::new((base + first).into(), (base + first + more).into()).expect("a range"))
                .collect();
            let together = Ranges::new(parts.clone()).expect("few enough");
            let addresses: Vec<Ipv4Addr> = together.as_slice().iter().flat_map(|range| range.addresses()).collect();
            prop_assert!(addresses.is_sorted() && addresses.windows(2).all(|pair| pair[0] != pair[1]));
            prop_assert_eq!(addresses.len() as u64, together.len());
            let mut expected: Vec<Ipv4Addr> = parts.iter().flat_map(|range| range.addresses()).collect();
            expected.sort_unstable();
            expected.dedup();
            prop_assert_eq!(addresses, expected);
            let text: Vec<String> = parts.iter().map(Range::to_string).collect();
            prop_assert_eq!(text.join(", ").parse::<Ranges>(), Ok(together));
        }

        /// SEC-04
        #[test]
        fn any_text(text in "[0-9./ –~-]{0,40}") {
            if let Ok(range) = text.parse::<Range>() {
                prop_assert!(range.len() <= MOST_ADDRESSES && range.contains(range.first()) && range.contains(range.last()));
                prop_assert_eq!(range.to_string().parse(), Ok(range));
            }
        }
    }
}
