-- Accounts of the shop's own on networks where people speak of it.

-- CreateTable
CREATE TABLE "social_account" (
    "shop_id" BIGINT NOT NULL,
    "network" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "place" TEXT,
    "next_look_at" TIMESTAMPTZ(3),
    "failures" SMALLINT NOT NULL DEFAULT 0,
    "trouble" TEXT,
    "trouble_at" TIMESTAMPTZ(3),
    "connected_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "social_account_pkey" PRIMARY KEY ("shop_id","network")
);

select protect_tenant_table('social_account');

create index social_account_due on social_account (next_look_at) where next_look_at is not null;
