'use client';

import { useRefusal } from '@/components/shared/me';
import { Button } from '@/components/ui/Button';
import { useToast } from '@/components/ui/Toast';
import { Switch } from '@/components/ui/Toggle';
import type { AnalyticView } from '@/lib/contracts/analytics';
import { ChangeBar } from './ChangeBar';
import { ParameterField } from './ParameterField';
import { PointsTable } from './PointsTable';
import { useSaveChange } from './queries';
import {
  isWholeTuning,
  parameterIn,
  type TuningChange,
  tuningChanges,
  tuningInForce,
  withParameter,
  withPoints,
} from './tuningDraft';
import type { Kept } from './useKept';
import { useTrial } from './useTrial';

/** Windows, lists and weights of this environment: changed here, tried on stored events, then saved. */
export function TuningTab(props: { analytic: AnalyticView; draft: Kept<TuningChange>; onYaml: () => void }) {
  const { analytic, draft } = props;
  const tuning = draft.kept ?? tuningInForce(analytic);
  const changes = tuningChanges(analytic, tuning);
  const trial = useTrial(analytic.id, changes.length === 0 ? null : tuning);
  const save = useSaveChange(analytic.id);
  const toast = useToast();
  const refusal = useRefusal('analytics.test');
  if (analytic.origin === 'own') return <OwnNote onYaml={props.onYaml} />;
  const change = (next: TuningChange) =>
    tuningChanges(analytic, next).length === 0 ? draft.forget() : draft.keep(next);
  return (
    <div className="flex h-full flex-col">
      <div className="focus-inset min-h-0 flex-1 overflow-y-auto">
        <div className="@container">
          {refusal === null ? null : <p className="px-4 pt-3 text-text-2">{refusal}</p>}
          {/* Its values are shown to all; a fieldset that is disabled makes every field in it read only. */}
          <fieldset
            disabled={refusal !== null}
            className="grid min-w-0 gap-x-10 gap-y-6 px-4 py-4 @4xl:grid-cols-2"
          >
            <div className="space-y-6">
              <Switch
                checked={tuning.enabled}
                onChange={(enabled) => change({ ...tuning, enabled })}
                label="Runs here"
                hint="Off: it finds nothing, and its findings leave the queue."
              />
              <section aria-labelledby="parameters">
                <h2 id="parameters" className="mb-2 text-15">
                  Windows and lists
                </h2>
                {analytic.parameters.length === 0 ? (
                  <p className="text-text-2">It has no values to change; points and the switch remain.</p>
                ) : (
                  <ul className="space-y-4">
                    {inOrder(analytic.parameters).map((parameter) => (
                      <li key={parameter.name}>
                        <ParameterField
                          parameter={parameter}
                          value={parameterIn(tuning, parameter)}
                          onChange={(value) => change(withParameter(tuning, parameter, value))}
                        />
                      </li>
                    ))}
                  </ul>
                )}
              </section>
            </div>
            <PointsTable
              analytic={analytic}
              tuning={tuning}
              onChange={(reason, points) => change(withPoints(tuning, reason, points))}
            />
          </fieldset>
        </div>
      </div>
      <ChangeBar
        trial={trial}
        changes={changes}
        obstacle={isWholeTuning(analytic, tuning) ? null : 'Mend the values marked above first.'}
        save={save.mutateAsync}
        onSaved={() => {
          draft.forget();
          toast.show({ text: `Saved. ${analytic.id} is run over what is stored, in the background.` });
        }}
        onDiscard={() => {
          draft.forget();
          void trial.forget();
        }}
      />
    </div>
  );
}

/** Windows and numbers in front, which are changed most; lists after them. */
function inOrder(parameters: AnalyticView['parameters']): AnalyticView['parameters'] {
  const last = (kind: string) => (kind === 'list' ? 1 : 0);
  return parameters.toSorted((a, b) => last(a.kind) - last(b.kind));
}

function OwnNote({ onYaml }: { onYaml: () => void }) {
  return (
    <div className="max-w-[62ch] space-y-3 px-4 py-5">
      <p>
        This analytic is your own: its windows, lists and points stand in its definition and are changed
        there, with the same back-test.
      </p>
      <Button onClick={onYaml}>Open the definition</Button>
    </div>
  );
}
