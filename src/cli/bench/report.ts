/** The figures of `bench` for people: a line while it runs, a summary, the latencies as bars; and rows for a spreadsheet. Pure. */
import type { BenchResult, BenchSecond } from '../result-rows.ts'
import { sizeText } from '../size-text.ts'
import { printable } from '../table.ts'
import type { Latencies } from './latency.ts'

export const count = (value: number): string => Math.round(value).toLocaleString('en-US')

/** Three digits are what the histogram holds. */
export const ms = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)

export const secondLine = ({ second, msgs, bytes, errors, latency }: BenchSecond): string => {
  const failed = errors > 0 ? `   ${count(errors)} errors` : ''
  const delays = latency.count > 0 ? `   p50 ${ms(latency.p50)}  p99 ${ms(latency.p99)}  max ${ms(latency.max)} ms` : ''
  return `${String(second).padStart(4)} s  ${count(msgs).padStart(9)} msgs/s  ${sizeText(bytes).padStart(8)}/s${delays}${failed}`
}

export const resultLines = (result: BenchResult): string[] => {
  const { kind, topics, clients, seconds, msgs, msgsPerSecond, bytesPerSecond, latency } = result
  const where = topics.length > 3 ? `${topics.length} topics` : topics.map(printable).join(' ')
  const wrong = [
    ['errors', result.errors],
    ['lost', result.lost],
    ['damaged', result.damaged],
    ['duplicates', result.duplicates]
  ].filter(([, value]) => (value as number) > 0)
  const percentiles = (['p50', 'p90', 'p99'] as const).map(name => `${name} ${ms(latency[name])}`)
  const lines = [
    `bench ${kind}  ${where}  ${clients} client${clients === 1 ? '' : 's'}${result.interrupted ? '  (interrupted)' : ''}`,
    `messages   ${count(msgs)} in ${seconds.toFixed(1)} s`,
    `rate       ${count(msgsPerSecond)} msgs/s, ${sizeText(bytesPerSecond)}/s`
  ]
  if (latency.count > 0) {
    lines.push(`latency    ${percentiles.join('  ')}  p99.9 ${ms(latency.p999)}  max ${ms(latency.max)} ms`)
  }
  lines.push(
    `checked    ${wrong.length === 0 ? 'nothing lost, nothing damaged' : wrong.map(pair => `${count(pair[1] as number)} ${pair[0]}`).join(', ')}`
  )
  return lines
}

const shown = [0, 10, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 100]
const barMax = 40

/** One line a percentile; the bars grow with the logarithm, so that the middle and the tail are both seen. */
export const histogramLines = (latencies: Latencies): string[] => {
  const values = latencies.at(shown)
  const [least, most] = [Math.max(0.001, values[0]!), Math.max(0.002, values.at(-1)!)]
  const span = Math.log(most / least) || 1
  return shown.map((percentile, at) => {
    const bar = Math.round((Math.log(Math.max(least, values[at]!) / least) / span) * barMax)
    return `${`p${percentile}`.padEnd(7)} ${ms(values[at]!).padStart(9)} ms  ${'█'.repeat(bar)}`.trimEnd()
  })
}

export const csvHead = 'second,msgs,bytes,errors,latency_count,mean_ms,p50_ms,p90_ms,p99_ms,p999_ms,max_ms\n'

export const csvLine = ({ second, msgs, bytes, errors, latency }: BenchSecond): string => {
  const { count: measured, mean, p50, p90, p99, p999, max } = latency
  return `${[second, msgs, bytes, errors, measured, mean, p50, p90, p99, p999, max].join(',')}\n`
}
