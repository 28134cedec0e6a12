//! What every reader of English knows: spellings and plain forms. No product's words.

use std::collections::HashMap;
use std::sync::LazyLock;

/// How the department is written once told from the pronoun by its capitals.
pub(crate) const THE_IT_DEPARTMENT: &str = "ict";

/// Letters that Unicode does not take apart but people type plainly.
pub(crate) fn plain_letters(letter: char) -> impl Iterator<Item = char> {
    let plain = match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        _ => return Letters::One(Some(letter)),
    };
    Letters::Many(plain.chars())
}

enum Letters {
    One(Option<char>),
    Many(std::str::Chars<'static>),
}

impl Iterator for Letters {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match self {
            Self::One(letter) => letter.take(),
            Self::Many(letters) => letters.next(),
        }
    }
}

/// "The council's" is about the council; "it's" and "won't" are words of their own.
pub(crate) fn without_possessive(written: &str) -> &str {
    let Some((owner, "s" | "S")) = written.rsplit_once(['\'', '’', 'ʼ']) else {
        return written;
    };
    let pronoun = [
        "it", "that", "what", "who", "there", "here", "he", "she", "let", "how", "where",
    ];
    if pronoun.iter().any(|word| owner.eq_ignore_ascii_case(word)) {
        written
    } else {
        owner
    }
}

/// The form under which a word is compared: British spelling, irregular forms made regular.
pub(crate) fn plain_form(word: &str) -> String {
    let british = british(word);
    match IRREGULAR_FORMS.get(british.as_str()) {
        Some(plain) => (*plain).to_owned(),
        None => british,
    }
}

/// Irregular forms that do not begin like their plain one, each with it.
pub(crate) fn irregular_forms() -> impl Iterator<Item = (&'static str, &'static str)> {
    IRREGULAR.iter().copied()
}

static IRREGULAR_FORMS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| IRREGULAR.into());
static AMERICAN_FORMS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| AMERICAN.into());

fn british(word: &str) -> String {
    if let Some(british) = AMERICAN_FORMS.get(word) {
        return (*british).to_owned();
    }
    if word.contains('z') && !KEEPS_ITS_Z.contains(&word) {
        for (american, british) in AMERICAN_ENDINGS {
            if let Some(start) = word.strip_suffix(american).filter(|start| start.len() >= 3) {
                return format!("{start}{british}");
            }
        }
    }
    word.to_owned()
}

const KEEPS_ITS_Z: [&str; 4] = ["capsize", "capsized", "resize", "resized"];

const AMERICAN_ENDINGS: [(&str, &str); 11] = [
    ("izations", "isations"),
    ("ization", "isation"),
    ("izing", "ising"),
    ("izers", "isers"),
    ("izer", "iser"),
    ("ized", "ised"),
    ("izes", "ises"),
    ("ize", "ise"),
    ("yzing", "ysing"),
    ("yzed", "ysed"),
    ("yze", "yse"),
];

const AMERICAN: [(&str, &str); 52] = [
    ("apologise", "apologise"),
    ("behavior", "behaviour"),
    ("behaviors", "behaviours"),
    ("canceled", "cancelled"),
    ("canceling", "cancelling"),
    ("catalogue", "catalog"),
    ("center", "centre"),
    ("centers", "centres"),
    ("color", "colour"),
    ("colors", "colours"),
    ("defense", "defence"),
    ("dialogue", "dialog"),
    ("endeavor", "endeavour"),
    ("enroll", "enrol"),
    ("enrolled", "enrol"),
    ("favor", "favour"),
    ("favorite", "favourite"),
    ("favorites", "favourites"),
    ("favors", "favours"),
    ("flavor", "flavour"),
    ("fulfill", "fulfil"),
    ("fulfilled", "fulfil"),
    ("gray", "grey"),
    ("harbor", "harbour"),
    ("honor", "honour"),
    ("humor", "humour"),
    ("jewelry", "jewellery"),
    ("judgement", "judgment"),
    ("labeled", "labelled"),
    ("labor", "labour"),
    ("leveled", "levelled"),
    ("licence", "license"),
    ("licences", "licenses"),
    ("meter", "metre"),
    ("modeling", "modelling"),
    ("neighbor", "neighbour"),
    ("neighborhood", "neighbourhood"),
    ("neighbors", "neighbours"),
    ("offense", "offence"),
    ("practise", "practice"),
    ("practised", "practice"),
    ("practises", "practices"),
    ("practising", "practice"),
    ("programme", "program"),
    ("programmed", "program"),
    ("programmes", "programs"),
    ("rumor", "rumour"),
    ("rumors", "rumours"),
    ("skeptical", "sceptical"),
    ("theater", "theatre"),
    ("traveling", "travelling"),
    ("vapor", "vapour"),
];

