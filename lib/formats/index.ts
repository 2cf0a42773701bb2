import { carbonblackCloud } from './carbonblackCloud';
import { carbonblackEdr } from './carbonblackEdr';
import { cortexXdr } from './cortexXdr';
import { crowdstrikeAlerts } from './crowdstrikeAlerts';
import { crowdstrikeFdr } from './crowdstrikeFdr';
import { defenderAlerts } from './defenderAlerts';
import { defenderHunting } from './defenderHunting';
import { defenderTimeline } from './defenderTimeline';
import { elasticEcs } from './elasticEcs';
import { endgame } from './elasticEndgame';
import { elasticEndpoint } from './elasticEndpoint';
import { kibanaAlerts } from './elasticKibanaAlerts';
import { evtxDumpJson } from './evtxDumpJson';
import { evtxEcmd } from './evtxEcmd';
import { evtxFile } from './evtxFile';
import type { ExportFormat } from './exportFormat';
import { harfanglab } from './harfanglab';
import { ocsf } from './ocsf';
import { sentineloneEvents } from './sentineloneEvents';
import { sentineloneThreats } from './sentineloneThreats';
import { windowsChainsaw } from './windowsChainsaw';
import { windowsEventXml } from './windowsEventXml';
import { windowsFlatJson } from './windowsFlatJson';
import { windowsGraylog } from './windowsGraylog';
import { windowsHayabusa } from './windowsHayabusa';
import { windowsLogAnalytics } from './windowsLogAnalytics';
import { windowsOtel } from './windowsOtel';
import { windowsSplunk } from './windowsSplunk';
import { windowsTable } from './windowsTable';
import { windowsVelociraptor } from './windowsVelociraptor';
import { windowsWazuh } from './windowsWazuh';
import { winlogbeat } from './winlogbeat';
import { winlogbeat6 } from './winlogbeat6';

/** Every format we read. Adding one is its file and a line here; order does not matter, confidence decides. */
export const FORMATS: readonly ExportFormat[] = [
  carbonblackCloud,
  carbonblackEdr,
  crowdstrikeAlerts,
  crowdstrikeFdr,
  defenderAlerts,
  defenderHunting,
  defenderTimeline,
  cortexXdr,
  elasticEcs,
  elasticEndpoint,
  endgame,
  kibanaAlerts,
  evtxDumpJson,
  evtxEcmd,
  evtxFile,
  harfanglab,
  ocsf,
  sentineloneEvents,
  sentineloneThreats,
  windowsChainsaw,
  windowsEventXml,
  windowsFlatJson,
  windowsGraylog,
  windowsHayabusa,
  windowsLogAnalytics,
  windowsOtel,
  windowsSplunk,
  windowsTable,
  windowsVelociraptor,
  windowsWazuh,
  winlogbeat,
  winlogbeat6,
];
