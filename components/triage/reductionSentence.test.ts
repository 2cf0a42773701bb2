import { expect, it } from 'vitest';
import { reductionSentence } from './reductionSentence';

const none = {
  open: 0,
  unassigned: 0,
  partial: 0,
  blind: 0,
  suppressed: 0,
  closed: 0,
  mine: 0,
  vendorAlerts: 0,
  chainedAlerts: 0,
};

it('says how many alerts the chains explain', () => {
  expect(reductionSentence({ ...none, open: 3, vendorAlerts: 1243, chainedAlerts: 1212 }, 0, 0)).toBe(
    '1,212 of 1,243 vendor alerts belong to a chain; 31 stay unexplained.',
  );
});

it('speaks of events where there are no alerts', () => {
  expect(reductionSentence({ ...none, open: 1 }, 41_209, 6)).toBe(
    '41,209 events on 6 hosts came down to 1 chain.',
  );
});

it('is silent before anything was read', () => expect(reductionSentence(none, 0, 0)).toBe(''));
