import { describe, expect, it } from 'vitest';
import { ratioRow } from './client-kind-rows.ts';

describe('the row of two servers', () => {
  it('shows the ratio and judges it', () => {
    const measured = '0.25 x: 0.5 s, peer 2 s';
    expect(ratioRow('upload', 0.5, 2, 0.3)).toEqual({ what: 'upload', measured, goal: '0.3 x', met: true });
    expect(ratioRow('upload', 0.5, 2, 0.2)).toMatchObject({ met: false });
    expect(ratioRow('upload', 0.5, 2, undefined)).toEqual({ what: 'upload', measured });
  });

  it('judges nothing without the peer', () => {
    expect(ratioRow('upload', 0.5, 'not installed', 0.3)).toEqual({
      what: 'upload',
      measured: '0.5 s (peer not run: not installed)',
    });
  });
});
