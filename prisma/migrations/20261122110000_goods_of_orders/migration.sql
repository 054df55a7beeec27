-- An order is undone when its goods are paid back, whether or not the shipping is: both are known apart.
alter table orders add column goods bigint;
alter table refund add column shipping bigint not null default 0;
