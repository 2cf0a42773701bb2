import { importSubject } from '../storage/audit';
import { transaction } from '../storage/client';
import { failedImports } from '../storage/notificationCauses';
import { notify } from '../storage/notifications';

/** Tells whoever asked for an import that it failed, once per failure. Returns how many failed. */
export async function notifyFailedImports(): Promise<number> {
  const failed = await failedImports();
  if (failed.length === 0) return 0;
  await transaction((connection) =>
    notify(
      connection,
      failed.map(({ id, name, by, why }) => ({
        person: by,
        kind: 'import.failed' as const,
        subject: importSubject(id),
        by: null,
        text: `The import of ${name} failed. ${why}`.trim(),
        link: `/imports?import=${id}`,
      })),
    ),
  );
  return failed.length;
}
