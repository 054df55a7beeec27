-- Home asks which answers did not go out, or wait to: a few among all that was ever said.
create index conversation_entry_troubled on conversation_entry (shop_id, at)
  where kind = 'reply' and state in ('refused', 'to-send');
