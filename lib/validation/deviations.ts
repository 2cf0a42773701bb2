import type { AnalyticResult } from './compare';

/** A difference from a label that we stand by, with the reason. */
export type Deviation = {
  /** End of the recording's name. */
  readonly file: string;
  readonly analytic: string;
  readonly found: 'complete' | 'partial' | 'none';
  readonly because: string;
};

const COM_ACTIVATION =
  'an mshta activated over COM with a connection coming in is complete with 65 points in ANALYTICS B.7, which is the specification; the label calls it partial because no content stands on its command line';

/** Where labels and the specification disagree. Nothing is here because the product finds it hard. */
export const DEVIATIONS: readonly Deviation[] = [
  {
    file: 'LM_DCOM_MSHTA_LethalHTA_Sysmon_3_1.evtx',
    analytic: 'AN1397',
    found: 'complete',
    because: COM_ACTIVATION,
  },
  {
    file: 'Detect_MSHTA_LethalHTA_raw_events_1.json',
    analytic: 'AN1397',
    found: 'complete',
    because: COM_ACTIVATION,
  },
];

/** The reason for which a result may differ from its label; undefined when there is none. */
export function explained(
  deviations: readonly Deviation[],
  file: string,
  result: Pick<AnalyticResult, 'analytic' | 'found'>,
): string | undefined {
  return deviations.find(
    (one) => file.endsWith(one.file) && one.analytic === result.analytic && one.found === result.found,
  )?.because;
}
