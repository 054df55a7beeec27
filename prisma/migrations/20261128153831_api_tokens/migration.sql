-- Tokens of a merchant's own programs, as hashes.
create table api_token (
  shop_id bigint not null,
  id uuid not null,
  name text not null,
  scope text not null,
  hash bytea not null,
  epoch integer not null,
  created_by text not null,
  created_at timestamptz(3) not null,
  last_used_at timestamptz(3),
  constraint api_token_pkey primary key (shop_id, id)
);
create unique index api_token_shop_id_hash_key on api_token (shop_id, hash);
select protect_tenant_table('api_token');
