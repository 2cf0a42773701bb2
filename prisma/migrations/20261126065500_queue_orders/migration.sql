-- By hand: the queue's other orders. The migration before holds them too, since 26 November; a database that applied
-- it earlier gets them here.
CREATE INDEX IF NOT EXISTS "findings_severity" ON "findings" ("severity", (("status" = 'complete')::int), "score", "from_time", "id");
CREATE INDEX IF NOT EXISTS "findings_analytic" ON "findings" ("analytic", (-("status" = 'complete')::int), (-"score"), "id");
CREATE INDEX IF NOT EXISTS "findings_by_user" ON "findings"
  ((("user_name" IS NULL)::int), (left(coalesce(lower("user_name"), ''), 100)), (-("status" = 'complete')::int), (-"score"), "id");
CREATE INDEX IF NOT EXISTS "findings_baselines" ON "findings" USING gin ("baseline_ids");

-- Again, with the end of the finding: a filter by time reads no rows either.
DROP INDEX IF EXISTS "findings_rank";
CREATE INDEX "findings_rank" ON "findings" ((("status" = 'complete')::int), "score", "severity", "from_time", "id")
  INCLUDE ("analytic", "host_id", "status", "suppressed", "stale", "blind", "to_time", "created_at");
