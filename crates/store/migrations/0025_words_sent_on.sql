-- What reporters say later goes on to the own system of the agency: up to which event it was told, and the newest to tell.

ALTER TABLE forward ADD COLUMN told_seq {big} NOT NULL DEFAULT 0;
ALTER TABLE forward ADD COLUMN news_seq {big} NOT NULL DEFAULT 0;
CREATE INDEX forward_news ON forward (next_at) WHERE state = 'linked' AND news_seq > told_seq;
