import type { AnalyticResult } from './compare';

/** A difference from a label that we stand by, with the reason. */
export type Deviation = {
  /** End of the recording's name. */
  readonly file: string;
  readonly analytic: string;
  readonly found: 'complete' | 'partial' | 'none';
  readonly because: string;
};

/** Where we differ from a label by decision. Nothing is here because the product finds it hard. */
export const DEVIATIONS: readonly Deviation[] = [
  {
    file: 'exec_persist_rundll32_mshta_scheduledtask_sysmon_1_3_11.evtx',
    analytic: 'AN1397',
    found: 'complete',
    because:
      "the scheduler's own service writes the file of a task that schtasks registers; the label says itself that this is no lineage, and counting it as a file that mshta wrote would give another score than ANALYTICS B.7",
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
