-- When a code was last seen on a page, and passed on.
alter table referral_code add column shown_at timestamptz(3), add column shared_at timestamptz(3);
