import { z } from 'zod';
import { SIGMA_LEVELS, SIGMA_STATUSES } from '../sigma/rule';
import { eventKind, isoTime, page, storableText } from './scalars';

const level = z.enum(SIGMA_LEVELS);
const status = z.enum(SIGMA_STATUSES);

/** Why a document, or a file, cannot be used. */
export const sigmaRefusal = z.object({
  path: z.string(),
  line: z.int(),
  column: z.int(),
  title: z.string().optional(),
  id: z.string().optional(),
  reason: z.string(),
});
export type SigmaRefusalView = z.infer<typeof sigmaRefusal>;

/** Which rules of a set run when it is enabled. */
export const sigmaChoice = z.strictObject({
  levels: z.array(level).default(['low', 'medium', 'high', 'critical']),
  statuses: z.array(status).default(['experimental', 'test', 'stable']),
  /** Only rules with one of these tags; empty: whatever their tags. */
  tags: z.array(storableText.max(200)).max(500).default([]),
  /** Only rules of one of these log sources, as `windows/process_creation` or `windows/security`; empty: all. */
  logsources: z.array(storableText.max(200)).max(500).default([]),
  /** Ids of rules left out whatever else holds. */
  excluded: z.array(storableText.max(200)).max(20_000).default([]),
  /** Ids of rules taken in whatever else holds. */
  included: z.array(storableText.max(200)).max(20_000).default([]),
});
export type SigmaChoice = z.infer<typeof sigmaChoice>;

export const sigmaSet = z.object({
  id: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  chosen: sigmaChoice,
  version: z.int(),
  revision: z.int(),
  rules: z.object({
    /** Documents of its newest version that compiled. */
    loaded: z.int(),
    /** Of `loaded`: taken in by the choice. */
    chosen: z.int(),
    /** Of `loaded`: about records that none of our formats reads (another product). */
    foreign: z.int(),
    refused: z.int(),
  }),
  createdBy: z.string(),
  createdAt: isoTime,
  updatedBy: z.string(),
  updatedAt: isoTime,
});
export type SigmaSetView = z.infer<typeof sigmaSet>;
export const sigmaSetList = z.object({ items: z.array(sigmaSet) });
export const sigmaSetDetail = sigmaSet.extend({
  refused: z.array(sigmaRefusal),
  /** Newest first. */
  versions: z.array(
    z.object({
      n: z.int(),
      by: z.string(),
      at: isoTime,
      note: z.string(),
      files: z.int(),
      rules: z.int(),
      refused: z.int(),
      sha256: z.string(),
      /** Rules that came, went and changed since the version before; null for the first. */
      since: z.object({ added: z.int(), removed: z.int(), changed: z.int() }).nullable(),
    }),
  ),
  /** What there is to choose among, with how many rules of each. */
  facets: z.object({
    levels: z.record(z.string(), z.int()),
    statuses: z.record(z.string(), z.int()),
    tags: z.record(z.string(), z.int()),
    logsources: z.record(z.string(), z.int()),
  }),
});
export type SigmaSetDetail = z.infer<typeof sigmaSetDetail>;

/** Files of a folder, or a pasted text under a name of one's own. At most 32 MiB in all. */
const files = z
  .array(z.strictObject({ path: storableText.min(1).max(1000), text: z.string().max(2_000_000) }))
  .min(1)
  .max(20_000);
const setName = storableText.trim().min(1).max(200);
export const createSigmaSetBody = z.strictObject({
  name: setName,
  note: storableText.max(2000).default(''),
  files,
});
export const addSigmaVersionBody = z.strictObject({ note: storableText.max(2000).default(''), files });
/** A ZIP (or one file of YAML) as the body: a new set of that name, or a new version of `set`. */
export const uploadSigmaQuery = z.object({
  name: setName,
  set: z
    .string()
    .regex(/^\d{1,9}$/, 'a number')
    .optional(),
  note: storableText.max(2000).default(''),
});
export const changeSigmaSetBody = z.strictObject({
  revision: z.int(),
  name: setName.optional(),
  enabled: z.boolean().optional(),
  chosen: sigmaChoice.optional(),
});

