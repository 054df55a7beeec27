-- What was said in a period, for the themes of feedback.
create index conversation_entry_voices on conversation_entry (shop_id, at) where kind = 'voice';
