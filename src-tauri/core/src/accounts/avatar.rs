//! ACC-21: from an uploaded picture to an avatar. The picture is decoded and drawn anew, so that nothing of the
//! file itself, least of all where and with what it was taken, is kept.

use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// Bytes of the file.
pub const FILE_LIMIT: u64 = 5 * 1024 * 1024;
/// Pixels a side of the picture.
const SIDE_LIMIT: u32 = 4_096;
/// Pixels a side of the avatar.
const SIDE: u32 = 256;
/// A picture of the largest size with 16 bits a channel takes 128 MiB, and once more while it is being turned.
const MEMORY_LIMIT: u64 = 320 * 1024 * 1024;

fn refusal(error: ImageError) -> Problem {
    match error {
        ImageError::Limits(_) => Problem::new(ErrorCode::PictureTooLarge),
        _ => Problem::new(ErrorCode::PictureUnreadable),
    }
}

/// The picture cropped to its square middle, 256 pixels a side, as PNG. Takes time; call it off the threads that
/// answer calls.
///
/// # Errors
/// `picture.unreadable` for anything but a whole PNG, JPEG or WebP; `picture.too-large`
pub fn make(bytes: &[u8]) -> Outcome<Vec<u8>> {
    if bytes.len() as u64 > FILE_LIMIT {
        return Err(ErrorCode::PictureTooLarge.into());
    }
    let format = image::guess_format(bytes).map_err(refusal)?;
    if !matches!(format, ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP) {
        return Err(ErrorCode::PictureUnreadable.into());
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_LIMIT);
    limits.max_image_height = Some(SIDE_LIMIT);
    limits.max_alloc = Some(MEMORY_LIMIT);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(ErrorCode::PictureUnreadable.into());
    }
    if width > SIDE_LIMIT || height > SIDE_LIMIT {
        return Err(ErrorCode::PictureTooLarge.into());
    }
    // A telephone stores which way up it was held instead of turning the picture.
    let orientation = decoder.orientation().map_err(refusal)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    picture.apply_orientation(orientation);
    let side = width.min(height);
    let (left, top) = ((picture.width() - side) / 2, (picture.height() - side) / 2);
    let square = picture
        .crop_imm(left, top, side, side)
        .resize_exact(SIDE, SIDE, FilterType::CatmullRom);
    let mut png = Vec::new();
    DynamicImage::ImageRgba8(square.to_rgba8())
        .write_to(&mut Cursor::new(&mut png), ImageFormat::Png)
        .map_err(Problem::internal)?;
    Ok(png)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgba, RgbaImage};
    use proptest::prelude::*;

    fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Vec::new();
        let picture = RgbaImage::from_fn(width, height, |x, y| {
            Rgba([(x % 256) as u8, (y % 256) as u8, 90, 255])
        });
        let picture = DynamicImage::ImageRgba8(picture);
        let picture = if format == ImageFormat::Jpeg {
            DynamicImage::ImageRgb8(picture.to_rgb8())
        } else {
            picture
        };
        picture
            .write_to(&mut Cursor::new(&mut bytes), format)
            .expect("encodes");
        bytes
    }

    /// ACC-21: each of the three formats becomes a square PNG of 256 pixels.
    #[test]
    fn three_formats_are_read() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let avatar = make(&picture(300, 120, format)).expect("a picture");
            let read = image::load_from_memory_with_format(&avatar, ImageFormat::Png).expect("a PNG");
            assert_eq!((read.width(), read.height()), (256, 256));
        }
    }

    /// ACC-21: nothing of the file's metadata is kept.
    #[test]
    fn metadata_is_left_behind() {
        let mut bytes = picture(40, 40, ImageFormat::Png);
        // A text chunk before the end chunk, with its checksum.
        let mut body = b"tEXtComment\0taken at the pier".to_vec();
        let checksum = crc(&body);
        let mut chunk = u32::try_from(body.len() - 4)
            .expect("short")
            .to_be_bytes()
            .to_vec();
        chunk.append(&mut body);
        chunk.extend(checksum.to_be_bytes());
        let end = bytes.len() - 12;
        bytes.splice(end..end, chunk);
        let avatar = make(&bytes).expect("a picture");
        assert!(!avatar.windows(4).any(|part| part == b"pier"));
    }

    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |value, byte| {
            (0..8).fold(value ^ u32::from(*byte), |value, _| {
                if value & 1 == 1 {
                    value >> 1 ^ 0xedb8_8320
                } else {
                    value >> 1
                }
            })
        })
    }

    fn code(bytes: &[u8]) -> ErrorCode {
        make(bytes).expect_err("no avatar").code
    }

    /// ACC-21, SEC-04: what is too large or no picture is refused, and said to be so.
    #[test]
    fn refusals() {
        assert_eq!(code(b"<svg/>"), ErrorCode::PictureUnreadable);
        assert_eq!(code(b""), ErrorCode::PictureUnreadable);
        assert_eq!(
            code(b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
            ErrorCode::PictureUnreadable
        );
        assert_eq!(code(&vec![0; 5 * 1024 * 1024 + 1]), ErrorCode::PictureTooLarge);
        assert_eq!(
            code(&picture(4_097, 2, ImageFormat::Png)),
            ErrorCode::PictureTooLarge
        );
        assert!(make(&picture(4_096, 2, ImageFormat::Png)).is_ok());
        let whole = picture(64, 64, ImageFormat::Jpeg);
        assert_eq!(code(&whole[..20]), ErrorCode::PictureUnreadable);
        // A head that claims a picture of four thousand million pixels.
        let mut bomb = picture(2, 2, ImageFormat::Png);
        bomb[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
        assert!(matches!(
            code(&bomb),
            ErrorCode::PictureTooLarge | ErrorCode::PictureUnreadable
        ));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        /// SEC-04: no file makes the decoder fall over.
        #[test]
        fn altered_files_are_harmless(format in 0_usize..3, place in any::<prop::sample::Index>(), value in any::<u8>()) {
            let mut bytes = picture(16, 16, [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP][format]);
            let place = place.index(bytes.len());
            bytes[place] = value;
            if let Ok(avatar) = make(&bytes) {
                prop_assert!(image::load_from_memory(&avatar).is_ok());
            }
        }
    }
}
