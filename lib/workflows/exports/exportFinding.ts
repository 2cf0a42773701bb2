import type { z } from 'zod';
import type { exportQuery } from '../../contracts/routes/findings';
import { toHtml } from './html';
import { loadStory } from './loadStory';
import { toMarkdown } from './markdown';
import { toStix } from './stix';
import { toTimesketch } from './timesketch';

type ExportFormat = z.infer<typeof exportQuery>['format'];
export type ExportedFinding = { readonly name: string; readonly type: string; readonly content: string };

/** A finding as a document: the same finding with the same decisions gives the same bytes. Throws `not_found`. */
export async function exportFinding(id: string, format: ExportFormat): Promise<ExportedFinding> {
  const story = await loadStory(id, format === 'markdown' || format === 'html');
  const { finding } = story;
  const name = `${finding.analytic}-${finding.host}-${finding.id.slice(0, 12)}`;
  switch (format) {
    case 'markdown':
      return { name: `${name}.md`, type: 'text/markdown; charset=utf-8', content: toMarkdown(story) };
    case 'html':
      return { name: `${name}.html`, type: 'text/html; charset=utf-8', content: toHtml(story) };
    case 'json':
      return { name: `${name}.json`, type: 'application/json', content: json(finding) };
    case 'timesketch':
      return { name: `${name}.jsonl`, type: 'application/x-ndjson', content: toTimesketch(story) };
    case 'stix':
      return {
        name: `${name}.stix.json`,
        type: 'application/stix+json;version=2.1',
        content: json(toStix(story)),
      };
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
