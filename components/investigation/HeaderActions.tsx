'use client';

import { API, apiPath } from '@/components/shared/apiClient';
import { useCopy } from '@/components/shared/MonoText';
import { useMay, useMe } from '@/components/shared/me';
import { Button } from '@/components/ui/Button';
import { Menu, MenuItem, MenuLabel, MenuLink, MenuRule } from '@/components/ui/Menu';
import type { FindingDetail } from '@/lib/contracts/findings';
import type { VerdictValue } from '@/lib/contracts/scalars';
import type { ResizablePart } from './InvestigationPanes';
import { arrangementPreference } from './useInvestigationView';

/** The verdict bar: what is decided, whose it is, and the way on; without verdicts for those who may give none. */
export function HeaderActions(props: {
  finding: FindingDetail;
  hasNext: boolean;
  onJudge: (verdict: VerdictValue) => void;
  onTake: () => void;
  /** Null for those who may not propose a baseline. */
  onNeverAgain: (() => void) | null;
  onGive: () => void;
  /** Null for those who may not work on cases. */
  onCase: (() => void) | null;
  onNext: () => void;
  /** Changes the size of a part of the screen, in percent; null where the parts stand below one another. */
  onResize: ((part: ResizablePart, by: number) => void) | null;
}) {
  const { finding, onJudge, onResize } = props;
  const copy = useCopy();
  const mayDecide = useMay('findings.decide');
  const mayPack = useMay('evidence.export');
  const me = useMe().handle;
  const stacked = arrangementPreference.use() === 'stacked';
  return (
    <>
      {mayDecide ? (
        <>
          <Button keys="v t" onClick={() => onJudge('true_positive')}>
            True positive
          </Button>
          <Button keys="v f" onClick={() => onJudge('false_positive')}>
            False positive
          </Button>
        </>
      ) : null}
      <Menu
        align="end"
        label={mayDecide ? 'More verdicts and exports' : 'Exports and layout'}
        trigger={
          <Button aria-label={mayDecide ? 'More verdicts, exports and layout' : 'More: exports and layout'}>
            More
          </Button>
        }
      >
        {mayDecide ? (
          <>
            <MenuLabel>Verdict</MenuLabel>
            <MenuItem keys="v b" onSelect={() => onJudge('benign_true_positive')}>
              Benign true positive
            </MenuItem>
            <MenuItem keys="v u" onSelect={() => onJudge('undetermined')}>
              Undetermined
            </MenuItem>
            <MenuItem keys="i" onSelect={props.onTake}>
              {finding.assignee === me ? 'Give it back' : 'Take it'}
            </MenuItem>
            <MenuItem keys="I" onSelect={props.onGive}>
              Give it to…
            </MenuItem>
            {props.onCase === null ? null : (
              <MenuItem keys="e" onSelect={props.onCase}>
                Add to a case
              </MenuItem>
            )}
            <MenuRule />
          </>
        ) : null}
        {props.onNeverAgain === null ? null : (
          <>
            <MenuItem keys="B" onSelect={props.onNeverAgain}>
              Never again: a baseline…
            </MenuItem>
            <MenuRule />
          </>
        )}
        <MenuLabel>Export</MenuLabel>
        {EXPORTS.map(({ format, label }) => (
          <MenuItem key={format} onSelect={() => download(finding.id, format)}>
            {label}
          </MenuItem>
        ))}
        {mayPack ? (
          <MenuLink href={`${API}/findings/${encodeURIComponent(finding.id)}/evidence`} download>
            Evidence pack (ZIP)
          </MenuLink>
        ) : null}
        <MenuItem onSelect={() => copy(globalThis.location.href, 'Copied the link to this view.')}>
          Link to this view
        </MenuItem>
        <MenuItem onSelect={() => globalThis.print()}>Print</MenuItem>
        {onResize === null ? null : (
          <>
            <MenuRule />
            <MenuLabel>Layout</MenuLabel>
            <MenuItem onSelect={() => arrangementPreference.set(stacked ? 'side' : 'stacked')}>
              {stacked ? 'Sequence beside lineage' : 'Sequence below lineage'}
            </MenuItem>
            <MenuItem onSelect={() => onResize('evidence', 8)}>Evidence wider</MenuItem>
            <MenuItem onSelect={() => onResize('evidence', -8)}>Evidence narrower</MenuItem>
            <MenuItem onSelect={() => onResize('lineage', 12)}>Lineage larger</MenuItem>
            <MenuItem onSelect={() => onResize('lineage', -12)}>Lineage smaller</MenuItem>
          </>
        )}
      </Menu>
      <Button variant="primary" keys="j" onClick={props.onNext}>
        {props.hasNext ? 'Next' : 'Queue'}
      </Button>
    </>
  );
}

/** What the finding can leave as; each is a download. */
const EXPORTS = [
  { format: 'markdown', label: 'Markdown report' },
  { format: 'html', label: 'Printable page (HTML, PDF)' },
  { format: 'json', label: 'JSON' },
  { format: 'stix', label: 'STIX 2.1 bundle' },
  { format: 'timesketch', label: 'Timesketch lines' },
] as const;

function download(id: string, format: (typeof EXPORTS)[number]['format']) {
  globalThis.location.assign(apiPath(`/findings/${encodeURIComponent(id)}/export`, { format }));
}
