-- Which codes Shopify has as a metafield of their customer, and from whom one has to be taken away: they were erased.
alter table referral_code add column told_at timestamptz(3);
create index referral_code_untold on referral_code (shop_id, issued_at) where state = 'issued' and told_at is null;
create table code_field_gone (
  shop_id bigint not null,
  shopify_id bigint not null,
  at timestamptz(3) not null,
  constraint code_field_gone_pkey primary key (shop_id, shopify_id)
);
select protect_tenant_table('code_field_gone');
