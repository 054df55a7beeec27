-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "customer" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "shopify_id" BIGINT,
    "merged_into" UUID,
    "email" TEXT,
    "email_key" TEXT,
    "phone" TEXT,
    "first_name" TEXT,
    "last_name" TEXT,
    "locale" TEXT,
    "country" TEXT,
    "province" TEXT,
    "city" TEXT,
    "zip" TEXT,
    "address_hash" TEXT,
    "time_zone" TEXT,
    "orders_count" INTEGER NOT NULL DEFAULT 0,
    "total_spent" BIGINT NOT NULL DEFAULT 0,
    "first_order_at" TIMESTAMPTZ(3),
    "last_order_at" TIMESTAMPTZ(3),
    "last_heard_at" TIMESTAMPTZ(3),
    "last_score" SMALLINT,
    "stage" TEXT NOT NULL DEFAULT 'stranger',
    "stage_reason" JSONB NOT NULL DEFAULT '{}',
    "stage_at" TIMESTAMPTZ(3),
    "search_text" TEXT NOT NULL DEFAULT '',
    "erased_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "consent" (
    "shop_id" BIGINT NOT NULL,
    "customer_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "level" TEXT,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "consent_pkey" PRIMARY KEY ("shop_id","customer_id","channel")
);

-- CreateTable
CREATE TABLE "preference" (
    "shop_id" BIGINT NOT NULL,
    "customer_id" UUID NOT NULL,
    "locale" TEXT,
    "channel" TEXT,
    "frequency" TEXT NOT NULL DEFAULT 'all',
    "hour" SMALLINT,
    "paused_until" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "preference_pkey" PRIMARY KEY ("shop_id","customer_id")
);

-- CreateTable
CREATE TABLE "timeline_entry" (
    "shop_id" BIGINT NOT NULL,
    "customer_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',
    "order_id" BIGINT,

    CONSTRAINT "timeline_entry_pkey" PRIMARY KEY ("shop_id","customer_id","at","id")
);

-- CreateTable
CREATE TABLE "survey" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "survey_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "survey_version" (
    "shop_id" BIGINT NOT NULL,
    "survey_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "survey_version_pkey" PRIMARY KEY ("shop_id","survey_id","version")
);

-- CreateTable
CREATE TABLE "answer" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "survey_id" UUID NOT NULL,
    "survey_version" INTEGER NOT NULL,
    "subject" TEXT NOT NULL,
    "operation_id" TEXT NOT NULL,
    "customer_id" UUID,
    "order_id" BIGINT,
    "checkout_token" TEXT,
    "source" TEXT NOT NULL,
    "locale" TEXT,
    "country" TEXT,
    "score" SMALLINT,
    "comment" TEXT,
    "answers" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "verified_at" TIMESTAMPTZ(3),

    CONSTRAINT "answer_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "review" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "order_id" BIGINT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "stars" SMALLINT NOT NULL,
    "text" TEXT,
    "locale" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "review_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "daily_figure" (
    "shop_id" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "metric" TEXT NOT NULL,
    "value" BIGINT NOT NULL,

    CONSTRAINT "daily_figure_pkey" PRIMARY KEY ("shop_id","day","metric")
);

-- CreateTable
CREATE TABLE "webhook_inbox" (
    "shop_id" BIGINT NOT NULL,
    "webhook_id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "event_id" TEXT,
    "api_version" TEXT,
    "triggered_at" TIMESTAMPTZ(3),
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "body" TEXT NOT NULL,
    "state" SMALLINT NOT NULL DEFAULT 0,
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3),
    "reason" TEXT,

    CONSTRAINT "webhook_inbox_pkey" PRIMARY KEY ("shop_id","webhook_id")
);

-- CreateTable
CREATE TABLE "body_fingerprint" (
    "sha256" BYTEA NOT NULL,
    "shop_id" BIGINT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "body_fingerprint_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "stray_webhook" (
    "domain" TEXT NOT NULL,
    "webhook_id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "body" TEXT NOT NULL,

    CONSTRAINT "stray_webhook_pkey" PRIMARY KEY ("domain","webhook_id")
);

