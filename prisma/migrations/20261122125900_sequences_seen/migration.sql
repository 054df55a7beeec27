-- The setup asks the merchant to look over the sequences that run; this says that they have.
alter table "shop" add column "sequences_seen_at" timestamptz(3);
