use super::link_in;

const BASE: &str = "http://127.0.0.1:8080/";

#[test]
fn the_address_alone_is_no_link() {
    assert_eq!(link_in("http://127.0.0.1:8080/", BASE), None);
    assert_eq!(link_in("http://127.0.0.1:8080", BASE), None);
}

#[test]
fn the_owner_link_is_found_inside_punctuation() {
    let link = link_in("<http://127.0.0.1:8080/owner/a1B2>.", BASE);
    assert_eq!(link.as_deref(), Some("http://127.0.0.1:8080/owner/a1B2"));
}
