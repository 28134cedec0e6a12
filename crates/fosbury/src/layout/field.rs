//! Fields of forms: what was sent, what is wrong with it, and how to show both.

/// Something wrong with a field, in words for the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name, which is its id in the page.
    pub field: String,
    /// What to do about it.
    pub words: String,
}

/// All that is wrong with a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors(pub Vec<FieldError>);

impl FieldErrors {
    /// Notes something wrong.
    pub fn add(&mut self, field: &str, words: String) {
        self.0.push(FieldError {
            field: field.to_owned(),
            words,
        });
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is wrong with this field of one item among several: its name and the item's id.
    pub fn of_item(&self, field: &str, item: &str) -> Option<&str> {
        self.of(&format!("{field}{item}"))
    }

    /// What is wrong with this field.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|error| error.field == field)
            .map(|error| error.words.as_str())
    }
}
