/** What a file's Zone.Identifier stream (mark of the web) says. */
export type ZoneIdentifier = {
  readonly zone?: number;
  readonly hostUrl?: string;
  readonly referrerUrl?: string;
};

/**
 * Reads the content of a Zone.Identifier stream as Sysmon 15 quotes it: `[ZoneTransfer]  ZoneId=3
 * ReferrerUrl=…  HostUrl=…`, with line ends or, as Sysmon writes them, double blanks between the entries.
 * Undefined if it is no Zone.Identifier. Zone: URLZONE, 0 to 4.
 */
export function readZoneIdentifier(contents: string): ZoneIdentifier | undefined {
  if (!contents.includes('ZoneId=')) return undefined;
  const mark: { zone?: number; hostUrl?: string; referrerUrl?: string } = {};
  const zone = Number(entry(contents, 'ZoneId='));
  if (Number.isInteger(zone) && zone >= 0 && zone <= 4) mark.zone = zone;
  const hostUrl = entry(contents, 'HostUrl=');
  if (hostUrl !== undefined) mark.hostUrl = hostUrl;
  const referrerUrl = entry(contents, 'ReferrerUrl=');
  if (referrerUrl !== undefined) mark.referrerUrl = referrerUrl;
  return mark;
}

/** The value after a name: to the line's end or a double blank (a path may hold single ones). */
function entry(contents: string, name: string): string | undefined {
  const at = contents.indexOf(name);
  if (at < 0) return undefined;
  const from = at + name.length;
  let end = from;
  while (end < contents.length) {
    const c = contents.charCodeAt(end);
    if (c === 10 || c === 13 || (c === 32 && contents.charCodeAt(end + 1) === 32)) break;
    end++;
  }
  const value = contents.slice(from, end).trim();
  return value === '' ? undefined : value;
}
