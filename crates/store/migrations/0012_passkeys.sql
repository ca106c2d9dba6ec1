-- Challenges that were answered, and which person of an identity provider is which officer.

CREATE TABLE used_ticket (
  digest {text} PRIMARY KEY NOT NULL,
  expires_at {big} NOT NULL
) {keyed table};
CREATE INDEX used_ticket_expires ON used_ticket (expires_at);

CREATE TABLE identity (
  issuer {text} NOT NULL,
  subject {text} NOT NULL,
  officer_id {big} NOT NULL,
  label {text} NOT NULL,
  linked_at {big} NOT NULL,
  PRIMARY KEY (issuer, subject)
) {keyed table};
CREATE INDEX identity_officer ON identity (officer_id);
