//! JSON without ambiguity: an object that has a name twice is refused, since two readers could take different values
//! for it; so is what is nested too deeply or has too many values (SEC-04).

use super::Refusal;
use serde::de::{DeserializeOwned, DeserializeSeed, MapAccess, SeqAccess, Visitor};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Formatter;

/// Levels of objects and lists.
pub const DEPTH_LIMIT: usize = 8;
/// Values in all.
pub const VALUES_LIMIT: usize = 20_000;

/// Reads a value.
///
/// # Errors
/// `NotJson`, `DuplicateName`, `TooDeep`, `TooManyValues`; `Malformed` when it is not of this type.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    let state = State::default();
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let looked_at = Look {
        state: &state,
        depth: 0,
    }
    .deserialize(&mut reader)
    .and_then(|()| reader.end());
    if looked_at.is_err() {
        return Err(state.refusal.into_inner().unwrap_or(Refusal::NotJson));
    }
    serde_json::from_slice(bytes).map_err(|error| Refusal::Malformed {
        detail: error.to_string(),
    })
}

/// What was counted, and what was found.
#[derive(Default)]
struct State {
    values: RefCell<usize>,
    refusal: RefCell<Option<Refusal>>,
}

impl State {
    /// An error for serde, with the reason kept aside.
    fn refuse<E: serde::de::Error>(&self, refusal: Refusal) -> E {
        let message = refusal.to_string();
        self.refusal.replace(Some(refusal));
        E::custom(message)
    }

    fn count<E: serde::de::Error>(&self) -> Result<(), E> {
        let mut values = self.values.borrow_mut();
        *values += 1;
        if *values > VALUES_LIMIT {
            return Err(self.refuse(Refusal::TooManyValues { limit: VALUES_LIMIT }));
        }
        Ok(())
    }
}

/// Looks at one value, keeping nothing of it.
#[derive(Clone, Copy)]
struct Look<'state> {
    state: &'state State,
    depth: usize,
}

impl Look<'_> {
    fn deeper<E: serde::de::Error>(self) -> Result<Self, E> {
        if self.depth == DEPTH_LIMIT {
            return Err(self.state.refuse(Refusal::TooDeep { limit: DEPTH_LIMIT }));
        }
        Ok(Self {
            depth: self.depth + 1,
            ..self
        })
    }
}

impl<'de> DeserializeSeed<'de> for Look<'_> {
    type Value = ();
    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.state.count()?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Look<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let inner = self.deeper()?;
        while list.next_element_seed(inner)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let inner = self.deeper()?;
        let mut names = BTreeSet::new();
        while let Some(name) = object.next_key::<String>()? {
            if names.contains(&name) {
                return Err(self.state.refuse(Refusal::DuplicateName { name: shown(&name) }));
            }
            names.insert(name);
            object.next_value_seed(inner)?;
        }
        Ok(())
    }
}

/// A name from outside in an error.
fn shown(name: &str) -> String {
    name.chars()
        .filter(|character| !character.is_control())
        .take(40)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    /// LIC-52: a name twice is found at any level, however it is written.
    #[test]
    fn duplicate_names() {
        for text in [r#"{"a":1,"a":1}"#, r#"[{"b":{"a":1,"\u0061":2}}]"#] {
            assert_eq!(
                read::<Value>(text.as_bytes()),
                Err(Refusal::DuplicateName { name: "a".to_owned() }),
                "{text}"
            );
        }
        assert!(read::<Value>(br#"[{"a":1},{"a":1,"A":2}]"#).is_ok());
    }

    /// SEC-04: what is nested too deeply, has too many values or is no JSON.
    #[test]
    fn limits() {
        let nested = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        assert!(read::<Value>(nested(DEPTH_LIMIT).as_bytes()).is_ok());
        assert_eq!(
            read::<Value>(nested(DEPTH_LIMIT + 1).as_bytes()),
            Err(Refusal::TooDeep { limit: DEPTH_LIMIT })
        );
        let many = format!("[{}1]", "1,".repeat(VALUES_LIMIT));
        assert_eq!(
            read::<Value>(many.as_bytes()),
            Err(Refusal::TooManyValues { limit: VALUES_LIMIT })
        );
        for text in ["", "{", "{} {}", "nul", "\u{feff}{}", "{'a':1}", "[1,]"] {
            assert_eq!(read::<Value>(text.as_bytes()), Err(Refusal::NotJson), "{text}");
        }
        assert!(matches!(read::<u8>(b"300"), Err(Refusal::Malformed { .. })));
    }
}
