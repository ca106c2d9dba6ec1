-- Letters by e-mail: the post's own outbox, and the addresses at which nobody lives. Both are kept as
-- digests once a letter is settled.

CREATE TABLE letter (
  id {id},
  recipient {text} NOT NULL,
  address {text} NOT NULL,
  language {text} NOT NULL,
  kind {text} NOT NULL,
  args {json} NOT NULL,
  report_id {big},
  account_id {big},
  first_seq {big},
  last_seq {big},
  urgent {bool} NOT NULL,
  created_at {big} NOT NULL,
  not_before {big} NOT NULL,
  state {text} NOT NULL,
  attempts {big} NOT NULL,
  claimed_by {text},
  claimed_until {big} NOT NULL,
  failure {text},
  settled_at {big}
) {hot} {table};
CREATE INDEX letter_due ON letter (not_before, id) WHERE state = 'queued';
CREATE INDEX letter_report ON letter (report_id, id);
CREATE INDEX letter_account ON letter (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX letter_settled ON letter (settled_at) WHERE settled_at IS NOT NULL;

CREATE TABLE dead_address (
  address {text} PRIMARY KEY NOT NULL,
  at {big} NOT NULL,
  code {text} NOT NULL
) {table};

ALTER TABLE reporter ADD COLUMN stopped_at {big};

-- Accounts of reporters: an address that was proved with a code, and what belongs to it.

CREATE TABLE account (
  id {id},
  email {text} NOT NULL,
  language {text} NOT NULL,
  created_at {big} NOT NULL
) {table};
CREATE UNIQUE INDEX account_email ON account (email);

CREATE TABLE account_code (
  address {text} PRIMARY KEY NOT NULL,
  code {text} NOT NULL,
  expires_at {big} NOT NULL,
  tries {big} NOT NULL
) {table};
CREATE INDEX account_code_expires ON account_code (expires_at);

CREATE TABLE account_session (
  hash {text} PRIMARY KEY NOT NULL,
  account_id {big} NOT NULL,
  created_at {big} NOT NULL,
  expires_at {big} NOT NULL
) {table};
CREATE INDEX account_session_account ON account_session (account_id);
CREATE INDEX account_session_expires ON account_session (expires_at);

CREATE TABLE account_report (
  account_id {big} NOT NULL,
  report_id {big} NOT NULL,
  PRIMARY KEY (account_id, report_id)
) {keyed table};
CREATE INDEX account_report_report ON account_report (report_id);

CREATE TABLE follow (
  report_id {big} NOT NULL,
  account_id {big} NOT NULL,
  at {big} NOT NULL,
  PRIMARY KEY (report_id, account_id)
) {keyed table};
CREATE INDEX follow_account ON follow (account_id, report_id);
