import { describe, expect, it } from 'vitest';
import { micros } from '../../base/time';
import { cloudGuid, edrGuid } from './processGuid';

describe('a process guid', () => {
  it('of EDR tells sensor, pid and start, and is the same with and without its segment', () => {
    const told = {
      entityId: '00000017-0001-23a0-01da-bafdc1c11640',
      deviceId: '23',
      // The pid is 32 bits wide, over two groups.
      pid: 0x123a0,
      start: micros(1_718_000_200_100_000),
    };
    expect(edrGuid('00000017-0001-23A0-01DA-BAFDC1C11640')).toEqual(told);
    expect(edrGuid('00000017-0001-23a0-01da-bafdc1c11640-00000001')).toEqual(told);
    expect(edrGuid('00000017-0001-23a0-01da-bafdc1c11640-0166eb0a0d4f')).toEqual(told);
  });

  it('of the Cloud tells device, pid and start', () => {
    expect(cloudGuid('ABCD1234-0012d687-000023a0-00000000-1dabafdc1c11640')).toEqual({
      entityId: 'abcd1234-0012d687-000023a0-00000000-1dabafdc1c11640',
      deviceId: '1234567',
      pid: 9120,
      start: micros(1_718_000_200_100_000),
    });
  });

  it('of pid 0 in the Cloud stands for no process', () => {
    expect(cloudGuid('ABCD1234-0012d687-00000000-00000000-19db1ded53e8000')).toBeUndefined();
  });

  it('of another form is an id that tells nothing', () => {
    expect(edrGuid('-3877013545166811364')).toEqual({ entityId: '-3877013545166811364' });
    expect(cloudGuid('x')).toEqual({ entityId: 'x' });
  });

  it.each([undefined, '', '0', '00000000-0000-0000-0000-000000000000'])('%j is none', (text) => {
    expect(edrGuid(text)).toBeUndefined();
    expect(cloudGuid(text)).toBeUndefined();
  });
});
