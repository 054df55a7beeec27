alter table "order_return" add column "pieces" integer;
