//! What the lists of jobs and of their systems read beside their tables.

use flotilla_kernel::rights::{self, Caller};

/// The organizations of the job `j`.
pub const ORGANIZATIONS: &str = "SELECT organization_id FROM job_folder WHERE job_id = j.id";
/// The folders of the job `j`.
pub const FOLDERS: &str = "SELECT folder_id FROM job_folder WHERE job_id = j.id";
/// The folder that the system `s` is in.
pub const TASK_FOLDER: &str = "SELECT s.folder_id";
/// What the customers of the job `j` are sorted by: the first of them.
pub const FIRST_CUSTOMER: &str = "(SELECT min(o.order_key) FROM job_folder AS f JOIN organization AS o ON o.id = f.organization_id WHERE f.job_id = j.id)";
/// The names of the customers of the job `j`.
pub const CUSTOMERS: &str =
    "(SELECT group_concat(name, ', ') FROM (SELECT DISTINCT o.name FROM job_folder AS f
    JOIN organization AS o ON o.id = f.organization_id WHERE f.job_id = j.id ORDER BY o.order_key))";
/// How many systems of the job `j` failed, or are unknown.
pub const FAILED: &str = "(SELECT sum(failed + unknown) FROM job_wave WHERE job_id = j.id)";

/// The names of those customers of the job `j` that the account sees.
pub fn customers_for(caller: &Caller) -> String {
    format!(
        "(SELECT group_concat(name, ', ') FROM (SELECT DISTINCT o.name FROM job_folder AS f
            JOIN organization AS o ON o.id = f.organization_id WHERE f.job_id = j.id AND {} ORDER BY o.order_key))",
        rights::visible_folders(caller, "f.folder_id")
    )
}
