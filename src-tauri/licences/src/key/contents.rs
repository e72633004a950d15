//! What a licence key holds, and its bytes.
//!
//! Numbers are big-endian; a text is its length in one byte and UTF-8.
//!
//! | bytes | what |
//! | --- | --- |
//! | 8 | id of the issuer's key |
//! | 8 | serial |
//! | 1 | the sum of 1: for a certain organization; 2: dated; 4: to be redeemed until a day |
//! | … | product, order reference |
//! | 16 | the organization, if any |
//! | 2 | the day it was issued, counted from 2000-01-01, if any |
//! | 2 | the last day on which it can be redeemed, counted likewise, if any |
//! | 1 | 1 licences, 2 expansion, 3 upgrade |
//! | … | licences: type, quantity (4), years (1); expansion: count (1), type and quantity of each; upgrade: from, to, quantity |

use crate::issuer::KeyId;
use crate::names::{Name, QUANTITY_LIMIT, Quantity, is_plain};
use crate::problem::problems;
use chrono::{Days, NaiveDate};
use data_encoding::HEXUPPER;
use std::collections::BTreeSet;
use std::fmt::{Display, Formatter};
use uuid::Uuid;

/// Bytes of an order reference at most.
pub const ORDER_LIMIT: usize = 64;
/// The longest term, in years (LIC-01).
pub const YEARS_LIMIT: u8 = 5;
/// Licence types of an expansion key at most.
pub const EXPANSION_LIMIT: usize = 32;

/// The day that days are counted from.
const DAY_ZERO: NaiveDate = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a date");

const FOR_ORGANIZATION: u8 = 1;
const DATED: u8 = 2;
const LIMITED: u8 = 4;

const LICENCES: u8 = 1;
const EXPANSION: u8 = 2;
const UPGRADE: u8 = 3;

/// What makes a key different from any other with the same contents: eight random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Serial(pub(super) [u8; 8]);

impl Serial {
    /// A serial number that was chosen elsewhere.
    pub fn from_bytes(bytes: [u8; 8]) -> Self {
        Self(bytes)
    }
}

impl Display for Serial {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&HEXUPPER.encode(&self.0))
    }
}

/// What a key gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grant {
    /// Licences for the wallet (LIC-22).
    Licences {
        /// Of this type.
        licence_type: Name,
        /// From 1.
        quantity: u32,
        /// For so many years, 1 to [`YEARS_LIMIT`].
        years: u8,
    },
    /// Licences for systems, by type (LIC-41); no type twice.
    Expansion(Vec<Quantity>),
    /// Licences that raise others (LIC-42).
    Upgrade {
        /// What they raise.
        from: Name,
        /// To what.
        to: Name,
        /// From 1.
        quantity: u32,
    },
}

/// What a key holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// The product, by its id in the catalogue.
    pub product: Name,
    /// What it gives.
    pub grant: Grant,
    /// The distributor's order; may be empty.
    pub order: String,
    /// What makes it different from others.
    pub serial: Serial,
    /// The only organization that may redeem it.
    pub recipient: Option<Uuid>,
    /// The day it was issued, 2000-01-01 or later.
    pub issued: Option<NaiveDate>,
    /// The last day on which it can be redeemed, not before it was issued; none: it can be at any time.
    pub redeem_until: Option<NaiveDate>,
}

