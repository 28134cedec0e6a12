use super::Script;

#[test]
fn a_script_says_how_it_wants_the_server_to_be() {
    let text =
        "// Two people.\n// serve: --demo --quiet\n// settings: sign-up = \"invited\"\nimport x;\n";
    let script = Script::of_text(text);
    assert_eq!(script.arguments, ["--demo", "--quiet"]);
    assert_eq!(script.settings(), "sign-up = \"invited\"");
}

#[test]
fn a_script_that_says_nothing_gets_an_empty_settings_file() {
    assert_eq!(Script::of_text("import x;\n").settings(), "");
}

#[test]
fn a_script_that_reads_mail_gets_a_mail_server() {
    let mut script = Script::of_text("// settings: sign-up = \"open\"\n");
    script.mail_port = 2525;
    assert!(
        script
            .settings()
            .starts_with("sign-up = \"open\"\n[smtp]\nhost = \"127.0.0.1\"\nport = 2525\n")
    );
}
