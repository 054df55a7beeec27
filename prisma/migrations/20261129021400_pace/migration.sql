-- What of the promised time to answer a conversation has; those of customers who come first have less.
alter table conversation add column pace smallint not null default 100;
