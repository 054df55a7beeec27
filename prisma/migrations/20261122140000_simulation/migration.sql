-- A draft tried on the shop's past: one a shop.
create table simulation (
  shop_id bigint not null,
  id uuid not null,
  sequence_id uuid not null,
  plan jsonb not null,
  live_version integer,
  state text not null,
  progress smallint not null default 0,
  report jsonb,
  asked_at timestamptz(3) not null,
  constraint simulation_pkey primary key (shop_id)
);
select protect_tenant_table('simulation');
