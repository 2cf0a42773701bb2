/**
 * Which product wrote an event. Our channels of other products than Windows are named `Product` or
 * `Product/Stream`; every other channel is one of the Windows event log. In the order in which their ids and
 * clocks are preferred, behind the Windows event log.
 */
export const PRODUCTS: readonly string[] = [
  'Microsoft Defender XDR',
  'CrowdStrike Falcon',
  'SentinelOne',
  'Elastic Defend',
  'Endgame',
  'ECS',
  'Elastic Security',
  'Carbon Black EDR',
  'Carbon Black Cloud',
  'OCSF',
  'HarfangLab',
  'Cortex XDR',
  'Mapped',
];

/** Not products but ways to write many: what stands behind the slash is the product, e.g. `OCSF/Falcon`. */
const FAMILIES: ReadonlySet<string> = new Set(['ECS', 'OCSF', 'Mapped']);

/** Sysmon, Security, PowerShell and the other channels of a machine's own log: one clock, one export. */
export const WINDOWS_EVENT_LOG = 'Windows event log';

/** Name of a product; `Family/Name` for those of a family. */
export type Product = string;

/** The product behind a channel. Runs for every event: one look-up for a channel seen before. */
export function productOf(channel: string): Product {
  const known = KNOWN.get(channel);
  if (known !== undefined) return known;
  const [name = '', stream] = channel.split('/');
  const listed = PRODUCTS.includes(name);
  const product = !listed
    ? WINDOWS_EVENT_LOG
    : FAMILIES.has(name) && stream !== undefined
      ? `${name}/${stream}`
      : name;
  // Channel names are the record's own words: do not let a hostile file fill the map.
  if (KNOWN.size < 1000) KNOWN.set(channel, product);
  return product;
}

const KNOWN = new Map<string, Product>();

/** Order in which products are preferred: the Windows event log, then PRODUCTS, then by name. */
export function compareProducts(a: Product, b: Product): number {
  const rank = rankOf(a) - rankOf(b);
  return rank !== 0 ? rank : a < b ? -1 : a > b ? 1 : 0;
}

function rankOf(product: Product): number {
  return product === WINDOWS_EVENT_LOG ? -1 : PRODUCTS.indexOf(product.split('/')[0] ?? product);
}
