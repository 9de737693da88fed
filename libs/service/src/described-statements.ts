// Generated from PostgreSQL's descriptions: UPDATE_RELEASED=1 npm test -- statements
import type { Sent } from '#persistence';

declare module '#persistence' {
  interface DescribedStatements {
    [name: `keep replica ${string}`]: { parameters: [Sent<string>]; row: object };
    'first-read-keep': { parameters: [Sent<string>, Sent<string>]; row: object };
    'first-read-known': { parameters: []; row: { group: string } };
  }
}
