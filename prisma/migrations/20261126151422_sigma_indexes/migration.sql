-- CreateIndex
CREATE INDEX "sigma_hits_time_event_id_rule_id_idx" ON "sigma_hits"("time" DESC, "event_id" DESC, "rule_id" DESC);

-- By hand: metrics go through what was decided after every verdict, and need no more of a row than this.
CREATE INDEX "verdicts_next" ON "verdicts" ("finding_id", "id") INCLUDE ("value", "at", "bulk_id");
