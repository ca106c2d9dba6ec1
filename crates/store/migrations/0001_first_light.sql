-- One text for both engines; see dialect.rs for the words in braces.
-- Instants are Unix milliseconds in UTC; days are numbers of local days since 1970-01-01.

CREATE TABLE report (
  id {id},
  code {big} NOT NULL,
  client_key {text} NOT NULL,
  fingerprint {text} NOT NULL,
  external_ref {text},
  seq {big} NOT NULL,
  words_seq {big} NOT NULL,
  received_at {big} NOT NULL,
  received_day {big} NOT NULL,
  stage {text} NOT NULL,
  holder {big} NOT NULL,
  root {big} NOT NULL,
  public {bool} NOT NULL,
  open {bool} NOT NULL,
  sealed {bool} NOT NULL,
  due_at {big} NOT NULL,
  wake_at {big},
  state {json} NOT NULL
) {hot} {table};
CREATE UNIQUE INDEX report_code ON report (code);
CREATE UNIQUE INDEX report_client_key ON report (client_key);
CREATE UNIQUE INDEX report_external_ref ON report (external_ref) WHERE external_ref IS NOT NULL;
CREATE INDEX report_public ON report (id) WHERE public;
CREATE INDEX report_inbox_holder ON report (holder, due_at, id) WHERE open;
CREATE INDEX report_inbox_root ON report (root, due_at, id) WHERE open;
CREATE INDEX report_inbox_stage ON report (stage, due_at, id) WHERE open;
CREATE INDEX report_inbox_nation ON report (due_at, id) WHERE open;
CREATE INDEX report_wake ON report (wake_at) WHERE wake_at IS NOT NULL;

CREATE TABLE event (
  report_id {big} NOT NULL,
  seq {big} NOT NULL,
  at {big} NOT NULL,
  day {big} NOT NULL,
  kind {text} NOT NULL,
  by_kind {text} NOT NULL,
  by_user {big},
  by_agency {big},
  client_key {text},
  data {json} NOT NULL,
  PRIMARY KEY (report_id, seq)
) {keyed table};
CREATE UNIQUE INDEX event_client_key ON event (report_id, client_key) WHERE client_key IS NOT NULL;

CREATE TABLE words (
  report_id {big} NOT NULL,
  seq {big} NOT NULL,
  title {text},
  body {text} NOT NULL,
  legal_ground {text},
  place {text},
  happened_on {text},
  latitude {text},
  longitude {text},
  PRIMARY KEY (report_id, seq)
) {keyed table};

CREATE TABLE reporter (
  report_id {id},
  name {text},
  phone {text},
  email {text},
  language {text} NOT NULL
) {table};

CREATE TABLE attachment (
  id {id},
  report_id {big} NOT NULL,
  seq {big} NOT NULL,
  client_key {text},
  name {text} NOT NULL,
  kind {text} NOT NULL,
  size {big} NOT NULL,
  hash {text} NOT NULL,
  at {big} NOT NULL
) {table};
CREATE INDEX attachment_report ON attachment (report_id, seq);
CREATE UNIQUE INDEX attachment_client_key ON attachment (report_id, client_key) WHERE client_key IS NOT NULL;

CREATE TABLE support (
  report_id {big} NOT NULL,
  supporter {text} NOT NULL,
  at {big} NOT NULL,
  PRIMARY KEY (report_id, supporter)
) {keyed table};

CREATE TABLE counter (
  agency {big} NOT NULL,
  stage {text} NOT NULL,
  sealed {bool} NOT NULL,
  slot {big} NOT NULL,
  n {big} NOT NULL,
  PRIMARY KEY (agency, stage, sealed, slot)
) {hot} {keyed table};

CREATE TABLE job (
  id {id},
  kind {text} NOT NULL,
  report_id {big},
  payload {json} NOT NULL,
  run_at {big} NOT NULL,
  attempts {big} NOT NULL,
  claimed_by {text},
  claimed_until {big} NOT NULL,
  failure {text}
) {hot} {table};
CREATE INDEX job_due ON job (run_at, id);
CREATE INDEX job_report ON job (report_id);

CREATE TABLE notice (
  id {id},
  agency {big} NOT NULL,
  report_id {big} NOT NULL,
  kind {text} NOT NULL,
  data {json} NOT NULL,
  at {big} NOT NULL,
  seen_at {big}
) {table};
CREATE INDEX notice_agency ON notice (agency, id);
CREATE INDEX notice_unseen ON notice (agency, id) WHERE seen_at IS NULL;
CREATE INDEX notice_report ON notice (report_id);

CREATE TABLE officer (
  id {id},
  login {text} NOT NULL,
  name {text} NOT NULL,
  role {text} NOT NULL,
  agency {big} NOT NULL,
  password {text} NOT NULL,
  active {bool} NOT NULL,
  created_at {big} NOT NULL
) {table};
CREATE UNIQUE INDEX officer_login ON officer (login);
CREATE INDEX officer_agency ON officer (agency);

CREATE TABLE pass (
  hash {text} PRIMARY KEY NOT NULL,
  officer_id {big} NOT NULL,
  kind {text} NOT NULL,
  label {text} NOT NULL,
  created_at {big} NOT NULL,
  expires_at {big} NOT NULL,
  revoked_at {big}
) {table};
CREATE INDEX pass_officer ON pass (officer_id);

CREATE TABLE access (
  id {id},
  report_id {big} NOT NULL,
  at {big} NOT NULL,
  officer_id {big} NOT NULL,
  agency {big} NOT NULL,
  role {text} NOT NULL,
  what {text} NOT NULL
) {table};
CREATE INDEX access_report ON access (report_id, id);
CREATE INDEX access_officer ON access (officer_id, id);

CREATE TABLE change_log (
  id {id},
  at {big} NOT NULL,
  officer_id {big},
  noun {text} NOT NULL,
  noun_id {text} NOT NULL,
  change {json} NOT NULL
) {table};
CREATE INDEX change_log_officer ON change_log (officer_id, id);

CREATE TABLE region (
  code {text} PRIMARY KEY NOT NULL,
  name {text} NOT NULL,
  zone {text}
) {table};

CREATE TABLE region_alias (
  alias {text} NOT NULL,
  code {text} NOT NULL,
  moved {bool} NOT NULL,
  PRIMARY KEY (alias, code)
) {keyed table};

CREATE TABLE category (
  id {id},
  data {json} NOT NULL
) {table};

CREATE TABLE agency (
  id {id},
  data {json} NOT NULL
) {table};

CREATE TABLE holiday (
  date {text} NOT NULL,
  name {text} NOT NULL,
  effective_from {text} NOT NULL,
  data {json} NOT NULL,
  PRIMARY KEY (date, name, effective_from)
) {keyed table};

CREATE TABLE policy (
  name {text} NOT NULL,
  valid_from {text} NOT NULL,
  data {json} NOT NULL,
  PRIMARY KEY (name, valid_from)
) {keyed table};

CREATE TABLE setting (
  name {text} PRIMARY KEY NOT NULL,
  value {text} NOT NULL
) {table};

{search};
{search index};
