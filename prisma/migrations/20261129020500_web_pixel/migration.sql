-- Whether a shop wants friends' links remembered by its web pixel, and what became of it at Shopify.
create table web_pixel (
  shop_id bigint not null,
  wanted boolean not null,
  pixel_id text,
  address text,
  problem text,
  at timestamptz(3) not null,
  constraint web_pixel_pkey primary key (shop_id)
);
select protect_tenant_table('web_pixel');
