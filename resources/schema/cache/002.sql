-- The date of the newest commit among each 1,024 rows of commits: who looks for the newest reads those rows first.
CREATE TABLE commit_block(
    repository INTEGER NOT NULL REFERENCES repository(id) ON DELETE CASCADE,
    block INTEGER NOT NULL, newest INTEGER NOT NULL,
    PRIMARY KEY(repository, block)) WITHOUT ROWID;
INSERT INTO commit_block SELECT repository, n >> 10, max(created) FROM commits GROUP BY 1, 2;
