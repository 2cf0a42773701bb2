import type { MatchedPart } from '../../sigma/hit';
import { pool } from '../client';
import { jsonText } from '../jsonText';

/** A hit as a pass finds it. */
export type NewHit = {
  /** Host as recorded. */
  readonly hostId: number;
  readonly eventId: string;
  /** Of the rule's text. */
  readonly ruleId: number;
  readonly isEvent: boolean;
  readonly silent: boolean;
  /** Micros. */
  readonly time: number;
  readonly member: number;
  readonly recordIndex: number;
  readonly source: string;
  readonly entityId: string | null;
  /** Null as well for what no pid can be. */
  readonly pid: number | null;
  readonly image: string | null;
  readonly commandLine: string | null;
  readonly userName: string | null;
  readonly matched: readonly MatchedPart[];
  readonly fields: Readonly<Record<string, string>>;
};

/**
 * Stores hits under a run that does not count yet. A record that is there already, from another place of the same
 * import or from before the pass was stopped, is left as it is. As JSON: it takes what no column of text could.
 */
export async function saveHits(importId: number, run: number, hits: readonly NewHit[]): Promise<void> {
  if (hits.length === 0) return;
  await pool().query({
    name: 'save_sigma_hits',
    text: `INSERT INTO sigma_hits (import_id, run, host_id, event_id, rule_id, is_event, silent, time, member, record_index,
        source, entity_id, pid, image, command_line, user_name, matched, fields)
      SELECT $1, $2, h."hostId", h."eventId", h."ruleId", h."isEvent", h.silent, h.time, h.member, h."recordIndex", h.source,
        h."entityId", h.pid, h.image, h."commandLine", h."userName", h.matched, h.fields
      FROM jsonb_to_recordset($3::jsonb) AS h("hostId" int, "eventId" uuid, "ruleId" int, "isEvent" bool, silent bool,
        time bigint, member int, "recordIndex" int, source text, "entityId" text, pid int, image text, "commandLine" text,
        "userName" text, matched jsonb, fields jsonb)
      ON CONFLICT DO NOTHING`,
    values: [importId, run, jsonText(hits)],
  });
}
