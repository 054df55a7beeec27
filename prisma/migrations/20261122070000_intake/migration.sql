-- Moments that let snapshots move forward only, webhooks that came before their order, attempts that outlive a crash.
drop index "customer_shop_id_last_order_at_id_idx";
alter table "customer"
  add column "active_at" timestamptz(3) not null default '1970-01-01T00:00:00Z',
  add column "friends" integer not null default 0,
  add column "profile_at" timestamptz(3);
update "customer" set "active_at" = greatest("created_at", "last_order_at", "last_heard_at");
create index "customer_shop_id_active_at_id_idx" on "customer" ("shop_id", "active_at" desc, "id" desc);
create index "customer_merged" on "customer" ("shop_id", "merged_into") where "merged_into" is not null;

alter table "orders" add column "snapshot_rank" text not null default '';
alter table "shipment" add column "scan_at" timestamptz(3);

alter table "webhook_inbox" add column "waits_for" bigint;
create index "webhook_inbox_waits" on "webhook_inbox" ("shop_id", "waits_for") where "waits_for" is not null;
-- Dead letters, for the admin.
create index "webhook_inbox_dead" on "webhook_inbox" ("shop_id", "received_at") where "state" = 2;

create table "inbox_attempt" (
  "shop_id" bigint not null,
  "webhook_id" text not null,
  "attempts" smallint not null default 1,
  constraint "inbox_attempt_pkey" primary key ("shop_id", "webhook_id")
);
select protect_tenant_table('inbox_attempt');
