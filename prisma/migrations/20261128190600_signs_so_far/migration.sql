-- What was said and sent back so far; apart from the columns, so that nobody waits for the table while it is counted.
update customer c set answers = t.answers, kind_words = t.kind_words
from (
  select shop_id, customer_id, count(*) as answers, count(*) filter (where score >= 4) as kind_words
  from answer where customer_id is not null and verified_at is not null group by 1, 2
) t where c.shop_id = t.shop_id and c.id = t.customer_id;
update customer c set reviews = t.reviews, kind_words = c.kind_words + t.kind_words
from (
  select shop_id, customer_id, count(*) as reviews, count(*) filter (where stars >= 4) as kind_words
  from review group by 1, 2
) t where c.shop_id = t.shop_id and c.id = t.customer_id;
update customer c set returned = t.returned
from (
  select shop_id, customer_id, count(*) as returned from orders
  where returned_at is not null and customer_id is not null group by 1, 2
) t where c.shop_id = t.shop_id and c.id = t.customer_id;
-- Looked at once, a few at a time, and from then on when time may change them.
update customer set stage_due_at = created_at where merged_into is null and erased_at is null;
