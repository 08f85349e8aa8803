-- What can be fetched again. Times: created/started/ended in the unit that the source gives (commits: seconds,
-- everything else: milliseconds), UTC. Commit ids are 32 raw bytes.
CREATE TABLE source(id INTEGER PRIMARY KEY, site TEXT NOT NULL, name TEXT NOT NULL, UNIQUE(site, name));

CREATE TABLE repository(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
    name TEXT NOT NULL, created INTEGER NOT NULL, default_branch TEXT NOT NULL, namespace TEXT NOT NULL,
    read_only INTEGER NOT NULL, gone INTEGER NOT NULL DEFAULT 0,
    UNIQUE(source, name));

CREATE TABLE commits(
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    repository INTEGER NOT NULL REFERENCES repository(id) ON DELETE CASCADE,
    id BLOB NOT NULL, first BLOB, second BLOB,
    committer TEXT NOT NULL, message TEXT NOT NULL, created INTEGER NOT NULL, meta_range TEXT NOT NULL,
    metadata TEXT NOT NULL, generation INTEGER NOT NULL, version INTEGER NOT NULL, kind INTEGER NOT NULL,
    UNIQUE(repository, id));
CREATE VIRTUAL TABLE commit_text USING fts5(text, content='', detail=none, prefix='2 3');

CREATE TABLE ref(
    repository INTEGER NOT NULL REFERENCES repository(id) ON DELETE CASCADE,
    kind INTEGER NOT NULL, name TEXT NOT NULL, id BLOB NOT NULL,
    PRIMARY KEY(repository, kind, name)) WITHOUT ROWID;
CREATE TABLE protection(
    repository INTEGER NOT NULL REFERENCES repository(id) ON DELETE CASCADE,
    pattern TEXT NOT NULL, PRIMARY KEY(repository, pattern)) WITHOUT ROWID;

CREATE TABLE run(
    repository INTEGER NOT NULL REFERENCES repository(id) ON DELETE CASCADE,
    id TEXT NOT NULL, branch TEXT NOT NULL, commit_id BLOB, event TEXT NOT NULL, status INTEGER NOT NULL,
    started INTEGER NOT NULL, ended INTEGER NOT NULL,
    PRIMARY KEY(repository, id)) WITHOUT ROWID;
CREATE INDEX run_by_commit ON run(repository, commit_id);
CREATE INDEX run_by_start ON run(repository, started);
CREATE TABLE hook(
    repository INTEGER NOT NULL, run TEXT NOT NULL, id TEXT NOT NULL, action TEXT NOT NULL, hook TEXT NOT NULL,
    status INTEGER NOT NULL, started INTEGER NOT NULL, ended INTEGER NOT NULL, output TEXT,
    PRIMARY KEY(repository, run, id),
    FOREIGN KEY(repository, run) REFERENCES run(repository, id) ON DELETE CASCADE) WITHOUT ROWID;

-- One row per thing that was asked: when it was last answered, and what the asker wants to remember of it.
CREATE TABLE sync_state(
    source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
    what TEXT NOT NULL, at INTEGER NOT NULL, value TEXT NOT NULL DEFAULT '',
    PRIMARY KEY(source, what)) WITHOUT ROWID;
-- Answers kept whole: registry objects, alerts, probes; the body is JSON of ours.
CREATE TABLE answer(
    source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
    kind TEXT NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY(source, kind, key)) WITHOUT ROWID;
-- Series as encoded chunks, one row per query, series and chunk.
CREATE TABLE series_query(
    id INTEGER PRIMARY KEY AUTOINCREMENT, source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
    expr TEXT NOT NULL, step INTEGER NOT NULL, used INTEGER NOT NULL, UNIQUE(source, expr, step));
CREATE TABLE series_range(
    query INTEGER NOT NULL REFERENCES series_query(id) ON DELETE CASCADE,
    start INTEGER NOT NULL, stop INTEGER NOT NULL, at INTEGER NOT NULL, evidence TEXT NOT NULL,
    PRIMARY KEY(query, start)) WITHOUT ROWID;
CREATE TABLE series_chunk(
    query INTEGER NOT NULL REFERENCES series_query(id) ON DELETE CASCADE,
    labels TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, samples BLOB NOT NULL,
    PRIMARY KEY(query, labels, start)) WITHOUT ROWID;
