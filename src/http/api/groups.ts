/** Consumer groups, their members and their offsets over HTTP. */
import type { GroupSpec, ResetTarget } from '../../admin/group-rows.ts'
import { MqError } from '../../kit/errors.ts'
import { listOf, one } from './answer.ts'
import {
  dryRun,
  type Endpoint,
  endpoint,
  flag,
  record,
  type TargetQuery,
  target,
  targetOf,
  text,
  whole
} from './endpoint.ts'
import { groupActEndpoints } from './group-acts.ts'
import { type PageQuery, page, paging } from './page.ts'

const queueOffset = record({ brokerName: text(), queueId: whole(0, 65_535), offset: whole(0) }, [
  'brokerName',
  'queueId',
  'offset'
])
const resetTarget = {
  oneOf: [
    record({ kind: { enum: ['start', 'end'] } }, ['kind']),
    record({ kind: { const: 'time' }, timeMs: whole(0) }, ['kind', 'timeMs']),
    record({ kind: { const: 'offset' }, offset: whole(0) }, ['kind', 'offset']),
    record(
      { kind: { const: 'offsets' }, offsets: { type: 'array', items: queueOffset, minItems: 1, maxItems: 65_536 } },
      ['kind', 'offsets']
    )
  ]
}
const onQueues = { topic: text(), queueId: whole(0, 65_535), brokerName: text() }
interface OnQueues {
  readonly topic: string
  readonly queueId?: number
  readonly brokerName?: string
}
interface Dry {
  readonly dryRun?: boolean
}

const reading: readonly Endpoint[] = [
  endpoint<PageQuery & { readonly system: boolean; readonly members?: boolean }>({
    id: 'groupList',
    answer: listOf('GroupRow'),
    method: 'GET',
    path: '/groups',
    scope: 'read',
    summary: 'All consumer groups with their lag, by name',
    query: {
      ...paging,
      system: { ...flag, default: true, description: 'also those of the brokers themselves' },
      members: { ...flag, description: 'also who is online: a request a group and broker' }
    },
    async run({ admin }, { query }) {
      const { items, warnings } = await admin.groups({ members: query.members })
      return page({ items: items.filter(row => query.system || !row.system), warnings }, query, row => row.group)
    }
  }),
  endpoint({
    id: 'groupDescribe',
    answer: one('GroupDescription'),
    method: 'GET',
    path: '/groups/{group}',
    scope: 'read',
    summary: 'Settings on each broker, members, subscriptions, lag',
    run: async ({ admin }, { params }) => ({ body: await admin.describeGroup(params['group']!) })
  }),
  endpoint<{ readonly topic?: string; readonly intervalMs?: number }>({
    id: 'groupLag',
    answer: one('GroupLag'),
    method: 'GET',
    path: '/groups/{group}/lag',
    scope: 'read',
    summary: 'Offsets and lag, queue by queue; with `watch` as a stream',
    query: { topic: text() },
    stream: {
      events: 'LagEvent',
      onWatch: true,
      open: ({ admin }, { params, query }, { signal }) =>
        admin.watchLag({ group: params['group']!, topic: query.topic, intervalMs: query.intervalMs, signal })
    },
    run: async ({ admin }, { params, query }) => ({ body: await admin.groupLag(params['group']!, query.topic) })
  }),
  endpoint({
    id: 'groupMembers',
    answer: one('GroupMembers'),
    method: 'GET',
    path: '/groups/{group}/members',
    scope: 'read',
    summary: 'Clients that are connected, and what they subscribe',
    run: async ({ admin }, { params }) => ({ body: await admin.groupMembers(params['group']!) })
  })
]

const groupSettings = record({
  consumeEnable: flag,
  consumeBroadcastEnable: flag,
  consumeMessageOrderly: flag,
  retryQueueNums: whole(0, 64),
  retryMaxTimes: whole(-1, 100_000),
  consumeTimeoutMinute: whole(1, 100_000),
  consumeFromMinEnable: flag,
  brokerId: whole(0),
  whichBrokerWhenConsumeSlowly: whole(0),
  notifyConsumerIdsChangedEnable: flag
})

