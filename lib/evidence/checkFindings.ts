import { buildCatalogue, type CatalogueFile } from '../analytics/catalogue';
import { NO_FACTS } from '../analytics/history/history';
import type { Digest } from '../base/digest';
import {
  type PackManifest,
  type PackRecord,
  packHistory,
  packHosts,
  packRecord,
  packSettings,
  packSigma,
} from '../contracts/evidence';
import type { Finding } from '../findings/finding';
import { FORMATS } from '../formats';
import type { ExportFormat } from '../formats/exportFormat';
import { mappedFormats } from '../formats/mapping/mappedFormat';
import { parseMapping } from '../formats/mapping/parseMapping';
import { NO_SIGMA } from '../sigma/hit';
import type { Check } from './check';
import { jsonOf, linesOf, type Pack, textOf } from './pack';
import { PACK } from './packNames';
import { unpackedSettings } from './packSettings';
import { type MachineEvent, recomputeFindings, unpackedHistory, unpackedSigma } from './recompute';
import { rereadRecord } from './rereadRecord';

/** Reads the records again, correlates what comes of them, and says of each finding whether it comes out again. */
export function checkFindings(pack: Pack, manifest: PackManifest, digest: Digest): readonly Check[] {
  const { events, check } = rereadAll(pack, digest);
  const files = filesBelow(pack, PACK.analytics).filter(({ name }) => name.endsWith('.yaml'));
  const { catalogue } = buildCatalogue(unpackedSettings(jsonOf(pack, PACK.settings, packSettings), files));
  const history = jsonOf(pack, PACK.history, packHistory);
  const sigma = pack.files.has(PACK.sigma) ? jsonOf(pack, PACK.sigma, packSigma) : {};
  const found = recomputeFindings(events, {
    hosts: jsonOf(pack, PACK.hosts, packHosts),
    catalogue,
    history: (machine) => {
      const known = history[machine];
      return known === undefined ? NO_FACTS : unpackedHistory(known);
    },
    sigma: (machine) => {
      const known = sigma[machine];
      return known === undefined ? NO_SIGMA : unpackedSigma(known);
    },
    digest,
  });
  const byId = new Map([...found.values()].flat().map((finding) => [finding.id, finding]));
  return [check, ...manifest.findings.map((wanted) => checkOne(wanted, byId.get(wanted.id)))];
}

function rereadAll(
  pack: Pack,
  digest: Digest,
): { readonly events: readonly MachineEvent[]; readonly check: Check } {
  const formats: readonly ExportFormat[] = [...FORMATS, ...mappingsOf(pack)];
  const events: MachineEvent[] = [];
  let failed: PackRecord | undefined;
  let alone = 0;
  let faults = 0;
  for (const record of linesOf(pack, PACK.records, packRecord)) {
    if (!record.rereads) {
      alone++;
      continue;
    }
    const raw = pack.files.get(record.file)?.content;
    const heading = record.heading === null ? undefined : pack.files.get(record.heading)?.content;
    const draft =
      raw === undefined
        ? undefined
        : rereadRecord(
            { raw, ...(heading === undefined ? {} : { heading }) },
            record,
            record.event,
            formats,
            digest,
          );
    if (draft === undefined) {
      faults++;
      failed ??= record;
    } else events.push({ machine: record.machine, draft });
  }
  const others = alone === 0 ? '' : `; ${alone} cannot be read without the file around them`;
  const check: Check =
    failed === undefined
      ? { ok: true, text: `records: ${events.length} read again, each gives the id of its event${others}` }
      : {
          ok: false,
          text: `records: ${faults} do not give the id of their event, the first is ${failed.file} (event ${failed.event})`,
        };
  return { events, check };
}

/** Mappings of the pack as formats; one that cannot be read is none, and its records then do not read again. */
function mappingsOf(pack: Pack): readonly ExportFormat[] {
  return mappedFormats(
    filesBelow(pack, PACK.mappings).flatMap(({ text }) => {
      try {
        const { mapping } = parseMapping(JSON.parse(text), true);
        return mapping === undefined ? [] : [mapping];
      } catch {
        return [];
      }
    }),
  );
}

function filesBelow(pack: Pack, folder: string): readonly CatalogueFile[] {
  return [...pack.files.keys()]
    .filter((name) => name.startsWith(folder))
    .sort()
    .map((name) => ({ name: name.slice(folder.length), text: textOf(pack, name) }));
}

function checkOne(wanted: PackManifest['findings'][number], found: Finding | undefined): Check {
  const what = `finding ${wanted.id} (${wanted.analytic} on ${wanted.host})`;
  if (found === undefined) {
    // What could not be shown when the pack was made proves nothing either way, and is not passed over in silence.
    if (!wanted.recomputes) return { ok: true, text: `${what}: not computed anew: ${wanted.because ?? ''}` };
    return { ok: false, text: `${what}: its id does not come out of the records` };
  }
  const same = found.status === wanted.status && found.score === wanted.score;
  const differs = same
    ? ''
    : `; here it is ${found.status} with score ${found.score}: not all of the host's telemetry is in the pack`;
  return {
    ok: true,
    text: `${what}: its id comes out again, ${wanted.status}, score ${wanted.score}${differs}`,
  };
}
