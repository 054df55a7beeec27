-- How often networks have asked what tells of codes, so that several processes count together and a restart forgets nothing.
-- Unlogged: what a crash of the database forgets is a minute's count. Its key begins with the shop and is a hash.
create unlogged table rate_limit (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
revoke all on rate_limit from everafter_app;
