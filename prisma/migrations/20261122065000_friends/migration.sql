-- What an answer's belonging rests on, codes on their way to Shopify, and who is at Shopify with a reward right now.
alter table "answer" add column "proof" text not null default 'word';
alter table "program" add column "mint_creation_id" text;
alter table "reward" add column "lease_until" timestamptz(3), add column "valid_days" integer;
