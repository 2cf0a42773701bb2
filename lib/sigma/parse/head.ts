import { cutText } from '../../base/cutText';
import { quoted, SigmaFault } from '../modifiers/fault';
import {
  type Logsource,
  SIGMA_LEVELS,
  SIGMA_STATUSES,
  type SigmaHead,
  type SigmaLevel,
  type SigmaStatus,
} from '../rule';
import { textAt, textsAt, valueAt, type YamlMap } from './yamlValue';

/** Where a document stands, and its own text. */
export type Origin = Pick<SigmaHead, 'path' | 'line' | 'yaml'>;

/** The specification allows 256 characters of title and 65,535 of description; longer ones are cut, not refused. */
const TITLE_MAX = 500;
const DESCRIPTION_MAX = 65_535;
const TEXT_MAX = 2_000;
const LIST_MAX = 1_000;

/**
 * What a document says of itself. A level that is missing is `medium`, a status that is missing `experimental`: the
 * specification names neither, and a rule of unknown origin has not been tested. Throws a SigmaFault for a level or
 * status that is none, a taxonomy that is not Sigma's, and a document that has no title, name or id.
 */
export function readHead(map: YamlMap, origin: Origin): SigmaHead {
  const { id, name, title } = identityOf(map);
  const taxonomy = textAt(map, 'taxonomy');
  if (taxonomy !== undefined && taxonomy.toLowerCase() !== 'sigma')
    throw new SigmaFault(
      `the taxonomy ${quoted(taxonomy)} names fields as nothing here knows them; rewrite the rule with Sigma's own names`,
      valueAt(map, 'taxonomy')?.at,
    );
  const license = cutAt(map, 'license');
  const date = cutAt(map, 'date');
  const modified = cutAt(map, 'modified');
  return {
    id,
    ...(name === undefined ? {} : { name }),
    title,
    status: statusOf(map),
    level: levelOf(map),
    description: cutText(textAt(map, 'description') ?? '', DESCRIPTION_MAX),
    author: cutAt(map, 'author') ?? listAt(map, 'author').join(', '),
    ...(license === undefined ? {} : { license }),
    ...(date === undefined ? {} : { date }),
    ...(modified === undefined ? {} : { modified }),
    tags: listAt(map, 'tags').map((tag) => tag.toLowerCase()),
    references: [...listAt(map, 'references'), ...listAt(map, 'reference')],
    falsePositives: listAt(map, 'falsepositives'),
    related: relatedOf(map),
    ...origin,
  };
}

/** Title and id as far as they can be read, for a refusal. */
export function readIdentity(map: YamlMap): { readonly title?: string; readonly id?: string } {
  const title = textAt(map, 'title');
  const id = textAt(map, 'id');
  return {
    ...(title === undefined ? {} : { title: cutText(title, TITLE_MAX) }),
    ...(id === undefined ? {} : { id: cutText(id.toLowerCase(), TITLE_MAX) }),
  };
}

/** Which records a rule is about. Throws a SigmaFault where it does not say. */
export function readLogsource(map: YamlMap): Logsource {
  const value = valueAt(map, 'logsource');
  if (value === undefined)
    throw new SigmaFault(
      'this rule has no logsource; say which records it is about, with category, product or service',
    );
  if (value.kind !== 'map')
    throw new SigmaFault('a logsource is a map with category, product or service', value.at);
  const product = textAt(value, 'product')?.toLowerCase();
  const category = textAt(value, 'category')?.toLowerCase();
  const service = textAt(value, 'service')?.toLowerCase();
  if (product === undefined && category === undefined && service === undefined)
    throw new SigmaFault('this logsource names no category, product or service; name one of them', value.at);
  return {
    ...(product === undefined ? {} : { product: cutText(product, TITLE_MAX) }),
    ...(category === undefined ? {} : { category: cutText(category, TITLE_MAX) }),
    ...(service === undefined ? {} : { service: cutText(service, TITLE_MAX) }),
  };
}

function identityOf(map: YamlMap): { id: string; name?: string; title: string } {
  const name = textAt(map, 'name');
  const written = textAt(map, 'id');
  const title = textAt(map, 'title') ?? name ?? written;
  if (title === undefined)
    throw new SigmaFault(
      'this document has neither title nor id; give it a title, so that people can tell it',
      map.at,
    );
  return {
    id: cutText(written?.toLowerCase() ?? name ?? title, TITLE_MAX),
    ...(name === undefined ? {} : { name: cutText(name, TITLE_MAX) }),
    title: cutText(title, TITLE_MAX),
  };
}

/** Words of earlier rules that the specification has under another name now. */
const OLD_STATUSES: Readonly<Record<string, SigmaStatus>> = { testing: 'test', tested: 'test' };

function statusOf(map: YamlMap): SigmaStatus {
  const written = textAt(map, 'status')?.toLowerCase();
  if (written === undefined) return 'experimental';
  const old = Object.hasOwn(OLD_STATUSES, written) ? OLD_STATUSES[written] : undefined;
  const status = SIGMA_STATUSES.find((one) => one === written) ?? old;
  if (status === undefined)
    throw new SigmaFault(
      `${quoted(written)} is not a status; there are ${SIGMA_STATUSES.join(', ')}`,
      valueAt(map, 'status')?.at,
    );
  return status;
}

function levelOf(map: YamlMap): SigmaLevel {
  const written = textAt(map, 'level')?.toLowerCase();
  if (written === undefined) return 'medium';
  const level = SIGMA_LEVELS.find((one) => one === written);
  if (level === undefined)
    throw new SigmaFault(
      `${quoted(written)} is not a level; there are ${SIGMA_LEVELS.join(', ')}`,
      valueAt(map, 'level')?.at,
    );
  return level;
}

function relatedOf(map: YamlMap): readonly string[] {
  const value = valueAt(map, 'related');
  const items = value?.kind === 'list' ? value.items : [];
  return items.slice(0, LIST_MAX).flatMap((item) => {
    const id = item.kind === 'map' ? textAt(item, 'id') : undefined;
    return id === undefined ? [] : [cutText(id.toLowerCase(), TITLE_MAX)];
  });
}

function cutAt(map: YamlMap, key: string): string | undefined {
  const text = textAt(map, key);
  return text === undefined ? undefined : cutText(text, TEXT_MAX);
}

function listAt(map: YamlMap, key: string): readonly string[] {
  return textsAt(map, key)
    .slice(0, LIST_MAX)
    .map((text) => cutText(text.trim(), TEXT_MAX))
    .filter((text) => text !== '');
}
