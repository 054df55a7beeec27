-- Whom a request is about, and one row a request however often it is delivered.
alter table "data_request" add column "subject" jsonb;
create unique index "data_request_shop_id_request_ref_key" on "data_request" ("shop_id", "request_ref");