const IRREGULAR: [(&str, &str); 122] = [
    ("aint", "not"),
    ("arent", "not"),
    ("ate", "eat"),
    ("became", "become"),
    ("been", "be"),
    ("began", "begin"),
    ("begun", "begin"),
    ("best", "good"),
    ("better", "good"),
    ("bought", "buy"),
    ("broke", "break"),
    ("broken", "break"),
    ("brought", "bring"),
    ("built", "build"),
    ("came", "come"),
    ("cannot", "cant"),
    ("caught", "catch"),
    ("children", "child"),
    ("chose", "choose"),
    ("chosen", "choose"),
    ("couldnt", "cant"),
    ("dealt", "deal"),
    ("did", "do"),
    ("didnt", "dont"),
    ("doesnt", "dont"),
    ("done", "do"),
    ("drawn", "draw"),
    ("drew", "draw"),
    ("driven", "drive"),
    ("drove", "drive"),
    ("fallen", "fall"),
    ("fed", "feed"),
    ("fell", "fall"),
    ("felt", "feel"),
    ("fewer", "few"),
    ("forbade", "forbid"),
    ("forbidden", "forbid"),
    ("forgot", "forget"),
    ("forgotten", "forget"),
    ("fought", "fight"),
    ("found", "find"),
    ("froze", "freeze"),
    ("frozen", "freeze"),
    ("gave", "give"),
    ("given", "give"),
    ("goes", "go"),
    ("gone", "go"),
    ("gonna", "going"),
    ("got", "get"),
    ("gotta", "got"),
    ("gotten", "get"),
    ("grew", "grow"),
    ("grown", "grow"),
    ("had", "have"),
    ("has", "have"),
    ("havent", "havent"),
    ("heard", "hear"),
    ("held", "hold"),
    ("hid", "hide"),
    ("hidden", "hide"),
    ("isnt", "not"),
    ("kept", "keep"),
    ("knew", "know"),
    ("known", "know"),
    ("laid", "lay"),
    ("learnt", "learn"),
    ("led", "lead"),
    ("left", "leave"),
    ("lent", "lend"),
    ("lost", "lose"),
    ("made", "make"),
    ("meant", "mean"),
    ("men", "man"),
    ("met", "meet"),
    ("mice", "mouse"),
    ("paid", "pay"),
    ("people", "person"),
    ("peoples", "person"),
    ("ppl", "person"),
    ("proven", "prove"),
    ("ran", "run"),
    ("rang", "ring"),
    ("rung", "ring"),
    ("said", "say"),
    ("sat", "sit"),
    ("saw", "see"),
    ("seen", "see"),
    ("sent", "send"),
    ("shook", "shake"),
    ("shown", "show"),
    ("shut", "shut"),
    ("slept", "sleep"),
    ("slower", "slow"),
    ("sold", "sell"),
    ("sought", "seek"),
    ("spent", "spend"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("stole", "steal"),
    ("stolen", "steal"),
    ("stood", "stand"),
    ("stuck", "stick"),
    ("taken", "take"),
    ("taught", "teach"),
    ("thought", "think"),
    ("threw", "throw"),
    ("thrown", "throw"),
    ("told", "tell"),
    ("took", "take"),
    ("understood", "understand"),
    ("wanna", "want"),
    ("wasnt", "not"),
    ("went", "go"),
    ("werent", "not"),
    ("woken", "wake"),
    ("women", "woman"),
    ("won", "win"),
    ("worse", "bad"),
    ("worst", "bad"),
    ("wouldnt", "wont"),
    ("written", "write"),
    ("wrote", "write"),
];

#[cfg(test)]
mod tests;
