-- Double entry: what a reward weighs, what it comes out of, and the books that say where its value is.
alter table reward
  add column amount bigint not null default 0,
  add column currency text not null default 'CODES',
  add column paid_by text not null default 'expense:other',
  add column used bigint not null default 0,
  add column ended_at timestamptz(3);

create table ledger_entry (
  shop_id bigint not null,
  id uuid not null,
  transfer text not null,
  account text not null,
  currency text not null,
  amount bigint not null,
  at timestamptz(3) not null,
  reward_id uuid,
  constraint ledger_entry_pkey primary key (shop_id, id),
  constraint ledger_entry_moves check (amount <> 0),
  constraint ledger_entry_account check (account = 'breakage' or account ~ '^(promised|issued|used|expense|purse):.'),
  constraint ledger_entry_currency check (currency ~ '^([A-Z]{3}|POINTS|CODES)$')
);
create unique index ledger_entry_once on ledger_entry (shop_id, transfer, account, currency);
create index ledger_entry_account_idx on ledger_entry (shop_id, account, currency);
create index ledger_entry_reward_idx on ledger_entry (shop_id, reward_id);
create index ledger_entry_at_idx on ledger_entry (shop_id, at);
select protect_tenant_table('ledger_entry');

-- A transfer comes whole, in one statement, and what it takes is what it gives.
create function ledger_must_balance() returns trigger language plpgsql as $$
declare
  wrong record;
begin
  select transfer, currency, sum(amount) as remainder into wrong from fresh
    group by shop_id, transfer, currency having sum(amount) <> 0 limit 1;
  if found then
    raise exception 'transfer % of the ledger does not sum to zero: % % are left over', wrong.transfer, wrong.remainder, wrong.currency
      using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger ledger_balances after insert on ledger_entry referencing new table as fresh
  for each statement execute function ledger_must_balance();

-- What is in the books stays. The worker may delete, because shops are erased as a whole.
revoke update on ledger_entry from everafter_app, everafter_worker;
revoke delete on ledger_entry from everafter_app;

-- The rewards so far.
update reward set
  amount = case when value ? 'amount' then (value ->> 'amount')::bigint else 1 end,
  currency = coalesce(value ->> 'currency', 'CODES'),
  paid_by = 'expense:' || split_part(cause, ':', 1);
insert into ledger_entry (shop_id, id, transfer, account, currency, amount, at, reward_id)
select r.shop_id, gen_random_uuid(), 'reward:' || r.id || ':' || step.change, way.account, r.currency, way.sign * r.amount, step.at, r.id
from reward r
cross join lateral (
  select 'earned' as change, r.earned_at as at, r.paid_by as giver, 'promised:' || r.customer_id as taker
  union all select 'issued', coalesce(r.issued_at, r.earned_at), 'promised:' || r.customer_id, 'issued:' || r.customer_id
    where r.state in ('issued', 'clawed-back')
  union all select 'void', coalesce(r.voided_at, r.earned_at), 'promised:' || r.customer_id, r.paid_by where r.state = 'void'
  union all select 'clawed-back', coalesce(r.voided_at, r.earned_at), 'issued:' || r.customer_id, r.paid_by where r.state = 'clawed-back'
) step
cross join lateral (values (step.giver, -1), (step.taker, 1)) way(account, sign);
