//! The catalogue of products: data, not code (LIC-01).

use super::rules::need::{Quantities, Substitution};
use super::rules::terms::Terms;
use super::rules::wallet::MOST_LICENCES;
use chrono::NaiveDate;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::fields;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The file that comes with the program.
const BUILT_IN: &str = include_str!("catalogue.json");
/// The form of the file that this program reads.
const FORMAT: u32 = 1;
/// The most bytes of a file.
pub const MOST_BYTES: usize = 1 << 20;
const MOST_PRODUCTS: usize = 200;
const MOST_PARTS: usize = 500;

/// A catalogue, as the file has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// The form of the file.
    pub format: u32,
    /// What it is called.
    pub name: String,
    /// The day it was made on.
    pub date: NaiveDate,
    /// The products.
    pub products: Vec<Product>,
}

/// A product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// Its id, which never changes.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What its licences are counted in.
    pub types: Vec<LicenceType>,
    /// The days of a trial; 0: there is none.
    #[serde(default)]
    pub trial_days: u32,
    /// The days of a grace period.
    #[serde(default = "thirty")]
    pub grace_days: u32,
    /// The terms there are, in years.
    #[serde(default = "one_to_five")]
    pub terms: Vec<u32>,
    /// For how many years licences can be stored.
    #[serde(default = "five")]
    pub storage_years: u32,
    /// How many years ahead can be allocated to.
    #[serde(default = "five")]
    pub ahead_years: u32,
    /// By how many percent a licensed year may grow.
    #[serde(default = "hundred")]
    pub tolerance_percent: u32,
    /// Whether licences can be sent to another organization.
    #[serde(default = "yes")]
    pub transferable: bool,
    /// What stands in for what, in order.
    #[serde(default)]
    pub substitutions: Vec<Substitution>,
    /// Hardware that comes with licences.
    #[serde(default)]
    pub hardware: Vec<Hardware>,
    /// Where to buy (LIC-77).
    #[serde(default)]
    pub where_to_buy: String,
    /// Part numbers.
    #[serde(default)]
    pub part_numbers: Vec<PartNumber>,
    /// Where each fact comes from.
    pub facts: Vec<Fact>,
}

/// A type of licence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LicenceType {
    /// Its id within the product.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What else it is known by; of cloud storage resolution and retention.
    #[serde(default)]
    pub attributes: BTreeMap<String, String>,
    /// How a need of it comes about.
    pub need: NeedRule,
}

/// How a system needs a type of licence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum NeedRule {
    /// A person says how many.
    ByHand,
    /// Each system of these kinds and models needs so many.
    EachSystem {
        /// The kinds, as the list of systems names them.
        kinds: Vec<String>,
        /// How the models begin; empty: every model.
        #[serde(default)]
        models: Vec<String>,
        /// How many licences.
        quantity: i64,
    },
}

/// Hardware that comes with licences (LIC-40).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hardware {
    /// How its model begins.
    pub model: String,
    /// The type of its licences.
    pub licence_type: String,
    /// How many.
    pub quantity: i64,
}

/// What is ordered under a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartNumber {
    /// The number.
    pub number: String,
    /// The type.
    pub licence_type: String,
    /// The term in years; 0: not for a subscription.
    pub term: u32,
    /// How many licences.
    pub quantity: i64,
}

/// Where a fact comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// The field it is about.
    pub field: String,
    /// The document.
    pub source: String,
    /// The date of the document.
    pub date: NaiveDate,
    /// Whether it is assumed, because no document says it.
    #[serde(default)]
    pub assumption: bool,
}

fn thirty() -> u32 {
    30
}
fn five() -> u32 {
    5
}
fn hundred() -> u32 {
    100
}
fn yes() -> bool {
    true
}
fn one_to_five() -> Vec<u32> {
    vec![1, 2, 3, 4, 5]
}

impl Catalogue {
    /// The catalogue that comes with the program.
    ///
    /// # Errors
    /// Never; the file is tested.
    pub fn built_in() -> Outcome<Self> {
        serde_json::from_str(BUILT_IN).map_err(Problem::internal)
    }

