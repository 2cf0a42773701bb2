import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { boardMatrix } from './boardMatrix';
import { drawBoardReport } from './boardReportPdf';
import { type BoardReport, boardSentence, headNumbers, validationSentence } from './boardReportWords';
import { hours, testBoardReport } from './testBoardReport';
import { readPdfText } from './testPdfText';

const HOSTILE =
  '<script>alert(1)</script> \u202egnp.exe\u0000 \u4e2d\u{1f600} (/JavaScript) endobj %PDF \\ ) Tj [] ' +
  'A'.repeat(3_000);

const bytesOf = (report: BoardReport) => buffer(drawBoardReport(report));

describe('the board report', () => {
  it('is one page of PDF with the numbers of the page on it', async () => {
    const bytes = await bytesOf(testBoardReport());
    const pdf = bytes.toString('latin1');
    expect(pdf.startsWith('%PDF-')).toBe(true);
    expect(pdf.trimEnd().endsWith('%%EOF')).toBe(true);
    const { pages, text } = readPdfText(bytes);
    expect(pages).toBe(1);
    for (const words of [
      '28 Oct 2026 to 26 Nov 2026, 214 hosts',
      '72 %',
      'up 6 points',
      '7 of 14',
      'of 80 verdicts rest on a',
      '83 %',
      'precision (74 to 89 %',
      'Finance 3 13',
      'Stage 13 Finance',
      '1. Record command lines 0 Finance',
      '5. Record command lines 4 Finance',
      '+36 stage-cells on 12 hosts, 9 verdicts decidable',
      '31 of 32 labelled chains found',
      'REGRESSED',
      '2 h 10 min',
      '41 findings open, 3 older than 30 days',
      '87 %, 2 past their time now',
      '1,204 to 96',
      '1 host went quiet and counts as blind since.',
    ])
      expect(text.replaceAll('\n', ' '), words).toContain(words);
    expect(text).not.toContain('6. Record');
  });

  it('is the same bytes for the same numbers, and carries no time but that it was made at', async () => {
    const bytes = await bytesOf(testBoardReport());
    expect(bytes.equals(await bytesOf(testBoardReport()))).toBe(true);
    const later = { ...testBoardReport(), madeAt: new Date('2026-11-27T10:00:00Z') };
    expect(bytes.equals(await bytesOf(later))).toBe(false);
    expect(bytes.toString('latin1')).toContain('D:20261126100000Z');
  });

  it('stays one page whatever is named in it, with what would mislead written out', async () => {
    const bytes = await bytesOf(testBoardReport(HOSTILE, { stages: 80, columns: 60 }));
    expect(bytes.toString('latin1')).not.toMatch(/\/OpenAction|\/URI|\/S \/JavaScript/);
    const { pages, text } = readPdfText(bytes);
    expect(pages).toBe(1);
    expect(text).toContain('[U+202E]gnp.exe[U+0000] [U+4E2D][U+1F600]');
    expect(text).not.toContain('\u202e');
    expect(text).toContain('55 others');
    expect(text).toMatch(/\d+ stages more: see the page\./);
  });

  it('says what it does not know where nothing was recorded, replayed or decided', async () => {
    const report = testBoardReport();
    const nothing = { share: null, low: null, high: null, n: 0, of: 0 };
    const first = report.metrics.precision.bySeverity[0];
    if (first === undefined) throw new Error('no row');
    const row = { ...first, precision: nothing, blindLimited: nothing };
    const empty: BoardReport = {
      ...report,
      coverage: { ...report.coverage, rows: [], columns: [], hosts: 0, total: hours(0), before: hours(0) },
      fixes: [],
      metrics: { ...report.metrics, precision: { bySeverity: [row], byAnalytic: [row] } },
      validation: undefined,
    };
    const { pages, text } = readPdfText(await bytesOf(empty));
    expect(pages).toBe(1);
    const words = text.replaceAll('\n', ' ');
    expect(words).toContain('No validation has been run over all recordings.');
    expect(words).toContain('nothing can be said about it');
    expect(words).toContain('no verdicts to tell it from');
    expect(headNumbers(empty)[0]?.value).toBe('–');
  });
});

describe('the matrix of the report', () => {
  it('keeps the largest columns in their order and adds up the others, so that no time is lost', () => {
    const { coverage } = testBoardReport('Group', { stages: 2, columns: 9 });
    const { columns, lines } = boardMatrix(coverage, 4, 20);
    expect(columns.map(({ name }) => name)).toEqual(['Group 6', 'Group 7', 'Group 8', '6 others', 'All']);
    expect(columns[3]?.hosts).toBe(10 + 11 + 12 + 13 + 14 + 15);
    const [, first] = lines;
    if (first?.type !== 'stage') throw new Error('no stage');
    // Visible hours of the columns are 0, 10, 20, …; each is blind for 12.
    expect(first.cells[3]?.share).toBeCloseTo(150 / (150 + 72), 10);
  });

  it('does not add sources up, which share their hosts, and tells how many it leaves out', () => {
    const { coverage } = testBoardReport('Source', { stages: 2, columns: 9 });
    const { columns, lines, leftColumns } = boardMatrix({ ...coverage, by: 'source' }, 4, 20);
    const names = ['Source 5', 'Source 6', 'Source 7', 'Source 8', 'All'];
    expect(columns.map(({ name }) => name)).toEqual(names);
    expect(lines[1]?.type === 'stage' && lines[1].cells.length).toBe(5);
    expect(leftColumns).toBe(5);
    expect(boardMatrix(coverage, 4, 20).leftColumns).toBe(0);
  });

  it('calls a stage proven only where a host of these is', () => {
    const { coverage } = testBoardReport('x', { stages: 2 });
    const rows = coverage.rows.map((row) => ({ ...row, total: { ...row.total, provenHosts: 0 } }));
    const proofs = (view: typeof coverage) =>
      boardMatrix(view, 6, 7).lines.flatMap((line) => (line.type === 'stage' ? [line.proof !== null] : []));
    expect(proofs(coverage)).toEqual([false, true]);
    expect(proofs({ ...coverage, rows })).toEqual([false, false]);
  });

  it('tells how many stages have no room, and shows no analytic without one', () => {
    const { coverage } = testBoardReport('x', { stages: 14 });
    const { lines, left } = boardMatrix(coverage, 6, 7);
    expect(lines.map(({ type }) => type)).toEqual(['analytic', 'stage', 'stage', 'stage', 'stage', 'stage']);
    expect(left).toBe(9);
  });
});

describe('the report in a line', () => {
  it('says what has changed, what went quiet, whether a validation regressed and what to do first', () => {
    expect(boardSentence(testBoardReport())).toBe(
      'Coverage 28 Oct 2026 to 26 Nov 2026: 72 % visible on 214 hosts, up 6 points; 7 of 14 stages proven; precision 83 %; ' +
        'median 2 h 10 min to verdict; 1 host went quiet; the last validation REGRESSED; most worthwhile: Record command lines 0 Finance.',
    );
  });

  it('tells a first validation without a comparison', () => {
    const report = testBoardReport();
    if (report.validation === undefined) throw new Error('no validation');
    const sentence = validationSentence({ ...report, validation: { ...report.validation, regressed: null } });
    expect(sentence).toMatch(/signed\.$/);
  });
});
