-- A store of schema 1, as the first Garrison wrote it: the readings baltic and in_doubt of tests/readings.py.
BEGIN TRANSACTION;
CREATE TABLE articles (
	id VARCHAR NOT NULL, 
	added DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "articles" VALUES('baltic','2026-11-24 14:25:58.122334');
INSERT INTO "articles" VALUES('in-doubt','2026-11-24 14:25:58.140709');
CREATE TABLE claims (
	reading INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	actor VARCHAR NOT NULL, 
	asset VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	direction VARCHAR NOT NULL, 
	hedged BOOLEAN NOT NULL, 
	unit TEXT, 
	quantity_low INTEGER, 
	quantity_high INTEGER, 
	quantity_of VARCHAR, 
	quantity_text TEXT, 
	quantity_shared BOOLEAN NOT NULL, 
	date_start VARCHAR, 
	date_end VARCHAR, 
	date_text TEXT, 
	speaker TEXT, 
	evidence_start INTEGER NOT NULL, 
	evidence_end INTEGER NOT NULL, 
	place_words_start INTEGER, 
	place_words_end INTEGER, 
	confidence FLOAT NOT NULL, 
	rule VARCHAR NOT NULL, 
	place_mention INTEGER NOT NULL, 
	origin_mention INTEGER, 
	place VARCHAR, 
	day DATE, 
	last_day DATE, 
	stated BOOLEAN NOT NULL, 
	PRIMARY KEY (reading, position), 
	FOREIGN KEY(reading, place_mention) REFERENCES mentions (reading, position), 
	FOREIGN KEY(reading, origin_mention) REFERENCES mentions (reading, position), 
	FOREIGN KEY(reading) REFERENCES readings (id) ON DELETE CASCADE, 
	FOREIGN KEY(place) REFERENCES places (id)
);
INSERT INTO "claims" VALUES(1,0,'3b28ef3b40098a6c','DEU','ground','deployed','in',0,'500 soldiers',500,500,'personnel','500 soldiers',0,NULL,NULL,NULL,NULL,0,38,NULL,NULL,0.8,'by-hand',0,NULL,'9f17fec357e5e666','2022-01-28','2022-01-28',0);
INSERT INTO "claims" VALUES(1,1,'822ab158e5e72f27','DNK','air','planned','in',0,NULL,NULL,NULL,NULL,NULL,0,'2022-02',NULL,'in February 2022','officials',40,111,NULL,NULL,0.8,'by-hand',1,NULL,'828205da8e54e9fd','2022-02-01','2022-02-28',1);
INSERT INTO "claims" VALUES(2,0,'932291b5d875fff4','RUS','support','deployed','in',1,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,0,47,NULL,NULL,0.8,'by-hand',0,NULL,NULL,NULL,NULL,0);
INSERT INTO "claims" VALUES(2,1,'8f1a1362af3ef8e8','TCD','ground','deployed','in',0,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,49,91,NULL,NULL,0.8,'by-hand',1,NULL,'d35270e5dd6b6bba',NULL,NULL,0);
CREATE TABLE mentions (
	reading INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	toponym TEXT NOT NULL, 
	kind VARCHAR, 
	within JSON NOT NULL, 
	relation VARCHAR, 
	bearing VARCHAR, 
	distance_km FLOAT, 
	certain BOOLEAN NOT NULL, 
	place VARCHAR, 
	score FLOAT NOT NULL, 
	candidates JSON NOT NULL, 
	reason TEXT NOT NULL, 
	PRIMARY KEY (reading, position), 
	FOREIGN KEY(reading) REFERENCES readings (id) ON DELETE CASCADE, 
	FOREIGN KEY(place) REFERENCES places (id)
);
INSERT INTO "mentions" VALUES(1,0,28,37,'Lithuania','Lithuania','country','[]',NULL,NULL,NULL,1,'9f17fec357e5e666',0.9,'[{"place": {"gazetteer_id": "t:LTU", "name": "Lithuania", "kind": "country", "lat": 55.0, "lon": 24.0, "radius_km": 190.0, "countries": ["LTU"], "admin1": null, "littoral": [], "disputed": null}, "score": 0.9}]','only entry');
INSERT INTO "mentions" VALUES(1,1,70,77,'Estonia','Estonia','country','[]',NULL,NULL,NULL,1,'828205da8e54e9fd',0.9,'[{"place": {"gazetteer_id": "t:EST", "name": "Estonia", "kind": "country", "lat": 58.7, "lon": 25.5, "radius_km": 180.0, "countries": ["EST"], "admin1": null, "littoral": [], "disputed": null}, "score": 0.9}]','only entry');
INSERT INTO "mentions" VALUES(2,0,38,46,'Zubrowka','Zubrowka',NULL,'[]',NULL,NULL,NULL,1,NULL,0.0,'[]','no entry');
INSERT INTO "mentions" VALUES(2,1,69,90,'the Chad–Sudan border','the Chad–Sudan border','region','[]',NULL,NULL,NULL,1,'d35270e5dd6b6bba',0.9,'[{"place": {"gazetteer_id": "t:border", "name": "the Chad\u2013Sudan border", "kind": "region", "lat": 13.5, "lon": 22.2, "radius_km": 300.0, "countries": ["TCD", "SDN"], "admin1": null, "littoral": [], "disputed": null}, "score": 0.9}]','only entry');
CREATE TABLE notes (
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "notes" VALUES('schema','1');
INSERT INTO "notes" VALUES('samples','declined');
CREATE TABLE place_hosts (
	place VARCHAR NOT NULL, 
	host VARCHAR NOT NULL, 
	label TEXT NOT NULL, 
	PRIMARY KEY (place, host), 
	FOREIGN KEY(place) REFERENCES places (id)
);
INSERT INTO "place_hosts" VALUES('9f17fec357e5e666','LTU','LTU');
INSERT INTO "place_hosts" VALUES('828205da8e54e9fd','EST','EST');
INSERT INTO "place_hosts" VALUES('d35270e5dd6b6bba','TCD','TCD');
INSERT INTO "place_hosts" VALUES('d35270e5dd6b6bba','SDN','SDN');
CREATE TABLE places (
	id VARCHAR NOT NULL, 
	gazetteer_id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	kind VARCHAR NOT NULL, 
	lat FLOAT NOT NULL, 
	lon FLOAT NOT NULL, 
	radius_km FLOAT NOT NULL, 
	countries JSON NOT NULL, 
	admin1 TEXT, 
	littoral JSON NOT NULL, 
	disputed TEXT, 
	PRIMARY KEY (id)
);
INSERT INTO "places" VALUES('9f17fec357e5e666','t:LTU','Lithuania','country',55.0,24.0,190.0,'["LTU"]',NULL,'[]',NULL);
INSERT INTO "places" VALUES('828205da8e54e9fd','t:EST','Estonia','country',58.7,25.5,180.0,'["EST"]',NULL,'[]',NULL);
INSERT INTO "places" VALUES('d35270e5dd6b6bba','t:border','the Chad–Sudan border','region',13.5,22.2,300.0,'["TCD", "SDN"]',NULL,'[]',NULL);
CREATE TABLE readings (
	id INTEGER NOT NULL, 
	article VARCHAR NOT NULL, 
	current BOOLEAN NOT NULL, 
	saved DATETIME NOT NULL, 
	made DATETIME NOT NULL, 
	extractor VARCHAR NOT NULL, 
	gazetteer VARCHAR NOT NULL, 
	content VARCHAR NOT NULL, 
	title TEXT NOT NULL, 
	published DATE, 
	published_from VARCHAR NOT NULL, 
	source TEXT, 
	url TEXT, 
	language VARCHAR NOT NULL, 
	sample BOOLEAN NOT NULL, 
	text TEXT NOT NULL, 
	folded TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(article) REFERENCES articles (id) ON DELETE CASCADE
);
INSERT INTO "readings" VALUES(1,'baltic',1,'2026-11-24 14:25:58.122334','2022-02-01 12:00:00.000000','test-1','test-places-1','2b51fb934474c7b0','Allies in the Baltic states','2022-01-28','given','Test Gazette',NULL,'en',0,'Germany has 500 soldiers in Lithuania.

Denmark will send fighters to Estonia in February 2022, officials said.',' allies in the baltic states test gazette germany has 500 soldiers in lithuania denmark will send fighters to estonia in february 2022 officials said');
INSERT INTO "readings" VALUES(2,'in-doubt',1,'2026-11-24 14:25:58.140709','2022-02-01 12:00:00.000000','test-1','test-places-1','229c2891194b1099','Rumours',NULL,'unknown',NULL,NULL,'en',0,'Russian instructors are said to be in Zubrowka.

Chadian troops hold the Chad–Sudan border.',' rumours russian instructors are said to be in zubrowka chadian troops hold the chad sudan border');
CREATE INDEX ix_places_gazetteer_id ON places (gazetteer_id);
CREATE INDEX ix_readings_article ON readings (article);
CREATE UNIQUE INDEX one_current_reading ON readings (article) WHERE current;
CREATE INDEX ix_place_hosts_host ON place_hosts (host);
CREATE INDEX ix_mentions_place ON mentions (place);
CREATE INDEX ix_claims_id ON claims (id);
CREATE INDEX ix_claims_place ON claims (place);
CREATE UNIQUE INDEX one_id_a_reading ON claims (reading, id);
COMMIT;
