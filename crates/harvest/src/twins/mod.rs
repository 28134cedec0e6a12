//! Which lines say the same in other words, and which records they may be.
//!
//! Two measures, each from 0 to 1, are added: how much of what a line is about the other text covers
//! (BM25 over stems), and how alike their letters are (cosine of three-letter pieces), which sees
//! through endings, compounds and slips of the pen.

mod groups;
mod letters;
mod register;

pub(crate) use groups::groups;
pub use register::{Entry, Register};

/// Words that mean the same in a council: the first stands for all.
const SAME: &[&[&str]] = &[
    &["show", "demonstrate", "prove"],
    &["danger", "risk"],
    &["executive", "exec"],
    &["manager", "mgr", "boss"],
    &["supplier", "vendor", "contractor"],
    &["officer", "staff", "employee", "worker"],
    &["train", "teach"],
    &["councillor", "member", "cllr"],
    &["objective", "priority", "aim"],
    &["communications", "comms"],
    &["department", "dept"],
    &["kid", "child", "children"],
    &["forbid", "ban", "block", "bar"],
    &["village", "rural"],
    &["signal", "coverage"],
    &["expensive", "cost", "dear", "price", "fortune"],
    &["policy", "rule", "code"],
    &["record", "log"],
    &["switch", "disable", "enable"],
    &["lawyer", "legal", "solicitor"],
    &["fear", "afraid", "worry", "scared", "frightened", "nervous"],
    &["phone", "telephone", "ring"],
    &["resident", "citizen", "tenant"],
    &["wait", "delay", "slow"],
    &["allowed", "permitted", "permission"],
    &["persistent", "persistence"],
    &["computer", "pc", "laptop", "desktop"],
    &["measure", "baseline"],
    &["reply", "answer", "respond"],
    &["money", "budget", "fund"],
    &["meeting", "mtg"],
];

/// What a text is about, with words of one meaning made one.
fn meant(text: &str) -> Vec<String> {
    static MEANING: std::sync::LazyLock<std::collections::HashMap<String, String>> =
        std::sync::LazyLock::new(|| {
            SAME.iter()
                .flat_map(|group| group.iter().map(|word| (word, group[0])))
                .map(|(word, one)| (crate::words::stem(word), crate::words::stem(one)))
                .collect()
        });
    crate::words::topics(text)
        .into_iter()
        .map(|stem| MEANING.get(&stem).cloned().unwrap_or(stem))
        .collect()
}
