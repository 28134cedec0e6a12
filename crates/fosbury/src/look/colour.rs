//! Colours, and whether they can be told apart: WCAG 2.2, "relative luminance" and "contrast ratio".

/// The page in the light scheme; a test holds it to the style sheet's.
pub const LIGHT: Colour = Colour(0xff, 0xfd, 0xf8);
/// The page in the dark scheme.
pub const DARK: Colour = Colour(0x10, 0x17, 0x2a);
/// What level AA asks of parts of the interface that are not words (1.4.11). No words ever stand on
/// the accent.
pub const ENOUGH: f64 = 3.0;

/// Red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// A colour written `#ffb703`.
    pub fn parse(words: &str) -> Option<Self> {
        let digits = words.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Self(part(0)?, part(2)?, part(4)?))
    }

    /// As it is written.
    pub fn written(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// How bright it is: 0 for black, 1 for white.
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// How well it stands out against another: from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// Whether it stands out in both schemes.
    pub fn is_seen(self) -> bool {
        self.contrast(LIGHT) >= ENOUGH && self.contrast(DARK) >= ENOUGH
    }

    /// The nearest of its kind that stands out in both schemes: darker, or lighter.
    #[must_use]
    pub fn seen(self) -> Self {
        let towards = |target: u8, step: u16| {
            let part = |own: u8| {
                let mixed = (u16::from(own) * (100 - step) + u16::from(target) * step) / 100;
                u8::try_from(mixed).unwrap_or(target)
            };
            Self(part(self.0), part(self.1), part(self.2))
        };
        let target = if self.contrast(LIGHT) < ENOUGH {
            0
        } else {
            255
        };
        let mut shades = (0..=100).map(|step| towards(target, step));
        shades.find(|one| one.is_seen()).unwrap_or(self)
    }
}

/// A contrast in words of figures: `4.6 : 1`. Cut, so that what is not enough never looks enough.
pub fn ratio(contrast: f64) -> String {
    format!("{:.1} : 1", (contrast * 10.0).floor() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::{Colour, DARK, LIGHT, ratio};

    #[test]
    fn contrast_is_what_wcag_says() {
        let (black, white) = (Colour(0, 0, 0), Colour(255, 255, 255));
        assert_eq!(ratio(black.contrast(white)), "21.0 : 1");
        assert_eq!(ratio(white.contrast(white)), "1.0 : 1");
        // Known pairs: #767676 is the lightest grey that words on white may have.
        let grey = Colour::parse("#767676").unwrap();
        assert_eq!(ratio(grey.contrast(white)), "4.5 : 1");
        assert_eq!(ratio(Colour(0x77, 0x77, 0x77).contrast(white)), "4.4 : 1");
    }

    #[test]
    fn the_pages_are_those_of_the_style_sheet() {
        let css = include_str!("../layout/fosbury.css");
        let papers: Vec<&str> = css
            .lines()
            .filter_map(|line| line.trim().strip_prefix("--paper: "))
            .map(|value| value.trim_end_matches(';'))
            .collect();
        assert_eq!(papers[..2], [LIGHT.written(), DARK.written()]);
    }

    #[test]
    fn every_colour_has_a_near_one_that_is_seen() {
        for red in (0..=255).step_by(51) {
            for green in (0..=255).step_by(51) {
                for blue in (0..=255).step_by(51) {
                    let colour = Colour(red, green, blue);
                    assert!(colour.seen().is_seen(), "{colour:?}");
                    assert!(!colour.is_seen() || colour.seen() == colour, "{colour:?}");
                }
            }
        }
    }

    #[test]
    fn only_colours_are_colours() {
        for wrong in [
            "", "red", "#fff", "#ffb70", "#ffb7033", "#ffb70g", "ffb703", "#é5b70",
        ] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Colour::parse("#FFB703").unwrap().written(), "#ffb703");
    }
}
