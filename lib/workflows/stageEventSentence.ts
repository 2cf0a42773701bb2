import type { StageEvent } from '../findings/finding';
import { eventSentence } from './eventSentence';

/** A stage's event as a short sentence, as `eventSentence` tells any event. */
export function stageEventSentence(event: StageEvent): string {
  const process = event.kind === 'process_start';
  return eventSentence({
    kind: event.kind,
    fields: {
      ...(event.image === undefined ? {} : { 'process.executable': event.image }),
      ...(process && event.commandLine !== undefined ? { 'process.command_line': event.commandLine } : {}),
      ...(event.path === undefined ? {} : { 'file.path': event.path }),
      ...(event.destination === undefined ? {} : { 'destination.domain': event.destination }),
      ...(event.query === undefined ? {} : { 'dns.question.name': event.query }),
    },
  });
}