problems! {
    /// Why no key, and no file, can hold this.
    ContentsProblem {
        /// The quantity lies outside its limits.
        Quantity {
            /// The most.
            limit: u64
        } = "licence-key.quantity", "a quantity is from 1 to {limit}";
        /// The term lies outside its limits.
        Years {
            /// The most.
            limit: u8
        } = "licence-key.years", "a term is from 1 to {limit} years";
        /// The order reference is too long, or has characters that nobody sees.
        Order {
            /// In bytes.
            limit: usize
        } = "licence-key.order", "an order reference has at most {limit} bytes and no characters that nobody sees";
        /// No types, too many, or one twice.
        Expansion {
            /// The most types.
            limit: usize
        } = "licence-key.expansion", "an expansion has 1 to {limit} different licence types";
        /// An upgrade leads to where it begins.
        Upgrade = "licence-key.upgrade", "an upgrade has two different licence types";
        /// The day cannot be written.
        Issued = "licence-key.issued", "the day of issue lies before 2000-01-01 or after 2179-06-05";
        /// The last day to redeem it cannot be written, or lies before the day of issue.
        Until = "licence-key.until", "the last day to redeem the key lies before the day of issue, or after 2179-06-05";
        /// All together is too long for a key.
        TooMuch = "licence-key.too-much", "the key would be too long";
    }
}

impl Contents {
    /// Whether a key can hold this.
    fn check(&self) -> Result<(), ContentsProblem> {
        let quantity = |quantity: u32| match quantity {
            1..=QUANTITY_LIMIT => Ok(()),
            _ => Err(ContentsProblem::Quantity {
                limit: u64::from(QUANTITY_LIMIT),
            }),
        };
        if self.order.len() > ORDER_LIMIT || !is_plain(&self.order, ORDER_LIMIT) {
            return Err(ContentsProblem::Order { limit: ORDER_LIMIT });
        }
        let ends_before = |until: NaiveDate| until < self.issued.unwrap_or(DAY_ZERO);
        if self.redeem_until.is_some_and(ends_before) {
            return Err(ContentsProblem::Until);
        }
        match &self.grant {
            Grant::Licences {
                quantity: count,
                years,
                ..
            } => {
                quantity(*count)?;
                if !(1..=YEARS_LIMIT).contains(years) {
                    return Err(ContentsProblem::Years { limit: YEARS_LIMIT });
                }
            }
            Grant::Expansion(lines) => {
                let types: BTreeSet<&Name> = lines.iter().map(|line| &line.licence_type).collect();
                if lines.is_empty() || lines.len() > EXPANSION_LIMIT || types.len() != lines.len() {
                    return Err(ContentsProblem::Expansion {
                        limit: EXPANSION_LIMIT,
                    });
                }
                lines.iter().try_for_each(|line| quantity(line.quantity))?;
            }
            Grant::Upgrade {
                from,
                to,
                quantity: count,
            } => {
                quantity(*count)?;
                if from == to {
                    return Err(ContentsProblem::Upgrade);
                }
            }
        }
        Ok(())
    }

    /// The bytes of it.
    pub(super) fn encode(&self, issuer: KeyId) -> Result<Vec<u8>, ContentsProblem> {
        self.check()?;
        let mut bytes = issuer.bytes().to_vec();
        bytes.extend(self.serial.0);
        let flag = |is_set: bool, flag: u8| if is_set { flag } else { 0 };
        bytes.push(
            flag(self.recipient.is_some(), FOR_ORGANIZATION)
                | flag(self.issued.is_some(), DATED)
                | flag(self.redeem_until.is_some(), LIMITED),
        );
        put_text(&mut bytes, self.product.as_str());
        put_text(&mut bytes, &self.order);
        bytes.extend(self.recipient.iter().flat_map(|id| *id.as_bytes()));
        let days = |day: NaiveDate| u16::try_from((day - DAY_ZERO).num_days()).ok();
        if let Some(issued) = self.issued {
            bytes.extend(days(issued).ok_or(ContentsProblem::Issued)?.to_be_bytes());
        }
        if let Some(until) = self.redeem_until {
            bytes.extend(days(until).ok_or(ContentsProblem::Until)?.to_be_bytes());
        }
        match &self.grant {
            Grant::Licences {
                licence_type,
                quantity,
                years,
            } => {
                bytes.push(LICENCES);
                put_text(&mut bytes, licence_type.as_str());
                bytes.extend(quantity.to_be_bytes());
                bytes.push(*years);
            }
            Grant::Expansion(lines) => {
                bytes.push(EXPANSION);
                // `check` has counted them.
                bytes.push(u8::try_from(lines.len()).map_err(|_| ContentsProblem::TooMuch)?);
                for line in lines {
                    put_text(&mut bytes, line.licence_type.as_str());
                    bytes.extend(line.quantity.to_be_bytes());
                }
            }
            Grant::Upgrade { from, to, quantity } => {
                bytes.push(UPGRADE);
                put_text(&mut bytes, from.as_str());
                put_text(&mut bytes, to.as_str());
                bytes.extend(quantity.to_be_bytes());
            }
        }
        Ok(bytes)
    }

