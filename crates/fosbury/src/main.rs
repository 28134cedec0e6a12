//! The one binary.

fn main() -> std::process::ExitCode {
    fosbury::cli::run()
}
