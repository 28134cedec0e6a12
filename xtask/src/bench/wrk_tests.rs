use super::read;

#[test]
fn what_wrk_measured_is_read() {
    let views = read("Running 8s test\nMEASURED 4210.5 1.250 3.500 0\n");
    let told = views.map(|views| views.to_string());
    assert_eq!(
        told.as_deref(),
        Some("4210/s, p50 1.25 ms, p99 3.50 ms, 0 errors")
    );
}

#[test]
fn silence_is_not_a_figure() {
    assert_eq!(read("unable to connect"), None);
}