-- CreateTable
CREATE TABLE "event" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "customer_id" UUID,
    "order_id" BIGINT,
    "data" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "error" TEXT,

    CONSTRAINT "event_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "template" (
    "shop_id" BIGINT NOT NULL,
    "key" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "subject" TEXT NOT NULL,
    "blocks" JSONB NOT NULL,
    "compiled_html" TEXT NOT NULL,
    "compiled_text" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "template_pkey" PRIMARY KEY ("shop_id","key","locale")
);

-- CreateTable
CREATE TABLE "message" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "enrollment_id" UUID,
    "order_id" BIGINT,
    "key" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "class" TEXT NOT NULL,
    "template_key" TEXT NOT NULL,
    "locale" TEXT,
    "data" JSONB NOT NULL DEFAULT '{}',
    "state" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "planned_at" TIMESTAMPTZ(3) NOT NULL,
    "useless_after" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "epoch" INTEGER NOT NULL,
    "provider" TEXT,
    "provider_id" TEXT,
    "reason" JSONB NOT NULL DEFAULT '{}',
    "subject" TEXT,
    "html" TEXT,
    "text" TEXT,
    "sent_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "opened_at" TIMESTAMPTZ(3),
    "clicked_at" TIMESTAMPTZ(3),
    "bounced_at" TIMESTAMPTZ(3),
    "complained_at" TIMESTAMPTZ(3),

    CONSTRAINT "message_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "permission_answer" (
    "shop_id" BIGINT NOT NULL,
    "message_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "answer" TEXT NOT NULL,
    "reason" JSONB NOT NULL DEFAULT '{}',
    "until" TIMESTAMPTZ(3),
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "permission_answer_pkey" PRIMARY KEY ("shop_id","message_id","id")
);

-- CreateTable
CREATE TABLE "message_event" (
    "shop_id" BIGINT NOT NULL,
    "message_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_event_pkey" PRIMARY KEY ("shop_id","message_id","kind","ref")
);

-- CreateTable
CREATE TABLE "suppression" (
    "shop_id" BIGINT NOT NULL,
    "channel" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "classes" TEXT[],
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "suppression_pkey" PRIMARY KEY ("shop_id","channel","hash")
);

-- CreateTable
CREATE TABLE "orders" (
    "shop_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "customer_id" UUID,
    "email" TEXT,
    "phone" TEXT,
    "locale" TEXT,
    "currency" TEXT NOT NULL,
    "total" BIGINT NOT NULL,
    "refunded" BIGINT NOT NULL DEFAULT 0,
    "present_currency" TEXT NOT NULL,
    "present_total" BIGINT NOT NULL,
    "financial_status" TEXT,
    "fulfillment_status" TEXT,
    "source" TEXT NOT NULL,
    "test" BOOLEAN NOT NULL DEFAULT false,
    "checkout_token" TEXT,
    "confirmation" TEXT,
    "discount_codes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "country" TEXT,
    "province" TEXT,
    "city" TEXT,
    "zip" TEXT,
    "time_zone" TEXT,
    "address_hash" TEXT,
    "status_url" TEXT,
    "ordinal" INTEGER,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    "paid_at" TIMESTAMPTZ(3),
    "fulfilled_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),
    "refunded_at" TIMESTAMPTZ(3),
    "returned_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "snapshot_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "orders_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "order_line" (
    "shop_id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "product_id" BIGINT,
    "variant_id" BIGINT,
    "title" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "current_quantity" INTEGER NOT NULL,
    "price" BIGINT NOT NULL,

    CONSTRAINT "order_line_pkey" PRIMARY KEY ("shop_id","order_id","id")
);

-- CreateTable
CREATE TABLE "shipment" (
    "shop_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "status" TEXT NOT NULL,
    "carrier" TEXT,
    "tracking_number" TEXT,
    "tracking_url" TEXT,
    "country" TEXT,
    "shipped_at" TIMESTAMPTZ(3) NOT NULL,
    "expected_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "delivered_by" TEXT,
    "due_at" TIMESTAMPTZ(3),
    "snapshot_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shipment_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "shipment_line" (
    "shop_id" BIGINT NOT NULL,
    "shipment_id" BIGINT NOT NULL,
    "line_id" BIGINT NOT NULL,
    "quantity" INTEGER NOT NULL,

    CONSTRAINT "shipment_line_pkey" PRIMARY KEY ("shop_id","shipment_id","line_id")
);

