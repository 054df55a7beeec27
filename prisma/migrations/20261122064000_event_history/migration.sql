-- Home counts events by day.
CREATE INDEX "event_shop_id_kind_at_idx" ON "event"("shop_id", "kind", "at");
