use super::{encoded, fields};

const PAGE: &str = r#"<form action="/search"><input name="q"></form>
<form method="post" action="/hurdles/7/revisions">
<input type="hidden" name="base" value="4">
<input type="checkbox" name="minor" value="1"><input type="checkbox" name="open" value="1" checked>
<select id="h" name="heading"><option value="a">A</option><option value="b" selected>B</option></select>
<textarea name="problem" rows="6">
a &lt; b &amp;amp;</textarea>
<button name="do" value="save">Save</button> <button name="do" value="preview">Preview</button>
</form>"#;

#[test]
fn a_form_is_sent_as_it_stands() {
    let (action, fields) = fields(PAGE, "/revisions").unwrap_or_default();
    assert_eq!(action, "/hurdles/7/revisions");
    let told: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    assert_eq!(
        told,
        [
            "base=4",
            "open=1",
            "heading=b",
            "problem=a < b &amp;",
            "do=save"
        ]
    );
}

#[test]
fn a_form_that_is_not_there_is_none() {
    assert_eq!(fields(PAGE, "/delete"), None);
}

#[test]
fn everything_but_letters_and_digits_is_escaped() {
    assert_eq!(encoded(&[("a b".into(), "ŵ&".into())]), "a%20b=%C5%B5%26");
}
