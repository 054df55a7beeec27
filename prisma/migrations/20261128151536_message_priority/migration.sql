-- Which of two messages goes first that want the same slot of a customer's budget.
alter table message add column priority smallint not null default 0;
