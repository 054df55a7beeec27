-- Since when Shopify has not answered for a segment or a date: a merchant is told of what lasts.
alter table audience_watch add column trouble_at timestamptz(3);
update audience_watch set trouble_at = due_at where trouble is not null;
