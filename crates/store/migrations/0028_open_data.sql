-- Releases of open data, each as the very files that were signed for. See docs/decisions/0041.

CREATE TABLE open_release (
  month {text} PRIMARY KEY NOT NULL,
  made_at {big} NOT NULL,
  reports {big} NOT NULL,
  guarantee {text} NOT NULL,
  digest {text} NOT NULL,
  signature {text} NOT NULL,
  signer {text} NOT NULL
) {table};

CREATE TABLE open_file (
  month {text} NOT NULL,
  name {text} NOT NULL,
  digest {text} NOT NULL,
  content {blob} NOT NULL,
  PRIMARY KEY (month, name)
) {table};
