import { listOf } from './row';

/** ATT&CK technique ids out of `["PowerShell (T1059.001)"]`, `["T1059.001"]` or a plain text; joined by `;`. */
export function techniquesOf(value: unknown): string | undefined {
  const ids = new Set<string>();
  for (const text of wordsOf(value)) for (const [id] of text.matchAll(/\bT\d{4}(?:\.\d{3})?\b/g)) ids.add(id);
  return ids.size === 0 ? undefined : [...ids].join(';');
}

/**
 * ATT&CK tactic names out of `["DefenseEvasion"]` or `DefenseEvasion`; joined by `;`. The vendor's categories
 * that are no tactic (Malware, SuspiciousActivity, Ransomware, …) are left out.
 */
export function tacticsOf(value: unknown): string | undefined {
  const names = new Set<string>();
  for (const text of wordsOf(value)) {
    const name = TACTICS.get(text.replaceAll(' ', '').toLowerCase());
    if (name !== undefined) names.add(name);
  }
  return names.size === 0 ? undefined : [...names].join(';');
}

function wordsOf(value: unknown): readonly string[] {
  const list = listOf(value);
  return (list.length > 0 ? list : [value]).filter((one) => typeof one === 'string');
}

const TACTICS: ReadonlyMap<string, string> = new Map(
  [
    'Reconnaissance',
    'Resource Development',
    'Initial Access',
    'Execution',
    'Persistence',
    'Privilege Escalation',
    'Defense Evasion',
    'Credential Access',
    'Discovery',
    'Lateral Movement',
    'Collection',
    'Command and Control',
    'Exfiltration',
    'Impact',
  ].map((name) => [name.replaceAll(' ', '').toLowerCase(), name]),
);
