-- X: how far mentions, direct messages and posts were looked through, the posts that were heard, and letters that wait until
-- their reader writes.

CREATE TABLE x_feed (
  name {text} PRIMARY KEY NOT NULL,
  cursor {text},
  next_at {big} NOT NULL,
  claimed_by {text},
  claimed_until {big} NOT NULL,
  failures {big} NOT NULL
) {table};
INSERT INTO x_feed (name, next_at, claimed_until, failures) VALUES ('mentions', 0, 0, 0), ('direct', 0, 0, 0), ('posts', 0, 0, 0);

CREATE TABLE x_post (
  id {id},
  version {big} NOT NULL,
  sender {text} NOT NULL,
  message_id {big} NOT NULL,
  report_id {big},
  posted_at {big} NOT NULL,
  check_at {big} NOT NULL,
  deleted_at {big}
) {hot} {table};
CREATE INDEX x_post_message ON x_post (message_id);
CREATE INDEX x_post_sender ON x_post (sender) WHERE report_id IS NULL;
CREATE INDEX x_post_report ON x_post (report_id);
CREATE INDEX x_post_check ON x_post (check_at) WHERE deleted_at IS NULL;
CREATE INDEX x_post_posted ON x_post (posted_at);

CREATE INDEX letter_closed ON letter (address) WHERE failure = 'closed' AND state = 'queued';
