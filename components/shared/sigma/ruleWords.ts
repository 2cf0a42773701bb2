import type { SigmaHitView } from '@/lib/contracts/sigmaHits';

/** The licence as the rule writes it. A rule that writes none has none here: nothing is guessed from where it came. */
export function licenceText(license: string | null): string {
  return license === null || license.trim() === '' ? 'licence not stated' : `licence ${license}`;
}

/** Who wrote it. */
export function authorText(author: string): string {
  return author.trim() === '' ? 'author not stated' : `by ${author}`;
}

/** A field with its modifiers as the rule writes them; a keyword is one. */
export function fieldText(part: Pick<SigmaHitView['matched'][number], 'field' | 'modifiers'>): string {
  return [part.field ?? 'any field (keyword)', ...part.modifiers].join('|');
}