    /// A catalogue from a file.
    ///
    /// # Errors
    /// `licence.catalogue-invalid` with the first thing that is wrong.
    pub fn read(value: &serde_json::Value) -> Outcome<Self> {
        let invalid =
            |reason: String| Problem::new(ErrorCode::LicenceCatalogueInvalid).with("reason", reason);
        if value.to_string().len() > MOST_BYTES {
            return Err(Problem::new(ErrorCode::TooLarge).with("limit", MOST_BYTES));
        }
        let catalogue: Self =
            serde_json::from_value(value.clone()).map_err(|error| invalid(error.to_string()))?;
        match catalogue.wrong() {
            Some(reason) => Err(invalid(reason)),
            None => Ok(catalogue),
        }
    }

    /// The product of this id.
    ///
    /// # Errors
    /// `licence.product-unknown`
    pub fn product(&self, id: &str) -> Outcome<&Product> {
        self.products
            .iter()
            .find(|product| product.id == id)
            .ok_or_else(|| Problem::new(ErrorCode::LicenceProductUnknown).with("product", id))
    }

    /// The first thing that is wrong, as `place: what`.
    fn wrong(&self) -> Option<String> {
        if self.format != FORMAT {
            return Some(format!("format: {}", self.format));
        }
        if self.products.len() > MOST_PRODUCTS {
            return Some(format!("products: > {MOST_PRODUCTS}"));
        }
        let mut ids = BTreeSet::new();
        self.products.iter().find_map(|product| {
            let place = format!("products.{}", product.id);
            if !ids.insert(&product.id) {
                return Some(format!("{place}: twice"));
            }
            product.wrong().map(|wrong| format!("{place}.{wrong}"))
        })
    }
}

