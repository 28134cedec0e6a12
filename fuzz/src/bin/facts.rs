//! Any bytes are plain values, or none.
#![no_main]

use dokuwiki::read::Value;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = Value::read(bytes);
});
