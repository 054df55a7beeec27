-- Names of the staff, as Shopify tells them of whoever has the app open.
create table staff_member (
  shop_id bigint not null,
  user_id bigint not null,
  name text not null,
  at timestamptz(3) not null,
  constraint staff_member_pkey primary key (shop_id, user_id)
);
select protect_tenant_table('staff_member');
