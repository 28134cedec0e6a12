//! What somebody wrote themselves in an answer: without what they answer to, and without the lines
//! that their program puts below everything.

/// Words with which programs begin what is quoted below an answer.
const BEGINS_QUOTATION: [&str; 6] = [
    "-----original message-----",
    "----- original message -----",
    "-------- original message --------",
    "-----forwarded message-----",
    "---------- forwarded message",
    "begin forwarded message:",
];

/// The words above the quotation and the signature. A line that holds the mark ends them: the letter
/// that is answered begins with it.
pub fn own_words(text: &str, mark: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut kept: Vec<&str> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let bare = line.trim_start_matches(['>', ' ', '\t']).trim_end();
        let is_marked = !mark.is_empty() && bare.contains(mark);
        if is_marked || is_signature(line) || ends_words(&lines, at) {
            break;
        }
        if !line.trim_start().starts_with('>') {
            kept.push(line);
        }
    }
    while kept.last().is_some_and(|line| is_announcement(line.trim())) {
        kept.pop();
    }
    kept.join("\n").trim().to_owned()
}

fn is_signature(line: &str) -> bool {
    let line = line.trim_end();
    line == "--" || line.starts_with("Sent from my ") || line.starts_with("Get Outlook for ")
}

/// Whether what is quoted begins in this line.
fn ends_words(lines: &[&str], at: usize) -> bool {
    let line = lines.get(at).copied().unwrap_or_default().trim();
    let small = line.to_lowercase();
    if BEGINS_QUOTATION
        .iter()
        .any(|words| small.starts_with(words))
    {
        return true;
    }
    let is_rule = line.len() >= 20 && line.bytes().all(|byte| byte == b'_');
    let next = |ahead: usize| lines.get(at + ahead).copied().unwrap_or_default().trim();
    let is_header = |line: &str| line.starts_with("From:") || line.starts_with("*From:*");
    if is_rule && (1..3).any(|ahead| is_header(next(ahead))) {
        return true;
    }
    // The four lines that Outlook puts above what is answered.
    if is_header(line) {
        let heads = ["Sent:", "*Sent:*", "Date:", "*Date:*", "To:", "*To:*"];
        return (1..4).any(|ahead| heads.iter().any(|head| next(ahead).starts_with(head)));
    }
    // "On Monday, Kit wrote:", on one line or on two, above what is quoted.
    if line.starts_with("On ") {
        let is_whole = is_announcement(line);
        let is_broken = is_announcement(next(1)) && !next(1).starts_with("On ");
        return is_whole && is_quoted(lines, at + 1) || is_broken && is_quoted(lines, at + 2);
    }
    false
}

fn is_announcement(line: &str) -> bool {
    line.ends_with("wrote:")
}

/// Whether the next line that says something is quoted, or nothing follows.
fn is_quoted(lines: &[&str], from: usize) -> bool {
    let rest = lines.get(from..).unwrap_or_default();
    let next = rest.iter().find(|line| !line.trim().is_empty());
    next.is_none_or(|line| line.trim_start().starts_with('>'))
}

#[cfg(test)]
mod tests {
    use super::own_words;

    const MARK: &str = "write above this line";

    #[test]
    fn what_is_quoted_below_an_answer_is_left_out() {
        for below in [
            "On Mon, 3 May 2026 at 10:11, Fosbury <h@x.example> wrote:\n> Kit said:\n> hello",
            "On Mon, 3 May 2026 at 10:11, Fosbury\n<h@x.example> wrote:\n\n> Kit said:",
            "-----Original Message-----\nFrom: Fosbury\n\nKit said",
            "________________________________\nFrom: Fosbury <h@x.example>\nSent: Monday",
            "From: Fosbury\nSent: 03 May 2026\nTo: Tom\nSubject: x\n\nKit said",
            "--- write above this line ---\nKit said",
            "> --- write above this line ---\n> Kit said",
            "-- \nTom Ashe\nNorthshire",
            "--\nTom Ashe",
            "Sent from my telephone",
        ] {
            let text = format!("Yes, on Friday.\n\nOn it, Tom\n\n{below}");
            assert_eq!(
                own_words(&text, MARK),
                "Yes, on Friday.\n\nOn it, Tom",
                "{below}"
            );
        }
    }

    #[test]
    fn words_that_only_look_like_quoting_are_kept() {
        for words in [
            "On Monday I asked.\nThey said no.",
            "From: the bus station\nwalk north",
            "-- is how we write it",
            "He wrote: nothing",
        ] {
            assert_eq!(own_words(words, MARK), words);
        }
    }

    #[test]
    fn answers_between_quoted_lines_are_kept() {
        let text = "> Is it done?\nYes.\n> And the other?\nNot yet.";
        assert_eq!(own_words(text, MARK), "Yes.\nNot yet.");
        assert_eq!(own_words("> only what was said", MARK), "");
    }
}
