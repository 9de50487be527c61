import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { AppError } from '../errors.js';

/** One thing this process needs; resolves to null when well, else to the trouble in words. */
export type Probe = () => Promise<string | null>;

export interface HealthOptions {
  app: FastifyInstance;
  probes: Readonly<Record<string, Probe>>;
  /** What is not as it was set up to be, though everything works; in words. */
  notes: () => Readonly<Record<string, string>>;
  /** Numbers for `/metrics`, by name and label. */
  gauges: () => Promise<{ name: string; help: string; label: string; values: Record<string, number> }[]>;
  /** Measures of the process itself; off where many apps share one process. */
  processMetrics: boolean;
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
}

/** `/healthz`: the process answers. `/readyz`: what it needs answers too. `/metrics`: only for this machine. */
export function healthRoutes({ app, probes, notes, gauges, processMetrics }: HealthOptions): void {
  const registry = new Registry();
  if (processMetrics) collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'tathya_http_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });

  app.get('/healthz', { schema: { hide: true }, logLevel: 'warn' }, async () => ({ ok: true }));

  app.get('/readyz', { schema: { hide: true }, logLevel: 'warn' }, async (_request, reply) => {
    const checks = await Promise.all(
      Object.entries(probes).map(async ([name, probe]) => {
        const trouble = await probe().catch(() => 'does not answer');
        return [name, trouble ?? 'ok'] as const;
      }),
    );
    const ok = checks.every(([, state]) => state === 'ok');
    return reply.code(ok ? 200 : 503).send({ ok, checks: Object.fromEntries(checks), notes: notes() });
  });

  const measured = new Map<string, Gauge>();
  app.get('/metrics', { schema: { hide: true }, logLevel: 'warn' }, async (request, reply) => {
    if (!isLoopback(request.ip)) throw new AppError('not_found');
    for (const { name, help, label, values } of await gauges()) {
      let gauge = measured.get(name);
      if (gauge === undefined) {
        gauge = new Gauge({ name, help, labelNames: [label], registers: [registry] });
        measured.set(name, gauge);
      }
      gauge.reset();
      for (const [key, value] of Object.entries(values)) gauge.set({ [label]: key }, value);
    }
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}
