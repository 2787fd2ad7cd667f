import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, inkOn, readableOn } from '../../functions/base/colour.ts';

const colours = fc
  .integer({ min: 0, max: 0xffffff })
  .map((number) => `#${number.toString(16).padStart(6, '0')}`);

describe('a brand’s colour', () => {
  it.each([{ paper: ['#f7f4ef', '#ffffff'] }, { paper: ['#211d1a', '#161311'] }])(
    'can be read on $paper, whatever it is',
    ({ paper }) => {
      fc.assert(
        fc.property(colours, (colour) => {
          const shown = readableOn(colour, paper);
          for (const background of paper)
            expect(contrast(shown, background)).toBeGreaterThanOrEqual(4.5);
          expect(contrast(inkOn(shown), shown)).toBeGreaterThanOrEqual(4.5);
        }),
        { numRuns: 500 },
      );
    },
  );

  it('stays exactly as the brand chose it where it can already be read', () => {
    expect(readableOn('#7a1f3d', ['#f7f4ef', '#ffffff'])).toBe('#7a1f3d');
  });
});
