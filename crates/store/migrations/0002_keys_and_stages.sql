-- The digest of what came under an event's client key, lists of one stage or of all that is open, and the
-- files that belong to nothing.

ALTER TABLE event ADD COLUMN fingerprint {text};

CREATE INDEX report_open ON report (id) WHERE open;
CREATE INDEX report_inbox_holder_stage ON report (holder, stage, due_at, id) WHERE open;
CREATE INDEX attachment_hash ON attachment (hash);
CREATE INDEX report_inbox_root_stage ON report (root, stage, due_at, id) WHERE open;
