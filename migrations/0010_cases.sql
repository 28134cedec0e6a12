-- Stories over trials: what their cards show beside the title, and which picture was chosen.
CREATE TABLE case_card (
    record_id TEXT PRIMARY KEY REFERENCES record (id),
    number BIGINT NOT NULL,
    result TEXT NOT NULL,
    cost TEXT NOT NULL,
    picture BIGINT
);
CREATE UNIQUE INDEX case_card_number ON case_card (number);

-- Of which trials a story tells. This stands beside the text and its history: each reader sees the
-- trials that they may see.
CREATE TABLE case_trial (
    number BIGINT NOT NULL,
    trial BIGINT NOT NULL,
    PRIMARY KEY (number, trial)
);
CREATE INDEX case_trial_trial ON case_trial (trial, number);
