//! Waiting until nobody else uses the machine, and saying so when somebody does.

use std::time::{Duration, Instant};

/// How long we wait for a quiet second.
const PATIENCE: Duration = Duration::from_secs(15);
/// The share of all processors that others may use.
const NOISE: f64 = 0.10;

/// Waits for a second in which the processors are nearly idle. Where there is none in a quarter
/// of a minute a line says how busy they are, and the figure after it is to be doubted.
pub fn wait() {
    let began = Instant::now();
    loop {
        let Some(before) = Used::now() else { return };
        std::thread::sleep(Duration::from_secs(1));
        let Some(after) = Used::now() else { return };
        let busy = after.share_since(&before);
        if busy < NOISE {
            return;
        }
        if began.elapsed() > PATIENCE {
            eprintln!(
                "   Other work uses {:.0} % of this machine: doubt what follows.",
                busy * 100.0
            );
            return;
        }
    }
}

/// Ticks of all processors since the machine started.
struct Used {
    busy: f64,
    all: f64,
}

impl Used {
    fn now() -> Option<Self> {
        Self::read(&std::fs::read_to_string("/proc/stat").ok()?)
    }

    /// `cpu user nice system idle iowait irq softirq steal …`
    fn read(stat: &str) -> Option<Self> {
        let line = stat.lines().next()?.strip_prefix("cpu ")?;
        let ticks: Vec<f64> = line
            .split_whitespace()
            .take(8)
            .filter_map(|it| it.parse().ok())
            .collect();
        let all: f64 = ticks.iter().sum();
        Some(Self {
            busy: all - ticks.get(3)? - ticks.get(4)?,
            all,
        })
    }

    fn share_since(&self, before: &Self) -> f64 {
        (self.busy - before.busy) / (self.all - before.all).max(1.0)
    }
}

#[cfg(test)]
#[path = "quiet_tests.rs"]
mod tests;
