import type { VendorRecord } from '../exportFormat';
import { isObject } from '../jsonSink';
import { textAt, textOf } from '../vendorValues';
import { type AlertFacts, severityFrom } from './alertEvent';
import { processIdOf, timeOf } from './fields';

/** Lists of a lead's indicators, in Event Streams' words and in the Alerts API's. */
const INDICATORS = ['ThreatgraphIndicators', 'threatgraph_indicators'] as const;

/**
 * A lead gathers weak indicators of several processes; each is a piece of evidence of its own. Undefined
 * where there is at most one.
 */
export function splitLead(fields: VendorRecord): readonly VendorRecord[] | undefined {
  for (const name of INDICATORS) {
    const list = fields[name];
    if (Array.isArray(list) && list.length > 1) return list.map((one) => ({ ...fields, [name]: [one] }));
  }
  return undefined;
}

/** The alert of a lead with one indicator (or none: then it is about the host). */
export function leadAlert(code: string, fields: VendorRecord): AlertFacts {
  const list = fields.ThreatgraphIndicators ?? fields.threatgraph_indicators;
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  const indicator = isObject(first) ? first : {};
  const ruleId = textAt(indicator, 'PatternId', 'pattern_id');
  const mitre = attacksOf(fields, ruleId);
  const id = processIdOf(indicator.ProcessId ?? indicator.process_id);
  return {
    code,
    host: textAt(indicator, 'Hostname', 'hostname') ?? textAt(fields, 'device.hostname'),
    deviceId: textAt(indicator, 'HostId', 'host_id') ?? textAt(fields, 'device.device_id', 'agent_id'),
    time:
      timeOf(indicator, 'SignalAssociationTimestamp', 'signal_association_timestamp') ??
      timeOf(fields, 'SignalStartTimestamp', 'signal_start_timestamp', 'timestamp'),
    title: textAt(indicator, 'DisplayName', 'display_name') ?? textAt(fields, 'Name', 'display_name', 'name'),
    message: textAt(indicator, 'Description', 'description'),
    ruleId,
    id: textAt(fields, 'CompositeId', 'composite_id'),
    url: textAt(fields, 'FalconHostLink', 'falcon_host_link'),
    severity: severityFrom(undefined, indicator.Severity ?? indicator.severity, 100),
    techniques: mitre.map((one) => one.TechniqueID ?? one.technique_id),
    tactics: mitre.map((one) => one.Tactic ?? one.tactic),
    user: undefined,
    process: id === undefined ? undefined : { id, image: undefined, commandLine: undefined },
    parent: undefined,
  };
}

/** The lead's table of techniques, by the pattern of the indicator. */
function attacksOf(fields: VendorRecord, pattern: string | undefined): readonly VendorRecord[] {
  const list = fields.MitreAttack ?? fields.mitre_attack;
  if (!Array.isArray(list) || pattern === undefined) return [];
  return list.filter(isObject).filter((one) => textOf(one.PatternID ?? one.pattern_id) === pattern);
}
