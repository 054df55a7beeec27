-- The shop's own language as Shopify tells it in shop/update: no scope is needed for that.
alter table shop add column primary_locale text;
