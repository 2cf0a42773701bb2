import { ALERT_EVENTS_MAX, HOST_EVENTS_MAX, PROCESS_EVENTS_MAX } from './chosenEvents';

/** What a pack is, for whoever opens it without Sequela. */
export function readmeText(pack: {
  readonly subject: string;
  readonly madeAt: string;
  readonly madeBy: string;
  readonly version: string;
  readonly originals: boolean;
  readonly isCase: boolean;
}): string {
  const { subject, madeAt, madeBy, version, originals, isCase } = pack;
  const kept = originals
    ? 'originals/IMPORT       the files that were imported, byte for byte'
    : '(the files themselves were not asked for; hold them against originals.json)';
  const ofAlerts = isCase
    ? ` Of each alert of the case the
events that are its evidence, ${ALERT_EVENTS_MAX} at most.`
    : '';
  const ofCase = isCase
    ? `
case/                  alerts.json: every alert of a product, what was decided about it, and the events that are its
                       evidence, whose records are below records/; hits.json: every hit of a Sigma rule, what matched, and the place of
                       its record, which is below records/ where a finding or an alert needs it; notes with every version, tasks, comments, reviews, indicators, time worked, as stored;
                       attachments.json and the files below attachments/ by their number. Of what people withdrew
                       the row is here, the text and the file are not
findings/ID/story.*    the story of each finding`
    : '';
  return `EVIDENCE PACK OF ${subject}

Made ${madeAt} by ${madeBy} with Sequela ${version}.

WHAT IS IN IT
story.html story.md    the story, readable offline; story.pdf the same for print
findings/ID/           finding.json: everything Sequela says of it. verdicts.json: every verdict with what it rested on,
                       revisions by later data, what people opened. telemetry.json: what could be seen then${ofCase}
records/IMPORT.N       records in their original form, byte for byte as the export held them. Records of binary event
                       logs are their text in XML. records/index.ndjson: for each the event that was made of it, its
                       import, file, number and format. IMPORT.heading.M: the heading of the table that rows stand under
originals.json         the files the records are from: name, size, SHA-256
${kept}
analytics/             the definitions in force, and what people set of them (settings.json)
baselines.json         what is held for normal here, by whom, until when
hosts.json             which names are one machine
history.json           what had been seen before, as far as the scores ask for it
sigma.json             where Sigma rules were switched on: which, and what they had hit that the scores ask for
mappings/              how records without a format of their own were read
audit.ndjson           what was done to the findings, ${isCase ? 'the case, its alerts, ' : ''}their imports: each entry with its hash, the hash of the entry
                       before, and the very text that was hashed. audit-head.json: the end of the chain
manifest.json          every file with its size and SHA-256; manifest.sha256 the hash of that

WHICH RECORDS
All events that a stage of a finding cites; the starts of every process on their lineage up to the root, and the
requests by which one process had another start; other events of those processes within an hour, ${PROCESS_EVENTS_MAX} at most.${ofAlerts} Where a
finding does not come out of these alone, also what happened around it on the host, or all of the host, ${HOST_EVENTS_MAX} events at
most. The index says of each record why it is here; manifest.json says what was left out ("bounds").

HOW TO VERIFY
By hand, with any tool:
  sha256sum -c manifest.sha256
  and each file against the SHA-256 that manifest.json gives it.
The SHA-256 of an audit entry is that of: previous, a line feed, text.
With Sequela, which also reads the records again, correlates them and says whether the ids of the findings come out:
  npm run -s evidence:verify -- pack.zip
Whoever can change a pack can also write its manifest anew. The audit trail of the server it came from holds the
SHA-256 of this manifest (action evidence.sealed); ask for it by another way.
`;
}