-- CreateTable
CREATE TABLE "refund" (
    "shop_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "amount" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "refund_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "order_return" (
    "shop_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "order_return_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "product" (
    "shop_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "handle" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "product_type" TEXT NOT NULL DEFAULT '',
    "vendor" TEXT NOT NULL DEFAULT '',
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "image_url" TEXT,
    "url" TEXT,
    "status" TEXT NOT NULL DEFAULT 'active',
    "deleted_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "product_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "product_clock" (
    "shop_id" BIGINT NOT NULL,
    "scope" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "care_guide" JSONB NOT NULL DEFAULT '{}',
    "first_use_days" INTEGER,
    "ready_to_judge_days" INTEGER,
    "useful_life_days" INTEGER,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "product_clock_pkey" PRIMARY KEY ("shop_id","scope","ref")
);

-- CreateTable
CREATE TABLE "program" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "terms" JSONB NOT NULL,
    "parent_discount_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "program_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "referral_code" (
    "shop_id" BIGINT NOT NULL,
    "code" TEXT NOT NULL,
    "program_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "redeem_id" TEXT,
    "customer_id" UUID,
    "minted_at" TIMESTAMPTZ(3),
    "issued_at" TIMESTAMPTZ(3),

    CONSTRAINT "referral_code_pkey" PRIMARY KEY ("shop_id","code")
);

-- CreateTable
CREATE TABLE "referral" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "program_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "advocate_id" UUID NOT NULL,
    "friend_id" UUID,
    "order_id" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "reasons" JSONB NOT NULL DEFAULT '[]',
    "due_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "referral_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "referral_visit" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "referral_visit_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "reward" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "cause" TEXT NOT NULL,
    "customer_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "reason" JSONB NOT NULL DEFAULT '{}',
    "code" TEXT,
    "discount_id" TEXT,
    "due_at" TIMESTAMPTZ(3),
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "earned_at" TIMESTAMPTZ(3) NOT NULL,
    "issued_at" TIMESTAMPTZ(3),
    "voided_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "reward_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "sequence" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "live_version" INTEGER,
    "draft" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sequence_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "sequence_version" (
    "shop_id" BIGINT NOT NULL,
    "sequence_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "plan" JSONB NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sequence_version_pkey" PRIMARY KEY ("shop_id","sequence_id","version")
);

-- CreateTable
CREATE TABLE "enrollment" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "sequence_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "customer_id" UUID NOT NULL,
    "order_id" BIGINT,
    "shipment_id" BIGINT,
    "product_id" BIGINT,
    "subject" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "anchor_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "enrollment_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "enrollment_cursor" (
    "shop_id" BIGINT NOT NULL,
    "enrollment_id" UUID NOT NULL,
    "sequence_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "step_key" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "attempts" SMALLINT NOT NULL DEFAULT 0,

    CONSTRAINT "enrollment_cursor_pkey" PRIMARY KEY ("shop_id","enrollment_id")
);

-- CreateTable
CREATE TABLE "decision" (
    "shop_id" BIGINT NOT NULL,
    "enrollment_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "step_key" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" JSONB NOT NULL DEFAULT '{}',
    "until" TIMESTAMPTZ(3),
    "message_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("shop_id","enrollment_id","id")
);

-- CreateTable
CREATE TABLE "shop" (
    "id" BIGSERIAL NOT NULL,
    "domain" TEXT NOT NULL,
    "shopify_id" BIGINT,
    "name" TEXT NOT NULL DEFAULT '',
    "email" TEXT,
    "currency" TEXT NOT NULL DEFAULT 'USD',
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "locale" TEXT NOT NULL DEFAULT 'en',
    "locales" TEXT[] DEFAULT ARRAY['en']::TEXT[],
    "country" TEXT,
    "url" TEXT,
    "status" TEXT NOT NULL DEFAULT 'installed',
    "epoch" INTEGER NOT NULL DEFAULT 1,
    "installed_at" TIMESTAMPTZ(3),
    "uninstalled_at" TIMESTAMPTZ(3),
    "settings" JSONB NOT NULL DEFAULT '{}',
    "setup_dismissed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shop_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shopify_session" (
    "id" TEXT NOT NULL,
    "shop" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "is_online" BOOLEAN NOT NULL,
    "scope" TEXT,
    "expires" TIMESTAMPTZ(3),
    "access_token" TEXT NOT NULL,
    "refresh_token" TEXT,
    "refresh_token_expires" TIMESTAMPTZ(3),
    "user_id" BIGINT,
    "first_name" TEXT,
    "last_name" TEXT,
    "email" TEXT,
    "locale" TEXT,
    "account_owner" BOOLEAN NOT NULL DEFAULT false,
    "collaborator" BOOLEAN NOT NULL DEFAULT false,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shopify_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sync_run" (
    "shop_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "bulk_operation_id" TEXT,
    "cursor" TEXT,
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "started_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sync_run_pkey" PRIMARY KEY ("shop_id","kind")
);

-- CreateTable
CREATE TABLE "reconcile_run" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "window_from" TIMESTAMPTZ(3) NOT NULL,
    "window_to" TIMESTAMPTZ(3) NOT NULL,
    "compared" INTEGER NOT NULL,
    "missing" INTEGER NOT NULL,
    "stale" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reconcile_run_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "data_request" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "customer_ref" BIGINT,
    "request_ref" TEXT,
    "state" TEXT NOT NULL,
    "result" JSONB,
    "reason" TEXT,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "data_request_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "tombstone" (
    "shop_id" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tombstone_pkey" PRIMARY KEY ("shop_id","hash")
);

-- CreateTable
CREATE TABLE "access_log" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "customer_id" UUID,

    CONSTRAINT "access_log_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateIndex
CREATE INDEX "customer_shop_id_email_key_idx" ON "customer"("shop_id", "email_key");

-- CreateIndex
CREATE INDEX "customer_shop_id_phone_idx" ON "customer"("shop_id", "phone");

-- CreateIndex
CREATE INDEX "customer_shop_id_last_order_at_id_idx" ON "customer"("shop_id", "last_order_at" DESC, "id");

-- CreateIndex
CREATE INDEX "customer_shop_id_stage_idx" ON "customer"("shop_id", "stage");

-- CreateIndex
CREATE UNIQUE INDEX "customer_shop_id_shopify_id_key" ON "customer"("shop_id", "shopify_id");

-- CreateIndex
CREATE UNIQUE INDEX "survey_shop_id_key_key" ON "survey"("shop_id", "key");

-- CreateIndex
CREATE INDEX "answer_shop_id_at_idx" ON "answer"("shop_id", "at");

-- CreateIndex
CREATE INDEX "answer_shop_id_customer_id_idx" ON "answer"("shop_id", "customer_id");

-- CreateIndex
CREATE INDEX "answer_shop_id_checkout_token_idx" ON "answer"("shop_id", "checkout_token");

-- CreateIndex
CREATE UNIQUE INDEX "answer_shop_id_survey_id_subject_key" ON "answer"("shop_id", "survey_id", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "answer_shop_id_operation_id_key" ON "answer"("shop_id", "operation_id");

-- CreateIndex
CREATE INDEX "review_shop_id_product_id_at_idx" ON "review"("shop_id", "product_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "review_shop_id_order_id_product_id_customer_id_key" ON "review"("shop_id", "order_id", "product_id", "customer_id");

-- CreateIndex
CREATE INDEX "body_fingerprint_seen_at_idx" ON "body_fingerprint"("seen_at");

-- CreateIndex
CREATE INDEX "message_shop_id_customer_id_sent_at_idx" ON "message"("shop_id", "customer_id", "sent_at");

-- CreateIndex
CREATE INDEX "message_shop_id_enrollment_id_idx" ON "message"("shop_id", "enrollment_id");

-- CreateIndex
CREATE INDEX "message_shop_id_planned_at_idx" ON "message"("shop_id", "planned_at");

-- CreateIndex
CREATE UNIQUE INDEX "message_shop_id_key_key" ON "message"("shop_id", "key");

-- CreateIndex
CREATE INDEX "permission_answer_shop_id_at_idx" ON "permission_answer"("shop_id", "at");

-- CreateIndex
CREATE INDEX "orders_shop_id_customer_id_placed_at_idx" ON "orders"("shop_id", "customer_id", "placed_at");

-- CreateIndex
CREATE INDEX "orders_shop_id_checkout_token_idx" ON "orders"("shop_id", "checkout_token");

-- CreateIndex
CREATE INDEX "orders_shop_id_placed_at_idx" ON "orders"("shop_id", "placed_at");

-- CreateIndex
CREATE INDEX "orders_shop_id_snapshot_at_idx" ON "orders"("shop_id", "snapshot_at");

-- CreateIndex
CREATE INDEX "order_line_shop_id_product_id_idx" ON "order_line"("shop_id", "product_id");

-- CreateIndex
CREATE INDEX "shipment_shop_id_order_id_idx" ON "shipment"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "refund_shop_id_order_id_idx" ON "refund"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "order_return_shop_id_order_id_idx" ON "order_return"("shop_id", "order_id");

-- CreateIndex
CREATE UNIQUE INDEX "program_shop_id_key_key" ON "program"("shop_id", "key");

-- CreateIndex
CREATE INDEX "referral_code_shop_id_program_id_state_idx" ON "referral_code"("shop_id", "program_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "referral_code_shop_id_program_id_customer_id_key" ON "referral_code"("shop_id", "program_id", "customer_id");

-- CreateIndex
CREATE INDEX "referral_shop_id_advocate_id_idx" ON "referral"("shop_id", "advocate_id");

-- CreateIndex
CREATE INDEX "referral_shop_id_state_created_at_idx" ON "referral"("shop_id", "state", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "referral_shop_id_order_id_key" ON "referral"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "referral_visit_shop_id_code_at_idx" ON "referral_visit"("shop_id", "code", "at");

-- CreateIndex
CREATE INDEX "reward_shop_id_customer_id_idx" ON "reward"("shop_id", "customer_id");

-- CreateIndex
CREATE INDEX "reward_shop_id_state_earned_at_idx" ON "reward"("shop_id", "state", "earned_at");

-- CreateIndex
CREATE UNIQUE INDEX "reward_shop_id_cause_key" ON "reward"("shop_id", "cause");

-- CreateIndex
CREATE UNIQUE INDEX "sequence_shop_id_key_key" ON "sequence"("shop_id", "key");

-- CreateIndex
CREATE INDEX "enrollment_shop_id_customer_id_idx" ON "enrollment"("shop_id", "customer_id");

-- CreateIndex
CREATE INDEX "enrollment_shop_id_order_id_idx" ON "enrollment"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "enrollment_shop_id_sequence_id_state_started_at_idx" ON "enrollment"("shop_id", "sequence_id", "state", "started_at");

-- CreateIndex
CREATE UNIQUE INDEX "enrollment_shop_id_sequence_id_subject_key" ON "enrollment"("shop_id", "sequence_id", "subject");

-- CreateIndex
CREATE INDEX "enrollment_cursor_shop_id_sequence_id_idx" ON "enrollment_cursor"("shop_id", "sequence_id");

-- CreateIndex
CREATE INDEX "decision_shop_id_at_idx" ON "decision"("shop_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "shop_domain_key" ON "shop"("domain");

-- CreateIndex
CREATE INDEX "shopify_session_shop_idx" ON "shopify_session"("shop");

-- CreateIndex
CREATE INDEX "reconcile_run_shop_id_at_idx" ON "reconcile_run"("shop_id", "at");

-- CreateIndex
CREATE INDEX "access_log_shop_id_at_idx" ON "access_log"("shop_id", "at");

-- AddForeignKey
ALTER TABLE "order_line" ADD CONSTRAINT "order_line_shop_id_order_id_fkey" FOREIGN KEY ("shop_id", "order_id") REFERENCES "orders"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shipment" ADD CONSTRAINT "shipment_shop_id_order_id_fkey" FOREIGN KEY ("shop_id", "order_id") REFERENCES "orders"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shipment_line" ADD CONSTRAINT "shipment_line_shop_id_shipment_id_fkey" FOREIGN KEY ("shop_id", "shipment_id") REFERENCES "shipment"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