const changing: readonly Endpoint[] = [
  endpoint<TargetQuery & { readonly existing?: 'fail' | 'keep' | 'update' }, Omit<GroupSpec, 'group'>>({
    id: 'groupPut',
    answer: one('PutGroup'),
    method: 'PUT',
    path: '/groups/{group}',
    scope: 'admin',
    summary: 'Creates the group, or changes the settings that are named; `If-None-Match: *` only creates',
    query: { ...target, ...dryRun, existing: { enum: ['fail', 'keep', 'update'] } },
    body: groupSettings,
    async run({ admin }, { params, query, body, headers }) {
      const existing = headers['if-none-match'] === '*' ? 'fail' : (query.existing ?? 'update')
      const options = { ...targetOf(query), existing, dryRun: query.dryRun === true } as const
      const done = await admin.putGroup({ ...body, group: params['group']! }, options)
      return { status: done.outcome === 'created' && !done.dryRun ? 201 : 200, body: done }
    }
  }),
  endpoint<TargetQuery, Omit<GroupSpec, 'group'>>({
    id: 'groupPatch',
    answer: one('PutGroup'),
    method: 'PATCH',
    path: '/groups/{group}',
    scope: 'admin',
    summary: 'Changes the settings that are named, of a group that is there',
    query: { ...target, ...dryRun },
    body: groupSettings,
    async run({ admin }, { params, query, body }) {
      const group = params['group']!
      const { brokers } = await admin.describeGroup(group)
      if (brokers.length === 0) throw new MqError('MQ_NOT_FOUND', `no broker has settings of the group ${group}`)
      const options = { ...targetOf(query), existing: 'update', dryRun: query.dryRun === true } as const
      return { body: await admin.putGroup({ ...body, group }, options) }
    }
  }),
  endpoint<TargetQuery & { readonly withOffsets: boolean }>({
    id: 'groupDelete',
    answer: one('Deleted'),
    method: 'DELETE',
    path: '/groups/{group}',
    scope: 'admin',
    summary: 'Deletes the group and its offsets; its retry and dead letter topics stay',
    query: { ...target, ...dryRun, withOffsets: { ...flag, default: true } },
    run: async ({ admin }, { params, query }) => ({
      body: await admin.deleteGroup(params['group']!, {
        ...targetOf(query),
        dryRun: query.dryRun === true,
        withOffsets: query.withOffsets
      })
    })
  }),
  endpoint<Dry, OnQueues & { readonly to: ResetTarget }>({
    id: 'groupResetOffset',
    answer: one('ResetResult'),
    method: 'POST',
    path: '/groups/{group}:resetOffset',
    scope: 'operate',
    summary: 'Sets what the group has consumed; `dryRun` shows each queue from → to and its effect',
    query: dryRun,
    body: record({ ...onQueues, to: resetTarget }, ['topic', 'to']),
    run: async ({ admin }, { params, query, body }) => ({
      body: await admin.resetOffset({ ...body, group: params['group']!, dryRun: query.dryRun === true })
    })
  }),
  endpoint<Dry, OnQueues>({
    id: 'groupSkip',
    answer: one('ResetResult'),
    method: 'POST',
    path: '/groups/{group}:skip',
    scope: 'operate',
    summary: 'Passes over all messages that wait',
    query: dryRun,
    body: record(onQueues, ['topic']),
    run: async ({ admin }, { params, query, body }) => ({
      body: await admin.resetOffset({
        ...body,
        group: params['group']!,
        to: { kind: 'end' },
        dryRun: query.dryRun === true
      })
    })
  }),
  endpoint<Dry, { readonly into: string; readonly topic?: string }>({
    id: 'groupCloneOffsets',
    answer: one('CloneResult'),
    method: 'POST',
    path: '/groups/{group}:cloneOffsets',
    scope: 'operate',
    summary: 'Gives another group the offsets of this one',
    query: dryRun,
    body: record({ into: text(), topic: text() }, ['into']),
    run: async ({ admin }, { params, query, body }) => ({
      body: await admin.cloneOffsets({ ...body, group: params['group']!, dryRun: query.dryRun === true })
    })
  })
]

const clients: readonly Endpoint[] = [
  endpoint<PageQuery & { readonly group?: string }>({
    id: 'consumerList',
    answer: listOf('ConsumerRow'),
    method: 'GET',
    path: '/consumers',
    scope: 'read',
    summary: 'Consumers that are connected',
    query: { ...paging, group: text() },
    run: async ({ admin }, { query }) =>
      page(await admin.consumers(query.group), query, row => `${row.group}\n${row.clientId}`)
  }),
  endpoint<PageQuery & { readonly group?: string }>({
    id: 'producerList',
    answer: listOf('ProducerRow'),
    method: 'GET',
    path: '/producers',
    scope: 'read',
    summary: 'Producers that are connected',
    query: { ...paging, group: text() },
    run: async ({ admin }, { query }) =>
      page(await admin.producers(query.group), query, row => `${row.group}\n${row.clientId}`)
  })
]

export const groupEndpoints: readonly Endpoint[] = [...reading, ...changing, ...clients, ...groupActEndpoints]
