/** ATT&CK tags of a Sigma rule, or of a tool that follows it: technique ids and tactic names, joined by `;`. */
export function attackTags(...lists: readonly unknown[]): {
  readonly techniques: string | undefined;
  readonly tactics: string | undefined;
} {
  const techniques = new Set<string>();
  const tactics = new Set<string>();
  for (const list of lists) {
    const tags: readonly unknown[] = Array.isArray(list)
      ? list
      : typeof list === 'string'
        ? list.split(/[,;¦]/)
        : [];
    for (const tag of tags.slice(0, TAGS_MAX)) {
      if (typeof tag !== 'string') continue;
      const bare = tag.trim().replace(/^attack\./i, '');
      if (/^t\d{4}(\.\d{3})?$/i.test(bare)) techniques.add(bare.toUpperCase());
      else tactics.add(TACTICS.get(bare.toLowerCase().replaceAll(/[_ ]/g, '-')) ?? '');
    }
  }
  tactics.delete('');
  return { techniques: listOf(techniques), tactics: listOf(tactics) };
}

const TAGS_MAX = 100;

function listOf(values: ReadonlySet<string>): string | undefined {
  return values.size === 0 ? undefined : [...values].join(';');
}

/** Tactics by Sigma's tag and by Hayabusa's abbreviation. */
const TACTICS: ReadonlyMap<string, string> = new Map([
  ['reconnaissance', 'Reconnaissance'],
  ['recon', 'Reconnaissance'],
  ['resource-development', 'Resource Development'],
  ['resdev', 'Resource Development'],
  ['initial-access', 'Initial Access'],
  ['initaccess', 'Initial Access'],
  ['execution', 'Execution'],
  ['exec', 'Execution'],
  ['persistence', 'Persistence'],
  ['persis', 'Persistence'],
  ['privilege-escalation', 'Privilege Escalation'],
  ['privesc', 'Privilege Escalation'],
  ['defense-evasion', 'Defense Evasion'],
  ['evas', 'Defense Evasion'],
  ['credential-access', 'Credential Access'],
  ['credaccess', 'Credential Access'],
  ['discovery', 'Discovery'],
  ['disc', 'Discovery'],
  ['lateral-movement', 'Lateral Movement'],
  ['latmov', 'Lateral Movement'],
  ['collection', 'Collection'],
  ['collect', 'Collection'],
  ['command-and-control', 'Command and Control'],
  ['c2', 'Command and Control'],
  ['exfiltration', 'Exfiltration'],
  ['exfil', 'Exfiltration'],
  ['impact', 'Impact'],
]);
