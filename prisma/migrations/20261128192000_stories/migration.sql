-- Stories of customers, the rights they granted, and days that they were at.
create table story (
  shop_id bigint not null,
  id uuid not null,
  customer_id uuid not null,
  order_id bigint,
  product_id bigint,
  kind text not null,
  title text,
  text text,
  answers jsonb not null default '[]',
  files jsonb not null default '[]',
  name text,
  locale text,
  state text not null default 'new',
  rights text not null default 'none',
  uses text[],
  asked_uses text[],
  rights_until timestamptz(3),
  rights_at timestamptz(3),
  article_id bigint,
  at timestamptz(3) not null,
  shown_at timestamptz(3),
  constraint story_pkey primary key (shop_id, id)
);
create index story_shop_id_at_id_idx on story (shop_id, at desc, id desc);
create index story_shop_id_customer_id_idx on story (shop_id, customer_id);
-- What the gallery reads.
create index story_shown on story (shop_id, shown_at desc) where state = 'shown';
select protect_tenant_table('story');

create table story_event (
  shop_id bigint not null,
  id uuid not null,
  name text not null,
  day date not null,
  product_id bigint not null,
  created_at timestamptz(3) not null,
  invited_at timestamptz(3),
  constraint story_event_pkey primary key (shop_id, id)
);
select protect_tenant_table('story_event');

create table story_event_picture (
  shop_id bigint not null,
  event_id uuid not null,
  file_id uuid not null,
  at timestamptz(3) not null,
  hidden_at timestamptz(3),
  constraint story_event_picture_pkey primary key (shop_id, event_id, file_id)
);
select protect_tenant_table('story_event_picture');

create table story_event_tag (
  shop_id bigint not null,
  event_id uuid not null,
  file_id uuid not null,
  customer_id uuid not null,
  at timestamptz(3) not null,
  constraint story_event_tag_pkey primary key (shop_id, event_id, file_id, customer_id)
);
create index story_event_tag_shop_id_customer_id_idx on story_event_tag (shop_id, customer_id);
select protect_tenant_table('story_event_tag');
