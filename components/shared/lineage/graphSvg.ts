import { ARTEFACT_WORD } from '../ArtefactGlyph';
import { hostilePlain } from '../hostileText';
import {
  describeItem,
  foldWords,
  pillsOf,
  type StageName,
  shortCount,
  shortElapsed,
  whoLine,
} from './describeItem';
import { fitEnd, fitMiddle } from './fitText';
import { laneToken } from './laneColours';
import type { Box, LaidLink, LineageLayout } from './layoutLineage';
import type { ItemHits } from './lineageHits';
import type { LineageItem } from './lineageTree';
import { brokenPaths, dashOf, linkPath } from './linkPath';
import type { ThemeColours } from './themeColours';

/** What a picture shows: the drawing as it is folded now. */
export type Drawing = {
  layout: LineageLayout;
  lanes: ReadonlyMap<string, number>;
  stages: readonly StageName[];
  selectedId: string | null;
  /** Hits of Sigma by item. */
  hits?: ItemHits;
};

type Look = { colours: ThemeColours; title: string };

const MARGIN = 32;
const WORDS = 'Geist, Inter, Helvetica, Arial, sans-serif';
const MACHINE = '"Geist Mono", "DejaVu Sans Mono", Consolas, monospace';

/**
 * The drawing as an SVG file that needs nothing beside it: fonts named with common stand-ins, colours as numbers, text
 * of telemetry escaped with its hidden characters shown. Each item carries its whole sentence as a title. Pure.
 */
export function graphSvg(drawing: Drawing, look: Look): string {
  const { layout } = drawing;
  const { colours } = look;
  const [x, y] = [layout.bounds.x - MARGIN, layout.bounds.y - MARGIN];
  const [width, height] = [layout.bounds.width + 2 * MARGIN, layout.bounds.height + 2 * MARGIN + 16];
  const links = [...layout.links, ...layout.joins].sort((a, b) => Number(a.onPath) - Number(b.onPath));
  const count = `${layout.nodes.length} processes drawn, ${layout.folded.length} stacks of folded ones.`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${n(width)}" height="${n(height)}" viewBox="${n(x)} ${n(y)} ${n(width)} ${n(height)}" role="img" aria-labelledby="title desc" font-family='${WORDS}'>`,
    `<title id="title">${text(look.title)}</title>`,
    `<desc id="desc">${text(`Process lineage, causes left of effects. ${count}`)}</desc>`,
    `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" fill="${colours['surface-0']}"/>`,
    ...links.map((link) => linkSvg(link, colours)),
    ...layout.tree.items.map((item) => {
      const box = layout.boxes.get(item.id);
      return box === undefined ? '' : itemSvg(item, box, drawing, colours);
    }),
    '</svg>',
    '',
  ].join('\n');
}

function linkSvg(link: LaidLink, colours: ThemeColours): string {
  const stroke = link.onPath ? colours.accent : colours['line-strong'];
  const dash = dashOf(link.strength);
  const pen = `fill="none" stroke="${stroke}" stroke-width="${link.onPath ? 2.25 : 1.25}"${dash === undefined ? '' : ` stroke-dasharray="${dash}"`}`;
  const end = link.points.at(-1);
  if (link.strength === 'broken') {
    const { before, after } = brokenPaths(link.points);
    const why = fitEnd(`broken: ${link.reason ?? 'parent not recorded'}`, 40);
    const words =
      end === undefined ? '' : label(end.x + 4, end.y + 34, why, { size: 10, fill: colours.warning });
    return `<path d="${before}" ${pen}/><path d="${after}" ${pen}/>${words}`;
  }
  const elapsed =
    link.id.startsWith('parent:') && link.elapsedMicros !== null && end !== undefined
      ? label(end.x - 13, end.y - 5, shortElapsed(link.elapsedMicros), {
          size: 10,
          fill: link.onPath ? colours['text-1'] : colours['text-3'],
          mono: true,
          end: true,
        })
      : '';
  return `<path d="${linkPath(link.points)}" ${pen}/>${elapsed}`;
}

