-- What is owed back of a commission that was paid before its order came back, and what payouts have taken off of it since.
alter table reward add column owed_back bigint not null default 0, add column taken_off bigint not null default 0;
alter table reward add constraint reward_owed_back check (taken_off >= 0 and taken_off <= owed_back and owed_back <= amount) not valid;
alter table reward validate constraint reward_owed_back;
create index reward_debts on reward (shop_id, customer_id) where owed_back > taken_off;
alter table ledger_entry add constraint ledger_entry_accounts check (account = 'breakage' or account ~ '^(promised|issued|used|owing|expense|purse):.') not valid;
alter table ledger_entry validate constraint ledger_entry_accounts;
alter table ledger_entry drop constraint ledger_entry_account;
alter table ledger_entry rename constraint ledger_entry_accounts to ledger_entry_account;
