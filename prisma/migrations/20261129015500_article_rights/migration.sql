-- An article of a guest post stands in the shop's blog as long as its owner has granted it: when that ends, it goes.
create index story_article_until on story (rights_until) where article_id is not null and rights_until is not null;

-- What this release adds to the moments that are due, whatever others have added to the view before.
do $$
begin
  execute 'create or replace view due_moment with (security_invoker = true) as '
    || rtrim(pg_get_viewdef('due_moment'::regclass), E'; \n')
    || ' union all select shop_id, ''article'', rights_until from story where article_id is not null and rights_until is not null';
end $$;
