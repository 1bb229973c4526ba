BEGIN TRANSACTION;
CREATE TABLE ledger_entries (
	number INTEGER NOT NULL, 
	recorded VARCHAR(40) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	body TEXT NOT NULL, 
	previous VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (hash)
);
INSERT INTO "ledger_entries" VALUES(1,'2026-01-01T10:00:00.000+00:00','question','{"closes":"2026-12-31","criteria":"Traffic crosses it.","fine_print":"","id":"bridge","imported":"","kind":"yes-no","opens":"2026-01-01","options":[],"ordered":false,"tags":["roads"],"text":"Will the bridge be built?","truth":"","unit":""}','0000000000000000000000000000000000000000000000000000000000000000','f703248110094ea854c8a412a8ca28062a0e24362ddeb3a6405cd551c0407016');
INSERT INTO "ledger_entries" VALUES(2,'2026-01-02T10:00:00.000+00:00','question','{"closes":"2026-12-31","condition":{"answer":true,"question":"bridge","says":"the bridge is built"},"criteria":"As posted.","fine_print":"","id":"toll","imported":"","kind":"one-of","opens":"2026-01-01","options":["none","low","high"],"ordered":true,"tags":[],"text":"Which toll?","truth":"","unit":""}','f703248110094ea854c8a412a8ca28062a0e24362ddeb3a6405cd551c0407016','88de7e73e567555c49d01c9a76b3392f87bb14c315d00786661737a2151e538a');
INSERT INTO "ledger_entries" VALUES(3,'2026-01-03T10:00:00.000+00:00','forecast','{"after_the_fact":false,"at":"2026-01-02T09:00:00Z","by":"ann","imported":"","lens":"judgement","question":"bridge","reading":"","value":{"form":"probability","p":0.35},"why":"The ground is soft; caf\u00e9 talk."}','88de7e73e567555c49d01c9a76b3392f87bb14c315d00786661737a2151e538a','e198a81f1e3fc90a8dc637180578446a0403dc600c39c1013d3d85056e226a5d');
INSERT INTO "ledger_entries" VALUES(4,'2026-01-04T10:00:00.000+00:00','forecast','{"after_the_fact":false,"at":"2026-01-03T09:00:00Z","by":"bob","imported":"","lens":"judgement","question":"toll","reading":"","value":{"form":"shares","shares":{"high":0.3,"low":0.5,"none":0.2}},"why":""}','e198a81f1e3fc90a8dc637180578446a0403dc600c39c1013d3d85056e226a5d','06777ae57e81e6c62b7de1db526acdcb8342af8cce4dbeacef8f682e34b3784a');
INSERT INTO "ledger_entries" VALUES(5,'2026-01-05T10:00:00.000+00:00','resolution','{"answer":true,"by":"clerk","known":"2026-02-01T00:00:00Z","note":"","question":"bridge","source":"the gazette","verdict":"value"}','06777ae57e81e6c62b7de1db526acdcb8342af8cce4dbeacef8f682e34b3784a','f47b862bbca3a213f1d9a0b481c7913c0cb075a61d613ff53bb2250f0fe31151');
INSERT INTO "ledger_entries" VALUES(6,'2026-01-06T10:00:00.000+00:00','resolution','{"by":"clerk","known":"2026-02-03T00:00:00Z","note":"","question":"toll","source":"the gazette","verdict":"ambiguous"}','f47b862bbca3a213f1d9a0b481c7913c0cb075a61d613ff53bb2250f0fe31151','8ca6ad9c18a31bc7398653312cc3f1a77417a58603f1d341edd98d75e48359b6');
CREATE TABLE ledger_schema (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT ledger_schema_pkc PRIMARY KEY (version_num)
);
INSERT INTO "ledger_schema" VALUES('0001');
COMMIT;
