import type { AuditFault } from './auditChain';

/** What is wrong with the audit trail, in a sentence for whoever has to find out why. */
export function faultText({ id, how, place }: AuditFault): string {
  switch (how) {
    case 'changed':
      return `Entry ${id} is not what was written: its text does not give its hash.`;
    case 'reordered':
      return `Entry ${id} was written as entry ${place}: entries were put in another order.`;
    case 'removed':
      return `${range(place ?? id - 1, id - 1)} removed: entry ${id} does not follow the entry before it.`;
    case 'unlinked':
      return `Entry ${id} does not follow from the entry before it: one of the two was written anew, with its hash.`;
    case 'cut':
      return `The end was cut off: ${lowered(range(id, place ?? id))} written and are gone.`;
    case 'added':
      if (id < 1) return `Entry ${id} lies before the chain's first: it was not added by Sequela.`;
      return `Entry ${id} lies past the end of the chain: it was not added by Sequela.`;
  }
}

function range(from: number, to: number): string {
  return from === to ? `Entry ${from} was` : `Entries ${from} to ${to} were`;
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
