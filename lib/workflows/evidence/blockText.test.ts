import { describe, expect, it } from 'vitest';
import type { Block } from './block';
import { blocksToHtml, blocksToMarkdown } from './blockText';
import { blocksToPdf } from './pdf';

const HOSTILE = '<script>alert(1)</script> [x](javascript:1) \u202egnp.exe\u0000 \u4e2d\u{1f600}';
const BLOCKS: readonly Block[] = [
  { type: 'title', text: HOSTILE },
  { type: 'heading', text: HOSTILE },
  { type: 'subheading', text: HOSTILE },
  { type: 'text', text: `${HOSTILE}\n# ${HOSTILE}\n\n- x` },
  { type: 'quiet', text: HOSTILE },
  { type: 'text', text: '\n'.repeat(90_000) },
  { type: 'code', text: `\`${HOSTILE}\` ${'A'.repeat(9_000)}` },
  { type: 'facts', rows: [[HOSTILE, HOSTILE]] },
  { type: 'list', items: [HOSTILE, ''] },
];

describe('a document', () => {
  it('is a page without script in which every value is escaped and nothing hides', () => {
    const page = blocksToHtml(BLOCKS, HOSTILE);
    expect(page).not.toMatch(/<script|<a |<img/i);
    expect(page).not.toContain('\u202e');
    expect(page).toContain('[U+202E]');
    expect(page).toContain('content="default-src &#39;none&#39;; style-src');
  });

  it('is Markdown in which no text becomes markup', () => {
    const text = blocksToMarkdown(BLOCKS);
    expect(text).not.toMatch(/(^|[^\\])<script|(^|[^\\])\[x\]\(/);
    expect(text.split('\n').filter((line) => /^#+ /.test(line))).toHaveLength(3);
  });

  it('is PDF whatever the text, without links or script', async () => {
    const pieces: Uint8Array[] = [];
    for await (const piece of blocksToPdf(BLOCKS, { title: HOSTILE, madeAt: new Date(0) }))
      pieces.push(piece);
    const pdf = Buffer.concat(pieces).toString('latin1');
    expect(pdf.startsWith('%PDF-')).toBe(true);
    expect(pdf.trimEnd().endsWith('%%EOF')).toBe(true);
    expect(pdf).not.toMatch(/\/JavaScript|\/OpenAction|\/URI/);
  });
});
