import { describe, expect, it } from '@jest/globals';
import { HttpCode, Post } from '@nestjs/common';
import { HTTP_CODE_METADATA, METHOD_METADATA, MODULE_METADATA } from '@nestjs/common/constants.js';
import { EventPattern } from '@nestjs/microservices';
import { PATTERN_EXTRAS_METADATA, PATTERN_METADATA } from '@nestjs/microservices/constants.js';
import { readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import pg from 'pg';

/**
 * Parts of libraries that their types do not promise, and that we use by name. An update that takes one away fails here,
 * with the file that needs it. Those of kafkajs are in `libs/events/src/transports/kafka/mended/`, each with a spec.
 */
describe('Libraries still have what we use of their inside', () => {
  it('pg: whether a client is idle, and its socket (libs/persistence/src/watched-client.ts)', () => {
    const client = new pg.Client({ host: '127.0.0.1' }) as unknown as Readonly<Record<string, unknown>>;
    expect(readFileSync('node_modules/pg/lib/client.js', 'utf8')).toContain('this.readyForQuery = true');
    expect((client['connection'] as Readonly<Record<string, unknown>>)['stream']).toBeInstanceOf(Socket);
  });

  it('pg: the parser of lists (libs/persistence/src/type-parsers.ts)', () => {
    const { arrayParser } = pg.types as unknown as {
      readonly arrayParser: { create(text: string, parse: (one: string) => unknown): { parse(): unknown } };
    };
    expect(arrayParser.create('{1,NULL}', Number).parse()).toEqual([1, null]);
  });

  it('Nest: what a route is declared with (libs/service/src/commands/answer.interceptor.ts)', () => {
    class Planted {
      @Post() @HttpCode(202) plant(): void {}
    }
    const { plant } = Planted.prototype;
    expect(Reflect.getMetadata(METHOD_METADATA, plant)).toBe(1);
    expect(Reflect.getMetadata(HTTP_CODE_METADATA, plant)).toBe(202);
  });

  it('Nest: what a handler of events is declared with (libs/events/src/reading/decorators.ts)', () => {
    class Planted {
      @EventPattern({ topic: 'planted' }, { mode: 'one' }) plant(): void {}
    }
    const { plant } = Planted.prototype;
    expect(Reflect.getMetadata(PATTERN_METADATA, plant)).toEqual([{ topic: 'planted' }]);
    expect(Reflect.getMetadata(PATTERN_EXTRAS_METADATA, plant)).toEqual({ mode: 'one' });
  });

  it('Nest: the parts of a module (apps/platform/src/wiring.spec.ts)', () => {
    expect([MODULE_METADATA.CONTROLLERS, MODULE_METADATA.PROVIDERS]).toEqual(['controllers', 'providers']);
  });
});
