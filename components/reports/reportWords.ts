import type { ReportSchedule } from '@/lib/contracts/reports';
import type { ScheduleFields } from './reportQueries';

export const WEEKDAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

export const WHAT_WORD = { board: 'Board report', validation: 'Validation of all recordings' } as const;

/** What a webhook is called; one that is removed or takes no reports any more is known by its number alone. */
export function webhookName(
  id: string,
  webhooks: readonly { readonly id: string; readonly name: string }[],
): string {
  return (
    webhooks.find((webhook) => webhook.id === id)?.name ?? `webhook ${id} (removed, or takes no reports)`
  );
}

/** When it is made, as people say it: "each Monday at 06:00 UTC". */
export function rhythmText({ every, dayOf, hour }: Pick<ReportSchedule, 'every' | 'dayOf' | 'hour'>): string {
  const at = `at ${String(hour).padStart(2, '0')}:00 UTC`;
  if (every === 'day') return `each day ${at}`;
  if (every === 'week') return `each ${WEEKDAYS[dayOf - 1] ?? 'week'} ${at}`;
  return `on day ${dayOf} of each month ${at}`;
}

/** Addresses as people type them, apart by commas, blanks or lines. */
export function addressesIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter((address) => address !== '');
}

/** What a schedule is at first: the board report each Monday morning. */
export const NEW_SCHEDULE: ScheduleFields = {
  what: 'board',
  every: 'week',
  dayOf: 1,
  hour: 6,
  mailTo: [],
  webhooks: [],
  enabled: true,
};

/** The fields as they are sent: a validation goes to nobody, a day has no day. */
export function asSent(fields: ScheduleFields, addresses: string): ScheduleFields {
  return {
    ...fields,
    dayOf: fields.every === 'day' ? 1 : fields.dayOf,
    mailTo: fields.what === 'board' ? addressesIn(addresses) : [],
    webhooks: fields.what === 'board' ? fields.webhooks : [],
  };
}

/** What is wrong with what was typed, by field; empty when nothing is. */
export function problemsOf(fields: ScheduleFields): { mailTo?: string } {
  if (fields.what !== 'board') return {};
  const wrong = fields.mailTo.find((address) => !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address));
  if (wrong !== undefined) return { mailTo: `${wrong} is not an address mail can be sent to.` };
  if (fields.mailTo.length + fields.webhooks.length === 0)
    return { mailTo: 'Say to whom it goes: an address, or a webhook.' };
  return {};
}
