-- How a shop speaks: app/wording/brand-voice.ts has its shape.
create table brand_voice (
  shop_id bigint not null,
  content jsonb not null,
  updated_at timestamptz(3) not null,
  constraint brand_voice_pkey primary key (shop_id)
);
select protect_tenant_table('brand_voice');
