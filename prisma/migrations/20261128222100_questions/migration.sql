set lock_timeout = '5s';

-- Where whoever asked wants to be told of answers, and each answer's own way there by mail.
alter table product_question add column email text;
alter table question_answer
  add column tell_due_at timestamptz(3),
  add column tell_lease_until timestamptz(3),
  add column tell_attempts smallint not null default 0,
  -- none | waiting | sent | refused
  add column tell_state text not null default 'none';

-- What everybody sees of a product; whoever bought it answers once, and changes it after that.
create index product_question_shown on product_question (shop_id, product_id, published_at desc, id desc) where state = 'published';
create index product_question_shop_id_customer_id_idx on product_question (shop_id, customer_id);
create unique index question_answer_once on question_answer (shop_id, question_id, customer_id) where by = 'buyer';
create index question_answer_tell_due on question_answer (shop_id, tell_due_at) where tell_due_at is not null;
create index question_answer_shop_id_customer_id_idx on question_answer (shop_id, customer_id);

do $$
begin
  execute 'create or replace view due_moment with (security_invoker = true) as '
    || rtrim(pg_get_viewdef('due_moment'::regclass), E'; \n')
    || ' union all select shop_id, ''question'', tell_due_at from question_answer where tell_due_at is not null';
end $$;
