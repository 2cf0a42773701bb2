/**
 * Walks every import of the product and holds it against the table in .dependency-cruiser.mjs, then holds the table
 * printed in docs/ARCHITECTURE.md against the same one. `node docs/check.mjs --write` renews the printed table, which
 * stands between `<!-- floors:start -->` and `<!-- floors:end -->`.
 */
import fs from 'node:fs';
import path from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import walls, { doors, fewestModules, rooms } from '../.dependency-cruiser.mjs';

const root = path.dirname(import.meta.dirname);
process.chdir(root);
const write = process.argv.includes('--write');
const problems = [...(await brokenWalls()), ...stalePage(write)];
for (const problem of problems) console.error(problem);
process.exit(problems.length === 0 ? 0 : 1);

async function brokenWalls() {
  const folders = ['lib', 'components', 'app'].filter((folder) => fs.existsSync(folder));
  const { output } = await cruise(
    folders,
    { ...walls.options, ruleSet: { forbidden: walls.forbidden }, validate: true },
    undefined,
    { tsConfig: extractTSConfig(walls.options.tsConfig.fileName) },
  );
  const { totalCruised, violations } = output.summary;
  if (totalCruised < fewestModules) {
    return [`Only ${totalCruised} modules were read: the walls were not really checked.`];
  }
  const comments = new Map(walls.forbidden.map(({ name, comment }) => [name, comment]));
  return violations.map(({ rule, from, to, cycle }) => {
    const way = cycle ? cycle.map((step) => step.name ?? step).join(' -> ') : to;
    return `${from} -> ${way}\n    ${rule.name}: ${comments.get(rule.name)}`;
  });
}

function stalePage(renew) {
  const page = 'docs/ARCHITECTURE.md';
  if (!fs.existsSync(page)) return [];
  const text = fs.readFileSync(page, 'utf8');
  const [, before, printed, after] =
    text.match(/^([\s\S]*<!-- floors:start -->\n)([\s\S]*)(<!-- floors:end -->[\s\S]*)$/) ?? [];
  if (printed === undefined)
    return [`${page} lacks the markers <!-- floors:start --> and <!-- floors:end -->.`];
  const table = floorsTable();
  if (printed.trim() === table.trim()) return [];
  if (!renew)
    return [`The floors in ${page} differ from .dependency-cruiser.mjs: node docs/check.mjs --write`];
  fs.writeFileSync(page, `${before}${table}${after}`);
  return [];
}

function floorsTable() {
  const code = (name) => `\`${name}\``;
  const row = ([room, allowed]) => `| ${code(room)} | ${allowed.map(code).join(', ') || 'nothing'} |\n`;
  const rows = [
    ...Object.entries(rooms).map(([room, allowed]) => [`lib/${room}`, allowed]),
    ...Object.entries(doors),
  ];
  return `| room | may import |\n| --- | --- |\n${rows.map(row).join('')}`;
}
