//! What a page says of itself above its text: YAML between `---`, or TOML between `+++`.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser};

/// Bytes of it at the most.
const LONGEST: usize = 64 << 10;

/// What a page says of itself: words by name, each one word or a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts(pub BTreeMap<String, Vec<String>>);

impl Facts {
    /// Splits a text into what it says of itself and its words. Nothing is taken away that cannot be
    /// read.
    #[must_use]
    pub fn split(text: &str) -> (Self, &str) {
        for (sign, is_yaml) in [("---", true), ("+++", false)] {
            let Some(inside) = text.strip_prefix(sign) else {
                continue;
            };
            let Some(inside) = inside
                .trim_start_matches([' ', '\t', '\r'])
                .strip_prefix('\n')
            else {
                continue;
            };
            let mut at = 0;
            for line in inside.split_inclusive('\n') {
                if at > LONGEST {
                    break;
                }
                let bare = line.trim_end();
                if bare == sign || (is_yaml && bare == "...") {
                    let facts = if is_yaml {
                        yaml(&inside[..at])
                    } else {
                        toml(&inside[..at])
                    };
                    return match facts {
                        Some(facts) => (Self(facts), &inside[at + line.len()..]),
                        None => (Self::default(), text),
                    };
                }
                at += line.len();
            }
        }
        (Self::default(), text)
    }

    /// The first word of a name that is told by one of these names.
    #[must_use]
    pub fn one(&self, names: &[&str]) -> &str {
        let found = names.iter().find_map(|name| self.0.get(*name)?.first());
        found.map_or("", |words| words.trim())
    }

    /// All words that are told by one of these names; a line of words is parted at its commas.
    #[must_use]
    pub fn all(&self, names: &[&str]) -> Vec<String> {
        let mut all = Vec::new();
        for list in names.iter().filter_map(|name| self.0.get(*name)) {
            let parted = list.iter().flat_map(|words| words.split(','));
            let words = parted.map(|words| words.trim().trim_start_matches('#').to_owned());
            all.extend(words.filter(|words| !words.is_empty()));
        }
        all
    }
}

/// Names and words of the first level; what is deeper is passed over, and nothing is repeated.
fn yaml(words: &str) -> Option<BTreeMap<String, Vec<String>>> {
    let mut facts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (mut depth, mut name): (usize, Option<String>) = (0, None);
    for event in Parser::new_from_str(words) {
        let (event, _) = event.ok()?;
        match event {
            Event::MappingStart(..) if depth == 0 => depth = 1,
            Event::MappingStart(..) => depth += 2,
            Event::SequenceStart(..) if depth == 0 => return None,
            Event::SequenceStart(..) => depth += 1,
            Event::MappingEnd => depth = depth.saturating_sub(if depth > 1 { 2 } else { 1 }),
            Event::SequenceEnd => depth = depth.saturating_sub(1),
            Event::Scalar(words, ..) if depth == 1 && name.is_none() => {
                let words = words.to_lowercase();
                facts.entry(words.clone()).or_default();
                name = Some(words);
                continue;
            }
            Event::Scalar(words, ..) if depth <= 2 => {
                if let Some(list) = name.as_ref().and_then(|name| facts.get_mut(name)) {
                    list.push(words.into_owned());
                }
            }
            Event::Scalar(..) if depth == 0 => return None,
            _ => {}
        }
        if depth == 1 {
            name = None;
        }
    }
    // A rule between two paragraphs is no head.
    (!facts.is_empty() || words.trim().is_empty()).then_some(facts)
}

fn toml(words: &str) -> Option<BTreeMap<String, Vec<String>>> {
    let table: toml::Table = words.parse().ok()?;
    let word = |value: &toml::Value| match value {
        toml::Value::String(words) => Some(words.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Float(number) => Some(number.to_string()),
        toml::Value::Boolean(is_so) => Some(is_so.to_string()),
        toml::Value::Datetime(at) => Some(at.to_string()),
        toml::Value::Array(_) | toml::Value::Table(_) => None,
    };
    let mut facts = BTreeMap::new();
    for (name, value) in &table {
        // Zola keeps its lists of tags one level deeper.
        if let ("taxonomies", toml::Value::Table(deeper)) = (name.as_str(), value) {
            for (name, value) in deeper {
                let all = value.as_array().into_iter().flatten().filter_map(word);
                facts.insert(name.to_lowercase(), all.collect());
            }
            continue;
        }
        let all = match value {
            toml::Value::Array(all) => all.iter().filter_map(word).collect(),
            one => word(one).into_iter().collect(),
        };
        facts.insert(name.to_lowercase(), all);
    }
    Some(facts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_heads_say_the_same() {
        let yaml = "---\ntitle: \"A: b\"\ntags: [one, 'two words']\naliases:\n  - Old name\nnested:\n  deep: [x]\n---\nText.";
        let toml = "+++\ntitle = \"A: b\"\naliases = [\"Old name\"]\n[taxonomies]\ntags = [\"one\", \"two words\"]\n+++\nText.";
        for text in [yaml, toml] {
            let (facts, rest) = Facts::split(text);
            assert_eq!(facts.one(&["title"]), "A: b");
            assert_eq!(facts.all(&["tags"]), ["one", "two words"]);
            assert_eq!(facts.all(&["aliases"]), ["Old name"]);
            assert_eq!(rest, "Text.");
        }
    }

    #[test]
    fn what_is_no_head_stays() {
        for text in [
            "---\nA paragraph.\n---\n",
            "---\nopen",
            "--- x\n---\n",
            "---\n- a\n---\nb",
        ] {
            assert_eq!(Facts::split(text), (Facts::default(), text), "{text:?}");
        }
        let bomb = format!("---\na: &a [x, x]\nb: {}\n---\nText.", "[".repeat(10_000));
        assert_eq!(Facts::split(&bomb).0, Facts::default());
    }
}