/** A rule in short. */
export const sigmaRuleRow = z.object({
  /** Of this text of the rule. */
  id: z.string(),
  ruleId: z.string(),
  kind: z.enum(['detection', 'correlation', 'filter']),
  title: z.string(),
  level,
  status,
  author: z.string(),
  tags: z.array(z.string()),
  /** `windows/process_creation`; empty for correlations. */
  logsource: z.string(),
  set: z.object({ id: z.string(), name: z.string() }),
  path: z.string(),
  /** Whether it runs now. */
  enabled: z.boolean(),
  /** None of our formats reads such records. */
  foreign: z.boolean(),
  /** Hits that no baseline covers. */
  hits: z.int(),
  lastHitAt: isoTime.nullable(),
  /** Hosts on which it can be decided, can be in part, and cannot be: their records lack its fields or are not there. */
  hosts: z.object({ visible: z.int(), partial: z.int(), blind: z.int() }),
});
export type SigmaRuleRow = z.infer<typeof sigmaRuleRow>;
export const sigmaRuleQuery = page.extend({
  q: storableText.max(200).default(''),
  set: z.string().max(20).optional(),
  level: level.optional(),
  status: status.optional(),
  tag: storableText.max(200).optional(),
  logsource: storableText.max(200).optional(),
  state: z.enum(['enabled', 'disabled', 'hits', 'blind', 'foreign']).optional(),
  sort: z.enum(['hits', 'level', 'title']).default('level'),
});
export const sigmaRuleList = z.object({
  items: z.array(sigmaRuleRow),
  nextCursor: z.string().nullable(),
  total: z.int(),
});
/** A host that a rule cannot be decided on, or only in part. */
export const sigmaRuleSight = z.object({
  host: z.object({ id: z.string(), name: z.string() }),
  state: z.enum(['visible', 'partial', 'blind']),
  why: z.string(),
});
export const sigmaRuleDetail = sigmaRuleRow.extend({
  description: z.string(),
  license: z.string().nullable(),
  date: z.string().nullable(),
  modified: z.string().nullable(),
  references: z.array(z.string()),
  falsePositives: z.array(z.string()),
  fields: z.array(z.string()),
  yaml: z.string(),
  /** Blind first, at most 200. */
  sight: z.array(sigmaRuleSight),
});
export type SigmaRuleDetail = z.infer<typeof sigmaRuleDetail>;

export const sigmaMatchedPart = z.object({
  selection: z.string(),
  /** Null: a keyword. */
  field: z.string().nullable(),
  modifiers: z.array(z.string()),
  expected: z.string(),
  value: z.string(),
});

export const sigmaHit = z.object({
  /** What it is called by in addresses. */
  ref: z.string(),
  rule: z.object({
    id: z.string(),
    ruleId: z.string(),
    title: z.string(),
    level,
    author: z.string(),
    license: z.string().nullable(),
  }),
  host: z.object({ id: z.string(), name: z.string() }),
  time: isoTime,
  /** The event; null where the record became none (a kind no analytic uses). */
  eventId: z.string().nullable(),
  kind: eventKind.nullable(),
  /** `Sysmon 10`. */
  source: z.string(),
  process: z.object({
    entityId: z.string().nullable(),
    pid: z.int().nullable(),
    image: z.string().nullable(),
    commandLine: z.string().nullable(),
    user: z.string().nullable(),
  }),
  matched: z.array(sigmaMatchedPart),
  /** What baselines compare, by Sigma's names, as stored: values are cut, so that one may end before its record's does. */
  fields: z.record(z.string(), z.string()),
  record: z.object({ importId: z.string(), file: z.string(), index: z.int() }),
  /** The baseline that covers it. */
  baseline: z.object({ id: z.string(), title: z.string() }).nullable(),
  /** The case it stands in. */
  case: z.object({ id: z.int(), title: z.string() }).nullable(),
});
export type SigmaHitView = z.infer<typeof sigmaHit>;

