//! What simulated gateways take for an image: a mark, and the version behind it. After that comes what makes it as large as it is.

const MARK: &str = "flotilla-simulator-image\n";
/// So much of an upload is enough to read it.
pub(super) const HEAD: usize = 256;

/// The version that an image says it is of, from its beginning.
pub(super) fn version(head: &[u8]) -> Option<&str> {
    let rest = head.strip_prefix(MARK.as_bytes())?;
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    std::str::from_utf8(&rest[..end]).ok()
}

/// An image of that version, of so many bytes or of as many as it takes.
pub(super) fn write(version: &str, length: usize) -> Vec<u8> {
    let mut image = format!("{MARK}{version}\n").into_bytes();
    // Something that does not shrink to nothing where it is packed.
    let filler = (0_u32..).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8);
    let missing = length.saturating_sub(image.len());
    image.extend(filler.take(missing));
    image
}

#[cfg(test)]
mod tests {
    use super::*;

    /// GWY-03: what is written is read.
    #[test]
    fn round_trip() {
        let image = write("12.0.0.1", 1000);
        assert_eq!(image.len(), 1000);
        assert_eq!(version(&image[..HEAD]), Some("12.0.0.1"));
        assert_eq!(version(&image[..20]), None);
        assert_eq!(version(b"something else\n"), None);
    }
}
