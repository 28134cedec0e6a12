//! Who might read what, who wrote, and the wiki's own settings: `conf/`.

use std::collections::BTreeMap;

/// Somebody who had a login.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct User {
    /// As shown.
    pub name: String,
    /// Their mail address.
    pub mail: String,
}

/// Users by login; hashes of passwords are not read.
#[must_use]
pub fn users(file: &str) -> BTreeMap<String, User> {
    let lines = file
        .lines()
        .filter(|line| !line.trim_start().starts_with(['#', '<']));
    let users = lines.filter_map(|line| {
        let fields = fields(line);
        let [login, _, name, mail, ..] = fields.as_slice() else {
            return None;
        };
        let user = User {
            name: name.clone(),
            mail: mail.clone(),
        };
        (!login.is_empty()).then(|| (login.clone(), user))
    });
    users.collect()
}

/// Between colons, `\:` being a colon.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut letters = line.trim().chars();
    while let Some(letter) = letters.next() {
        match (letter, fields.last_mut()) {
            (':', _) => fields.push(String::new()),
            ('\\', Some(field)) => field.extend(letters.next()),
            (other, Some(field)) => field.push(other),
            (_, None) => {}
        }
    }
    fields
}

/// Whether everybody might read a page, and if not, who might.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// The groups and logins that might read it, as the wiki called them.
    pub to: Vec<String>,
}

/// The rules of who may do what.
#[derive(Clone, Debug, Default)]
pub struct Rules(Vec<(String, String, i64)>);

impl Rules {
    /// Reads `acl.auth.php`.
    #[must_use]
    pub fn read(file: &str) -> Self {
        let lines = file
            .lines()
            .filter(|line| !line.trim_start().starts_with(['#', '<']));
        let rules = lines.filter_map(|line| {
            let mut words = line.split('#').next()?.split_whitespace();
            let (scope, who, level) = (words.next()?, words.next()?, words.next()?);
            Some((scope.to_owned(), percent(who), level.parse().ok()?))
        });
        Self(rules.collect())
    }

    /// Whether a page was closed to the public: the nearest rule for everybody decides.
    #[must_use]
    pub fn closed(&self, id: &str) -> Option<Closed> {
        if self.0.is_empty() {
            return None;
        }
        let mut scopes = vec![id.to_owned()];
        let mut space = crate::id::namespace(id);
        while !space.is_empty() {
            scopes.push(format!("{space}:*"));
            space = crate::id::namespace(space);
        }
        scopes.push("*".to_owned());
        let mut readers = Vec::new();
        for scope in scopes {
            let here = self.0.iter().filter(|(own, _, _)| *own == scope);
            for (_, who, level) in here {
                match (who.as_str(), level) {
                    ("@ALL", 1..) => return None,
                    ("@ALL", _) => {
                        return Some(Closed {
                            to: readers_of(&self.0, &scope),
                        });
                    }
                    (who, 1..) => readers.push(who.to_owned()),
                    _ => {}
                }
            }
        }
        readers.dedup();
        Some(Closed { to: readers })
    }
}

fn readers_of(rules: &[(String, String, i64)], scope: &str) -> Vec<String> {
    let here = rules
        .iter()
        .filter(|(own, who, level)| own == scope && who != "@ALL" && *level > 0);
    here.map(|(_, who, _)| who.clone()).collect()
}

fn percent(who: &str) -> String {
    crate::id::of_path(who).unwrap_or_else(|| who.to_owned())
}

/// What the wiki said of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Its title.
    pub title: String,
    /// Its licence's short name: `cc-by-nc-sa`.
    pub licence: String,
    /// Whether rights were asked: where nothing is said, rules that are there count.
    pub has_rights: bool,
    /// `dw`, or another syntax such as `md`.
    pub syntax: String,
}

impl Settings {
    /// Reads `local.php` as words: nothing of it is run.
    #[must_use]
    pub fn read(file: &str) -> Self {
        Self {
            title: said(file, "title").unwrap_or_default(),
            licence: said(file, "license").unwrap_or_default(),
            has_rights: said(file, "useacl").is_none_or(|value| value != "0"),
            syntax: said(file, "syntax").unwrap_or_else(|| "dw".to_owned()),
        }
    }
}

fn said(file: &str, key: &str) -> Option<String> {
    let at = ["'", "\""].iter().find_map(|quote| {
        let named = format!("$conf[{quote}{key}{quote}]");
        file.rfind(&named).map(|at| at + named.len())
    })?;
    let value = file[at..].trim_start().strip_prefix('=')?.trim_start();
    let quote = value
        .chars()
        .next()
        .filter(|first| matches!(first, '\'' | '"'));
    let Some(quote) = quote else {
        return Some(value.split(';').next()?.trim().to_owned());
    };
    let mut words = String::new();
    let mut letters = value[1..].chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => words.extend(letters.next()),
            _ if letter == quote => return Some(words),
            _ => words.push(letter),
        }
    }
    None
}
