import { createHash } from 'node:crypto';
import type { FindingDetail, ReasonView, StageEventView, StageView } from '../../contracts/findings';
import { VERDICT_WORD } from '../../contracts/scalars';
import { pipOf } from './htmlPip';
import { PAGE_STYLE } from './htmlStyle';
import { each, type Html, html, NONE } from './htmlText';
import { oneLine } from './plainText';
import { type Story, whatOf } from './story';
import { gapOf, joinWords, pointsWords, seenWords } from './words';

/** The style is the only thing the page may load or run, and it is named by its hash. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** A finding as one self-contained page for print: no script, nothing loaded, every value escaped. */
export function toHtml(story: Story): string {
  const { finding } = story;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${finding.headline}</title>
<style>${{ markup: PAGE_STYLE }}</style>
</head>
<body>
<main>
<h1>${finding.headline}</h1>
${factsOf(finding)}
${stripOf(finding)}
<h2>Story</h2>
<p>${each(finding.story, ({ text }) => html`${text} `)}</p>
<h2>Stages</h2>
${each(finding.stages, (stage, place) => stageOf(stage, place, story))}
<h2>Why this score</h2>
${ledgerOf(finding)}
<h2>What could be seen</h2>
<ul>
${each(finding.telemetry, (entry) => html`<li${entry.state === 'blind' ? BLIND : NONE}>${seenWords(entry, finding.stages)}</li>\n`)}</ul>
<h2>Runbook</h2>
${runbookOf(story)}
<h2>Provenance</h2>
${provenanceOf(story)}
</main>
</body>
</html>
`.markup;
}

const BLIND: Html = { markup: ' class="blind"' };

function factsOf(finding: FindingDetail): Html {
  const { verdict } = finding;
  return html`<dl class="facts">
<dt>Analytic</dt><dd>${finding.analytic} ${finding.analyticTitle}</dd>
<dt>Result</dt><dd>${finding.status}, ${finding.severity}, score ${finding.score} of 100${finding.suppressed ? ', kept out of the queue by a baseline' : ''}</dd>
<dt>Host</dt><dd class="m">${finding.host}</dd>
<dt>User</dt><dd class="m">${finding.user ?? 'unknown'}</dd>
<dt>Time</dt><dd class="n">${finding.from} to ${finding.to}</dd>
<dt>Weakest link</dt><dd>${finding.weakestLink.strength}: ${finding.weakestLink.text}</dd>
<dt>Verdict</dt><dd>${verdict === null ? 'none yet' : `${VERDICT_WORD[verdict.value]} by ${verdict.by}, ${verdict.at}${verdict.reason === '' ? '' : `: ${oneLine(verdict.reason)}`}`}</dd>
</dl>`;
}

function stripOf({ stages }: FindingDetail): Html {
  return html`<ol class="strip" aria-label="Stages">
${each(
  stages,
  (stage, place) =>
    html`<li>${pipOf(stage)}<span>${place + 1}. ${stage.title}<small class="n">${stage.state}${
      stage.events[0] === undefined ? '' : `, ${stage.events[0].time}`
    }${joined(' ', gapOf(stages, place))}</small></span></li>\n`,
)}</ol>`;
}

function stageOf(stage: StageView, place: number, story: Story): Html {
  const join = joinWords(stage);
  const gap = gapOf(story.finding.stages, place);
  const cut = stage.events.length < stage.eventsTotal;
  return html`<section class="stage">
<h3>${place + 1}. ${stage.title}: ${stage.state}${joined(' ', gap)}</h3>
${stage.stateReason === null ? NONE : html`<p${stage.state === 'blind' ? BLIND : NONE}>${stage.stateReason}</p>`}
${join === null ? NONE : html`<p class="q">Joined ${join}</p>`}
${
  stage.events.length === 0
    ? NONE
    : html`<table><thead><tr><th>Time</th><th>Event</th><th>What the record holds</th></tr></thead><tbody>
${each(stage.events, (event) => eventRow(event, story))}</tbody></table>`
}
${cut ? html`<p class="q">First ${stage.events.length} of ${stage.eventsTotal} events.</p>` : NONE}
</section>
`;
}

function eventRow(event: StageEventView, { annotations }: Story): Html {
  const said = annotations.get(event.eventId);
  return html`<tr><td class="n">${event.time}</td><td>${event.kind}</td><td><code>${whatOf(event)}</code>
${event.image === null || event.image === whatOf(event) ? NONE : html`<br><span class="q">by <code>${event.image}</code>${event.pid === null ? '' : ` (pid ${event.pid})`}</span>`}
${event.record === null ? NONE : html`<br><span class="q">${event.record.file}, record ${event.record.index}</span>`}
${said?.flag == null ? NONE : html`<br>Flagged by ${said.flag.by}, ${said.flag.at}`}
${each(said?.comments ?? [], (comment) => html`<br>${comment.by}, ${comment.at}: ${oneLine(comment.text)}`)}</td></tr>
`;
}

function ledgerOf(finding: FindingDetail): Html {
  const ours = finding.reasons.filter((reason) => reason.baseline === null);
  const baselines = finding.reasons.filter((reason) => reason.baseline !== null);
  return html`<table><tbody>
${each(ours, reasonRow)}
${each(finding.caps, (cap) => html`<tr><td class="p">at most ${cap.limit}</td><td>${cap.text}</td></tr>\n`)}
${each(baselines, reasonRow)}
<tr><td class="p"><strong>${finding.score}</strong></td><td><strong>${finding.severity}</strong></td></tr>
${each(finding.unjudged, (one) => html`<tr class="off"><td class="p">${one.points}?</td><td>${one.text}: not judged, ${one.because}</td></tr>\n`)}
</tbody></table>
${
  finding.counterfactuals.length === 0
    ? NONE
    : html`<h3>What would change it</h3><ul>${each(
        finding.counterfactuals,
        (one) =>
          html`<li>${one.text}${one.field === null ? NONE : html` <code>${one.field}: ${one.actual ?? ''}, wanted ${one.wanted ?? ''}</code>`}</li>\n`,
      )}</ul>`
}`;
}

function reasonRow(reason: ReasonView): Html {
  const off: Html = { markup: reason.counted ? '' : ' class="off"' };
  return html`<tr${off}><td class="p">${pointsWords(reason)}</td><td>${reason.text}${reason.note === null ? '' : ` (${reason.note})`}</td></tr>
`;
}

function runbookOf({ finding, runbook }: Story): Html {
  if (runbook === null) return html`<ul>${each(finding.runbook, (step) => html`<li>${step}</li>\n`)}</ul>`;
  return html`<ol>${each(
    runbook.steps,
    (step) => html`<li><span class="box"></span>${step.text}
${step.answer === null ? NONE : html`<br><span${step.state === 'blind' ? BLIND : NONE}>${step.answer}</span>`}
${step.query === null ? NONE : html`<br><code class="q">${step.query}</code>`}
${each(step.events, (event) => html`<br><span class="n q">${event.time}</span> ${event.text}`)}</li>
`,
  )}</ol>`;
}

function provenanceOf({ finding, imports }: Story): Html {
  return html`<p>Finding <code>${finding.id}</code> by ${finding.analytic} version ${finding.analyticVersion}${
    finding.techniques.length === 0 ? '' : ` (ATT&CK ${finding.techniques.join(', ')})`
  }. Sequela reports what records say; each one named here can be held against its original.</p>
<ul>${each(
    imports,
    (one) =>
      html`<li>${one.name}, ${one.bytes} bytes, imported ${one.importedAt}<br>SHA-256 <code>${one.sha256}</code></li>\n`,
  )}</ul>
${
  finding.activity.length === 0
    ? NONE
    : html`<h3>Activity</h3><ul>${each(finding.activity, (entry) => html`<li><span class="n q">${entry.at}</span> ${entry.by}: ${entry.text}</li>\n`)}</ul>`
}`;
}

function joined(by: string, text: string | null): string {
  return text === null ? '' : `${by}${text}`;
}
