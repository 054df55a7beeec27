-- Home counts customers by stage: from this index alone (40 ms instead of 220 at 300,000 customers).
create index "customer_stage_count" on "customer" ("shop_id", "stage") where merged_into is null and erased_at is null;