/// An id as it may be: it stands in accounts of the journal.
fn is_id(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn is_name(text: &str) -> bool {
    fields::required("name", text, fields::NAME_LENGTH).is_none()
}

impl Product {
    /// What the books go by.
    pub fn terms(&self, version: i64) -> Terms {
        Terms {
            catalogue: version,
            grace_days: self.grace_days,
            trial_days: self.trial_days,
            storage_years: self.storage_years,
            ahead_years: self.ahead_years,
            tolerance_percent: self.tolerance_percent,
            transferable: self.transferable,
            substitutions: self.substitutions.clone(),
        }
    }

    /// The name of a type; its id when the catalogue has it no more.
    pub fn type_name<'p>(&'p self, id: &'p str) -> &'p str {
        self.types
            .iter()
            .find(|known| known.id == id)
            .map_or(id, |known| &known.name)
    }

    /// Whether it has this type.
    pub fn has_type(&self, id: &str) -> bool {
        self.types.iter().any(|known| known.id == id)
    }

    /// What a system of this kind and model requires by the rules (LIC-15).
    pub fn required_by(&self, kind: &str, model: &str) -> Quantities {
        let by_rule = self
            .types
            .iter()
            .filter_map(|licence_type| match &licence_type.need {
                NeedRule::EachSystem {
                    kinds,
                    models,
                    quantity,
                } => {
                    let fits = kinds.iter().any(|known| known == kind)
                        && (models.is_empty()
                            || models.iter().any(|start| model.starts_with(start.as_str())));
                    fits.then(|| (licence_type.id.clone(), *quantity))
                }
                NeedRule::ByHand => None,
            });
        by_rule.collect()
    }

    fn wrong(&self) -> Option<String> {
        if !is_id(&self.id) {
            return Some("id".to_owned());
        }
        if !is_name(&self.name) {
            return Some("name".to_owned());
        }
        let mut ids = BTreeSet::new();
        let types = (1..=MOST_PARTS).contains(&self.types.len())
            && self.types.iter().all(|known| {
                let by_rule = match &known.need {
                    NeedRule::ByHand => true,
                    NeedRule::EachSystem { kinds, quantity, .. } => {
                        !kinds.is_empty() && (1..=1_000).contains(quantity)
                    }
                };
                is_id(&known.id) && is_name(&known.name) && ids.insert(&known.id) && by_rule
            });
        if !types {
            return Some("types".to_owned());
        }
        let numbers = [
            ("trial_days", self.trial_days, 0, 3_650),
            ("grace_days", self.grace_days, 0, 365),
            ("storage_years", self.storage_years, 1, 10),
            ("ahead_years", self.ahead_years, 0, 5),
            ("tolerance_percent", self.tolerance_percent, 0, 10_000),
        ];
        if let Some((name, ..)) = numbers
            .iter()
            .find(|(_, value, least, most)| !(least..=most).contains(&value))
        {
            return Some((*name).to_owned());
        }
        if self.terms.is_empty() || !self.terms.iter().all(|term| (1..=5).contains(term)) {
            return Some("terms".to_owned());
        }
        let known = |id: &String| self.has_type(id);
        let substitutions = self.substitutions.len() <= MOST_PARTS
            && self
                .substitutions
                .iter()
                .all(|pair| known(&pair.needed) && known(&pair.substitute))
            && one_way(&self.substitutions);
        if !substitutions {
            return Some("substitutions".to_owned());
        }
        if !self
            .hardware
            .iter()
            .all(|hardware| known(&hardware.licence_type) && (1..=MOST_LICENCES).contains(&hardware.quantity))
        {
            return Some("hardware".to_owned());
        }
        let parts = self.part_numbers.len() <= MOST_PARTS
            && self
                .part_numbers
                .iter()
                .all(|part| known(&part.licence_type) && part.term <= 5 && part.quantity > 0);
        if !parts {
            return Some("part_numbers".to_owned());
        }
        let link = self.where_to_buy.is_empty() || self.where_to_buy.starts_with("https://");
        if !link || self.where_to_buy.len() > 500 {
            return Some("where_to_buy".to_owned());
        }
        None
    }
}

/// Whether no type stands in for itself, not even by way of others (LIC-01).
fn one_way(substitutions: &[Substitution]) -> bool {
    let mut left: Vec<&Substitution> = substitutions.iter().collect();
    loop {
        // A pair whose substitute needs no other is part of no circle.
        let before = left.len();
        let needed: BTreeSet<&str> = left.iter().map(|pair| pair.needed.as_str()).collect();
        left.retain(|pair| needed.contains(pair.substitute.as_str()));
        if left.is_empty() || left.len() == before {
            return left.is_empty();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// LIC-01: the file that comes with the program is one, and says of every product where its facts come from.
    #[test]
    fn the_built_in_catalogue() {
        let value: serde_json::Value = serde_json::from_str(BUILT_IN).expect("JSON");
        let catalogue = Catalogue::read(&value).expect("valid");
        assert!(catalogue.products.len() >= 5);
        for product in &catalogue.products {
            for field in ["types", "trial_days", "terms", "transferable"] {
                let known = product.facts.iter().any(|fact| fact.field == field);
                assert!(known, "{}: where {field} comes from", product.id);
            }
        }
    }

    /// LIC-01: what is wrong is named with its place.
    #[test]
    fn what_is_no_catalogue() {
        let mut value: serde_json::Value = serde_json::from_str(BUILT_IN).expect("JSON");
        let wrong = |value: &serde_json::Value| {
            let problem = Catalogue::read(value).expect_err("refused");
            assert_eq!(problem.code, ErrorCode::LicenceCatalogueInvalid);
            format!("{:?}", problem.params["reason"])
        };
        value["products"][0]["grace_days"] = json!(400);
        assert!(wrong(&value).contains("grace_days"));
        value["products"][0]["grace_days"] = json!(30);
        value["products"][1]["id"] = value["products"][0]["id"].clone();
        assert!(wrong(&value).contains("twice"));
        value["products"][1]["id"] = json!("Not An Id");
        assert!(wrong(&value).contains("id"));
        value["products"][1]["surprise"] = json!(1);
        assert!(wrong(&value).contains("surprise"));
    }
}
