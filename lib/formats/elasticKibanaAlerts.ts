import type { NormalisedRecord } from '../events/record';
import { hostOf, putAlertSubjects, startEcs } from './elastic/ecsEvent';
import { putThreat, severityAt } from './elastic/ecsThreat';
import { ecsTime } from './elastic/ecsValues';
import { isKibanaAlert } from './elastic/recordShapes';
import { event, ignored, put, quarantined } from './eventDraft';
import type { ExportFormat, VendorRecord } from './exportFormat';
import { at, objectOf, textAt } from './vendorValues';

/** Alerts of Elastic Security's detection rules: the rule, and the fields of the event that met it. */
export const kibanaAlerts: ExportFormat = {
  id: 'kibana-alerts',
  title: 'Elastic Security detection alerts (JSON, Kibana CSV)',
  layouts: ['json', 'csv'],
  shape: 'kibana.alert.rule.name or signal.rule',
  fits: isKibanaAlert,
  marks: ['kibana.alert.', '.rule.'],
  normalise,
};

const CHANNEL = 'Elastic Security/Alerts';

/**
 * The alert's time is that of the event it tells of; when the rule ran says nothing about the host. The parts of
 * a sequence (building blocks) and the alert over them share the id of their group.
 */
function normalise(record: VendorRecord): NormalisedRecord {
  const type = textAt(record, ...both('rule.type')) ?? 'alert';
  const host = hostOf(record) ?? textAt(record, 'host.id');
  if (host === undefined) return ignored(`Elastic Security ${type} alert without a host`);
  const time = ecsTime(record, ...both('original_time'), '@timestamp', 'timestamp');
  const draft = startEcs(record, 'alert', CHANNEL, time);
  if (typeof draft === 'string') return quarantined(`Elastic Security alert: ${draft}`);
  draft.code = type;
  putAlertSubjects(draft, record);
  const parameters = objectOf(first(at(record, 'kibana.alert.rule.parameters'))) ?? {};
  put(
    draft,
    'event.id',
    textAt(record, 'kibana.alert.group.id', 'signal.group.id', 'kibana.alert.uuid', '_id') ??
      draft['event.id'],
  );
  put(draft, 'event.url', textAt(record, 'kibana.alert.url'));
  put(
    draft,
    'event.severity',
    severityAt(record, ...both('severity'), ...both('rule.severity'), ...both('risk_score')),
  );
  put(draft, 'rule.name', textAt(record, ...both('rule.name')));
  put(draft, 'rule.id', textAt(record, ...both('rule.rule_id'), ...both('rule.uuid'), 'signal.rule.id'));
  putThreat(
    draft,
    { ...record, 'parameters.threat': parameters.threat },
    'kibana.alert.rule.threat',
    'signal.rule.threat',
    'parameters.threat',
    'threat',
  );
  put(draft, 'message', textAt(record, ...both('rule.description')) ?? textAt(record, ...both('reason')));
  return event(draft);
}

/** A field's name today and in 7.x. */
function both(name: string): readonly [string, string] {
  return [`kibana.alert.${name}`, `signal.${name}`];
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}
