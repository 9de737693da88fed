import { stopKafkaRun } from './kafka-run.mjs';

/** Stops what global-setup.mjs started. */
export default async function globalTeardown() {
  await stopKafkaRun();
  await globalThis.closeTestCluster?.();
}
