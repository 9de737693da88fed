/** Where the tests' broker listens. */
export interface TestKafka {
  readonly brokers: readonly string[];
}

/**
 * The one broker of this test run, started when the first suite asks: `KAFKA_BROKERS`, then Docker, then the machine's
 * Java. Undefined when there is none of them; with `REQUIRE_KAFKA=1` that is an error.
 */
export async function testKafka(): Promise<TestKafka | undefined> {
  throw new Error('not built yet');
}
