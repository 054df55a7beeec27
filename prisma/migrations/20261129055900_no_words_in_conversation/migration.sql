-- Of its own: a table is changed in a moment or not at all, and what was filled beside it would be filled again at each try.
drop index if exists conversation_search;
