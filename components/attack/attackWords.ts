import { apiPath } from '@/components/shared/apiClient';
import type { AttackBundle, LAYER_SCORES, TechniqueMapping } from '@/lib/contracts/attack';

/** What of a release is counted, singular and plural, in the order it is told. */
const OBJECTS = [
  ['technique', 'technique', 'techniques'],
  ['strategy', 'detection strategy', 'detection strategies'],
  ['analytic', 'analytic', 'analytics'],
  ['data_component', 'data component', 'data components'],
  ['tactic', 'tactic', 'tactics'],
  ['detects', '“detects” link', '“detects” links'],
] as const;

/** What a release holds: "697 techniques", "691 detection strategies", …; kinds it has none of are left out. */
export function objectsText(counts: AttackBundle['counts']): readonly string[] {
  return OBJECTS.flatMap(([type, one, many]) => {
    const count = counts[type] ?? 0;
    return count === 0 ? [] : [`${count.toLocaleString('en')} ${count === 1 ? one : many}`];
  });
}

/** What was left out of a release; null when nothing was. */
export function leftOutText({ unreadable = 0, duplicate = 0 }: AttackBundle['counts']): string | null {
  const parts = [
    ...(unreadable > 0 ? [`${unreadable.toLocaleString('en')} unreadable`] : []),
    ...(duplicate > 0 ? [`${duplicate.toLocaleString('en')} older or repeated`] : []),
  ];
  return parts.length === 0 ? null : `Left out: ${parts.join(', ')}.`;
}

/** What a release is called in a sentence: its domain and version, or the file's name where it says neither. */
export function releaseTitle({
  name,
  domain,
  version,
}: Pick<AttackBundle, 'name' | 'domain' | 'version'>): string {
  return version === null ? name : `${domain ?? 'ATT&CK'} ${version}`;
}

/** What the newest release has against a mapping. */
export const DOUBT_WORD: Readonly<Record<NonNullable<TechniqueMapping['doubt']>, string>> = {
  revoked: 'The newest release revoked this technique.',
  deprecated: 'The newest release no longer recommends this technique.',
  missing: 'The newest release does not have this technique.',
};

/** A hash as it is told apart at a glance. */
export function shortHash(sha256: string): string {
  return `${sha256.slice(0, 12)}…`;
}

/** What is typed as the id of a technique; null while it is none. */
export function techniqueId(typed: string): string | null {
  const id = typed.trim().toUpperCase();
  return /^T\d{4}(?:\.\d{3})?$/.test(id) ? id : null;
}

/** ATT&CK's page of an object; null where the release names another site. */
export function pageOf(url: string | null): string | null {
  return url?.startsWith('https://attack.mitre.org/') ? url : null;
}

/** Address of a layer for ATT&CK Navigator over these days; null: the server's default. */
export function layerHref(
  score: (typeof LAYER_SCORES)[number],
  period: { readonly from: string | null; readonly to: string | null },
): string {
  return apiPath('/coverage/navigator-layer', { score, from: period.from, to: period.to });
}
