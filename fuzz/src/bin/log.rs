//! Any lines are a log, in order.
#![no_main]

use dokuwiki::read::changes;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|log: &str| {
    let (rows, unread) = changes(log);
    assert!(rows.len() + unread <= log.lines().count());
    assert!(rows.is_sorted_by_key(|row| row.at));
});
