/**
 * Which product wrote an event. Our channels of other products than Windows are named `Product` or
 * `Product/Stream`; every other channel is one of the Windows event log.
 */
export const PRODUCTS = [
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
] as const;

/** Sysmon, Security, PowerShell and the other channels of a machine's own log: one clock, one export. */
export const WINDOWS_EVENT_LOG = 'Windows event log';

export type Product = (typeof PRODUCTS)[number] | typeof WINDOWS_EVENT_LOG;

/** The product behind a channel. Runs for every event: one look-up for a channel seen before. */
export function productOf(channel: string): Product {
  const known = KNOWN.get(channel);
  if (known !== undefined) return known;
  const slash = channel.indexOf('/');
  const name = slash < 0 ? channel : channel.slice(0, slash);
  const product = PRODUCTS.find((one) => one === name) ?? WINDOWS_EVENT_LOG;
  // Channel names are the record's own words: do not let a hostile file fill the map.
  if (KNOWN.size < 1000) KNOWN.set(channel, product);
  return product;
}

const KNOWN = new Map<string, Product>();
