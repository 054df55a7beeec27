-- When events end, from a metafield of their product at Shopify.
create table product_date (
  shop_id bigint not null,
  product_id bigint not null,
  name text not null,
  ends_at timestamptz(3) not null,
  constraint product_date_pkey primary key (shop_id, product_id, name)
);
create index product_date_shop_id_name_ends_at_idx on product_date (shop_id, name, ends_at);
select protect_tenant_table('product_date');
