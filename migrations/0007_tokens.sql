-- Tokens with which somebody's programs read and write in their name; of each only the hash stays.
CREATE TABLE api_token (
    id TEXT PRIMARY KEY,
    secret_hash TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    used_on BIGINT
);
CREATE UNIQUE INDEX api_token_secret ON api_token (secret_hash);
CREATE INDEX api_token_person ON api_token (person_id, made_at);
