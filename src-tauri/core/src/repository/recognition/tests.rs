//! Names, volume descriptors, files of digests.

use super::*;
use proptest::prelude::*;
use rstest::rstest;
use std::io::Cursor;

/// REP-05
#[rstest]
#[case("P3265-V_12_11_77.bin", PackageKind::Firmware, "P3265-V", "12.11.77")]
#[case("AXIS_P3265-V_12_11_77.bin", PackageKind::Firmware, "P3265-V", "12.11.77")]
#[case(
    "axis_Q6075-E_Mk_II_10_12_236_1.BIN",
    PackageKind::Firmware,
    "Q6075-E Mk II",
    "10.12.236.1"
)]
#[case("firmware.bin", PackageKind::Firmware, "", "")]
#[case("P3265-V_12.bin", PackageKind::Firmware, "", "")]
#[case("_12_11_77.bin", PackageKind::Firmware, "", "12.11.77")]
#[case("abe-11.0.0-598_el6.iso", PackageKind::IsoImage, "abe", "11.0.0 build 598")]
#[case("IPOSE_12_0_0_0_55.iso", PackageKind::IsoImage, "IPOSE", "12.0.0.0.55")]
#[case("image.iso", PackageKind::IsoImage, "image", "")]
#[case(
    "one-X_Portal-11.1.3-2.rpm",
    PackageKind::Component,
    "one-X Portal",
    "11.1.3 build 2"
)]
#[case(
    "CameraStationServer-6.5.118.msi",
    PackageKind::ServerInstaller,
    "CameraStationServer",
    "6.5.118"
)]
#[case("AdminTools v4.2.1.exe", PackageKind::Tool, "AdminTools", "4.2.1")]
#[case("Dev4.2.1.exe", PackageKind::Tool, "Dev", "4.2.1")]
#[case(
    "Object_Analytics_1_2_3_aarch64.eap",
    PackageKind::Application,
    "Object Analytics",
    "1.2.3"
)]
#[case("prompts.zip", PackageKind::Customization, "prompts", "")]
#[case("README", PackageKind::Tool, "README", "")]
fn names_are_read(
    #[case] name: &str,
    #[case] kind: PackageKind,
    #[case] product: &str,
    #[case] version: &str,
) {
    let expected = Recognized {
        kind,
        product: product.to_owned(),
        version: version.to_owned(),
    };
    assert_eq!(of_name(name), expected);
}

/// A sector of an image, with these texts in it.
fn descriptor(kind: u8, id: &str, application: &str) -> Vec<u8> {
    let mut sector = vec![b' '; 2_048];
    sector[0] = kind;
    sector[1..6].copy_from_slice(b"CD001");
    sector[40..40 + id.len()].copy_from_slice(id.as_bytes());
    sector[574..574 + application.len()].copy_from_slice(application.as_bytes());
    sector
}

fn image(descriptors: &[Vec<u8>]) -> Cursor<Vec<u8>> {
    let mut bytes = vec![0; 16 * 2_048];
    descriptors.iter().for_each(|sector| bytes.extend(sector));
    Cursor::new(bytes)
}

/// REP-05: the identifier of the volume, and the version in it, in the application's, or in a file.
#[test]
fn images_say_what_they_are() {
    let read = |sectors: &[Vec<u8>]| volume(&mut image(sectors)).expect("readable");
    let named = read(&[descriptor(1, "ABE-11.0.0-598", "")]).expect("an image");
    assert_eq!(
        (named.id.as_str(), named.version.as_str()),
        ("ABE-11.0.0-598", "11.0.0 build 598")
    );
    let boot_first = read(&[
        descriptor(0, "EL TORITO", ""),
        descriptor(1, "IPOSE", "MKISOFS 12.0.0.0"),
    ]);
    assert_eq!(boot_first.expect("an image").version, "12.0.0.0");
    assert_eq!(
        read(&[descriptor(255, "", "")]),
        None,
        "only the end of the descriptors"
    );
    assert_eq!(read(&[]), None, "cut short");
    assert_eq!(
        volume(&mut Cursor::new(vec![7; 100_000])).expect("readable"),
        None
    );

    let mut primary = descriptor(1, "IPOSE", "");
    let record = |place: u32, length: u32, name: &str| {
        let mut record = vec![0_u8; 33 + name.len() + (name.len() + 1) % 2];
        record[0] = u8::try_from(record.len()).expect("short");
        record[2..6].copy_from_slice(&place.to_le_bytes());
        record[10..14].copy_from_slice(&length.to_le_bytes());
        record[32] = u8::try_from(name.len()).expect("short");
        record[33..33 + name.len()].copy_from_slice(name.as_bytes());
        record
    };
    primary[156..190].copy_from_slice(&record(17, 2_048, "\0")[..34]);
    let mut folder = record(17, 2_048, "\0");
    folder.extend(record(18, 20, "VERSION.TXT;1"));
    folder.resize(2_048, 0);
    let mut file = b"IP Office 11.1.3.2\n".to_vec();
    file.resize(2_048, 0);
    assert_eq!(
        read(&[primary, folder, file]).expect("an image").version,
        "11.1.3.2"
    );
}

