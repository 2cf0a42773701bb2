import { AppError } from '../base/appError';
import type { Digest } from '../base/digest';
import { packAuditEntry, packAuditHead, packManifest, packOriginals } from '../contracts/evidence';
import type { Check } from './check';
import { checkAudit } from './checkAudit';
import { checkFiles, checkManifest, checkOriginals } from './checkFiles';
import { checkFindings } from './checkFindings';
import { jsonOf, linesOf, type Pack, textOf } from './pack';
import { PACK } from './packNames';

/**
 * Checks an evidence pack from outside to inside, each check on its own: manifest, files, originals, audit extract,
 * records, findings. Throws `bad_input` when it is no pack at all, that is, has no manifest of this version.
 */
export function checkPack(pack: Pack, digest: Digest): readonly Check[] {
  if (!pack.files.has(PACK.manifest))
    throw new AppError('bad_input', `no ${PACK.manifest} in it: not an evidence pack`);
  const manifest = jsonOf(pack, PACK.manifest, packManifest);
  return [
    ...tried('manifest', () => [checkManifest(pack, textOf(pack, PACK.manifestHash))]),
    ...checkFiles(pack, manifest),
    ...tried('originals', () => checkOriginals(pack, jsonOf(pack, PACK.originals, packOriginals))),
    ...tried('audit', () =>
      checkAudit(
        linesOf(pack, PACK.audit, packAuditEntry),
        jsonOf(pack, PACK.auditHead, packAuditHead),
        digest,
      ),
    ),
    ...tried('findings', () => checkFindings(pack, manifest, digest)),
  ];
}

/** A part that cannot even be read is a check that failed, not the end of the others. */
function tried(what: string, check: () => readonly Check[]): readonly Check[] {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [{ ok: false, text: `${what}: ${error.message}` }];
  }
}
