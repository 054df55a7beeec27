-- Where orders came from, as keyed hashes and nothing else, so that friends' orders can be told from the advocate's own.
create table order_trace (
  shop_id bigint not null,
  order_id bigint not null,
  customer_id uuid,
  at timestamptz(3) not null,
  mailbox text,
  likeness text,
  phone text,
  door text,
  building text,
  device text,
  browser text,
  network text,
  area text,
  referrer text,
  invited boolean not null default false,
  constraint order_trace_pkey primary key (shop_id, order_id)
);
create index order_trace_shop_id_customer_id_idx on order_trace (shop_id, customer_id);
-- Only orders of invited friends are looked for by what they have in common.
create index order_trace_mailbox on order_trace (shop_id, mailbox) where invited;
create index order_trace_phone on order_trace (shop_id, phone) where invited;
create index order_trace_door on order_trace (shop_id, door) where invited;
create index order_trace_device on order_trace (shop_id, device) where invited;
create index order_trace_browser on order_trace (shop_id, browser) where invited;
create index order_trace_area on order_trace (shop_id, area, at) where invited;
select protect_tenant_table('order_trace');

-- What Shopify and the bank think of a payment; may be heard before the order itself.
create table order_check (
  shop_id bigint not null,
  order_id bigint not null,
  risk text,
  risk_at timestamptz(3),
  dispute text,
  dispute_at timestamptz(3),
  constraint order_check_pkey primary key (shop_id, order_id)
);
select protect_tenant_table('order_check');

-- Who invited whom is followed upwards.
create index referral_shop_id_friend_id_idx on referral (shop_id, friend_id);
