-- The code in the link by which the buyer came to the shop, as Shopify tells it.
alter table orders add column invited_by text;
