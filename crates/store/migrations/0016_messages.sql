-- Short messages: what came in, what was said with each sender, the words that name offices; and the way of a letter.

ALTER TABLE letter ADD COLUMN way {text} NOT NULL DEFAULT 'email';
ALTER TABLE letter ADD COLUMN remote {text};
CREATE INDEX letter_remote ON letter (remote) WHERE remote IS NOT NULL;

ALTER TABLE account RENAME COLUMN email TO address;
ALTER TABLE account ADD COLUMN way {text} NOT NULL DEFAULT 'email';

CREATE INDEX reporter_phone ON reporter (phone) WHERE phone IS NOT NULL;

CREATE TABLE message (
  id {id},
  way {text} NOT NULL,
  line {text} NOT NULL,
  session {big} NOT NULL,
  sender {text} NOT NULL,
  digest {text} NOT NULL,
  text {text} NOT NULL,
  received_at {big} NOT NULL,
  state {text} NOT NULL,
  claimed_by {text},
  claimed_until {big} NOT NULL,
  attempts {big} NOT NULL,
  seen_by {big},
  decided {json}
) {hot} {table};
CREATE INDEX message_new ON message (id) WHERE state = 'new';
CREATE INDEX message_kept ON message (id) WHERE state IN ('waiting', 'flagged');
CREATE INDEX message_sender ON message (sender, id);
CREATE INDEX message_received ON message (received_at);

CREATE TABLE message_part (
  sender {text} NOT NULL,
  line {text} NOT NULL,
  reference {big} NOT NULL,
  total {big} NOT NULL,
  number {big} NOT NULL,
  session {big} NOT NULL,
  coding {big} NOT NULL,
  payload {blob} NOT NULL,
  received_at {big} NOT NULL,
  joined {bool} NOT NULL,
  PRIMARY KEY (sender, line, reference, total, number)
) {keyed table};
CREATE INDEX message_part_received ON message_part (received_at);
CREATE INDEX message_part_left ON message_part (received_at) WHERE NOT joined;

CREATE TABLE conversation (
  sender {text} PRIMARY KEY NOT NULL,
  way {text} NOT NULL,
  state {json} NOT NULL,
  open {bool} NOT NULL,
  heard_at {big} NOT NULL
) {table};
CREATE INDEX conversation_open ON conversation (heard_at) WHERE open;
CREATE INDEX conversation_heard ON conversation (heard_at);

CREATE TABLE short_code (
  word {text} PRIMARY KEY NOT NULL,
  agency_id {big} NOT NULL,
  category_id {big}
) {table};
CREATE INDEX short_code_agency ON short_code (agency_id);
