import { setTimeout as pause } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { until } from '../../stories/people.ts';
import { Crowd } from './crowd.ts';
import type { Rig } from './rig.ts';
import type { RunningStories } from './running-stories.ts';

/** Whole numbers below 2 ** 32. */
export type Random = () => number;

export interface Scene {
  readonly rig: Rig;
  readonly running: RunningStories;
  readonly random: Random;
}

/** Something that breaks while people work. */
export interface Fault {
  readonly name: string;
  /** Everything must serve again this soon after the cause is gone. */
  readonly withinSeconds: number;
  /** Breaks it and removes the cause; returns a sentence about what was done. */
  strike(scene: Scene): Promise<string>;
}

/** A starting process needs some seconds, and retries its database every 5 s. */
const withAStart = 40;
/** Includes stories; a killed process's partition is free after 5 s, its relay's lock with its connection. */
const movesWithinSeconds = 60;

export const databaseRestarts: Fault = {
  name: 'PostgreSQL is shut down and started again',
  withinSeconds: 20,
  strike: async ({ rig, random }) => {
    const away = 500 + (random() % 2_500);
    await rig.postgres.stop();
    await pause(away);
    await rig.postgres.start();
    return `away for ${away} ms`;
  },
};

/** Waits for stories that began after an instance had ended: the other instance relays, reads and fires timers. */
async function worksAlone(running: RunningStories): Promise<string> {
  const begun = performance.now();
  const more = 2 * running.people;
  const enough = running.ended() + more;
  await until(
    () => Promise.resolve(running.ended()),
    (ended) => ended >= enough,
    movesWithinSeconds,
  );
  return `the other alone ended ${more} stories within ${Math.round(performance.now() - begun)} ms`;
}

export const connectionsTaken: Fault = {
  name: 'one of two instances is stopped, and started again while a stranger has every connection',
  withinSeconds: withAStart,
  strike: async ({ rig, random, running }) => {
    const [one, two] = rig.instances;
    await two.stop();
    const alone = await worksAlone(running);
    const crowd = new Crowd(rig.postgres.adminUrl);
    const said = two.said().length;
    try {
      await until(
        () => Promise.resolve(crowd.size),
        (size) => size > 50,
        30,
      );
      await crowd.pushOut();
      two.start();
      await until(
        () => Promise.resolve(two.said().slice(said)),
        (words) => words.includes('waiting for the database (all its connections are taken)'),
        60,
      );
      await pause(random() % 2_000);
      expect((await fetch(`${one.deployment.baseOf('')}/health/live`)).status).toBe(200);
      const ready = await fetch(`${two.deployment.baseOf('')}/health/ready`);
      expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining('waiting for the database')]);
    } finally {
      await crowd.leave();
    }
    return `${alone}; ${crowd.size} connections taken`;
  },
};

const instanceStops: Fault = {
  name: 'one of two instances is stopped or killed, and started again later',
  withinSeconds: withAStart,
  strike: async ({ rig, running, random }) => {
    const stopped = rig.instances[random() % 2] as Rig['instances'][number];
    const signal = random() % 2 === 0 ? 'SIGTERM' : 'SIGKILL';
    await stopped.stop(signal);
    const alone = await worksAlone(running);
    stopped.start();
    return `${stopped.name} stopped by ${signal}; ${alone}`;
  },
};

const startGivenUp: Fault = {
  name: 'an instance that waits for PostgreSQL is asked to stop',
  withinSeconds: withAStart,
  strike: async ({ rig }) => {
    const [, two] = rig.instances;
    await two.stop();
    await rig.postgres.stop();
    const program = two.start();
    await until(
      () => Promise.resolve(program.said()),
      (words) => words.includes('waiting for the database'),
      60,
    );
    const asked = performance.now();
    const exit = await program.stop();
    const ms = Math.round(performance.now() - asked);
    expect([exit, program.said()]).toEqual([
      { code: 0, signal: null },
      expect.stringContaining('nothing is left running'),
    ]);
    await rig.postgres.start();
    two.start();
    return `it ended ${ms} ms after it was asked`;
  },
};

export const faults: readonly Fault[] = [databaseRestarts, connectionsTaken, instanceStops, startGivenUp];
