//! The one stream of migrations, for both databases.

use db::{Migration, Migrations};

/// Every step, in order. Steps are never changed once released: the next one mends.
pub static MIGRATIONS: Migrations = Migrations(&[
    Migration {
        version: 1,
        name: "register",
        text: include_str!("../../../migrations/0001_register.sql"),
    },
    Migration {
        version: 2,
        name: "jobs",
        text: include_str!("../../../migrations/0002_jobs.sql"),
    },
    Migration {
        version: 3,
        name: "organisations",
        text: include_str!("../../../migrations/0003_organisations.sql"),
    },
    Migration {
        version: 4,
        name: "discussion",
        text: include_str!("../../../migrations/0004_discussion.sql"),
    },
    Migration {
        version: 5,
        name: "attachments",
        text: include_str!("../../../migrations/0005_attachments.sql"),
    },
    Migration {
        version: 6,
        name: "desk",
        text: include_str!("../../../migrations/0006_desk.sql"),
    },
    Migration {
        version: 7,
        name: "tokens",
        text: include_str!("../../../migrations/0007_tokens.sql"),
    },
    Migration {
        version: 8,
        name: "trials",
        text: include_str!("../../../migrations/0008_trials.sql"),
    },
    Migration {
        version: 9,
        name: "evidence",
        text: include_str!("../../../migrations/0009_evidence.sql"),
    },
    Migration {
        version: 10,
        name: "cases",
        text: include_str!("../../../migrations/0010_cases.sql"),
    },
    Migration {
        version: 11,
        name: "groups",
        text: include_str!("../../../migrations/0011_groups.sql"),
    },
    Migration {
        version: 12,
        name: "look",
        text: include_str!("../../../migrations/0012_look.sql"),
    },
    Migration {
        version: 13,
        name: "found",
        text: include_str!("../../../migrations/0013_found.sql"),
    },
    Migration {
        version: 14,
        name: "threads",
        text: include_str!("../../../migrations/0014_threads.sql"),
    },
    Migration {
        version: 15,
        name: "told",
        text: include_str!("../../../migrations/0015_told.sql"),
    },
    Migration {
        version: 16,
        name: "sessions",
        text: include_str!("../../../migrations/0016_sessions.sql"),
    },
    Migration {
        version: 17,
        name: "harvest",
        text: include_str!("../../../migrations/0017_harvest.sql"),
    },
    Migration {
        version: 18,
        name: "wikis",
        text: include_str!("../../../migrations/0018_wikis.sql"),
    },
    Migration {
        version: 19,
        name: "bringing",
        text: include_str!("../../../migrations/0019_bringing.sql"),
    },
    Migration {
        version: 20,
        name: "turning",
        text: include_str!("../../../migrations/0020_turning.sql"),
    },
    Migration {
        version: 21,
        name: "outcomes",
        text: include_str!("../../../migrations/0021_outcomes.sql"),
    },
    Migration {
        version: 22,
        name: "file_versions",
        text: include_str!("../../../migrations/0022_file_versions.sql"),
    },
]);
