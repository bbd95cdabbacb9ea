/** What operators do with topics, brokers, clusters and NameServers, over the HTTP API. */
import type { LatencyRow } from '../../admin/broker-rows.ts'
import type { Operations } from '../../admin/remoting-operations.ts'
import type { Listing, Target } from '../../admin/shared-rows.ts'
import type { ChangeOptions, TopicStatsRow } from '../../admin/topic-rows.ts'
import { type Calls, path } from './calls.ts'

/** So that they fit into the line of a request, whose head servers bound. */
const namesAtOnce = 40

const targeted = ({ cluster, brokers }: Target) => ({ cluster, broker: brokers })
const changing = (options: ChangeOptions) => ({ ...targeted(options), dryRun: options.dryRun })

export const operations = (calls: Calls): Operations => ({
  topicConfigs: () => calls.list('/topic-configs'),
  groupConfigs: () => calls.list('/group-configs'),
  changeTopic: ({ topic, ...body }, options) =>
    calls.call('PATCH', path`/topics/${topic}`, { query: changing(options), body }),
  topicOffsets: (topic, at) => calls.list(path`/topics/${topic}/offsets`, { at }),
  topicGroups: topic => calls.list(path`/topics/${topic}/groups`),
  async topicStats(topics): Promise<Listing<TopicStatsRow>> {
    if (topics === undefined) return calls.list('/topic-stats')
    const names = [...new Set(topics)].sort()
    const pages: Listing<TopicStatsRow>[] = []
    for (let at = 0; at < names.length; at += namesAtOnce)
      pages.push(await calls.list('/topic-stats', { topic: names.slice(at, at + namesAtOnce) }))
    const warnings = [...new Set(pages.flatMap(page => page.warnings))]
    return { items: pages.flatMap(page => page.items), warnings }
  },
  brokerStats: target => calls.list('/broker-stats', targeted(target)),
  describeBroker: broker => calls.call('GET', path`/brokers/${broker ?? '-'}`),
  brokerHa: target => calls.list('/broker-replication', targeted(target)),
  brokerEpochs: broker => calls.call('GET', path`/brokers/${broker ?? '-'}/epochs`),
  brokerConsumeStats: broker => calls.call('GET', path`/brokers/${broker ?? '-'}/consume-stats`),
  cleanBrokers: (kind, options) => calls.call('POST', '/clean', { query: changing(options), body: { kind } }),
  resetFlushOffset: (broker, offset, dryRun) =>
    calls.call('PUT', path`/brokers/${broker}/flush-offset`, { query: { dryRun }, body: { offset } }),
  coldFlow: target => calls.list('/cold-flow', targeted(target)),
  setColdFlow: (group, threshold, options) =>
    threshold === undefined
      ? calls.call('DELETE', path`/cold-flow/${group}`, { query: changing(options) })
      : calls.call('PUT', path`/cold-flow/${group}`, { query: changing(options), body: { threshold } }),
  setReadAhead: (mode, options) => calls.call('PUT', '/read-ahead', { query: changing(options), body: { mode } }),
  describeCluster: cluster => calls.call('GET', path`/clusters/${cluster ?? '-'}`),
  async latency({ count, size, ...target }): Promise<Listing<LatencyRow>> {
    const { items, warnings } = await calls.call<Listing<LatencyRow>>('POST', '/latency', {
      query: targeted(target),
      body: { count, size },
      // Each message may take its time.
      patience: Math.max(1, count)
    })
    return { items, warnings }
  },
  nameServers: () => calls.list('/namesrv'),
  setNamesrvConfig: (entries, dryRun) =>
    calls.call('PATCH', '/namesrv/config', { query: { dryRun }, body: { entries } })
})
