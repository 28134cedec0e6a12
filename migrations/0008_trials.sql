-- "It happens here too": one row for each time somebody said so; the newest of a body says its stage.
CREATE TABLE sighting (
    id TEXT PRIMARY KEY,
    hurdle BIGINT NOT NULL,
    organisation_id TEXT REFERENCES organisation (id),
    service TEXT NOT NULL,
    stage TEXT NOT NULL,
    days_lost BIGINT,
    visibility TEXT NOT NULL,
    is_confirmed BOOLEAN NOT NULL,
    confirmed_by TEXT REFERENCES person (id),
    author_id TEXT REFERENCES person (id),
    secret_hash TEXT,
    at BIGINT NOT NULL,
    is_demo BOOLEAN NOT NULL
);
CREATE INDEX sighting_hurdle ON sighting (hurdle, is_confirmed, at);
CREATE INDEX sighting_organisation ON sighting (organisation_id, hurdle, at);
CREATE INDEX sighting_confirmed_by ON sighting (confirmed_by);
CREATE INDEX sighting_author ON sighting (author_id);
CREATE UNIQUE INDEX sighting_secret ON sighting (secret_hash);

-- Who tried what, where and when, and what came of it. Without a solution (0) it is a way of their own.
CREATE TABLE trial (
    id TEXT PRIMARY KEY,
    number BIGINT NOT NULL,
    hurdle BIGINT NOT NULL,
    solution BIGINT NOT NULL,
    organisation_id TEXT NOT NULL REFERENCES organisation (id),
    service TEXT NOT NULL,
    outcome TEXT NOT NULL,
    begun_on TEXT NOT NULL,
    ended_on TEXT NOT NULL,
    year BIGINT NOT NULL,
    differently TEXT NOT NULL,
    learned TEXT NOT NULL,
    cost TEXT NOT NULL,
    time_taken TEXT NOT NULL,
    who_agreed TEXT NOT NULL,
    visibility TEXT NOT NULL,
    is_named BOOLEAN NOT NULL,
    is_confirmed BOOLEAN NOT NULL,
    confirmed_by TEXT REFERENCES person (id),
    author_id TEXT REFERENCES person (id),
    told_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    ask_at BIGINT,
    asked_at BIGINT,
    is_demo BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX trial_number ON trial (number);
CREATE INDEX trial_hurdle ON trial (hurdle, number);
CREATE INDEX trial_of ON trial (hurdle, solution, organisation_id, visibility);
CREATE INDEX trial_solution ON trial (solution, number);
CREATE INDEX trial_organisation ON trial (organisation_id, number);
CREATE INDEX trial_author ON trial (author_id, hurdle);
CREATE INDEX trial_confirmed_by ON trial (confirmed_by);
CREATE INDEX trial_ask ON trial (ask_at);

-- The bodies whose people may read a trial that is not for everybody.
CREATE TABLE trial_reader (
    trial_id TEXT NOT NULL REFERENCES trial (id),
    organisation_id TEXT NOT NULL REFERENCES organisation (id),
    hurdle BIGINT NOT NULL,
    PRIMARY KEY (trial_id, organisation_id)
);
CREATE INDEX trial_reader_organisation ON trial_reader (organisation_id, hurdle);

-- Named and confirmed trials counted by body, once for each of the audiences 'public' and 'members':
-- what is for fewer people is counted when they ask, so that no sum can hold it.
CREATE TABLE trial_tally (
    hurdle BIGINT NOT NULL,
    solution BIGINT NOT NULL,
    audience TEXT NOT NULL,
    organisation_id TEXT NOT NULL REFERENCES organisation (id),
    worked BIGINT NOT NULL,
    partly BIGINT NOT NULL,
    no_effect BIGINT NOT NULL,
    worse BIGINT NOT NULL,
    stopped BIGINT NOT NULL,
    too_early BIGINT NOT NULL,
    newest BIGINT NOT NULL,
    PRIMARY KEY (hurdle, audience, solution, organisation_id)
);
CREATE INDEX trial_tally_solution ON trial_tally (solution, audience);
CREATE INDEX trial_tally_organisation ON trial_tally (organisation_id);

-- Grows with each change to a hurdle's tallies: what a server remembers of them is good until then.
CREATE TABLE trial_version (
    hurdle BIGINT PRIMARY KEY,
    version BIGINT NOT NULL
);

-- Links in letters that answer "did it work?" once, and can do nothing else.
CREATE TABLE follow_up (
    id TEXT PRIMARY KEY,
    trial_id TEXT NOT NULL REFERENCES trial (id),
    secret_hash TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE UNIQUE INDEX follow_up_secret ON follow_up (secret_hash);
CREATE INDEX follow_up_trial ON follow_up (trial_id);

-- For which body somebody wants to see what worked.
CREATE TABLE chosen_body (
    person_id TEXT PRIMARY KEY REFERENCES person (id),
    organisation_id TEXT NOT NULL REFERENCES organisation (id)
);
CREATE INDEX chosen_body_organisation ON chosen_body (organisation_id);
