-- What a unit has to do about a report that another office leads; the state of the report says the same, and this
-- is how a seat finds it. Only what is still to be done is kept.

CREATE TABLE duty (
  report_id {big} NOT NULL,
  number {big} NOT NULL,
  office {big} NOT NULL,
  root {big} NOT NULL,
  due_at {big} NOT NULL,
  words_seq {big} NOT NULL,
  PRIMARY KEY (report_id, number)
) {keyed table};
CREATE INDEX duty_office ON duty (office, due_at, report_id, number);
CREATE INDEX duty_root ON duty (root, due_at, report_id, number);

-- Answers that were proposed and wait for somebody to send them.

CREATE TABLE waiting_draft (
  report_id {id},
  holder {big} NOT NULL,
  root {big} NOT NULL,
  proposed_at {big} NOT NULL
) {table};
CREATE INDEX waiting_draft_holder ON waiting_draft (holder, proposed_at, report_id);
CREATE INDEX waiting_draft_root ON waiting_draft (root, proposed_at, report_id);

-- Who approves the answers of an office's liaison officers; an office without a row does as the office above it.

CREATE TABLE answer_approval (
  agency {id},
  approver {text} NOT NULL,
  changed_at {big} NOT NULL
) {table};

-- Texts with placeholders, used by an office and those below it. Older versions are in change_log.

CREATE TABLE answer_template (
  id {id},
  agency {big} NOT NULL,
  name {text} NOT NULL,
  body {text} NOT NULL,
  version {big} NOT NULL,
  active {bool} NOT NULL,
  changed_at {big} NOT NULL
) {table};
CREATE INDEX answer_template_agency ON answer_template (agency, id);
