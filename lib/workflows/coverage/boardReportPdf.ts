import { counted, percentText } from '../../base/numberWords';
import { BLACK, GREY } from '../pdfDocument';
import { type BoardCell, type BoardMatrix, boardMatrix } from './boardMatrix';
import { createPen, type Pen } from './boardPen';
import {
  type BoardReport,
  blindSpots,
  dayText,
  type HeadNumber,
  headNumbers,
  teamFacts,
  validationSentence,
} from './boardReportWords';

/** Points from the left and the top of an A4 page. */
const LEFT = 40;
const WIDTH = 515;
const SMALL = 8;

const MATRIX = { stage: 150, proven: 56, columns: 6, lines: 25, height: 320, row: 13 } as const;
const FIXES = 5;

/** Draws the report on one A4 page in greys, whatever the names in it. */
export function drawBoardReport(report: BoardReport): AsyncIterable<Uint8Array> {
  const { coverage, madeAt } = report;
  const period = `${dayText(coverage.from)} to ${dayText(coverage.to)}`;
  const pen = createPen({ title: `Coverage ${period}`, madeAt });
  pen.line('Coverage', LEFT, 38, { face: 'strong', size: 16, width: 200 });
  pen.line(`${period}, ${counted(coverage.hosts, 'host')}`, LEFT, 59, { size: 9.5, width: 340 });
  pen.line(`Sequela, made ${madeAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`, LEFT, 59, {
    size: SMALL,
    grey: true,
    width: WIDTH,
    right: true,
  });
  drawNumbers(pen, headNumbers(report), 82);
  let y = heading(pen, `What each stage could see, by ${BY_WORD[coverage.by]}`, 176);
  y = drawMatrix(pen, boardMatrix(coverage, MATRIX.columns, MATRIX.lines), y);
  y = drawFixes(pen, report, heading(pen, 'What would change it most', y + 12));
  y = heading(pen, 'Last validation', y + 8);
  y = pen.lines(validationSentence(report), LEFT, y, { size: SMALL + 0.5, width: WIDTH, most: 2 });
  const { from, to } = report.metrics;
  y = drawTeam(pen, report, heading(pen, `Team, ${dayText(from)} to ${dayText(to)}`, y + 8));
  y = heading(pen, 'What this cannot say', y + 6);
  pen.lines(blindSpots(report).join(' '), LEFT, y, { size: SMALL, grey: true, width: WIDTH, most: 5 });
  return pen.end();
}

const BY_WORD = { group: 'host group', os: 'operating system', source: 'source of telemetry' } as const;

function heading(pen: Pen, text: string, y: number): number {
  pen.line(text, LEFT, y, { face: 'strong', size: 9.5, width: WIDTH });
  return y + 15;
}

function drawNumbers(pen: Pen, numbers: readonly HeadNumber[], y: number): void {
  const width = WIDTH / numbers.length;
  for (const [place, { value, words, weeks, top }] of numbers.entries()) {
    const x = LEFT + place * width;
    pen.line(value, x, y, { face: 'strong', size: 20, width: width - 14 });
    pen.lines(words, x, y + 26, { size: SMALL, grey: true, width: width - 14, most: 3 });
    drawSpark(pen, { weeks, top }, x, y + 62, width - 30);
  }
}

const SPARK_HEIGHT = 18;

/** Weeks as a line from nothing to the top, or to the most; a week without a value breaks it. */
function drawSpark(
  pen: Pen,
  { weeks, top }: Pick<HeadNumber, 'weeks' | 'top'>,
  x: number,
  y: number,
  width: number,
): void {
  const most = top ?? weeks.reduce<number>((max, value) => Math.max(max, value ?? 0), 0);
  if (most <= 0 || weeks.length < 2) return;
  const step = width / (weeks.length - 1);
  pen.draw((document) => {
    document.lineWidth(0.4).strokeColor('#c9ced4');
    document
      .moveTo(x, y + SPARK_HEIGHT)
      .lineTo(x + width, y + SPARK_HEIGHT)
      .stroke();
    document.lineWidth(1).strokeColor(GREY).fillColor(BLACK);
    let down = false;
    for (const [place, value] of weeks.entries()) {
      const at = [x + place * step, y + SPARK_HEIGHT * (1 - (value ?? 0) / most)] as const;
      if (value !== null) down ? document.lineTo(...at) : document.moveTo(...at);
      down = value !== null;
    }
    document.stroke();
    const last = weeks.at(-1);
    if (last !== null && last !== undefined)
      document.circle(x + width, y + SPARK_HEIGHT * (1 - last / most), 1.6).fill();
  });
}

