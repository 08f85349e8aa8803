-- Which commits have the same data: the beginning of the id is enough to find the few that may.
CREATE INDEX commit_data ON commits(repository, substr(meta_range, 1, 12));
