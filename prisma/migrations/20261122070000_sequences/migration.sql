-- The moment at which the step that is decided next was reached, on the plan's own clock.
ALTER TABLE "enrollment_cursor" ADD COLUMN "reached_at" TIMESTAMPTZ(3) NOT NULL;