const hitFilter = z.object({
  /** Of a rule's text. */
  rule: z.string().max(20).optional(),
  host: storableText.max(400).optional(),
  /** `process.entity_id`, with `host`; empty: hits of no process. */
  process: storableText.max(400).optional(),
  event: z.string().max(40).optional(),
  level: level.optional(),
  q: storableText.max(200).default(''),
  from: z.string().max(40).optional(),
  to: z.string().max(40).optional(),
  /** `open`: no baseline covers it. */
  baseline: z.enum(['open', 'covered', 'all']).default('open'),
});
export const sigmaHitQuery = hitFilter.extend(page.shape);
/** Newest first. */
export const sigmaHitList = z.object({
  items: z.array(sigmaHit),
  nextCursor: z.string().nullable(),
  total: z.int(),
});
export const sigmaGroupQuery = hitFilter.extend({ by: z.enum(['rule', 'process']), ...page.shape });
export const sigmaHitGroup = z.object({
  /** By rule: its text's id; by process: host id, a slash, `process.entity_id` (empty where none is known). */
  key: z.string(),
  title: z.string(),
  level,
  hits: z.int(),
  hosts: z.int(),
  rules: z.int(),
  processes: z.int(),
  from: isoTime,
  to: isoTime,
  /** By rule. */
  rule: z.object({ id: z.string(), ruleId: z.string(), author: z.string() }).nullable(),
  /** By process. */
  host: z.object({ id: z.string(), name: z.string() }).nullable(),
  entityId: z.string().nullable(),
  image: z.string().nullable(),
  /** By process: titles of its rules, worst first, at most 5. */
  titles: z.array(z.string()),
});
export type SigmaHitGroup = z.infer<typeof sigmaHitGroup>;
export const sigmaGroupList = z.object({
  items: z.array(sigmaHitGroup),
  nextCursor: z.string().nullable(),
  total: z.int(),
});

/** What a correlation rule found over hits. */
export const sigmaCorrelated = z.object({
  id: z.string(),
  rule: z.object({ id: z.string(), ruleId: z.string(), title: z.string(), level, author: z.string() }),
  type: z.string(),
  /** Group-by field → value. */
  group: z.array(z.object({ field: z.string(), value: z.string() })),
  hits: z.int(),
  hosts: z.array(z.object({ id: z.string(), name: z.string() })),
  from: isoTime,
  to: isoTime,
  /** The first 100 in order of time. */
  events: z.array(
    z.object({ ref: z.string(), title: z.string(), host: z.string(), eventId: z.string(), time: isoTime }),
  ),
});
export const sigmaCorrelatedList = z.object({ items: z.array(sigmaCorrelated), total: z.int() });

/** Hits on a finding's chain: on its processes and events. */
export const sigmaMarks = z.object({
  items: z.array(sigmaHit),
  /** More may be there than are listed (500). */
  total: z.int(),
});
export const sigmaMarkQuery = z.object({
  from: z.string().max(40).optional(),
  to: z.string().max(40).optional(),
});

/** How far the rules have come over what is stored. */
export const sigmaProgress = z.object({
  /** Rules that run now. */
  rules: z.int(),
  waiting: z.int(),
  running: z.int(),
  done: z.int(),
  failed: z.array(z.object({ importId: z.string(), name: z.string(), error: z.string() })),
  hits: z.int(),
  /** Whether correlations of Sigma are worked out anew. */
  correlating: z.boolean(),
});
export type SigmaProgress = z.infer<typeof sigmaProgress>;

/** What a text of rules comes to, before it is kept. */
export const checkSigmaBody = z.strictObject({
  path: storableText.max(1000).default('pasted.yml'),
  text: z.string().max(2_000_000),
});
export const sigmaCheck = z.object({
  rules: z.array(
    z.object({
      ruleId: z.string(),
      kind: z.enum(['detection', 'correlation', 'filter']),
      title: z.string(),
      level,
      status,
      logsource: z.string(),
      foreign: z.boolean(),
      line: z.int(),
    }),
  ),
  refused: z.array(sigmaRefusal),
});

/** Rules to try on what is stored: texts, or a set by its id. */
export const sigmaBacktestBody = z
  .strictObject({
    files: files.optional(),
    set: z.string().max(20).optional(),
    /** Texts of rules that are stored, by id. */
    rules: z.array(z.string().max(20)).max(1000).optional(),
    /** Empty: all. */
    imports: z.array(z.string().max(20)).max(1000).default([]),
  })
  .refine(
    ({ files, set, rules }) => [files, set, rules].filter((one) => one !== undefined).length === 1,
    'names exactly one of files, set and rules',
  );