function itemSvg(item: LineageItem, box: Box, drawing: Drawing, colours: ThemeColours): string {
  const selected = item.id === drawing.selectedId;
  const inside =
    item.type === 'process'
      ? processSvg(item, box, drawing, colours)
      : item.type === 'artefact'
        ? [
            label(14, 14.5, fitMiddle(item.artefact.label, 28), { size: 11.5, fill: colours['text-1'] }),
            label(14, 27, fitMiddle(item.artefact.detail ?? ARTEFACT_WORD[item.artefact.type], 28), {
              size: 10,
              fill: colours['text-3'],
              mono: true,
            }),
          ].join('')
        : foldSvg(item, colours);
  const strong = item.type === 'artefact' || selected;
  const round = item.type === 'artefact' ? box.height / 2 : 7;
  const dash = item.type === 'process' && item.process.imputed ? ' stroke-dasharray="3 3"' : '';
  const fill = selected
    ? colours['accent-soft']
    : item.type === 'fold'
      ? colours['surface-1']
      : colours['surface-2'];
  return [
    `<g transform="translate(${n(box.x)} ${n(box.y)})">`,
    `<title>${text(describeItem(item, drawing.layout.tree, drawing.stages, drawing.hits?.get(item.id)))}</title>`,
    `<rect width="${n(box.width)}" height="${n(box.height)}" rx="${n(round)}" fill="${fill}" stroke="${strong ? colours.accent : colours['line-strong']}"${dash}/>`,
    inside,
    '</g>',
  ].join('');
}

function processSvg(
  item: Extract<LineageItem, { type: 'process' }>,
  box: Box,
  { lanes, stages, hits }: Drawing,
  colours: ThemeColours,
): string {
  const { process } = item;
  const who = whoLine(process);
  const deeds = pillsOf(process)
    .slice(0, 3)
    .map((pill) => `${pill.letter} ${shortCount(pill.count)}`)
    .join('  ');
  const marks = [
    ...(hits?.has(item.id) ? [`Σ ${hits.get(item.id)?.length}`] : []),
    ...(process.alerts > 0 ? [`${process.alerts} ${process.alerts === 1 ? 'alert' : 'alerts'}`] : []),
  ].join(' · ');
  const numbers = process.stages
    .map((id) => stages.findIndex((stage) => stage.id === id) + 1)
    .filter((number) => number > 0);
  return [
    `<rect x="0" y="7" width="4" height="${n(box.height - 14)}" fill="${colours[laneToken(lanes.get(item.id))]}"/>`,
    label(14, 18, fitMiddle(process.name, 27 - Math.ceil(marks.length * 0.7)), {
      size: 12.5,
      fill: colours['text-1'],
      weight: 600,
    }),
    label(box.width - 8, 18, marks, { size: 10, fill: colours['sev-high'], end: true }),
    label(14, 34, fitEnd(who, Math.max(8, 30 - deeds.length)), {
      size: 10.5,
      fill: colours['text-3'],
      mono: true,
    }),
    label(box.width - 8, 34, deeds, { size: 10, fill: colours['text-2'], mono: true, end: true }),
    ...numbers.map((number, index) => {
      const y = box.height / 2 + (index - (numbers.length - 1) / 2) * 15;
      return `<circle cx="0" cy="${n(y)}" r="7" fill="${colours.matched}" stroke="${colours['surface-0']}"/>${label(0, y + 3.3, String(number), { size: 9, fill: colours['surface-0'], weight: 600, middle: true })}`;
    }),
  ].join('');
}

function foldSvg(item: Extract<LineageItem, { type: 'fold' }>, colours: ThemeColours): string {
  const [first, second] = foldWords(item);
  return [
    label(10, 18, fitEnd(first, 37), { size: 11.5, fill: colours['text-1'] }),
    label(10, 34, fitEnd(second, 31), { size: 10, fill: colours['text-3'], mono: true }),
  ].join('');
}

type Letters = {
  size: number;
  fill: string;
  mono?: boolean;
  weight?: number;
  end?: boolean;
  middle?: boolean;
};

function label(x: number, y: number, words: string, letters: Letters): string {
  if (words === '') return '';
  const anchor = letters.end === true ? 'end' : letters.middle === true ? 'middle' : undefined;
  const more = [
    letters.mono === true ? ` font-family='${MACHINE}'` : '',
    letters.weight === undefined ? '' : ` font-weight="${letters.weight}"`,
    anchor === undefined ? '' : ` text-anchor="${anchor}"`,
  ].join('');
  return `<text x="${n(x)}" y="${n(y)}" font-size="${letters.size}" fill="${letters.fill}"${more}>${text(words)}</text>`;
}

/** Text as XML may hold it: hidden characters shown, half characters replaced, nothing left that opens a tag. */
function text(words: string): string {
  return hostilePlain(words)
    .replace(/\p{Surrogate}|[\uFFFE\uFFFF]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
