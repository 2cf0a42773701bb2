import { z } from 'zod';
import { SIGMA_LEVELS } from '../sigma/rule';
import { isoTime } from './scalars';

export const evidenceQuery = z.object({
  originals: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: 'also the files that were imported, as they were sent' }),
});
export type EvidenceQuery = z.infer<typeof evidenceQuery>;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What a pack calls itself; another version may hold other files. */
export const PACK_KIND = 'sequela-evidence';
export const PACK_VERSION = 1;

/** manifest.json: every file but itself and its hash. */
export const packManifest = z.object({
  kind: z.literal(PACK_KIND),
  version: z.literal(PACK_VERSION),
  product: z.object({ name: z.string(), version: z.string() }),
  madeAt: isoTime,
  /** Handle of who asked for it. */
  madeBy: z.string(),
  /** What it is of, as the audit trail names it: `finding:ID`, `case:12`. */
  subject: z.string(),
  findings: z.array(
    z.object({
      id: z.string(),
      analytic: z.string(),
      analyticVersion: z.string(),
      host: z.string(),
      status: z.enum(['complete', 'partial']),
      score: z.int(),
      /** Whether its id came out again of the records in the pack when it was made. */
      recomputes: z.boolean(),
      /** Why not; null when it does. */
      because: z.string().nullable(),
    }),
  ),
  /** What the pack leaves out, in sentences. */
  bounds: z.array(z.string()),
  files: z.array(z.object({ name: z.string(), bytes: z.int(), sha256 })),
});
export type PackManifest = z.infer<typeof packManifest>;

/** A line of records/index.ndjson: a record in its original form, and the event that was made of it. */
export const packRecord = z.object({
  /** File of the pack with the record's bytes; records that one vendor record holds share it. */
  file: z.string(),
  event: z.string(),
  kind: z.string(),
  time: isoTime,
  import: z.int(),
  member: z.string(),
  /** Number of the record within the member, from 0. */
  index: z.int(),
  /** Id of the format the member was read as. */
  format: z.string(),
  /** File of the pack with the heading of the table the record is a row of; null for none. */
  heading: z.string().nullable(),
  /** Host as recorded, or after its file where records name none; and the machine it is. */
  host: z.string(),
  machine: z.string(),
  why: z.enum(['stage', 'lineage', 'process', 'alert', 'around', 'host']),
  /** Whether the record read alone gave the event when the pack was made. */
  rereads: z.boolean(),
});
export type PackRecord = z.infer<typeof packRecord>;

/** originals.json: the imports the records are from. */
export const packOriginals = z.array(
  z.object({
    import: z.int(),
    name: z.string(),
    bytes: z.int(),
    sha256,
    importedAt: isoTime,
    formats: z.array(z.string()),
    /** File of the pack with its bytes; null when originals were not asked for. */
    file: z.string().nullable(),
  }),
);
export type PackOriginals = z.infer<typeof packOriginals>;

/** A line of audit.ndjson. */
export const packAuditEntry = z.object({
  id: z.int(),
  at: z.string(),
  by: z.string(),
  action: z.string(),
  subject: z.string(),
  details: z.record(z.string(), z.unknown()),
  previous: sha256,
  hash: sha256,
  /** The very text that was hashed. */
  text: z.string(),
});
export type PackAuditEntry = z.infer<typeof packAuditEntry>;

/** audit-head.json: the end of the chain when the pack was made. */
export const packAuditHead = z.object({ id: z.int(), hash: sha256 });

/** hosts.json: which names are one machine, and how its clocks were to be read. */
export const packHosts = z.array(
  z.object({ host: z.string(), names: z.array(z.string()), asReported: z.array(z.string()) }),
);
export type PackHosts = z.infer<typeof packHosts>;

const span = z.object({ first: z.number(), last: z.number() });
const history = z.object({
  spans: z.array(z.tuple([z.string(), z.array(span)])),
  matureFrom: z.array(z.tuple([z.string(), z.number()])),
});
/** history.json: by machine, what the environment had seen of what its findings ask about; microseconds. */
export const packHistory = z.record(z.string(), history);
export type PackHistory = z.infer<typeof packHistory>;
export type MachineHistory = z.infer<typeof history>;

const sigma = z.object({
  /** Ids of rules that were switched on. */
  enabled: z.array(z.string()),
  /** Those of them that the machine's records could not decide, with why. */
  undecidable: z.array(z.tuple([z.string(), z.string()])),
  hits: z.array(
    z.object({
      ruleId: z.string(),
      title: z.string(),
      level: z.enum(SIGMA_LEVELS),
      eventId: z.string(),
      /** Microseconds. */
      time: z.number(),
      entityId: z.string().optional(),
      noEvent: z.literal(true).optional(),
    }),
  ),
});
/**
 * sigma.json: by machine, what Sigma's rules had hit of what its findings are judged by. In no pack that was made where
 * no rule was switched on.
 */
export const packSigma = z.record(z.string(), sigma);
export type MachineSigma = z.infer<typeof sigma>;

/** analytics/settings.json: what people set of the definitions beside it. */
export const packSettings = z.object({
  tunings: z.array(
    z.tuple([
      z.string(),
      z.object({
        parameters: z.record(z.string(), z.unknown()),
        points: z.record(z.string(), z.number()),
        enabled: z.boolean(),
        revision: z.int(),
      }),
    ]),
  ),
  definitions: z.array(
    z.object({ id: z.string(), yaml: z.string(), enabled: z.boolean(), revision: z.int() }),
  ),
  environment: z.record(z.string(), z.unknown()).nullable(),
  baselines: z.array(
    z.object({
      id: z.int(),
      analytic: z.string(),
      title: z.string(),
      when: z.string(),
      points: z.number().nullable(),
      until: z.number(),
    }),
  ),
});
export type PackSettings = z.infer<typeof packSettings>;
