-- Home asks each time for the few messages of a month that failed; without this it reads all that were planned.
create index message_failures on message (shop_id, planned_at) where state in ('failed', 'unknown');
