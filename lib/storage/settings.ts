import { type Connection, pool } from './client';
import { jsonText } from './jsonText';

/** Kinds of settings people make: of one shipped definition, a definition of their own, or for all of them. */
export type SettingKind = 'tuning' | 'definition' | 'environment';

/** What a back-test said of a change: how many findings it adds, takes away, alters and leaves. */
export type Effect = {
  readonly gained: number;
  readonly lost: number;
  readonly changed: number;
  readonly unchanged: number;
};

/** One version of a setting, its body as it was saved. */
export type StoredSetting = {
  readonly subject: string;
  readonly version: number;
  readonly kind: SettingKind;
  readonly body: unknown;
  readonly note: string;
  readonly effect: Effect;
  readonly savedAt: Date;
  readonly savedBy: string;
};

const COLUMNS = 'subject, version, kind, body, note, effect, saved_at AS "savedAt", saved_by AS "savedBy"';

/**
 * A short text that differs whenever the settings or baselines in force differ: both are only ever added to, and
 * a baseline is approved and revoked once. One that waits for its approval is not in force.
 */
export async function settingsStamp(connection: Connection | undefined = undefined): Promise<string> {
  const { rows } = await (connection ?? pool()).query<{ stamp: string }>({
    name: 'settings_stamp',
    text: `SELECT concat_ws('.', (SELECT count(*) FROM settings), count(*), count(*) FILTER (WHERE revoked_at IS NOT NULL)) AS stamp
      FROM baselines WHERE NOT needs_approval OR approved_at IS NOT NULL`,
  });
  return rows[0]?.stamp ?? '';
}

/** Settings in force (the highest version of each subject), in order of subject. */
export async function listSettings(): Promise<readonly StoredSetting[]> {
  const { rows } = await pool().query<StoredSetting>(
    `SELECT DISTINCT ON (subject) ${COLUMNS} FROM settings ORDER BY subject, version DESC`,
  );
  return rows;
}

/** All versions of one subject, newest first. */
export async function listSettingVersions(subject: string): Promise<readonly StoredSetting[]> {
  const { rows } = await pool().query<StoredSetting>(
    `SELECT ${COLUMNS} FROM settings WHERE subject = $1 ORDER BY version DESC`,
    [subject],
  );
  return rows;
}

/** Saves the next version of a subject and returns its number. The caller holds the lock of settings. */
export async function addSetting(
  connection: Connection,
  setting: Omit<StoredSetting, 'version' | 'savedAt'>,
): Promise<number> {
  const { rows } = await connection.query<{ version: number }>(
    `INSERT INTO settings (subject, version, kind, body, note, effect, saved_by)
     SELECT $1, coalesce((SELECT max(version) FROM settings WHERE subject = $1), 0) + 1, $2, $3, $4, $5, $6
     RETURNING version`,
    [
      setting.subject,
      setting.kind,
      jsonText(setting.body),
      setting.note,
      jsonText(setting.effect),
      setting.savedBy,
    ],
  );
  return rows[0]?.version ?? 0;
}
