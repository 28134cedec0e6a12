//! The fields of a form as a browser would send them, read from its page.

/// The fields of the form whose address ends so, encoded; `None` when there is no such form.
///
/// Knows what our own pages write: quoted attributes, `input`, `textarea`, `select`. Of the
/// buttons the first named one is pressed.
pub fn fields(page: &str, action_ends: &str) -> Option<(String, Vec<(String, String)>)> {
    let (action, form) = page.split("<form").skip(1).find_map(|form| {
        let form = form.split("</form>").next()?;
        let action = attribute(form.split('>').next()?, "action")?;
        action.ends_with(action_ends).then_some((action, form))
    })?;
    let mut fields = Vec::new();
    let mut is_pressed = false;
    for (at, _) in form.match_indices('<') {
        let rest = &form[at + 1..];
        let Some((tag, after)) = rest.split_once('>') else {
            continue;
        };
        let Some(name) = attribute(tag, "name") else {
            continue;
        };
        let value = attribute(tag, "value").unwrap_or_default();
        match tag.split([' ', '\n']).next() {
            Some("input") if is_sent(tag) => fields.push((name, value)),
            Some("textarea") => fields.push((name, text_of(after))),
            Some("select") => fields.push((name, chosen(after))),
            Some("button") if !is_pressed => {
                is_pressed = true;
                fields.push((name, value));
            }
            _ => {}
        }
    }
    Some((action, fields))
}

/// `a=b&c=d`, with everything but letters and digits escaped.
pub fn encoded(fields: &[(String, String)]) -> String {
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
        .collect();
    pairs.join("&")
}

fn escaped(text: &str) -> String {
    let escape = |byte: u8| match byte {
        plain if plain.is_ascii_alphanumeric() => char::from(plain).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(escape).collect()
}

fn is_sent(tag: &str) -> bool {
    let is_box = tag.contains("type=\"checkbox\"") || tag.contains("type=\"radio\"");
    !is_box || tag.contains(" checked")
}

fn text_of(after: &str) -> String {
    let text = after.split("</textarea").next().unwrap_or_default();
    decoded(text.strip_prefix('\n').unwrap_or(text))
}

fn chosen(after: &str) -> String {
    let options = after.split("</select").next().unwrap_or_default();
    let tags = || {
        options
            .split("<option")
            .skip(1)
            .filter_map(|it| it.split('>').next())
    };
    let chosen = tags()
        .find(|tag| tag.contains(" selected"))
        .or_else(|| tags().next());
    chosen
        .and_then(|tag| attribute(tag, "value"))
        .unwrap_or_default()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split_once(&format!(" {name}=\""))?.1;
    value.split_once('"').map(|(value, _)| decoded(value))
}

fn decoded(text: &str) -> String {
    let known = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ];
    known
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;
