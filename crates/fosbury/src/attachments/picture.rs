//! Pictures, drawn anew: what was hidden in the file (where it was taken, whose camera, a script)
//! does not come along.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, ImageResult, Limits};

use super::content::Refusal;
use super::model::Kind;

/// Points of a picture at the most: more would fill the memory of a small machine.
pub const POINTS: u64 = 40_000_000;
/// Points of one side at the most.
const LONGEST_SIDE: u32 = 20_000;
/// Bytes that a picture may take while it is read.
const MEMORY: u64 = 320 * 1024 * 1024;
/// Points across that pages show at the most.
pub const READING_WIDTH: u32 = 1600;
/// How exact JPEGs are, of a hundred.
const QUALITY: u8 = 86;

/// A picture as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// PNG, JPEG or WebP.
    pub kind: Kind,
    /// The file.
    pub bytes: Vec<u8>,
    /// Points across.
    pub width: u32,
    /// Points down.
    pub height: u32,
}

/// Draws a picture anew, and once more no wider than `widest` where it is wider.
///
/// Of a picture that moves the first frame stays.
pub fn redrawn(
    bytes: &[u8],
    format: ImageFormat,
    widest: u32,
) -> Result<(Picture, Option<Picture>), Refusal> {
    let image = decoded(bytes, format)?;
    let kind = kind_of(format, &image);
    let smaller = (image.width() > widest)
        .then(|| image.resize(widest, u32::MAX, FilterType::CatmullRom))
        .map(|image| encoded(&image, kind))
        .transpose()?;
    Ok((encoded(&image, kind)?, smaller))
}

/// Draws a picture anew within a frame.
pub fn within(
    bytes: &[u8],
    format: ImageFormat,
    (width, height): (u32, u32),
) -> Result<Picture, Refusal> {
    let mut image = decoded(bytes, format)?;
    if image.width() > width || image.height() > height {
        image = image.resize(width, height, FilterType::CatmullRom);
    }
    encoded(&image, kind_of(format, &image))
}

fn decoded(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, Refusal> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| why(&error))?;
    let (width, height) = decoder.dimensions();
    // Asked before a single point is drawn.
    if u64::from(width) * u64::from(height) > POINTS {
        return Err(Refusal::TooManyPoints);
    }
    let orientation = decoder.orientation().map_err(|error| why(&error))?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(|error| why(&error))?;
    image.apply_orientation(orientation);
    Ok(plain(image))
}

fn why(error: &image::ImageError) -> Refusal {
    match error {
        image::ImageError::Limits(_) => Refusal::TooManyPoints,
        _ => Refusal::Damaged,
    }
}

/// Eight bits for each colour, see-through only where it was.
fn plain(image: DynamicImage) -> DynamicImage {
    let is_seen_through = image.color().has_alpha();
    match image {
        DynamicImage::ImageLuma8(_) | DynamicImage::ImageRgb8(_) | DynamicImage::ImageRgba8(_) => {
            image
        }
        DynamicImage::ImageLuma16(_) => image.to_luma8().into(),
        _ if is_seen_through => image.to_rgba8().into(),
        _ => image.to_rgb8().into(),
    }
}

/// What a picture is stored as: a photo stays one, a drawing keeps every line.
fn kind_of(format: ImageFormat, image: &DynamicImage) -> Kind {
    match format {
        ImageFormat::WebP if image.color().has_alpha() => Kind::Webp,
        ImageFormat::Jpeg | ImageFormat::WebP => Kind::Jpeg,
        _ => Kind::Png,
    }
}

fn encoded(image: &DynamicImage, kind: Kind) -> Result<Picture, Refusal> {
    let mut bytes = Vec::new();
    write(image, kind, &mut bytes).map_err(|_| Refusal::Damaged)?;
    Ok(Picture {
        kind,
        bytes,
        width: image.width(),
        height: image.height(),
    })
}

fn write(image: &DynamicImage, kind: Kind, out: &mut Vec<u8>) -> ImageResult<()> {
    match kind {
        Kind::Jpeg => image.write_with_encoder(JpegEncoder::new_with_quality(out, QUALITY)),
        Kind::Webp => image.write_with_encoder(WebPEncoder::new_lossless(out)),
        _ => image.write_with_encoder(PngEncoder::new(out)),
    }
}
