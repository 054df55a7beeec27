-- What the parent discount says at Shopify, to see when the programme says something else.
alter table "program" add column "at_shopify" jsonb;
