-- By which friend's link an order came, as the buyer's browser or Shopify's own summary says it; and which orders Shopify
-- has still to be asked about.
create table order_link (
  shop_id bigint not null,
  order_id bigint not null,
  checkout_token text not null,
  code text not null,
  clicked_at timestamptz(3) not null,
  told_by text not null,
  at timestamptz(3) not null,
  constraint order_link_pkey primary key (shop_id, order_id, checkout_token)
);
select protect_tenant_table('order_link');
create index order_link_at on order_link (at);

create table journey_ask (
  shop_id bigint not null,
  order_id bigint not null,
  due_at timestamptz(3),
  attempts smallint not null default 0,
  at timestamptz(3) not null,
  constraint journey_ask_pkey primary key (shop_id, order_id)
);
select protect_tenant_table('journey_ask');
create index journey_ask_due on journey_ask (due_at) where due_at is not null;
create index journey_ask_at on journey_ask (at);

-- When the friend opened the link that counts.
alter table referral add column clicked_at timestamptz(3);
