-- When a parcel has arrived: by which rule, learned on which way, and that the buyer says it has not.
alter table orders add column service text;
alter table shipment
  add column origin text,
  add column due_by text,
  add column due_days smallint,
  add column missing_at timestamptz(3),
  add column believed_by text,
  add column believed_at timestamptz(3),
  add column transit_days smallint;
-- Scanned, and not learned from yet.
create index shipment_unlearned on shipment (shop_id, delivered_at) where delivered_by = 'carrier' and transit_days is null;

create table lane_month (
  shop_id bigint not null,
  carrier text not null,
  origin text not null,
  country text not null,
  service text not null,
  month date not null,
  counts integer[],
  constraint lane_month_pkey primary key (shop_id, carrier, origin, country, service, month)
);
create index lane_month_shop_id_country_idx on lane_month (shop_id, country);
select protect_tenant_table('lane_month');

-- Anonymous: a way stands here only where enough shops send enough on it (app/orders/everywhere.server.ts).
create table lane_everywhere (
  carrier text not null,
  origin text not null,
  country text not null,
  service text not null,
  days smallint not null,
  at timestamptz(3) not null,
  constraint lane_everywhere_pkey primary key (country, carrier, origin, service)
);
revoke insert, update, delete on lane_everywhere from everafter_app;

create table problem (
  shop_id bigint not null,
  id uuid not null,
  order_id bigint not null,
  shipment_id bigint not null,
  kind text not null,
  state text not null,
  opened_at timestamptz(3) not null,
  opened_by text not null,
  believed_at timestamptz(3) not null,
  solved_at timestamptz(3),
  solved_by text,
  outcome text,
  constraint problem_pkey primary key (shop_id, id)
);
create index problem_shop_id_order_id_idx on problem (shop_id, order_id);
create index problem_shop_id_state_opened_at_idx on problem (shop_id, state, opened_at);
-- Said twice, it is one.
create unique index problem_open on problem (shop_id, shipment_id, kind) where state = 'open';
select protect_tenant_table('problem');
