use unicode_normalization::UnicodeNormalization;

/// Brings a text into the one form in which texts are kept and compared; doing so twice changes nothing.
///
/// Every line end becomes LF, letters are composed (NFC), NUL goes, spaces at the end of a line go
/// except the two that break a line in Markdown, and nothing blank stands at the end of the text.
#[must_use]
pub fn tidy(text: &str) -> String {
    let text: String = text.chars().filter(|letter| *letter != '\0').collect();
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<String> = text.split('\n').map(tidy_line).collect();
    let mut tidied = lines.join("\n");
    tidied.truncate(tidied.trim_end_matches(['\n', ' ']).len());
    tidied
}

/// The same as one line of plain words: no blank twice, none at either end.
#[must_use]
pub fn one_line(text: &str) -> String {
    tidy(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn tidy_line(line: &str) -> String {
    let words = line.trim_end_matches([' ', '\t']);
    let mut tidied: String = words.nfc().collect();
    if !words.is_empty() && line.ends_with("  ") {
        tidied.push_str("  ");
    }
    tidied
}

#[cfg(test)]
mod tests;
