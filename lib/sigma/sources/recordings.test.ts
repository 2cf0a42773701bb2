import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readUpload } from '../../containers/readUpload';
import { judgeRule } from '../judge';
import type { SigmaRule } from '../rule';
import { createFieldWatch } from './fieldWatch';
import { sightOfRule } from './sight';
import { sigmaRecordOf } from './sigmaRecord';
import { testRule } from './testRules';

/** Public attack recordings, if they lie beside the project; they are never part of it. */
const DATA = path.join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data');
const present = existsSync(path.join(DATA, 'sigma-regression'));
if (!present) process.stdout.write('skipped Sigma recordings: no folder ../shared/data beside the project\n');

const CASES: readonly (readonly [file: string, rule: SigmaRule])[] = [
  [
    'sigma-regression/proc_creation_win_certutil_decode.evtx',
    testRule(
      '{ product: windows, category: process_creation }',
      "  tool: { 'Image|endswith': '\\certutil.exe', OriginalFileName: CertUtil.exe }\n  words: { 'CommandLine|contains|windash': ' -decode' }\n  condition: all of them",
    ),
  ],
  [
    'sigma-regression/file_event_win_anydesk_artefact.json',
    testRule(
      '{ category: file_event }',
      "  a: { 'TargetFilename|contains': '\\AppData\\Roaming\\', 'Image|endswith': .exe }\n  condition: a",
    ),
  ],
  [
    'sigma-regression/registry_delete_runmru.json',
    testRule(
      '{ product: windows, category: registry_delete }',
      "  a: { 'TargetObject|contains': '\\Explorer\\RunMRU', EventType: DeleteKey }\n  condition: a",
    ),
  ],
  [
    'sigma-regression/proc_access_win_werfaultsecure_msmpeng_access.json',
    testRule(
      '{ product: windows, category: process_access }',
      "  a: { 'TargetImage|endswith': .exe, 'CallTrace|contains': ntdll, GrantedAccess|startswith: '0x' }\n  condition: a",
    ),
  ],
  [
    'sigma-regression/win_security_explicit_credential_local_logon.json',
    testRule(
      '{ product: windows, service: security }',
      "  a: { EventID: 4648, 'SubjectUserSid|startswith': S-1-5- }\n  condition: a",
    ),
  ],
  [
    'mordor/psh_mshta_html_application_execution.zip',
    testRule(
      '{ product: windows, category: process_creation }',
      "  a: { 'Image|endswith': '\\mshta.exe', CommandLine|contains: '.hta' }\n  condition: a",
    ),
  ],
];

describe.runIf(present)('recordings', () => {
  it.each(CASES)('a rule that is about %s fires on it and is visible there', async (file, rule) => {
    const watch = createFieldWatch([rule]);
    let hits = 0;
    for await (const step of readUpload(path.join(DATA, file), { name: path.basename(file) })) {
      if (step.step !== 'batch') continue;
      for (const { outcome } of step.records) {
        const record = sigmaRecordOf(outcome);
        if (record === undefined) continue;
        watch.see(record);
        if (record.source.takes(rule.logsource) && judgeRule(rule, record) === true) hits++;
      }
    }
    expect(hits).toBeGreaterThan(0);
    expect(sightOfRule(rule, watch.seen()).state).toBe('visible');
  });
});
