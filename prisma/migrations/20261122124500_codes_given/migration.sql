-- Staff read codes as they were given, newest first, a page at a time.
create index referral_code_given on referral_code (shop_id, issued_at, code) where issued_at is not null;
