//! What was taken away is read without us.

use std::path::Path;

use fosbury::interchange::files;

use crate::elsewhere::{exported, exports};
use crate::taking_away::{TITLE, files_in, is_lived_in};
use crate::world::{World, both};

both!(an_export_is_read_without_us,);

async fn an_export_is_read_without_us(world: World) {
    let address = is_lived_in(&world).await;
    let folder = tempfile::tempdir().unwrap();
    let export = folder.path().join("export");
    let app = world.app();
    let manifest = exports(&app.db, &app.settings, &export).await;
    let everything = files_in(&export);
    let mut pages = 0;
    for (name, bytes) in &everything {
        if Path::new(name).extension().is_none_or(|kind| kind != "md") {
            continue;
        }
        let front = front(&String::from_utf8_lossy(bytes));
        let number = front["number"].as_integer().unwrap();
        assert!(name.contains(&format!("/{number}")), "{name}");
        let page = front["page"].as_table().unwrap();
        for fact in ["address", "licence", "credit", "state", "saved_by"] {
            assert!(page[fact].as_str().is_some(), "{name}: {fact}");
        }
        pages += 1;
    }
    let live = "SELECT count(*) FROM record WHERE state = 'live'";
    assert!(pages >= world.number(live).await, "{pages} pages");
    let own = &everything[&format!("{}.md", address.trim_start_matches('/'))];
    let own = String::from_utf8_lossy(own);
    assert_eq!(front(&own)["title"].as_str(), Some(TITLE));
    assert!(own.contains("Line two with a tab\tand 'quotes'"), "{own}");
    for table in manifest.tables.iter().filter(|table| table.rows > 0) {
        let path = export.join(format!("tables/{}.jsonl", table.name));
        assert_eq!(files::hash_of(&path).unwrap(), table.sha256);
        let lines = everything[&format!("tables/{}.jsonl", table.name)].split(|b| *b == b'\n');
        assert_eq!(lines.count() as u64, table.rows + 1, "{}", table.name);
    }
    let readme = String::from_utf8_lossy(&everything["README.txt"]);
    assert!(
        !readme.contains('{') && readme.contains("CC BY 4.0"),
        "{readme}"
    );
    let again = exported(&app.db, &app.settings, &export).await;
    let sentence = again.unwrap_err().to_string();
    assert!(sentence.contains("is not empty"), "{sentence}");
    assert_eq!(files_in(&export), everything);
}

/// What a page's file says before its words.
fn front(text: &str) -> toml::Table {
    let (_, rest) = text.split_once("+++\n").unwrap();
    let (front, _) = rest.split_once("\n+++\n").unwrap();
    toml::from_str(front).unwrap_or_else(|error| panic!("{error} in {front}"))
}
