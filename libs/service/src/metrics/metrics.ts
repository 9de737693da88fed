import type { FastifyInstance } from 'fastify';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Relay } from '#events';

/** The service's metrics, in a registry of their own: several services may run in one process. */
export class Metrics {
  readonly registry = new Registry();
  private readonly requests: Histogram<'method' | 'route' | 'status'>;
  private readonly parked: Counter<'group'>;

  constructor(service: string) {
    const registers = [this.registry];
    this.registry.setDefaultLabels({ service });
    measureProcess(this.registry);
    this.requests = new Histogram({
      name: 'http_request_seconds',
      help: 'How long requests took, by route pattern and status.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    });
    this.parked = new Counter({
      name: 'events_parked_total',
      help: 'Events that wait for a person, by the group that could not handle them.',
      labelNames: ['group'],
      registers,
    });
  }

  /** How far the relay is behind. An old unsent event blocks every reader of this service: alarm on it. */
  watch(relay: Relay): void {
    new Gauge({
      name: 'relay_lag_seconds',
      help: 'How long the oldest unsent event has waited.',
      registers: [this.registry],
      collect(): void {
        this.set(relay.status().lagMs / 1000);
      },
    });
  }

  /** A service-specific value, computed at each scrape; NaN while it is unknown. */
  gauge(name: string, help: string, value: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect(): void {
        this.set(value());
      },
    });
  }

  countParked(group: string): void {
    this.parked.inc({ group });
  }

  measure(fastify: FastifyInstance): void {
    fastify.addHook('onResponse', (request, reply, done) => {
      // the route's pattern, never the requested address
      const labels = { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode };
      this.requests.observe(labels, reply.elapsedTime / 1000);
      done();
    });
  }
}

/**
 * The resource use of the process. prom-client's own set samples the event loop a hundred times a second for each
 * registry, and continues after the service has stopped.
 */
function measureProcess(registry: Registry): void {
  const measured: readonly [name: string, help: string, value: () => number][] = [
    ['process_resident_memory_bytes', 'Memory of the process.', () => process.memoryUsage.rss()],
    ['process_cpu_seconds_total', 'Processor time of the process.', cpuSeconds],
    ['process_uptime_seconds', 'How long the process has run.', () => process.uptime()],
    ['nodejs_heap_used_bytes', 'Heap in use.', () => process.memoryUsage().heapUsed],
  ];
  for (const [name, help, value] of measured) {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect(): void {
        this.set(value());
      },
    });
  }
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}
