import { canonicalJson } from '../base/canonicalJson';
import type { Digest } from '../base/digest';

/** STIX types that are kept of a release, and what people call them. */
export const ATTACK_TYPES = {
  'attack-pattern': 'technique',
  'x-mitre-tactic': 'tactic',
  'x-mitre-detection-strategy': 'strategy',
  'x-mitre-analytic': 'analytic',
  'x-mitre-data-component': 'data_component',
} as const;

export type AttackType = (typeof ATTACK_TYPES)[keyof typeof ATTACK_TYPES];

/** STIX ids of what an object names: a strategy its techniques and analytics, an analytic its log sources. */
export type AttackRefs = {
  readonly techniques?: readonly string[];
  readonly analytics?: readonly string[];
  /** `component` is the STIX id of a data component; the others are text of the release. */
  readonly logSources?: readonly {
    readonly component: string;
    readonly name: string;
    readonly channel: string;
  }[];
};

/** An object of a release, as much of it as is kept. */
export type AttackObject = {
  readonly stixId: string;
  readonly type: AttackType;
  /** `T1218.005`, `DET0510`, `AN1407`; null where it has none, or one of another form. */
  readonly attackId: string | null;
  readonly name: string;
  readonly version: string | null;
  readonly modified: string | null;
  /** Of the whole object's canonical JSON. */
  readonly sha256: string;
  readonly url: string | null;
  readonly revoked: boolean;
  readonly deprecated: boolean;
  readonly platforms: readonly string[];
  /** `enterprise-attack`, `mobile-attack`, `ics-attack`, as the object says. */
  readonly domains: readonly string[];
  readonly refs: AttackRefs;
};

/** Any object of STIX: names and values as they were read. */
export type StixObject = Readonly<Record<string, unknown>>;

const ID_FORM: Readonly<Record<AttackType, RegExp>> = {
  technique: /^T\d{4}(?:\.\d{3})?$/,
  tactic: /^TA\d{4}$/,
  strategy: /^DET\d{4,6}$/,
  analytic: /^AN\d{4,6}$/,
  data_component: /^DC\d{4,6}$/,
};
const STIX_ID = /^[a-z][a-z0-9-]{1,60}--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const UNFIT = /[\u0000-\u001f\u007f\ud800-\udfff]/gu;
/** Longest text of a release that is kept, and most entries of a list. */
const TEXT_MAX = 500;
const SHORT_MAX = 60;
const LIST_MAX = 500;

/** What an object of this STIX type is called here; undefined for types that are not kept. */
export function attackTypeOf(type: unknown): AttackType | undefined {
  return typeof type === 'string' && Object.hasOwn(ATTACK_TYPES, type)
    ? ATTACK_TYPES[type as keyof typeof ATTACK_TYPES]
    : undefined;
}

/**
 * An object of a kept type; undefined when it has no id of its type or no name, and so cannot be told from others.
 * Members of the wrong type count as absent; long texts and lists are cut.
 */
export function readAttackObject(
  value: StixObject,
  type: AttackType,
  digest: Digest,
): AttackObject | undefined {
  const stixId = stixIdOf(value.id);
  const name = textOf(value.name, TEXT_MAX);
  if (stixId === null || name === null || !stixId.startsWith(`${String(value.type)}--`)) return undefined;
  const published = publishedAs(value.external_references, type);
  return {
    stixId,
    type,
    attackId: published?.id ?? null,
    name,
    version: textOf(value.x_mitre_version, SHORT_MAX),
    modified: textOf(value.modified, SHORT_MAX),
    sha256: digest(canonicalJson(value)),
    url: published?.url ?? null,
    revoked: value.revoked === true,
    deprecated: value.x_mitre_deprecated === true,
    platforms: textsOf(value.x_mitre_platforms),
    domains: textsOf(value.x_mitre_domains),
    refs: refsOf(value, type),
  };
}

/** A STIX id; null for anything else. */
export function stixIdOf(value: unknown): string | null {
  return typeof value === 'string' && STIX_ID.test(value) ? value : null;
}

/** Text on one line that can be stored, cut at `max` characters; null when it is none, or blank. */
export function textOf(value: unknown, max: number): string | null {
  if (typeof value !== 'string') return null;
  const text = value.slice(0, max).replace(UNFIT, ' ').trim();
  return text === '' ? null : text;
}

function textsOf(value: unknown): readonly string[] {
  const texts = listOf(value).flatMap((each) => textOf(each, SHORT_MAX) ?? []);
  return [...new Set(texts)];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, LIST_MAX) : [];
}

/** The id that ATT&CK publishes it under, with its page: the first reference whose id has the form of the type. */
function publishedAs(
  references: unknown,
  type: AttackType,
): { readonly id: string; readonly url: string | null } | undefined {
  for (const reference of listOf(references)) {
    if (typeof reference !== 'object' || reference === null) continue;
    const { source_name, external_id, url } = reference as StixObject;
    if (typeof source_name !== 'string' || !source_name.startsWith('mitre-')) continue;
    if (typeof external_id !== 'string' || !ID_FORM[type].test(external_id)) continue;
    const page = textOf(url, TEXT_MAX);
    return { id: external_id, url: page?.startsWith('https://') ? page : null };
  }
  return undefined;
}

function refsOf(value: StixObject, type: AttackType): AttackRefs {
  if (type === 'strategy')
    return { analytics: listOf(value.x_mitre_analytic_refs).flatMap((each) => stixIdOf(each) ?? []) };
  if (type === 'analytic')
    return { logSources: listOf(value.x_mitre_log_source_references).flatMap(logSourceOf) };
  return {};
}

function logSourceOf(value: unknown): NonNullable<AttackRefs['logSources']> {
  if (typeof value !== 'object' || value === null) return [];
  const { x_mitre_data_component_ref, name, channel } = value as StixObject;
  const component = stixIdOf(x_mitre_data_component_ref);
  if (component === null) return [];
  return [{ component, name: textOf(name, TEXT_MAX) ?? '', channel: textOf(channel, TEXT_MAX) ?? '' }];
}
