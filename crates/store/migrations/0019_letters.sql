-- Letters of people: the letter of a reporter on which answers hang, and the reports of an address.

ALTER TABLE reporter ADD COLUMN thread {text};
CREATE INDEX reporter_email ON reporter (LOWER(email)) WHERE email IS NOT NULL;
