-- When an office was changed at run time; what was, no later table of offices replaces.

ALTER TABLE agency ADD COLUMN edited_at {big};
