//! The description that a device has for those who found it by SSDP (UPnP Device Architecture).
use crate::MARK;
use crate::listen::escape;

/// Where it is.
pub(crate) const DESCRIPTION: &str = "/rootdesc1.xml";

/// What a device says of itself where its answer leads to.
pub(crate) fn description(name: &str, serial_number: &str, model: [&str; 6], pages: &str) -> String {
    let [short_name, full_name, _, number, ..] = model.map(escape);
    format!(
        "<?xml version=\"1.0\"?>\n<root xmlns=\"urn:schemas-upnp-org:device-1-0\">\
         <specVersion><major>1</major><minor>0</minor></specVersion><device>\
         <deviceType>urn:schemas-upnp-org:device:Basic:1.0</deviceType><friendlyName>{}</friendlyName>\
         <manufacturer>{MARK}</manufacturer><modelDescription>{full_name}</modelDescription>\
         <modelName>{short_name}</modelName><modelNumber>{number}</modelNumber>\
         <serialNumber>{serial_number}</serialNumber><UDN>uuid:Upnp-BasicDevice-1_0-{serial_number}</UDN>\
         <presentationURL>{}</presentationURL></device></root>\n",
        escape(name),
        escape(pages),
    )
}
