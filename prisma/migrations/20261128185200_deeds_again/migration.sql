-- When somebody of the staff asked to try a failed deed again: its patience counts from there.
alter table deed add column again_at timestamptz(3);
