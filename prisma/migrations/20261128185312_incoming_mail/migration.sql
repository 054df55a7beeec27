-- Mails as they came, until they are worked in: what they say goes into conversations, the rest is forgotten.
create table incoming_mail (
  shop_id bigint not null,
  id uuid not null,
  source text not null,
  key bytea not null,
  sender bytea,
  recipient text,
  raw bytea,
  size integer not null,
  received_at timestamptz(3) not null,
  state text not null,
  outcome text,
  due_at timestamptz(3),
  attempts smallint not null default 0,
  constraint incoming_mail_pkey primary key (shop_id, id)
);
-- Brought twice, it is one.
create unique index incoming_mail_shop_id_key_key on incoming_mail (shop_id, key);
create index incoming_mail_shop_id_sender_received_at_idx on incoming_mail (shop_id, sender, received_at);
create index incoming_mail_due on incoming_mail (due_at) where due_at is not null;
-- A mail is compressed already where it can be; trying it anew costs seconds for a large one.
alter table incoming_mail alter column raw set storage external;
select protect_tenant_table('incoming_mail');

-- How far a mailbox has been read. Of the whole installation, not of a shop.
create table imap_mailbox (
  name text not null,
  uid_validity bigint,
  last_uid bigint not null default 0,
  lease_until timestamptz(3),
  constraint imap_mailbox_pkey primary key (name)
);
revoke all on imap_mailbox from everafter_app;

-- As it stands, and one part more: others grow this view as well.
do $$ begin
  execute 'create or replace view due_moment with (security_invoker = true) as '
    || rtrim(pg_get_viewdef('due_moment'::regclass), E'; \n')
    || ' union all select shop_id, ''incoming-mail''::text, due_at from incoming_mail where due_at is not null';
end $$;
