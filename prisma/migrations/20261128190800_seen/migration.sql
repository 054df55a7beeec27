-- What a page has shown: questions by the order they were asked about, codes by when they were last seen and passed on.
create table question_seen (
  shop_id bigint not null,
  survey_id uuid not null,
  subject bytea not null,
  at timestamptz(3) not null,
  constraint question_seen_pkey primary key (shop_id, survey_id, subject)
);
create index question_seen_shop_id_survey_id_at_idx on question_seen (shop_id, survey_id, at);
select protect_tenant_table('question_seen');

alter table referral_code add column shown_at timestamptz(3), add column shared_at timestamptz(3);