const DIGEST: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// REP-05: the files that `sha256sum`, `shasum` and `openssl` of BSD write.
#[rstest]
#[case("DIGEST", true)]
#[case("DIGEST  a.bin\n", true)]
#[case("DIGEST *a.bin\r\n", true)]
#[case("DIGEST  ./images/a.bin", true)]
#[case("SHA256 (a.bin) = DIGEST", true)]
#[case("# of the vendor\nDIGEST  a.bin\n", true)]
#[case("DIGEST  b.bin\nDIGEST  a.bin\n", true)]
#[case("DIGEST  b.bin\n", false)]
#[case("DIGEST\nDIGEST\n", false)]
#[case("SHA256 (b.bin) = DIGEST", false)]
#[case("d41d8cd98f00b204e9800998ecf8427e  a.bin", false)]
#[case("", false)]
fn digests_are_read(#[case] text: &str, #[case] found: bool) {
    let text = text.replace("DIGEST", DIGEST);
    let expected = found.then(|| DIGEST.to_owned());
    assert_eq!(digest_for("a.bin", &text).map(hex::encode), expected);
}

/// REP-05: told plainly, and a shorter spelling of the same version is none.
#[test]
fn doubts_are_told() {
    use Doubt::{ModelUnknown, OtherVersion, VersionUnknown};
    let of = |kind, product, version, image| doubts(kind, product, version, image);
    assert_eq!(
        of(PackageKind::Firmware, "", "", ""),
        [ModelUnknown, VersionUnknown]
    );
    assert_eq!(of(PackageKind::Firmware, "P3265-V", "12.11.77", ""), []);
    assert_eq!(
        of(
            PackageKind::IsoImage,
            "abe",
            "11.0.0 build 598",
            "11.1.0 build 687"
        ),
        [OtherVersion]
    );
    assert_eq!(
        of(
            PackageKind::IsoImage,
            "abe",
            "11.0.0 build 598",
            "11.0.0 build 687"
        ),
        [OtherVersion]
    );
    assert_eq!(
        of(PackageKind::IsoImage, "abe", "11.0.0 build 598", "11.0.0.0"),
        []
    );
    assert_eq!(of(PackageKind::Tool, "", "", ""), []);
}

proptest! {
    /// REP-05, SEC-04: no name and no content ends the program.
    #[test]
    fn anything_is_read(name in "\\PC{0,60}", text in "\\PC{0,200}", content in prop::collection::vec(any::<u8>(), 0..3_000)) {
        of_name(&name);
        version_in(&text);
        digest_for(&name, &text);
        let mut bytes = vec![0; 16 * 2_048];
        bytes.extend(b"\x01CD001");
        bytes.extend(content);
        volume(&mut Cursor::new(bytes)).expect("a buffer can be read");
    }

    /// REP-05: what is written as the vendors write it is found again.
    #[test]
    fn firmware_is_found_again(model in "[A-Z][0-9]{4}(-[A-Z]{1,2})?", version in prop::collection::vec(0_u32..999, 2..5), prefix in any::<bool>()) {
        let numbers: Vec<String> = version.iter().map(ToString::to_string).collect();
        let name = format!("{}{model}_{}.bin", if prefix { "AXIS_" } else { "" }, numbers.join("_"));
        let found = of_name(&name);
        prop_assert_eq!(found.product, model);
        prop_assert_eq!(found.version, numbers.join("."));
    }
}