export const sigmaBacktest = z.object({
  id: z.string(),
  askedBy: z.string(),
  askedAt: isoTime,
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  progress: z.object({ imports: z.int(), of: z.int(), records: z.int() }).nullable(),
  error: z.string().nullable(),
  result: z
    .object({
      records: z.int(),
      imports: z.int(),
      refused: z.array(sigmaRefusal),
      /** Most hits first; rules without any too. */
      rules: z.array(
        z.object({
          ruleId: z.string(),
          title: z.string(),
          level,
          hits: z.int(),
          hosts: z.array(z.object({ host: z.string(), hits: z.int() })),
          /** Of all hits: on true positives' processes, as people decided. */
          onTruePositives: z.int(),
          /** Hosts where it could not be decided. */
          blind: z.int(),
          examples: z.array(
            z.object({
              host: z.string(),
              time: isoTime.nullable(),
              source: z.string(),
              image: z.string().nullable(),
              commandLine: z.string().nullable(),
              matched: z.array(sigmaMatchedPart),
            }),
          ),
        }),
      ),
    })
    .nullable(),
});
export type SigmaBacktestView = z.infer<typeof sigmaBacktest>;

const WILDCARDS_MAX = 200;

/**
 * Sigma's field → values, of which a hit has one; wildcards as in a rule. Bounded, so that trying it on a hit is: a value
 * is as long as hits keep it (1,000 characters), each escaped, and a wildcard.
 */
const baselineFields = z
  .record(storableText.min(1).max(100), z.array(storableText.max(2001)).min(1).max(100))
  .refine((fields) => Object.keys(fields).length <= 20, 'at most 20 fields')
  .refine(
    (fields) => Object.values(fields).flat().join('').split(/[*?]/).length - 1 <= WILDCARDS_MAX,
    `at most ${WILDCARDS_MAX} wildcards in all`,
  );
const sigmaPattern = z.strictObject({
  /** The rule's own id. */
  ruleId: storableText.min(1).max(400),
  /** Id of a host; null: all. */
  host: z.string().max(20).nullable(),
  fields: baselineFields,
});
export const previewSigmaBaselineBody = sigmaPattern;
export const sigmaBaselinePreview = z.object({
  /** Hits that it would cover now, of all open hits of the rule. */
  covers: z.int(),
  of: z.int(),
  hosts: z.int(),
  /** Of those covered: on processes of findings that people called true positives. */
  losesTruePositives: z.int(),
  examples: z.array(sigmaHit),
});
export const saveSigmaBaselineBody = sigmaPattern.extend({
  title: storableText.trim().min(1).max(200),
  reason: storableText.trim().min(1).max(2000),
  owner: storableText.min(1).max(200),
  expiresAt: isoTime,
  /** The hit it was drawn from. */
  hit: storableText.max(400).nullable().default(null),
  /** Saves one that covers true positives all the same. */
  acceptLoss: z.boolean().default(false),
});
export const sigmaBaseline = sigmaPattern.extend({
  id: z.string(),
  rule: z.object({ title: z.string() }).nullable(),
  hostName: z.string().nullable(),
  title: z.string(),
  reason: z.string(),
  owner: z.string(),
  createdBy: z.string(),
  createdAt: isoTime,
  expiresAt: isoTime,
  state: z.enum(['active', 'expired', 'revoked']),
  revokedBy: z.string().nullable(),
  revokedReason: z.string().nullable(),
  /** Hits it covers now. */
  hits: z.int(),
});
export type SigmaBaselineView = z.infer<typeof sigmaBaseline>;
export const sigmaBaselineList = z.object({ items: z.array(sigmaBaseline) });
export const revokeSigmaBaselineBody = z.strictObject({ reason: storableText.trim().min(1).max(2000) });

/** Which of the enabled rules can be decided where. */
export const sigmaCoverage = z.object({
  rules: z.int(),
  /** Rules by how well the best of all hosts can decide them. */
  visible: z.int(),
  partial: z.int(),
  blind: z.int(),
  hosts: z.array(
    z.object({
      host: z.object({ id: z.string(), name: z.string() }),
      visible: z.int(),
      partial: z.int(),
      blind: z.int(),
      /** Classes of records it has. */
      sources: z.array(z.object({ title: z.string(), records: z.int() })),
    }),
  ),
  /** What would make most rules decidable: a log source no record came of, or a field none has; most rules first. */
  missing: z.array(
    z.object({
      kind: z.enum(['logsource', 'field']),
      what: z.string(),
      rules: z.int(),
      hosts: z.int(),
      /** The setting to change, where it is known. */
      fix: z.string().nullable(),
    }),
  ),
});
export type SigmaCoverage = z.infer<typeof sigmaCoverage>;
