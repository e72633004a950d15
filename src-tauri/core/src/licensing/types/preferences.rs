//! What the workspace says about licences.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Preferences of licences: the reseller's own contact (LIC-77), and how many lost systems may be replaced (LIC-51).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct LicencePreferences {
    /// The reseller's name; empty: there is none.
    pub reseller_name: String,
    /// Its telephone number; may be empty.
    pub reseller_telephone: String,
    /// Its e-mail address; may be empty.
    pub reseller_email: String,
    /// Its web address; may be empty.
    pub reseller_web: String,
    /// How many lost systems of a product of an organization may be replaced without having been returned, 0 to 100.
    #[ts(type = "number")]
    pub offline_rehosts: i64,
}

impl Default for LicencePreferences {
    fn default() -> Self {
        Self {
            reseller_name: String::new(),
            reseller_telephone: String::new(),
            reseller_email: String::new(),
            reseller_web: String::new(),
            offline_rehosts: 2,
        }
    }
}
