-- Which commits have the same data: the beginning of the id is enough to find the few that may.
CREATE INDEX commit_data ON commits(repository, substr(meta_range, 1, 12));
-- What counting and reading a million rows would tell. The commits of a repository among each 512 rows and the date of
-- the newest of them: who looks for the newest reads those rows first.
CREATE TABLE commit_block(
    repository INTEGER NOT NULL REFERENCES repository(id) ON DELETE CASCADE,
    block INTEGER NOT NULL, newest INTEGER NOT NULL, commits INTEGER NOT NULL,
    PRIMARY KEY(repository, block)) WITHOUT ROWID;
INSERT INTO commit_block SELECT repository, n >> 9, max(created), count(*) FROM commits GROUP BY 1, 2;
-- The hooks of all runs of a commit, by how they ended.
CREATE TABLE commit_gate(
    repository INTEGER NOT NULL REFERENCES repository(id) ON DELETE CASCADE,
    commit_id BLOB NOT NULL, completed INTEGER NOT NULL, failed INTEGER NOT NULL, skipped INTEGER NOT NULL,
    PRIMARY KEY(repository, commit_id)) WITHOUT ROWID;
INSERT INTO commit_gate SELECT r.repository, r.commit_id, sum(h.status = 0), sum(h.status = 1), sum(h.status = 2)
    FROM run r JOIN hook h ON h.repository = r.repository AND h.run = r.id WHERE r.commit_id IS NOT NULL GROUP BY 1, 2;
