//! Where to go next, within this site only.

/// The address to go on to, rebuilt from its parts; anything that could leave the site is `/`.
pub fn safe_next(asked: &str) -> String {
    let Ok(base) = url::Url::parse("http://here.invalid/") else {
        return "/".to_owned();
    };
    let is_plain = asked.starts_with('/')
        && !asked.contains(['\\', '\0'])
        && !asked
            .chars()
            .any(|c| c.is_ascii_control() || c.is_whitespace());
    match base.join(asked) {
        Ok(url)
            if is_plain
                && url.host_str() == Some("here.invalid")
                && !url.path().starts_with("//") =>
        {
            url.query().map_or_else(
                || url.path().to_owned(),
                |query| format!("{}?{query}", url.path()),
            )
        }
        _ => "/".to_owned(),
    }
}
