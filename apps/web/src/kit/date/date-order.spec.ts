import { describe, expect, it } from '@jest/globals';
import { dateOrder } from './date-order.ts';

describe('The order of the fields of a date', () => {
  it.each([
    ['en-US', ['month', 'day', 'year']],
    ['es-US', ['day', 'month', 'year']],
    ['en-Arab', ['month', 'day', 'year']],
  ])('is that of the locale %s', (locale, order) => {
    expect(dateOrder(locale)).toEqual(order);
  });
});
