//! The import files for a running fleet (CUS-20, DEV-04).
use crate::fleet::Fleet;
use crate::solution::Solution;
use std::io::Write;

/// Of the customers' file: the ten columns of CUS-20 and `Mode`.
pub const CUSTOMER_HEADER: [&str; 11] = [
    "IP Address/FQDN",
    "Port",
    "Name",
    "Ipoffice Username",
    "Ipoffice Password",
    "Address",
    "Telephone Number",
    "Email",
    "Note",
    "Tags",
    "Mode",
];

/// Of the devices' file (DEV-04).
pub const DEVICE_HEADER: [&str; 6] = ["Address", "Port", "Name", "Folder", "User Name", "Password"];

/// Of the file that says which devices and video servers are at which customer.
pub const CUSTOMER_DEVICE_HEADER: [&str; 8] = [
    "Customer",
    "Kind",
    "Address",
    "Port",
    "Name",
    "User Name",
    "Password",
    "Serial Number",
];

/// Of the gateways' file.
pub const GATEWAY_HEADER: [&str; 4] = ["Name", "Address", "Port", "Token"];

impl Fleet {
    /// Writes the gateways with their tokens, by the names of what is behind them.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_gateways(&self, output: impl Write) -> csv::Result<()> {
        let mut writer = csv::Writer::from_writer(output);
        writer.write_record(GATEWAY_HEADER)?;
        for gateway in self.gateways() {
            writer.write_record([
                gateway.name(),
                gateway.address().as_str(),
                gateway.port().to_string().as_str(),
                gateway.token(),
            ])?;
        }
        writer.flush()?;
        Ok(())
    }

    /// Writes the customers' import file (CUS-20).
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_customers(&self, output: impl Write) -> csv::Result<()> {
        let mut writer = csv::Writer::from_writer(output);
        writer.write_record(CUSTOMER_HEADER)?;
        for solution in self.solutions() {
            let blueprint = solution.blueprint();
            writer.write_record([
                solution.address().as_str(),
                solution.port().to_string().as_str(),
                blueprint.name.as_str(),
                blueprint.user.as_str(),
                blueprint.password.as_str(),
                blueprint.postal_address.as_str(),
                blueprint.telephone.as_str(),
                blueprint.email.as_str(),
                blueprint.note.as_str(),
                blueprint.tags.join(";").as_str(),
                blueprint.mode.as_str(),
            ])?;
        }
        writer.flush()?;
        Ok(())
    }

    /// Writes the devices and video servers with the customers they are at, by the names of the customers' import file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_customer_devices(&self, output: impl Write) -> csv::Result<()> {
        let mut writer = csv::Writer::from_writer(output);
        writer.write_record(CUSTOMER_DEVICE_HEADER)?;
        for (index, camera) in self.cameras().iter().enumerate() {
            let blueprint = camera.blueprint();
            writer.write_record([
                self.customer_of(index).map(Solution::name).unwrap_or_default(),
                "device",
                camera.address().as_str(),
                camera.port().to_string().as_str(),
                blueprint.name.as_str(),
                blueprint.user.as_str(),
                blueprint.password.as_str(),
                blueprint.serial_number.as_str(),
            ])?;
        }
        for (index, server) in self.video_servers().iter().enumerate() {
            let blueprint = server.blueprint();
            writer.write_record([
                self.customer_of_server(index)
                    .map(Solution::name)
                    .unwrap_or_default(),
                "video_server",
                server.address().as_str(),
                server.port().to_string().as_str(),
                blueprint.name.as_str(),
                blueprint.user.as_str(),
                blueprint.password.as_str(),
                "",
            ])?;
        }
        writer.flush()?;
        Ok(())
    }

    /// Writes the devices' import file (DEV-04).
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_devices(&self, output: impl Write) -> csv::Result<()> {
        let mut writer = csv::Writer::from_writer(output);
        writer.write_record(DEVICE_HEADER)?;
        for camera in self.cameras() {
            let blueprint = camera.blueprint();
            writer.write_record([
                camera.address().as_str(),
                camera.port().to_string().as_str(),
                blueprint.name.as_str(),
                blueprint.folder.as_str(),
                blueprint.user.as_str(),
                blueprint.password.as_str(),
            ])?;
        }
        writer.flush()?;
        Ok(())
    }
}
