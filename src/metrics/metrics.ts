/**
 * The text that Prometheus reads, made when it is asked for: nothing is kept between two scrapes, so a topic that is
 * deleted vanishes. This file is the door of prom-client, which is loaded at the first scrape.
 */
import type { Registry } from 'prom-client'

export interface Sample {
  readonly labels: Readonly<Record<string, string | number | boolean>>
  readonly value: number
}

/** One metric with the samples of now. */
export interface Metric {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge'
  readonly samples: readonly Sample[]
}

export interface MetricsText {
  readonly contentType: string
  readonly text: string
}

/** Samples of one metric; a broker with more topics and groups must not bring down who collects them. */
export const samplesMax = 10_000

/** Resolves to what a scrape answers: the given metrics and those of the process. */
export const metricsText = (read: () => readonly Metric[]): (() => Promise<MetricsText>) => {
  let client: Promise<{ readonly registry: Registry; fill(metrics: readonly Metric[]): void }> | undefined
  return async () => {
    client ??= load()
    const { registry, fill } = await client
    fill(read())
    return { contentType: registry.contentType, text: await registry.metrics() }
  }
}

const load = async () => {
  const { Counter, collectDefaultMetrics, Gauge, Registry } = await import('prom-client')
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const dropped = new Gauge({
    name: 'mq_metrics_samples_dropped',
    help: `Samples left out, since a metric has at most ${samplesMax}`,
    registers: [registry]
  })
  const make = (metric: Metric) => {
    const labelNames = Object.keys(metric.samples[0]!.labels)
    const settings = { name: metric.name, help: metric.help, labelNames, registers: [registry] }
    return metric.type === 'counter' ? new Counter(settings) : new Gauge(settings)
  }
  const fill = (metrics: readonly Metric[]): void => {
    let left = 0
    for (const metric of metrics) {
      registry.removeSingleMetric(metric.name)
      if (metric.samples.length === 0) continue
      const collector = make(metric)
      for (const { labels, value } of metric.samples.slice(0, samplesMax)) collector.inc(text(labels), value)
      left += Math.max(0, metric.samples.length - samplesMax)
    }
    dropped.set(left)
  }
  return { registry, fill }
}

const text = (labels: Sample['labels']): Record<string, string> =>
  Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)]))
