-- Two migrations have each added to this view what the other did not know of: endings, and what is watched.
create or replace view due_moment with (security_invoker = true) as
  select shop_id, 'inbox' as kind, due_at from webhook_inbox where due_at is not null
  union all select shop_id, 'event', due_at from event where due_at is not null
  union all select shop_id, 'enrollment', due_at from enrollment_cursor where due_at is not null
  union all select shop_id, 'ending', ending_since from sequence where ending_since is not null
  union all select shop_id, 'message', due_at from message where due_at is not null
  union all select shop_id, 'shipment', due_at from shipment where due_at is not null
  union all select shop_id, 'referral', due_at from referral where due_at is not null
  union all select shop_id, 'reward', due_at from reward where due_at is not null
  union all select shop_id, 'deed', due_at from deed where due_at is not null
  union all select shop_id, 'reconciliation', due_at from reconciliation
  union all select shop_id, 'calendar', due_at from calendar_watch
  union all select shop_id, 'audience', due_at from audience_watch;
