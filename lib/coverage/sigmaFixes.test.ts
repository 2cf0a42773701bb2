import { describe, expect, it } from 'vitest';
import { CATEGORIES } from '../sigma/sources/categories';
import { CHANNELS_OF_SERVICE } from '../sigma/sources/services';
import { sigmaFix } from './sigmaFixes';

describe('what would let rules of Sigma be decided', () => {
  it('is the setting of the kind of event that a category stands for', () => {
    expect(sigmaFix({ kind: 'logsource', what: 'windows/process_creation' })).toBe(
      'Install Sysmon where it is missing. Sysmon configuration, EventFiltering: <ProcessCreate onmatch="exclude"/>',
    );
    expect(sigmaFix({ kind: 'logsource', what: 'windows/ps_script' })).toContain('Script Block Logging');
  });

  it('is Sysmon\u2019s rule group for categories that no kind stands for', () => {
    expect(sigmaFix({ kind: 'logsource', what: 'windows/process_access' })).toContain(
      '<ProcessAccess onmatch="exclude"/>',
    );
  });

  it('records all of the registry, of which our own stages need less', () => {
    expect(sigmaFix({ kind: 'logsource', what: 'windows/registry_set' })).toContain(
      '<RegistryEvent onmatch="exclude"/>',
    );
  });

  it('is the channel for a service, with how it is switched on', () => {
    expect(sigmaFix({ kind: 'logsource', what: 'windows/bits-client event 16403' })).toBe(
      'Collect the channel Microsoft-Windows-Bits-Client/Operational; where it is off: wevtutil set-log "Microsoft-Windows-Bits-Client/Operational" /enabled:true',
    );
  });

  it('is Sysmon for what the audit of process starts never tells', () => {
    for (const field of ['OriginalFileName', 'Description', 'Company'])
      expect(sigmaFix({ kind: 'field', what: field })).toContain('Install Sysmon where it is missing');
    expect(sigmaFix({ kind: 'field', what: 'CommandLine' })).toContain(
      'ProcessCreationIncludeCmdLine_Enabled',
    );
  });

  it('is not made up where none is known', () => {
    expect(sigmaFix({ kind: 'field', what: 'CallTrace' })).toBeUndefined();
    expect(sigmaFix({ kind: 'logsource', what: 'linux/process_creation' })).toBeUndefined();
    expect(sigmaFix({ kind: 'logsource', what: 'windows/no-such-log' })).toBeUndefined();
  });

  it('is known for every service and category that is read', () => {
    for (const service of CHANNELS_OF_SERVICE.keys())
      expect(sigmaFix({ kind: 'logsource', what: `windows/${service}` }), service).toBeDefined();
    const unknown = [...CATEGORIES].filter(
      (category) => sigmaFix({ kind: 'logsource', what: `windows/${category}` }) === undefined,
    );
    expect(unknown).toEqual([]);
  });
});
