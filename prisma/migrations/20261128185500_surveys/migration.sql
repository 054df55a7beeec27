-- Surveys that a merchant draws: in an order of theirs, with a draft beside what is asked. Old ones stay as they are stored;
-- app/feedback/old-survey.ts reads them.
alter table survey add column position integer not null default 0;
alter table survey add column draft jsonb;

-- An answer may come in parts, and under one of two wordings. Those of before are whole.
alter table answer add column variant text;
alter table answer add column part smallint not null default 0;
alter table answer add column whole boolean not null default true;
alter table answer add column told_at timestamptz(3);

-- Which survey stood before whom: so that nobody is asked over and over, and a wording is judged by who saw it.
create table asking (
  shop_id bigint not null,
  survey_id uuid not null,
  subject text not null,
  customer_id uuid,
  order_id bigint,
  checkout_token text,
  place text not null,
  version integer not null,
  variant text,
  at timestamptz(3) not null,
  constraint asking_pkey primary key (shop_id, survey_id, subject)
);
create index asking_shop_id_customer_id_idx on asking (shop_id, customer_id);
create index asking_shop_id_checkout_token_idx on asking (shop_id, checkout_token);
create index asking_shop_id_survey_id_at_idx on asking (shop_id, survey_id, at);
select protect_tenant_table('asking');
