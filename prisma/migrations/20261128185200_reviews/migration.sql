-- Reviews of products and of the shop, with a title, attributes, photos, a state and a clock; imported ones have no order.
alter table review
  alter column customer_id drop not null,
  alter column order_id drop not null,
  alter column product_id drop not null,
  add column title text,
  add column attributes jsonb not null default '{}',
  add column author_name text,
  add column country text,
  add column verified boolean not null default true,
  add column source text not null default 'link',
  add column state text not null default 'published',
  add column hold_reason text,
  add column held_by text,
  add column due_at timestamptz(3),
  add column published_at timestamptz(3),
  add column edited_at timestamptz(3),
  add column reply text,
  add column reply_at timestamptz(3),
  add column reply_by text,
  add column import_id uuid,
  add column import_key text;

-- What was written before was shown nowhere and asked for nothing but stars and a text: it counts from its own day.
update review set published_at = at;
update review r set author_name = nullif(trim(concat_ws(' ', c.first_name, left(c.last_name, 1) || '.')), '')
from customer c where c.shop_id = r.shop_id and c.id = r.customer_id and c.first_name is not null;

drop index review_shop_id_order_id_product_id_customer_id_key;
-- One a product of an order, and one of the shop an order; imported ones have their own key.
create unique index review_once on review (shop_id, order_id, product_id, customer_id) nulls not distinct where order_id is not null;
create unique index review_import_once on review (shop_id, import_key) where import_key is not null;
drop index review_shop_id_product_id_at_idx;
create index review_shown on review (shop_id, product_id, published_at desc, id desc) where state = 'published';
create index review_due on review (shop_id, due_at) where due_at is not null;
create index review_shop_id_at_id_idx on review (shop_id, at, id);
create index review_shop_id_customer_id_idx on review (shop_id, customer_id);

-- Every step of moderation, with its reason and who took it.
create table review_decision (
  shop_id bigint not null,
  id uuid not null,
  subject text not null,
  subject_id uuid not null,
  action text not null,
  reason text,
  by text not null,
  at timestamptz(3) not null,
  constraint review_decision_pkey primary key (shop_id, id)
);
create index review_decision_shop_id_subject_id_at_idx on review_decision (shop_id, subject_id, at);
select protect_tenant_table('review_decision');

-- What may be said of a product of this type beside stars: fit, quality… An empty type means all products.
create table review_attribute (
  shop_id bigint not null,
  product_type text not null,
  key text not null,
  position smallint not null,
  label jsonb not null,
  low jsonb not null,
  high jsonb not null,
  constraint review_attribute_pkey primary key (shop_id, product_type, key)
);
select protect_tenant_table('review_attribute');

create table review_photo (
  shop_id bigint not null,
  id uuid not null,
  review_id uuid not null,
  position smallint not null,
  kind text not null,
  state text not null,
  source_url text,
  file_id uuid,
  due_at timestamptz(3),
  lease_until timestamptz(3),
  attempts smallint not null default 0,
  reason text,
  constraint review_photo_pkey primary key (shop_id, id)
);
create index review_photo_shop_id_review_id_position_idx on review_photo (shop_id, review_id, position);
create index review_photo_due on review_photo (shop_id, due_at) where due_at is not null;
select protect_tenant_table('review_photo');

-- What Shopify is to know of a product's stars, and what it knows. Product 0 is the shop itself, which Shopify has no place for.
create table product_rating (
  shop_id bigint not null,
  product_id bigint not null,
  count integer not null default 0,
  stars integer not null default 0,
  known text,
  due_at timestamptz(3),
  lease_until timestamptz(3),
  attempts smallint not null default 0,
  reason text,
  constraint product_rating_pkey primary key (shop_id, product_id)
);
create index product_rating_due on product_rating (shop_id, due_at) where due_at is not null;
select protect_tenant_table('product_rating');
insert into product_rating (shop_id, product_id, count, stars)
  select shop_id, product_id, count(*), sum(stars) from review group by shop_id, product_id;

create table product_question (
  shop_id bigint not null,
  id uuid not null,
  product_id bigint not null,
  customer_id uuid,
  author_name text,
  text text,
  locale text,
  state text not null,
  hold_reason text,
  held_by text,
  due_at timestamptz(3),
  at timestamptz(3) not null,
  published_at timestamptz(3),
  constraint product_question_pkey primary key (shop_id, id)
);
create index product_question_shop_id_product_id_at_idx on product_question (shop_id, product_id, at);
create index product_question_shop_id_at_id_idx on product_question (shop_id, at, id);
create index product_question_due on product_question (shop_id, due_at) where due_at is not null;
select protect_tenant_table('product_question');

create table question_answer (
  shop_id bigint not null,
  id uuid not null,
  question_id uuid not null,
  customer_id uuid,
  by text not null,
  author_name text,
  text text,
  locale text,
  state text not null,
  hold_reason text,
  held_by text,
  due_at timestamptz(3),
  at timestamptz(3) not null,
  published_at timestamptz(3),
  constraint question_answer_pkey primary key (shop_id, id)
);
create index question_answer_shop_id_question_id_at_idx on question_answer (shop_id, question_id, at);
create index question_answer_due on question_answer (shop_id, due_at) where due_at is not null;
select protect_tenant_table('question_answer');

-- A file of another app on its way in: its bytes stay until it is done, so that any worker can go on where one stopped.
create table review_import (
  shop_id bigint not null,
  id uuid not null,
  name text not null,
  bytes bigint not null,
  received bigint not null default 0,
  state text not null,
  mapping jsonb,
  rows integer not null default 0,
  saved integer not null default 0,
  known integer not null default 0,
  broken integer not null default 0,
  held integer not null default 0,
  photos integer not null default 0,
  error text,
  by text,
  created_at timestamptz(3) not null,
  ended_at timestamptz(3),
  constraint review_import_pkey primary key (shop_id, id)
);
create index review_import_shop_id_created_at_idx on review_import (shop_id, created_at);
select protect_tenant_table('review_import');

create table review_import_chunk (
  shop_id bigint not null,
  import_id uuid not null,
  n integer not null,
  body bytea not null,
  constraint review_import_chunk_pkey primary key (shop_id, import_id, n)
);
-- Text that is read once and dropped again: not worth the time to press it.
alter table review_import_chunk alter column body set storage external;
select protect_tenant_table('review_import_chunk');

create table review_import_problem (
  shop_id bigint not null,
  import_id uuid not null,
  row integer not null,
  field text not null,
  why text not null,
  constraint review_import_problem_pkey primary key (shop_id, import_id, row)
);
select protect_tenant_table('review_import_problem');

-- What this release adds to the moments that are due, whatever others have added to the view before.
do $$
begin
  execute 'create or replace view due_moment with (security_invoker = true) as '
    || rtrim(pg_get_viewdef('due_moment'::regclass), E'; \n')
    || ' union all select shop_id, ''review'', due_at from review where due_at is not null'
    || ' union all select shop_id, ''question'', due_at from product_question where due_at is not null'
    || ' union all select shop_id, ''question'', due_at from question_answer where due_at is not null'
    || ' union all select shop_id, ''review-photo'', due_at from review_photo where due_at is not null'
    || ' union all select shop_id, ''rating'', due_at from product_rating where due_at is not null';
end $$;
