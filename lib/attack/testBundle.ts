import type { StixObject } from './attackObject';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** A made-up id of an object of this STIX type. */
export const stix = (type: string, n: number): string => `${type}--${uuid(n)}`;

const common = (type: string, n: number, attackId: string, page: string): StixObject => ({
  type,
  id: stix(type, n),
  spec_version: '2.1',
  created: '2025-10-21T15:10:28.402Z',
  modified: '2025-11-12T22:03:39.105Z',
  name: `Made-up ${attackId}`,
  x_mitre_version: '1.0',
  x_mitre_attack_spec_version: '3.3.0',
  x_mitre_domains: ['enterprise-attack'],
  external_references: [
    { source_name: 'mitre-attack', external_id: attackId, url: `https://attack.mitre.org/${page}` },
  ],
});

/** A technique of ours in the form of ATT&CK's. */
export const technique = (n: number, attackId: string, more: StixObject = {}): StixObject => ({
  ...common('attack-pattern', n, attackId, `techniques/${attackId.replace('.', '/')}`),
  x_mitre_platforms: ['Windows'],
  ...more,
});

export const analytic = (n: number, attackId: string, more: StixObject = {}): StixObject => ({
  ...common('x-mitre-analytic', n, attackId, `detectionstrategies/DET0001#${attackId}`),
  x_mitre_platforms: ['Windows'],
  x_mitre_log_source_references: [
    {
      x_mitre_data_component_ref: stix('x-mitre-data-component', 1),
      name: 'WinEventLog:Sysmon',
      channel: 'EventCode=1',
    },
  ],
  ...more,
});

export const strategy = (
  n: number,
  attackId: string,
  analytics: readonly number[],
  more: StixObject = {},
): StixObject => ({
  ...common('x-mitre-detection-strategy', n, attackId, `detectionstrategies/${attackId}`),
  x_mitre_analytic_refs: analytics.map((each) => stix('x-mitre-analytic', each)),
  ...more,
});

/** `detects`, from a strategy to a technique. */
export const detects = (n: number, from: number, to: number, more: StixObject = {}): StixObject => ({
  type: 'relationship',
  id: stix('relationship', n),
  spec_version: '2.1',
  relationship_type: 'detects',
  source_ref: stix('x-mitre-detection-strategy', from),
  target_ref: stix('attack-pattern', to),
  ...more,
});

export const collection = (version: string): StixObject => ({
  type: 'x-mitre-collection',
  id: stix('x-mitre-collection', 1),
  spec_version: '2.1',
  name: 'Made-up release',
  x_mitre_version: version,
  x_mitre_attack_spec_version: '3.3.0',
  x_mitre_contents: [],
});

/** A small release of our own making in the structure of ATT&CK's: three analytics as published, and their strategies. */
export function releaseObjects(version = '19.1'): readonly StixObject[] {
  return [
    collection(version),
    common('x-mitre-tactic', 1, 'TA0002', 'tactics/TA0002'),
    common('x-mitre-data-component', 1, 'DC0032', 'datacomponents/DC0032'),
    technique(1, 'T1218.005'),
    technique(2, 'T1027.017'),
    technique(3, 'T1204', { x_mitre_platforms: ['Linux', 'Windows', 'macOS'] }),
    technique(4, 'T1170', { revoked: true }),
    analytic(1, 'AN1397'),
    analytic(2, 'AN1407'),
    analytic(3, 'AN1314'),
    strategy(1, 'DET0506', [1]),
    strategy(2, 'DET0510', [2]),
    strategy(3, 'DET0478', [3]),
    detects(1, 1, 1),
    detects(2, 2, 2),
    detects(3, 3, 3),
    {
      type: 'malware',
      id: stix('malware', 1),
      name: 'something else',
      description: 'brackets ]}{[ "in" text',
    },
  ];
}

/** Objects as the bytes of a bundle. */
export function bundleOf(objects: readonly unknown[], indent?: number): Uint8Array {
  return new TextEncoder().encode(
    JSON.stringify({ type: 'bundle', id: stix('bundle', 1), objects }, null, indent),
  );
}
