-- A store of layout 1, as the first version wrote it. Never edited: later versions must open it.
PRAGMA user_version = 1;
PRAGMA application_id = 1685024626;
BEGIN TRANSACTION;
CREATE TABLE named (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO "named" VALUES('_default');
INSERT INTO "named" VALUES('empty');
INSERT INTO "named" VALUES('person');
INSERT INTO "named" VALUES('room');
INSERT INTO "named" VALUES('visit');
CREATE TABLE note (
  key TEXT PRIMARY KEY, value TEXT NOT NULL, sum INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO "note" VALUES('clock','"01a207ff94c2-0000-2265b1f5"',1146487497);
INSERT INTO "note" VALUES('cursor','"7.abc"',707810815);
INSERT INTO "note" VALUES('node','"2265b1f5"',2835994967);
INSERT INTO "note" VALUES('unwashed','false',3738783792);
CREATE TABLE plain (
  name TEXT NOT NULL, id TEXT NOT NULL, place INTEGER NOT NULL, body TEXT NOT NULL,
  sum INTEGER NOT NULL, PRIMARY KEY (name, id)) STRICT, WITHOUT ROWID;
INSERT INTO "plain" VALUES('_default','1',6,'{"a":1}',3687000693);
INSERT INTO "plain" VALUES('_default','2',7,'{"b":[true]}',1932879012);
CREATE TABLE record (
  kind TEXT NOT NULL, id TEXT NOT NULL, place INTEGER NOT NULL, body TEXT NOT NULL,
  sum INTEGER NOT NULL, version INTEGER NOT NULL, sent INTEGER NOT NULL, ever INTEGER NOT NULL,
  held_until INTEGER NOT NULL, PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID;
INSERT INTO "record" VALUES('hovercraft','x1',4,'{"kind":"hovercraft","id":"x1","fields":{"eels":[1,null,{"a":1.5}]},"stamps":{"*":"l01a207ff94c1-0001-2265b1f5"}}',4065163639,4,0,0,0);
INSERT INTO "record" VALUES('person','p1',3,'{"kind":"person","id":"p1","erased":"01a207ff94c2-0000-2265b1f5"}',1513048008,5,0,0,0);
INSERT INTO "record" VALUES('room','r1',2,'{"kind":"room","id":"r1","fields":{"capacity":8,"name.en":"Kitchen","name.es":"Cocina"},"stamps":{"*":"l01a207ff94c0-0001-2265b1f5"}}',2590984577,2,2,2,0);
INSERT INTO "record" VALUES('visit','v1',1,'{"kind":"visit","id":"v1","fields":{"came_at":"2026-11-23T10:42:00Z","children":2,"how":"visitor","name":null},"stamps":{"*":"o01a207ff94c0-0000-2265b1f5","children":"l01a207ff94c0-0000-2265b1f5","name":"x"}}',2454091170,6,0,0,0);
INSERT INTO "record" VALUES('visit','v2',5,'{"kind":"visit","id":"v2","fields":{"how":"count"},"stamps":{"*":"o01a207ff94c3-0000-2265b1f5"}}',865614200,7,0,0,1795430530003);
COMMIT;