function drawMatrix(pen: Pen, { columns, lines, left, leftColumns }: BoardMatrix, top: number): number {
  const width = (WIDTH - MATRIX.stage - MATRIX.proven) / columns.length;
  const xOf = (column: number) => LEFT + MATRIX.stage + column * width;
  for (const [place, { name, hosts }] of columns.entries())
    pen.line(`${name} ${hosts.toLocaleString('en')}`, xOf(place), top, {
      size: 7.5,
      grey: true,
      width: width - 6,
    });
  pen.line('Proven', xOf(columns.length), top, { size: 7.5, grey: true, width: MATRIX.proven });
  const row = Math.min(MATRIX.row, MATRIX.height / Math.max(1, lines.length));
  let y = top + 12;
  for (const line of lines) {
    rule(pen, y - 2, line.type === 'analytic' ? '#9aa1a9' : '#e3e6e9');
    if (line.type === 'analytic') {
      pen.line(line.title, LEFT, y, { size: SMALL, grey: true, width: WIDTH });
    } else {
      const title = line.required ? line.title : `${line.title} (optional)`;
      pen.line(title, LEFT + 6, y, { size: SMALL, width: MATRIX.stage - 12 });
      for (const [place, cell] of line.cells.entries()) drawCell(pen, cell, xOf(place), y, width);
      const proven =
        line.proof === null ? '–' : `${dayText(line.proof.at)}${line.proof.fresh ? '' : ', old'}`;
      pen.line(proven, xOf(columns.length), y, { size: 7.5, width: MATRIX.proven });
    }
    y += row;
  }
  rule(pen, y - 2, '#9aa1a9');
  const more = [
    ...(left > 0 ? [`${counted(left, 'stage')} more`] : []),
    ...(leftColumns > 0 ? [`${counted(leftColumns, 'source')} more`] : []),
  ];
  if (more.length > 0) {
    pen.line(`${more.join(', ')}: see the page.`, LEFT, y, {
      size: 7.5,
      grey: true,
      width: WIDTH,
    });
    y += 10;
  }
  return y + drawLegend(pen, y);
}

function rule(pen: Pen, y: number, colour: string): void {
  pen.draw((document) =>
    document
      .lineWidth(0.4)
      .strokeColor(colour)
      .moveTo(LEFT, y)
      .lineTo(LEFT + WIDTH, y)
      .stroke(),
  );
}

function drawCell(pen: Pen, { state, share }: BoardCell, x: number, y: number, width: number): void {
  if (state !== null) drawMark(pen, state, x + 3.5, y + 4.6);
  const words = state !== null && share === 0 ? state : percentText(share);
  pen.line(words, x + 10, y, { size: SMALL, width: width - 14 });
}

/** Visible a solid disc, partial half of one, blind a hatched one: as on every screen, in greys. */
function drawMark(pen: Pen, state: 'visible' | 'partial' | 'blind', x: number, y: number): void {
  const r = 3.2;
  pen.draw((document) => {
    document.lineWidth(0.7).strokeColor(BLACK).fillColor(BLACK);
    if (state === 'visible') document.circle(x, y, r).fillAndStroke();
    if (state !== 'visible') document.circle(x, y, r).stroke();
    if (state === 'visible') return;
    document.circle(x, y, r).clip();
    if (state === 'partial') document.rect(x - r, y - r, r, 2 * r).fill();
    else
      for (let at = -2 * r; at <= 2 * r; at += 1.7)
        document
          .moveTo(x + at - r, y + r)
          .lineTo(x + at + r, y - r)
          .stroke();
  });
}

function drawLegend(pen: Pen, y: number): number {
  let x = LEFT + 3.5;
  for (const state of ['visible', 'partial', 'blind'] as const) {
    drawMark(pen, state, x, y + 5);
    x += 8 + pen.line(state, x + 7, y + 0.5, { size: 7.5, grey: true, width: 60 }) + 12;
  }
  pen.line(
    'most of the time; the number is the share of time in which the stage could be seen whole',
    x,
    y + 0.5,
    { size: 7.5, grey: true, width: LEFT + WIDTH - x },
  );
  return 10;
}

function drawFixes(pen: Pen, { fixes }: BoardReport, y: number): number {
  if (fixes.length === 0)
    return pen.lines('Nothing is missing that a setting would bring.', LEFT, y, {
      size: SMALL + 0.5,
      width: WIDTH,
      most: 1,
    });
  for (const [place, fix] of fixes.slice(0, FIXES).entries()) {
    const decides = fix.verdicts > 0 ? `, ${counted(fix.verdicts, 'verdict')} decidable` : '';
    const gain = `+${counted(fix.cells, 'stage-cell')} on ${counted(fix.hosts, 'host')}${decides}`;
    pen.line(`${place + 1}. ${fix.title}`, LEFT, y + place * 12, { size: SMALL + 0.5, width: WIDTH - 215 });
    pen.line(gain, LEFT + WIDTH - 210, y + place * 12, { size: SMALL, grey: true, width: 210, right: true });
  }
  return y + Math.min(FIXES, fixes.length) * 12;
}

function drawTeam(pen: Pen, report: BoardReport, y: number): number {
  const facts = teamFacts(report);
  const columns = 3;
  const width = WIDTH / columns;
  for (const [place, [label, value]] of facts.entries()) {
    const x = LEFT + (place % columns) * width;
    const at = y + Math.floor(place / columns) * 24;
    pen.line(label, x, at, { size: 7.5, grey: true, width: width - 10 });
    pen.line(value, x, at + 9.5, { size: SMALL + 0.5, width: width - 10 });
  }
  return y + Math.ceil(facts.length / columns) * 24;
}