    /// Who issued a key with these bytes.
    pub(super) fn issuer(bytes: &[u8]) -> Option<KeyId> {
        Some(KeyId::from_bytes(bytes.get(..8)?.try_into().ok()?))
    }

    /// What these bytes say; none when they are not exactly what `encode` writes.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let mut left = Bytes(bytes);
        let issuer = KeyId::from_bytes(left.array()?);
        let serial = Serial(left.array()?);
        let [flags] = left.array()?;
        let product = left.name()?;
        let order = left.text()?;
        let recipient = match flags & FOR_ORGANIZATION {
            0 => None,
            _ => Some(Uuid::from_bytes(left.array()?)),
        };
        let issued = match flags & DATED {
            0 => None,
            _ => Some(left.day()?),
        };
        let redeem_until = match flags & LIMITED {
            0 => None,
            _ => Some(left.day()?),
        };
        let [kind] = left.array()?;
        let grant = match kind {
            LICENCES => Grant::Licences {
                licence_type: left.name()?,
                quantity: left.number()?,
                years: left.array::<1>()?[0],
            },
            EXPANSION => {
                let [count] = left.array()?;
                let line = |_| {
                    Some(Quantity {
                        licence_type: left.name()?,
                        quantity: left.number()?,
                    })
                };
                Grant::Expansion((0..count).map(line).collect::<Option<_>>()?)
            }
            UPGRADE => Grant::Upgrade {
                from: left.name()?,
                to: left.name()?,
                quantity: left.number()?,
            },
            _ => return None,
        };
        let contents = Self {
            product,
            grant,
            order,
            serial,
            recipient,
            issued,
            redeem_until,
        };
        // Whatever is left over, or set without a meaning, would not be written.
        (contents.encode(issuer).ok()? == bytes).then_some(contents)
    }
}

/// A name has at most 64 bytes, an order reference is checked: the length fits into a byte.
fn put_text(bytes: &mut Vec<u8>, text: &str) {
    let length = u8::try_from(text.len()).unwrap_or(u8::MAX);
    bytes.push(length);
    bytes.extend(&text.as_bytes()[..usize::from(length)]);
}

/// What is left to be read.
struct Bytes<'bytes>(&'bytes [u8]);

impl<'bytes> Bytes<'bytes> {
    fn take(&mut self, count: usize) -> Option<&'bytes [u8]> {
        let (taken, left) = self.0.split_at_checked(count)?;
        self.0 = left;
        Some(taken)
    }

    fn array<const COUNT: usize>(&mut self) -> Option<[u8; COUNT]> {
        self.take(COUNT)?.try_into().ok()
    }

    fn number(&mut self) -> Option<u32> {
        Some(u32::from_be_bytes(self.array()?))
    }

    fn day(&mut self) -> Option<NaiveDate> {
        DAY_ZERO.checked_add_days(Days::new(u64::from(u16::from_be_bytes(self.array()?))))
    }

    fn text(&mut self) -> Option<String> {
        let [length] = self.array()?;
        let text = self.take(usize::from(length))?;
        std::str::from_utf8(text).ok().map(str::to_owned)
    }

    fn name(&mut self) -> Option<Name> {
        Name::new(&self.text()?)
    }
}
