import type { Scenario } from '../../events/story';
import { called, type Happened, type LabelledScenario, started } from './labelledScenario';
import { CHROME, CMD, CONTROL, callsControl, homeOf, loginDataOf, POWERSHELL } from './programs';
import type { SourceId } from './sources';
import { type Delivered, SVG_DELIVERIES } from './svgDelivery';

/** What a script engine that an SVG led to does next; undefined: nothing. */
type Consequence = {
  readonly id: string;
  readonly title: string;
  readonly tell: (s: Scenario, delivered: Delivered) => Readonly<Record<string, Happened>>;
};

const CONSEQUENCES: readonly Consequence[] = [
  { id: 'alone', title: 'nothing follows', tell: () => ({}) },
  {
    id: 'callback',
    title: 'the script calls back',
    tell(s, { engine, happened }) {
      callsControl(s, engine);
      return { callback: called(CONTROL.address, happened.script_engine?.tie) };
    },
  },
  {
    id: 'c1',
    title: 'the script reads saved passwords',
    tell(s, { engine }) {
      s.after('3s');
      s.reads(engine, loginDataOf(s));
      return { credential_collection: { by: ['file_access'], evidence: ['\\Login Data'] } };
    },
  },
  {
    id: 'c2',
    title: 'saved passwords are copied',
    tell(s, { engine }) {
      s.after('3s');
      const copy = s.starts(CMD, {
        parent: engine,
        commandLine: `"${CMD}" /c copy "${loginDataOf(s)}" "${homeOf(s)}\\AppData\\Local\\Temp\\ld.db"`,
      });
      return { credential_collection: started(copy) };
    },
  },
  {
    id: 'c3',
    title: 'a browser is started with remote debugging',
    tell(s, { engine }) {
      s.after('3s');
      const debugged = s.starts(CHROME, {
        parent: engine,
        commandLine: `"${CHROME}" --remote-debugging-port=9222 --headless=new --user-data-dir="${homeOf(s)}\\AppData\\Local\\Temp\\p"`,
      });
      return { credential_collection: started(debugged) };
    },
  },
  {
    id: 'c4',
    title: "the script has Windows decrypt the browser's key",
    tell(s, { engine }) {
      s.after('3s');
      const shell = s.starts(POWERSHELL, {
        parent: engine,
        commandLine: `"${POWERSHELL}" -nop -f "${homeOf(s)}\\AppData\\Local\\Temp\\k.ps1"`,
      });
      s.after('1s');
      s.runsScript(
        shell,
        "$k = (Get-Content 'Local State' | ConvertFrom-Json).os_crypt; [Security.Cryptography.ProtectedData]::Unprotect($k, $null, 0)",
      );
      return { credential_collection: { by: ['script_block'], evidence: ['ProtectedData'] } };
    },
  },
];

/** Relations that all products record with every consequence worth it, so that the cross stays small. */
const OTHER_SOURCES: readonly SourceId[] = [
  'sysmon',
  'security',
  'defender',
  'falcon',
  'sentinelone',
  'elastic',
];
const EVERYWHERE: readonly SourceId[] = ['windows', ...OTHER_SOURCES];

/**
 * Every relation with every consequence on a host that records all; every relation with a callback, and every
 * consequence of the ZIP, in the form of each other product.
 */
export const SVG_CHAINS: readonly LabelledScenario[] = SVG_DELIVERIES.flatMap((delivery) =>
  CONSEQUENCES.map((consequence): LabelledScenario => {
    const wide = consequence.id === 'callback' || delivery.id === 'zip-explorer';
    return {
      id: `svg-${delivery.id}-${consequence.id}`,
      title: `${delivery.title}; ${consequence.title}`,
      sources: wide ? EVERYWHERE : ['windows'],
      tell(s) {
        const delivered = delivery.tell(s, 'Zahlungsavis_88213');
        const happened = { ...delivered.happened, ...consequence.tell(s, delivered) };
        const absent = ['callback', 'credential_collection'].filter((stage) => happened[stage] === undefined);
        const { engine, thin = false } = delivered;
        return [{ analytic: 'AN1407', trigger: engine, happened, absent, thin }];
      },
    };
  }),
);
