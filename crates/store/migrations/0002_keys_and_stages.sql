-- The digest of what came under an event's client key, and the files that belong to nothing.

ALTER TABLE event ADD COLUMN fingerprint {text};

CREATE INDEX attachment_hash ON attachment (hash);
