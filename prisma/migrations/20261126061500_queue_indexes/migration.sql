-- By hand: what keeps the queue fast at a hundred thousand findings.

-- The queue's own order; what most filters and all counts need of a finding beside it, so that they read no rows.
CREATE INDEX "findings_rank" ON "findings" ((("status" = 'complete')::int), "score", "severity", "from_time", "id")
  INCLUDE ("analytic", "host_id", "status", "suppressed", "stale", "blind", "created_at");

-- Its other orders; what is filtered beside them is few rows away. Names of users are cut, as below.
CREATE INDEX "findings_severity" ON "findings" ("severity", (("status" = 'complete')::int), "score", "from_time", "id");
CREATE INDEX "findings_analytic" ON "findings" ("analytic", (-("status" = 'complete')::int), (-"score"), "id");
CREATE INDEX "findings_by_user" ON "findings"
  ((("user_name" IS NULL)::int), (left(coalesce(lower("user_name"), ''), 100)), (-("status" = 'complete')::int), (-"score"), "id");
CREATE INDEX "findings_baselines" ON "findings" USING gin ("baseline_ids");

-- Hashed: a user's name is a text of anybody's, and one longer than an index page takes would refuse its host.
CREATE INDEX "findings_user" ON "findings" (md5(lower("user_name")));

-- Search within texts. The expressions are those of lib/storage/findingFilter.ts and lib/storage/alerts.ts.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX "findings_text" ON "findings" USING gin
  (("headline" || E'\n' || "trail" || E'\n' || coalesce("user_name", '') || E'\n' || "analytic" || E'\n' || "id") gin_trgm_ops);
CREATE INDEX "alerts_text" ON "alerts" USING gin
  (("rule" || E'\n' || coalesce("subject", '') || E'\n' || coalesce("user_name", '') || E'\n' || "alert") gin_trgm_ops);

-- The evidence of one alert, joined; and what a chain explains.
CREATE INDEX "alerts_joined" ON "alerts" ("host_id", "alert", "time", "event_id") INCLUDE ("finding_id");
CREATE INDEX "alerts_explained" ON "alerts" ("finding_id") WHERE "finding_id" IS NOT NULL;
