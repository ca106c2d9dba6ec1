-- The list behind a figure on its way to become a file. See docs/decisions/0036.

CREATE TABLE extract (
  id {id},
  officer_id {big} NOT NULL,
  client_key {text} NOT NULL,
  asked {text} NOT NULL,
  state {text} NOT NULL,
  reports {text},
  total {big} NOT NULL,
  looked_at {big} NOT NULL,
  written {big} NOT NULL,
  created_at {big} NOT NULL,
  ended_at {big}
) {table};
CREATE INDEX extract_officer ON extract (officer_id, id);
CREATE UNIQUE INDEX extract_client_key ON extract (officer_id, client_key);
CREATE INDEX extract_created ON extract (created_at);

CREATE TABLE extract_part (
  extract_id {big} NOT NULL,
  nth {big} NOT NULL,
  data {text} NOT NULL,
  PRIMARY KEY (extract_id, nth)
) {keyed table};
