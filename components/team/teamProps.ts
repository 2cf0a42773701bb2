import type { MetricList, MetricsView } from '@/lib/contracts/metrics';
import type { ListPart, TeamUrl } from './teamUrl';

/** Opens the list behind a number, or another in its place. */
export type OpenList = (list: MetricList, part?: ListPart) => void;

/** What every section of the page is given. */
export type TeamPartProps = { view: MetricsView; url: TeamUrl; open: OpenList };
