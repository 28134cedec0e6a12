//! Notes as their readers see them: lines with what stands around them.

/// The notes of a session, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// The lines that were said or written, in their order.
    pub lines: Vec<Line>,
    /// What belonged to the page and not to the notes, in its order: nothing goes unseen.
    pub left_out: Vec<String>,
}

/// One line of notes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Where it stood: the line of a text, the paragraph of a document. Counted from 1.
    pub number: usize,
    /// What was written, without its bullet.
    pub text: String,
    /// How deep it stands in its list; 0 is outermost.
    pub depth: usize,
    /// A heading and its level, from 1.
    pub heading: Option<usize>,
    /// Whether a bullet, a number or a box stood before it.
    pub marker: Marker,
    /// The headings above it, outermost first.
    pub under: Vec<String>,
    /// Whose notes these are.
    pub note_taker: Option<String>,
    /// Who said it.
    pub speaker: Option<String>,
    /// The place it tells of.
    pub organisation: Option<String>,
    /// The time written before it, as it was written.
    pub said_at: Option<String>,
    /// Where what was said begins in `text`: after the time and the speaker's name.
    pub(crate) begins: usize,
    /// Where it ends: before an attribution.
    pub(crate) ends: usize,
}

/// What stood before a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Marker {
    /// Nothing.
    #[default]
    None,
    /// A bullet or a dash.
    Bullet,
    /// A number or a letter.
    Number,
    /// A box to tick.
    Box,
}

impl Line {
    /// What was said, without the time, the speaker's name and the attribution.
    pub fn said(&self) -> &str {
        self.text
            .get(self.begins..self.ends)
            .unwrap_or(&self.text)
            .trim()
    }

    /// Whose words these are: the speaker's, else the note-taker's.
    pub fn voice(&self) -> Option<&str> {
        self.speaker.as_deref().or(self.note_taker.as_deref())
    }
}
