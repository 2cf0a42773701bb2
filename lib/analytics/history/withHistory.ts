import { createDestinationJudge } from '../host/destination';
import type { HostIndex } from '../host/hostIndex';
import type { EnvironmentHistory } from './history';

/** The same host seen with another memory of the environment; everything else is shared. */
export function withHistory(index: HostIndex, history: EnvironmentHistory): HostIndex {
  const { events, lineage, visibility, lists } = index;
  return {
    ...index,
    history,
    destination: createDestinationJudge({ events, lineage, visibility, lists, history }),
  };
}
