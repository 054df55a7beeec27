-- Every step wrote entries of these, and nothing is looked up by them: what was moved and what was left out have their own.
drop index decision_shop_id_at_idx;
drop index permission_answer_shop_id_at_idx;
drop index message_lease;
