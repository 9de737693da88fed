import { describe, expect, it } from '@jest/globals';
import { askedPhone, readPhone } from './phone.ts';

const found = (asked: string, stored: string, region: 'US' | 'GB' = 'US'): boolean => {
  const { digits } = readPhone(stored, region);
  return askedPhone(asked, region).digits.some((each) => digits.includes(each));
};

describe('a telephone number', () => {
  it.each([
    ['+1 (555) 010-7777 ext. 23', '+15550107777', '23'],
    ['555.010.7777', '+15550107777', null],
    ['٥٥٥ ٠١٠ ٧٧٧٧', '+15550107777', null],
    ['+44 20 7946 0958', '+442079460958', null],
    ['0044 20 7946 0958', '+442079460958', null],
    ['911', null, null],
    ['+15550100', null, null],
  ])('%s is the number %s with extension %s [P5]', (typed, number, extension) => {
    expect(readPhone(typed, 'US')).toMatchObject({ number, extension });
  });

  it.each([
    ['555 010 7777', '+1 (555) 010-7777 ext. 23'],
    ['5550107777', '+1 (555) 010-7777 ext. 23'],
    ['(555) 010-7777', '+15550107777'],
    ['+1 555 010 7777', '555-010-7777'],
    ['1-555-010-7777', '555-010-7777 x5'],
    ['tel:+1-555-010-7777', '(555) 010 7777'],
    ['+1 (555) 010-7777 ext. 23', '+1 (555) 010-7777 ext. 23'],
    ['555/010/7777 ext 23', '+1 (555) 010-7777 ext. 23'],
    ['020 7946 0958', '+44 20 7946 0958'],
    ['+44 20 7946 0958', '011 44 20 7946 0958'],
    ['9 1 1', '911'],
    ['555 0100', '+15550100'],
    ['٩١١', '911'],
  ])('%s finds %s [P5]', (asked, stored) => {
    expect(found(asked, stored)).toBe(true);
  });

  it.each([
    ['555 010 7778', '+1 (555) 010-7777'],
    ['+44 555 010 7777', '555 010 7777'],
    ['23', '+1 (555) 010-7777 ext. 23'],
  ])('%s does not find %s [P5]', (asked, stored) => {
    expect(found(asked, stored)).toBe(false);
  });

  it('in national form belongs to the configured region [P5]', () => {
    expect(readPhone('020 7946 0958', 'GB').number).toBe('+442079460958');
    expect(found('020 7946 0958', '+44 20 7946 0958', 'GB')).toBe(true);
  });
});
