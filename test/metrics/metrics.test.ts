import { expect } from 'chai'
import { type Metric, metricsText, samplesMax } from '../../src/metrics/metrics.ts'

const metric = (name: string, values: readonly number[]): Metric => ({
  name,
  type: 'counter',
  help: 'help',
  samples: values.map((value, n) => ({ labels: { n }, value }))
})

const linesOf = (text: string, name: string): string[] => text.split('\n').filter(line => line.startsWith(`${name}{`))

describe('metrics', () => {
  it('shows the samples of now: what is gone vanishes', async () => {
    let now = [metric('test_a', [1, 2]), metric('test_b', [3])]
    const scrape = metricsText(() => now)
    const first = await scrape()
    expect(first.contentType).to.match(/^text\/plain/)
    expect(linesOf(first.text, 'test_a')).to.deep.equal(['test_a{n="0"} 1', 'test_a{n="1"} 2'])
    now = [metric('test_a', [5]), metric('test_b', [])]
    const second = await scrape()
    expect(linesOf(second.text, 'test_a')).to.deep.equal(['test_a{n="0"} 5'])
    expect(second.text).not.to.include('test_b')
  })

  it('shows the process too', async () => {
    const { text } = await metricsText(() => [])()
    expect(text).to.include('process_resident_memory_bytes').and.include('nodejs_eventloop_lag')
  })

  it('leaves out samples above the bound, and counts them', async () => {
    const many = Array.from({ length: samplesMax + 5 }, () => 1)
    const { text } = await metricsText(() => [metric('test_many', many)])()
    expect(linesOf(text, 'test_many')).to.have.length(samplesMax)
    expect(text).to.include('mq_metrics_samples_dropped 5')
  })

  it('escapes labels', async () => {
    const odd: Metric = { ...metric('test_odd', []), samples: [{ labels: { name: 'a"b\n\\' }, value: 1 }] }
    const { text } = await metricsText(() => [odd])()
    expect(text).to.include('test_odd{name="a\\"b\\n\\\\"} 1')
  })
})
