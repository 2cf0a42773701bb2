import { AppError } from '../base/appError';
import type { Digest } from '../base/digest';
import {
  type AttackObject,
  attackTypeOf,
  readAttackObject,
  type StixObject,
  stixIdOf,
  textOf,
} from './attackObject';

/** What is kept of a release of ATT&CK. */
export type Release = {
  /** `enterprise-attack`, `19.1`, `3.3.0` as its own objects say; null where they do not. */
  readonly domain: string | null;
  readonly version: string | null;
  readonly specVersion: string | null;
  /** Objects read, by what they are; `unreadable` and `duplicate` are those of a kept type that were left out. */
  readonly counts: Readonly<Record<string, number>>;
  readonly objects: readonly AttackObject[];
};

/** Takes the objects of a bundle one by one and keeps what names techniques, strategies and analytics. */
export type ReleaseReader = {
  /** Throws `bad_request` beyond any release's size. */
  readonly add: (value: StixObject) => void;
  /** Counts something in the bundle that is no object. */
  readonly skip: () => void;
  /** Throws `bad_request` when nothing of ATT&CK was in it. */
  readonly end: () => Release;
};

/** All domains of ATT&CK together have about 6,000 objects of these types, and about 2,000 of these relationships. */
const OBJECTS_MAX = 50_000;
const DETECTS_MAX = 50_000;
const SHORT_MAX = 60;

/** A reader of one bundle; `digest` hashes each object that is kept. Holds the kept parts only, never the objects. */
export function createRelease(digest: Digest): ReleaseReader {
  const counts = new Map<string, number>();
  const objects = new Map<string, AttackObject>();
  const detects = new Map<string, Set<string>>();
  let detections = 0;
  let collection: Pick<Release, 'version' | 'specVersion'> | undefined;
  let specVersion: string | null = null;

  const count = (what: string): void => {
    counts.set(what, (counts.get(what) ?? 0) + 1);
  };
  const keep = (object: AttackObject): void => {
    const known = objects.get(object.stixId);
    if (known !== undefined) count('duplicate');
    else count(object.type);
    // Of two versions of an object, the one changed last is in force.
    if (known === undefined || (known.modified ?? '') < (object.modified ?? ''))
      objects.set(object.stixId, object);
    if (objects.size > OBJECTS_MAX) throw tooMany('objects');
  };
  const relate = (value: StixObject): void => {
    const strategy = stixIdOf(value.source_ref);
    const technique = stixIdOf(value.target_ref);
    // Before release 18 data components detected techniques.
    if (!strategy?.startsWith('x-mitre-detection-strategy--') || !technique?.startsWith('attack-pattern--')) {
      count('other');
      return;
    }
    count('detects');
    if (value.revoked === true || value.x_mitre_deprecated === true) return;
    if (++detections > DETECTS_MAX) throw tooMany('relationships');
    detects.set(strategy, (detects.get(strategy) ?? new Set()).add(technique));
  };

  return {
    add(value) {
      const type = attackTypeOf(value.type);
      if (type !== undefined) {
        const object = readAttackObject(value, type, digest);
        if (object === undefined) count('unreadable');
        else keep(object);
      } else if (value.type === 'relationship' && value.relationship_type === 'detects') relate(value);
      else {
        if (value.type === 'x-mitre-collection') collection ??= collectionOf(value);
        count('other');
      }
      specVersion ??= textOf(value.x_mitre_attack_spec_version, SHORT_MAX);
    },
    skip: () => count('unreadable'),
    end() {
      const kept = [...objects.values()];
      if (!kept.some(({ type, attackId }) => type === 'technique' && attackId !== null))
        throw new AppError(
          'bad_request',
          'There is no technique of ATT&CK in this bundle. Send the file of a whole release, as enterprise-attack.json.',
        );
      return {
        domain: domainOf(kept),
        version: collection?.version ?? null,
        specVersion: collection?.specVersion ?? specVersion,
        counts: Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
        objects: kept.map((object) => withTechniques(object, detects, objects)),
      };
    },
  };
}

/** What the object that stands for the whole release says of it. */
function collectionOf(value: StixObject): Pick<Release, 'version' | 'specVersion'> {
  return {
    version: textOf(value.x_mitre_version, SHORT_MAX),
    specVersion: textOf(value.x_mitre_attack_spec_version, SHORT_MAX),
  };
}

/** A strategy with the techniques that the release says it detects and that the release has. */
function withTechniques(
  object: AttackObject,
  detects: ReadonlyMap<string, ReadonlySet<string>>,
  objects: ReadonlyMap<string, AttackObject>,
): AttackObject {
  if (object.type !== 'strategy') return object;
  const techniques = [...(detects.get(object.stixId) ?? [])].filter((id) => objects.has(id)).sort();
  return { ...object, refs: { ...object.refs, techniques } };
}

/** The domain most objects say they are of: data components are of several. */
function domainOf(objects: readonly AttackObject[]): string | null {
  const votes = new Map<string, number>();
  for (const domain of objects.flatMap(({ domains }) => domains))
    votes.set(domain, (votes.get(domain) ?? 0) + 1);
  const [first] = [...votes].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return first?.[0] ?? null;
}

function tooMany(what: string): AppError {
  return new AppError('bad_request', `This bundle has more ${what} than any release of ATT&CK: it is none.`);
}
