import type { NormalisedRecord } from '../events/record';
import type { ExportFormat, VendorRecord } from './exportFormat';
import { normaliseActivity } from './sentinelone/activities';
import { normaliseAgent } from './sentinelone/agents';
import { normaliseStarAlert } from './sentinelone/starAlerts';
import { normaliseThreat } from './sentinelone/threats';
import { at } from './vendorValues';

/** What SentinelOne's management API lists: threats, alerts of custom rules (STAR), activities and agents. */
export const sentineloneThreats: ExportFormat = {
  id: 'sentinelone-threats',
  title: 'SentinelOne threats, STAR alerts, activities (management API JSON)',
  layouts: ['json', 'csv'],
  shape: 'threatInfo, alertInfo with ruleInfo, or activityType',
  fits: (record) => readerOf(record) !== undefined,
  marks: ['"threatInfo"', '"agentRealtimeInfo"'],
  normalise: (record) => readerOf(record)?.(record) ?? { outcome: 'ignored', type: 'SentinelOne record' },
};

type Reader = (record: VendorRecord) => NormalisedRecord;

function readerOf(record: VendorRecord): Reader | undefined {
  const has = (path: string): boolean => at(record, path) !== undefined;
  if (has('threatInfo') || has('threatInfo.threatId')) return normaliseThreat;
  if ((has('alertInfo') && has('ruleInfo')) || has('alertInfo.alertId')) return normaliseStarAlert;
  if (has('activityType') && has('primaryDescription')) return normaliseActivity;
  if (has('activitytype') && has('primarydescription')) return normaliseActivity;
  // API 2.0 lists a threat's members without the groups of 2.1.
  if (has('maliciousGroupId') && has('agentId')) return normaliseThreat;
  if (has('uuid') && has('computerName') && has('agentVersion') && has('siteId')) return normaliseAgent;
  return undefined;
}
