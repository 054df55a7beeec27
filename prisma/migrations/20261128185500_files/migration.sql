-- Pictures and videos of shoppers and merchants: rows here, bytes in the storage.
create table stored_file (
  shop_id bigint not null,
  id uuid not null,
  name text not null,
  purpose text not null,
  customer_id uuid,
  kind text not null,
  ending text not null,
  width integer,
  height integer,
  widths integer[],
  bytes bigint not null,
  sha256 bytea not null,
  used_by text,
  created_at timestamptz(3) not null,
  constraint stored_file_pkey primary key (shop_id, id)
);
create unique index stored_file_shop_id_name_key on stored_file (shop_id, name);
create index stored_file_shop_id_customer_id_idx on stored_file (shop_id, customer_id);
create index stored_file_shop_id_used_by_idx on stored_file (shop_id, used_by);
-- What housekeeping looks for.
create index stored_file_unused on stored_file (created_at) where used_by is null;
select protect_tenant_table('stored_file');

create table upload (
  shop_id bigint not null,
  id uuid not null,
  purpose text not null,
  customer_id uuid,
  announced bigint,
  received bigint not null default 0,
  pieces jsonb not null default '[]',
  state text not null default 'open',
  refusal text,
  file_id uuid,
  created_at timestamptz(3) not null,
  constraint upload_pkey primary key (shop_id, id)
);
create index upload_shop_id_customer_id_created_at_idx on upload (shop_id, customer_id, created_at);
create index upload_created_at_idx on upload (created_at);
select protect_tenant_table('upload');

create table removed_folder (
  shop_id bigint not null,
  folder text not null,
  remove_at timestamptz(3) not null,
  constraint removed_folder_pkey primary key (shop_id, folder)
);
create index removed_folder_remove_at_idx on removed_folder (remove_at);
select protect_tenant_table('removed_folder');

-- Whoever deletes a row (a person erased, a shop erased, housekeeping) thereby has its bytes removed as well. 'epoch': at once,
-- whatever the time is, which only app/clock.server.ts knows.
create function remove_bytes() returns trigger language plpgsql as $$
begin
  insert into removed_folder (shop_id, folder, remove_at)
  values (old.shop_id,
    case tg_table_name when 'upload' then 'incoming/' || old.id
      else 'public/' || left(to_jsonb(old) ->> 'name', 2) || '/' || (to_jsonb(old) ->> 'name') end,
    'epoch')
  on conflict (shop_id, folder) do update set remove_at = excluded.remove_at;
  return old;
end $$;
create trigger stored_file_bytes after delete on stored_file for each row execute function remove_bytes();
create trigger upload_bytes after delete on upload for each row execute function remove_bytes();
