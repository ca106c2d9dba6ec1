-- Half years frozen, each as the very text that was signed. See docs/decisions/0038.

CREATE TABLE snapshot (
  semester {text} PRIMARY KEY NOT NULL,
  taken_at {big} NOT NULL,
  taken_by {big},
  document {text} NOT NULL,
  digest {text} NOT NULL,
  signature {text} NOT NULL,
  signer {text} NOT NULL
) {table};
