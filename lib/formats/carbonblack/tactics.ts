/** Name of an ATT&CK tactic from its id (`TA0002` → `Execution`); other text stays as it is. */
export function tacticName(tactic: string): string {
  return NAMES.get(tactic.trim().toUpperCase()) ?? tactic;
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['TA0001', 'Initial Access'],
  ['TA0002', 'Execution'],
  ['TA0003', 'Persistence'],
  ['TA0004', 'Privilege Escalation'],
  ['TA0005', 'Defense Evasion'],
  ['TA0006', 'Credential Access'],
  ['TA0007', 'Discovery'],
  ['TA0008', 'Lateral Movement'],
  ['TA0009', 'Collection'],
  ['TA0010', 'Exfiltration'],
  ['TA0011', 'Command and Control'],
  ['TA0040', 'Impact'],
  ['TA0042', 'Resource Development'],
  ['TA0043', 'Reconnaissance'],
]);
