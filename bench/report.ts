/** Figures of a bench as tables, and the gates that they must pass. Pure. */
import { faultsOf, type LoadCase, type LoadResult } from './load.ts'
import type { ServerName } from './servers.ts'

export interface Measured extends LoadCase {
  readonly server: ServerName
  readonly pair: number
  /** CPU time of the broker for one message sent, microseconds: the figure that other work on the machine moves least. */
  readonly cpuMicros: number
  readonly result: LoadResult
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((left, right) => left - right)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

export interface Gate {
  readonly what: string
  readonly limit: number
  readonly value: number
  readonly passed: boolean
}

export interface CaseSummary extends LoadCase {
  readonly rows: readonly { readonly server: ServerName; readonly figures: Figures }[]
  /** mq against Apache, pair by pair. */
  readonly throughputRatios: readonly number[]
  readonly p99Ratios: readonly number[]
}

interface Figures {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly p999Ms: number
  readonly readBackPerSecond: number
  readonly cpuMicros: number
}

const figuresOf = (measured: readonly Measured[]): Figures => {
  const results = measured.map(one => one.result)
  return {
    perSecond: median(results.map(result => result.perSecond)),
    p50Ms: median(results.map(result => result.p50Ms)),
    p99Ms: median(results.map(result => result.p99Ms)),
    p999Ms: median(results.map(result => result.p999Ms)),
    readBackPerSecond: median(results.map(result => result.readBack.perSecond)),
    cpuMicros: median(measured.map(one => one.cpuMicros))
  }
}

export const summarize = (all: readonly Measured[], cases: readonly LoadCase[]): CaseSummary[] =>
  cases.map(({ inFlight, body }) => {
    const of = (server: ServerName): Measured[] =>
      all
        .filter(one => one.server === server && one.inFlight === inFlight && one.body === body)
        .toSorted((left, right) => left.pair - right.pair)
    const [ours, theirs] = [of('mq'), of('Apache')]
    const ratios = (pick: (result: LoadResult) => number): number[] =>
      ours.flatMap(({ result }, pair) => {
        const other = theirs[pair]
        return other === undefined ? [] : [pick(result) / pick(other.result)]
      })
    return {
      inFlight,
      body,
      rows: [
        { server: 'mq', figures: figuresOf(ours) },
        { server: 'Apache', figures: figuresOf(theirs) }
      ],
      throughputRatios: ratios(result => result.perSecond),
      p99Ratios: ratios(result => result.p99Ms)
    }
  })

export const gatesOf = (summaries: readonly CaseSummary[], all: readonly Measured[]): Gate[] => {
  const gates: Gate[] = summaries.flatMap(({ inFlight, body, throughputRatios, p99Ratios }) => {
    const wanted = inFlight === 1 ? 1.4 : 3
    const [throughput, p99] = [median(throughputRatios), median(p99Ratios)]
    const where = `${inFlight} in flight, ${body} B`
    return [
      {
        what: `sends per second, ${where}: at least ${wanted} x Apache`,
        limit: wanted,
        value: throughput,
        passed: throughput >= wanted
      },
      { what: `p99, ${where}: at most half of Apache's`, limit: 0.5, value: p99, passed: p99 <= 0.5 }
    ]
  })
  const faults = all.filter(one => one.server === 'mq').flatMap(one => faultsOf(one.result))
  return [
    ...gates,
    {
      what: 'mq: errors and messages not read back as sent',
      limit: 0,
      value: faults.length,
      passed: faults.length === 0
    }
  ]
}

const thousands = (value: number): string => Math.round(value).toLocaleString('en-US')
const list = (ratios: readonly number[]): string => ratios.map(ratio => ratio.toFixed(2)).join(', ')

const tableOf = (summaries: readonly CaseSummary[]): string[] => [
  '| in flight | body | broker | sends/s | p50 ms | p99 ms | p999 ms | CPU us/message | read back/s | mq : Apache sends/s, by pair | p99, by pair |',
  '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
  ...summaries.flatMap(({ inFlight, body, rows, throughputRatios, p99Ratios }) =>
    rows.map(({ server, figures }) => {
      const ratios = server === 'mq' ? `${list(throughputRatios)} | ${list(p99Ratios)}` : ' | '
      return `| ${inFlight} | ${body} B | ${server} | ${thousands(figures.perSecond)} | ${figures.p50Ms.toFixed(2)} | ${figures.p99Ms.toFixed(2)} | ${figures.p999Ms.toFixed(2)} | ${figures.cpuMicros.toFixed(1)} | ${thousands(figures.readBackPerSecond)} | ${ratios} |`
    })
  )
]

export interface ReportHead {
  readonly command: string
  readonly commit: string
  readonly machine: string
  readonly versions: string
  readonly how: string
  readonly speed: string
  readonly memory: string
}

export const reportOf = (head: ReportHead, summaries: readonly CaseSummary[], gates: readonly Gate[]): string =>
  [
    '# Results of `npm run bench`',
    '',
    'Written by the bench itself; docs/benchmarks.md says what the figures mean.',
    '',
    `- command: \`${head.command}\``,
    `- commit: ${head.commit}`,
    `- machine: ${head.machine}`,
    `- versions: ${head.versions}`,
    `- how: ${head.how}`,
    `- speed of the machine: ${head.speed}`,
    `- memory of the broker's process after the load (RssAnon + RssShmem): ${head.memory}`,
    '',
    'Medians of all pairs; ratios are of one pair each, mq divided by Apache.',
    '',
    ...tableOf(summaries),
    '',
    '| gate | limit | measured | |',
    '| --- | --- | --- | --- |',
    ...gates.map(
      gate => `| ${gate.what} | ${gate.limit} | ${gate.value.toFixed(2)} | ${gate.passed ? 'passed' : '**missed**'} |`
    ),
    ''
  ].join('\n')
