-- AlterTable
ALTER TABLE "baselines" ADD COLUMN     "approved_at" TIMESTAMPTZ(6),
ADD COLUMN     "approved_by" TEXT,
ADD COLUMN     "ended_noted_at" TIMESTAMPTZ(6),
ADD COLUMN     "finding_id" TEXT,
ADD COLUMN     "loses" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "needs_approval" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "decisions" ADD COLUMN     "reopened_at" TIMESTAMPTZ(6),
ADD COLUMN     "reopened_why" TEXT,
ADD COLUMN     "verdict_id" BIGINT;

-- AlterTable
ALTER TABLE "audit" ADD COLUMN     "hash" CHAR(64) NOT NULL DEFAULT '',
ADD COLUMN     "previous" CHAR(64) NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "people" (
    "id" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "role" TEXT NOT NULL DEFAULT 'analyst',
    "deactivated_at" TIMESTAMPTZ(6),
    "deactivated_by" TEXT,
    "two_factor_enabled" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "people_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "token" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "user_id" TEXT NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "accounts" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(6),
    "refresh_token_expires_at" TIMESTAMPTZ(6),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verifications" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "verifications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "two_factors" (
    "id" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "backup_codes" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "verified" BOOLEAN DEFAULT true,
    "failed_verification_count" INTEGER DEFAULT 0,
    "locked_until" TIMESTAMPTZ(6),

    CONSTRAINT "two_factors_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "passkeys" (
    "id" TEXT NOT NULL,
    "name" TEXT,
    "public_key" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "credential_id" TEXT NOT NULL,
    "counter" INTEGER NOT NULL,
    "device_type" TEXT NOT NULL,
    "backed_up" BOOLEAN NOT NULL,
    "transports" TEXT,
    "created_at" TIMESTAMPTZ(6),
    "aaguid" TEXT,

    CONSTRAINT "passkeys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" TEXT NOT NULL,
    "config_id" TEXT NOT NULL DEFAULT 'default',
    "name" TEXT,
    "start" TEXT,
    "reference_id" TEXT NOT NULL,
    "prefix" TEXT,
    "key" TEXT NOT NULL,
    "refill_interval" INTEGER,
    "refill_amount" INTEGER,
    "last_refill_at" TIMESTAMPTZ(6),
    "enabled" BOOLEAN DEFAULT true,
    "rate_limit_enabled" BOOLEAN DEFAULT true,
    "rate_limit_time_window" INTEGER,
    "rate_limit_max" INTEGER,
    "request_count" INTEGER DEFAULT 0,
    "remaining" INTEGER,
    "last_request" TIMESTAMPTZ(6),
    "expires_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,
    "permissions" TEXT,
    "metadata" TEXT,

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limits" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "last_request" BIGINT NOT NULL,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "limited_keys" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "limited_keys_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "invitations" (
    "token_hash" CHAR(64) NOT NULL,
    "purpose" TEXT NOT NULL,
    "person_id" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "used_at" TIMESTAMPTZ(6),

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "verdicts" (
    "id" BIGSERIAL NOT NULL,
    "finding_id" TEXT NOT NULL,
    "value" TEXT,
    "reason" TEXT NOT NULL DEFAULT '',
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finding_revision" INTEGER NOT NULL,
    "analytic_version" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "score" SMALLINT NOT NULL,
    "severity" SMALLINT NOT NULL,
    "stages" JSONB NOT NULL,
    "telemetry" JSONB NOT NULL,
    "baseline_ids" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "blind_stages" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "blind_acknowledged" BOOLEAN NOT NULL DEFAULT false,
    "bulk_id" INTEGER,

    CONSTRAINT "verdicts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finding_revisions" (
    "finding_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,
    "reopened" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "finding_revisions_pkey" PRIMARY KEY ("finding_id","revision")
);

-- CreateTable
CREATE TABLE "bulk_acts" (
    "id" SERIAL NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "body" JSONB NOT NULL,
    "undone_at" TIMESTAMPTZ(6),

    CONSTRAINT "bulk_acts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_decisions" (
    "host_id" INTEGER NOT NULL,
    "alert" TEXT NOT NULL,
    "verdict" TEXT,
    "verdict_reason" TEXT NOT NULL DEFAULT '',
    "verdict_by" TEXT,
    "verdict_at" TIMESTAMPTZ(6),
    "assignee" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "alert_decisions_pkey" PRIMARY KEY ("host_id","alert")
);

-- CreateTable
CREATE TABLE "saved_views" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "search" TEXT NOT NULL,
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_views_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "service_clocks" (
    "severity" SMALLINT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "set_by" TEXT NOT NULL,
    "set_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "service_clocks_pkey" PRIMARY KEY ("severity")
);

-- CreateTable
CREATE TABLE "cases" (
    "id" SERIAL NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT 'open',
    "severity" SMALLINT NOT NULL DEFAULT 2,
    "owner" TEXT,
    "outcome" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,
    "state_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(6),
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "merged_into" INTEGER,
    "merged_at" TIMESTAMPTZ(6),
    "merged_by" TEXT,

    CONSTRAINT "cases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_items" (
    "kind" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "case_id" INTEGER NOT NULL,
    "added_by" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "case_items_pkey" PRIMARY KEY ("kind","ref")
);

-- CreateTable
CREATE TABLE "case_notes" (
    "id" SERIAL NOT NULL,
    "case_id" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawn_at" TIMESTAMPTZ(6),
    "withdrawn_by" TEXT,

    CONSTRAINT "case_notes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_note_versions" (
    "note_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "case_note_versions_pkey" PRIMARY KEY ("note_id","version")
);

-- CreateTable
CREATE TABLE "case_tasks" (
    "id" SERIAL NOT NULL,
    "case_id" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "outcome" TEXT NOT NULL DEFAULT '',
    "assignee" TEXT,
    "due_at" TIMESTAMPTZ(6),
    "finding_id" TEXT,
    "step" INTEGER,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_by" TEXT,
    "ended_at" TIMESTAMPTZ(6),
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "case_tasks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_comments" (
    "id" SERIAL NOT NULL,
    "case_id" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finding_id" TEXT,
    "event_id" UUID,
    "field" TEXT,
    "review_id" INTEGER,
    "resolved_at" TIMESTAMPTZ(6),
    "resolved_by" TEXT,
    "withdrawn_at" TIMESTAMPTZ(6),

    CONSTRAINT "case_comments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_attachments" (
    "id" SERIAL NOT NULL,
    "case_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "upload_id" UUID NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawn_at" TIMESTAMPTZ(6),
    "withdrawn_by" TEXT,

    CONSTRAINT "case_attachments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_indicators" (
    "id" SERIAL NOT NULL,
    "case_id" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawn_at" TIMESTAMPTZ(6),

    CONSTRAINT "case_indicators_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_work" (
    "case_id" INTEGER NOT NULL,
    "person" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "seconds" INTEGER NOT NULL DEFAULT 0,
    "last_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "case_work_pkey" PRIMARY KEY ("case_id","person","day")
);

-- CreateTable
CREATE TABLE "case_reviews" (
    "id" SERIAL NOT NULL,
    "case_id" INTEGER NOT NULL,
    "submitted_by" TEXT NOT NULL,
    "submitted_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "message" TEXT NOT NULL DEFAULT '',
    "seen" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(6),
    "decision" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "case_reviews_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evidence_opened" (
    "finding_id" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "first_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "times" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "evidence_opened_pkey" PRIMARY KEY ("finding_id","person","what")
);

-- CreateTable
CREATE TABLE "second_verdicts" (
    "id" SERIAL NOT NULL,
    "finding_id" TEXT NOT NULL,
    "drawn_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "drawn_by" TEXT NOT NULL,
    "first_value" TEXT NOT NULL,
    "first_by" TEXT NOT NULL,
    "value" TEXT,
    "reason" TEXT NOT NULL DEFAULT '',
    "by" TEXT,
    "at" TIMESTAMPTZ(6),

    CONSTRAINT "second_verdicts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notifications" (
    "id" BIGSERIAL NOT NULL,
    "person" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "by" TEXT,
    "text" TEXT NOT NULL,
    "link" TEXT NOT NULL,
    "read_at" TIMESTAMPTZ(6),

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification_choices" (
    "person" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "channels" TEXT[],

    CONSTRAINT "notification_choices_pkey" PRIMARY KEY ("person","kind")
);

-- CreateTable
CREATE TABLE "webhooks" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "kinds" TEXT[],
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhooks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deliveries" (
    "id" BIGSERIAL NOT NULL,
    "channel" TEXT NOT NULL,
    "webhook_id" INTEGER,
    "address" TEXT,
    "payload" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(6),

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "people_handle_key" ON "people"("handle");

-- CreateIndex
CREATE UNIQUE INDEX "people_email_key" ON "people"("email");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_token_key" ON "sessions"("token");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE INDEX "accounts_user_id_idx" ON "accounts"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "accounts_provider_id_account_id_key" ON "accounts"("provider_id", "account_id");

-- CreateIndex
CREATE INDEX "verifications_identifier_idx" ON "verifications"("identifier");

-- CreateIndex
CREATE INDEX "two_factors_secret_idx" ON "two_factors"("secret");

-- CreateIndex
CREATE INDEX "two_factors_user_id_idx" ON "two_factors"("user_id");

-- CreateIndex
CREATE INDEX "passkeys_user_id_idx" ON "passkeys"("user_id");

-- CreateIndex
CREATE INDEX "passkeys_credential_id_idx" ON "passkeys"("credential_id");

-- CreateIndex
CREATE INDEX "api_keys_config_id_idx" ON "api_keys"("config_id");

-- CreateIndex
CREATE INDEX "api_keys_reference_id_idx" ON "api_keys"("reference_id");

-- CreateIndex
CREATE INDEX "api_keys_key_idx" ON "api_keys"("key");

-- CreateIndex
CREATE UNIQUE INDEX "rate_limits_key_key" ON "rate_limits"("key");

-- CreateIndex
CREATE INDEX "invitations_person_id_idx" ON "invitations"("person_id");

-- CreateIndex
CREATE INDEX "verdicts_finding_id_id_idx" ON "verdicts"("finding_id", "id");

-- CreateIndex
CREATE INDEX "verdicts_by_at_idx" ON "verdicts"("by", "at");

-- CreateIndex
CREATE INDEX "alert_decisions_assignee_idx" ON "alert_decisions"("assignee");

-- CreateIndex
CREATE INDEX "saved_views_by_idx" ON "saved_views"("by");

-- CreateIndex
CREATE INDEX "cases_state_state_at_idx" ON "cases"("state", "state_at");

-- CreateIndex
CREATE INDEX "cases_owner_idx" ON "cases"("owner");

-- CreateIndex
CREATE INDEX "cases_merged_into_idx" ON "cases"("merged_into");

-- CreateIndex
CREATE INDEX "case_items_case_id_idx" ON "case_items"("case_id");

-- CreateIndex
CREATE INDEX "case_notes_case_id_idx" ON "case_notes"("case_id");

-- CreateIndex
CREATE INDEX "case_tasks_case_id_idx" ON "case_tasks"("case_id");

-- CreateIndex
CREATE INDEX "case_tasks_assignee_idx" ON "case_tasks"("assignee");

-- CreateIndex
CREATE UNIQUE INDEX "case_tasks_case_id_finding_id_step_key" ON "case_tasks"("case_id", "finding_id", "step");

-- CreateIndex
CREATE INDEX "case_comments_case_id_id_idx" ON "case_comments"("case_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "case_attachments_upload_id_key" ON "case_attachments"("upload_id");

-- CreateIndex
CREATE INDEX "case_attachments_case_id_idx" ON "case_attachments"("case_id");

-- CreateIndex
CREATE INDEX "case_indicators_case_id_idx" ON "case_indicators"("case_id");

-- CreateIndex
CREATE INDEX "case_indicators_type_value_idx" ON "case_indicators"("type", "value");

-- CreateIndex
CREATE INDEX "case_reviews_case_id_id_idx" ON "case_reviews"("case_id", "id");

-- CreateIndex
CREATE INDEX "case_reviews_state_submitted_at_idx" ON "case_reviews"("state", "submitted_at");

-- CreateIndex
CREATE INDEX "second_verdicts_finding_id_idx" ON "second_verdicts"("finding_id");

-- CreateIndex
CREATE INDEX "second_verdicts_at_idx" ON "second_verdicts"("at");

-- CreateIndex
CREATE INDEX "notifications_person_id_idx" ON "notifications"("person", "id");

-- CreateIndex
CREATE INDEX "deliveries_state_id_idx" ON "deliveries"("state", "id");

-- CreateIndex
CREATE INDEX "deliveries_webhook_id_id_idx" ON "deliveries"("webhook_id", "id");

-- CreateIndex
CREATE INDEX "audit_by_id_idx" ON "audit"("by", "id");

-- CreateIndex
CREATE INDEX "audit_action_id_idx" ON "audit"("action", "id");

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "two_factors" ADD CONSTRAINT "two_factors_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: the audit trail as a chain of hashes.

-- The end of the chain, one row: its lock puts entries in one order, and ids have no gaps.
CREATE TABLE "audit_head" (
  "one" BOOLEAN PRIMARY KEY DEFAULT true CHECK ("one"),
  "id" BIGINT NOT NULL,
  "hash" CHAR(64) NOT NULL
);
INSERT INTO "audit_head" ("id", "hash") VALUES (0, repeat('0', 64));

-- The entry as it is hashed. jsonb writes one text for one value, so the same entry gives the same text.
CREATE FUNCTION audit_text(id BIGINT, at TIMESTAMPTZ, by TEXT, action TEXT, subject TEXT, details JSONB) RETURNS TEXT
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_array($1, to_char($2 AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), $3, $4, $5, $6)::text
$$;

CREATE FUNCTION audit_hash(previous TEXT, entry TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE AS $$
  SELECT encode(sha256(convert_to(previous || E'\n' || entry, 'UTF8')), 'hex')
$$;

-- Entries of before the chain are chained in the order they were written.
ALTER TABLE "audit" DISABLE TRIGGER "audit_append_only";
DO $$
DECLARE
  entry RECORD;
  last TEXT := repeat('0', 64);
  n BIGINT := 0;
BEGIN
  -- Ids become gapless; from low to high none meets another.
  FOR entry IN SELECT * FROM "audit" ORDER BY "id" LOOP
    n := n + 1;
    UPDATE "audit" SET "id" = n, "previous" = last,
      "hash" = audit_hash(last, audit_text(n, entry.at, entry."by", entry.action, entry.subject, entry.details))
      WHERE "id" = entry.id RETURNING "hash" INTO last;
  END LOOP;
  UPDATE "audit_head" SET "id" = n, "hash" = last;
END
$$;
ALTER TABLE "audit" ENABLE TRIGGER "audit_append_only";

-- Whatever an insert says of id, time and hashes, these are what stands.
CREATE FUNCTION chain_audit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  head "audit_head"%ROWTYPE;
BEGIN
  SELECT * INTO STRICT head FROM "audit_head" FOR UPDATE;
  NEW.id := head.id + 1;
  NEW.at := clock_timestamp();
  NEW.previous := head.hash;
  NEW.hash := audit_hash(head.hash, audit_text(NEW.id, NEW.at, NEW."by", NEW.action, NEW.subject, NEW.details));
  UPDATE "audit_head" SET "id" = NEW.id, "hash" = NEW.hash;
  RETURN NEW;
END
$$;
CREATE TRIGGER "audit_chain" BEFORE INSERT ON "audit" FOR EACH ROW EXECUTE FUNCTION chain_audit();

-- Full text over cases.
CREATE INDEX "cases_text" ON "cases" USING gin (to_tsvector('simple', "title" || ' ' || "summary"));
CREATE INDEX "case_note_versions_text" ON "case_note_versions" USING gin (to_tsvector('simple', "title" || ' ' || "body"));
CREATE INDEX "case_tasks_text" ON "case_tasks" USING gin (to_tsvector('simple', "text" || ' ' || "outcome"));
CREATE INDEX "case_comments_text" ON "case_comments" USING gin (to_tsvector('simple', "text"));
CREATE INDEX "case_indicators_text" ON "case_indicators" USING gin (to_tsvector('simple', "value" || ' ' || "note"));

-- What was decided before verdicts were kept with what they rest on.
INSERT INTO "verdicts" ("finding_id", "value", "reason", "by", "at", "finding_revision", "analytic_version", "status", "score",
    "severity", "stages", "telemetry", "baseline_ids")
  SELECT d."finding_id", d."verdict", d."verdict_reason", d."verdict_by", d."verdict_at", f."revision", f."analytic_version", f."status",
    f."score", f."severity", f."strip", coalesce(f."body"->'telemetry', '[]'), f."baseline_ids"
  FROM "decisions" d JOIN "findings" f ON f."id" = d."finding_id"
  WHERE d."verdict" IS NOT NULL AND d."verdict_by" IS NOT NULL AND d."verdict_at" IS NOT NULL;
UPDATE "decisions" d SET "verdict_id" = v."id" FROM "verdicts" v WHERE v."finding_id" = d."finding_id";

-- How long findings may wait, until an administrator says otherwise: critical 1 h, high 4 h, medium 1 day, low 3 days.
INSERT INTO "service_clocks" ("severity", "minutes", "set_by") VALUES (4, 60, 'sequela'), (3, 240, 'sequela'), (2, 1440, 'sequela'), (1, 4320, 'sequela');

-- Append-only, as the audit trail is.
CREATE TRIGGER "verdicts_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "verdicts"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "case_note_versions_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "case_note_versions"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
