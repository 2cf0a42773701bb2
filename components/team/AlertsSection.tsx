'use client';

import { NumberButton } from './NumberButton';
import { TeamSection } from './TeamSection';
import type { TeamPartProps } from './teamProps';
import { countText } from './teamWords';

/** What vendors' alerts came down to, and what each side saw alone. */
export function AlertsSection(props: TeamPartProps) {
  const { alerts, explained, unexplained, chains, unnoticed } = props.view.alerts;
  const narrowed = props.url.analytic === null ? '' : ' The analytic narrows the chains alone.';
  return (
    <TeamSection
      title="Alerts and chains"
      of={`By when they happened, not when they were imported; each vendor alert once per host. An alert's severity is its vendor's.${narrowed}`}
    >
      {alerts === 0 && chains === 0 ? (
        <p className="text-text-2">No alert and no chain began in these days.</p>
      ) : (
        <ul className="num space-y-0.5">
          <li>
            <NumberButton {...props} list="alerts" empty={alerts === 0}>
              {countText(alerts)}
            </NumberButton>{' '}
            vendor {alerts === 1 ? 'alert' : 'alerts'} →{' '}
            <NumberButton {...props} list="chains" empty={chains === 0}>
              {countText(chains)}
            </NumberButton>{' '}
            {chains === 1 ? 'chain' : 'chains'}
          </li>
          <li>
            <NumberButton {...props} list="alerts_explained" empty={explained === 0}>
              {countText(explained)}
            </NumberButton>{' '}
            alerts are explained by a chain,{' '}
            <NumberButton {...props} list="alerts_unexplained" empty={unexplained === 0}>
              {countText(unexplained)}
            </NumberButton>{' '}
            by none
          </li>
          <li>
            <NumberButton {...props} list="chains_unnoticed" empty={unnoticed === 0}>
              {countText(unnoticed)}
            </NumberButton>{' '}
            {unnoticed === 1 ? 'chain was' : 'chains were'} noticed by no vendor alert
          </li>
        </ul>
      )}
    </TeamSection>
  );
}
