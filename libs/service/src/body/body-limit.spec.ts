import { describe, expect, it } from '@jest/globals';
import { Code, Id, Nested, NoFields, Text } from '#contracts';
import { bodyLimitOf } from './body-limit.ts';

class Small {
  @Code(['a', 'b']) readonly reason!: string;
}

class Middling {
  @Text() readonly note!: string;
  @Id({ list: true }) readonly ids!: readonly string[];
}

class Large {
  @Nested(() => Middling, { list: true }) readonly all!: readonly Middling[];
}

describe('The largest body of a route', () => {
  it('follows from what its class can hold, and is never above the usual one [S3]', () => {
    expect(bodyLimitOf({ takes: [NoFields] })).toBe(16 * 1024);
    expect(bodyLimitOf({ takes: [Small] })).toBe(16 * 1024);
    expect(bodyLimitOf({ takes: [Small, Middling] })).toBe(2 * (2 + 10 + 1 + 2 + 6 * 4000 + 9 + 100 * 41));
    expect(bodyLimitOf({ takes: [Large] })).toBe(256 * 1024);
    expect(bodyLimitOf({})).toBe(256 * 1024);
  });

  it('is the declared one for a route that takes files', () => {
    expect(bodyLimitOf({ bodyLimit: 1_000_000, takes: [Small] })).toBe(1_000_000);
  });
});
